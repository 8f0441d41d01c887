// What mountc calls exact makes the same container three ways on a real engine: docker with the flags, Compose with what
// `convert --to compose` wrote of them, and docker with what `convert -f` made of that file.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FLAG_OF } from '../../src/forms/convert-spec.js';
import { runMountc } from '../support/cli.js';
import { findClients } from '../support/clients.js';
import { findComposes } from '../support/compose.js';
import { type Daemon, type WantedDaemon, wantedDaemons } from '../support/daemons.js';
import {
  callApi,
  inspectContainer,
  outputOf,
  removeContainer,
  startContainer,
} from '../support/engine-api.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { pointsOf, seenMounts } from './mounted.js';
import { type FlagSpec, flagSpec } from './spec-arbitrary.js';

const SPECS = Number(process.env['MOUNTC_COMPOSE_SPECS'] ?? 40);
const client = findClients().find(({ version }) => !version.startsWith('20.10.')) ?? findClients()[0];
const LOOK = ['cat', '/proc/self/mountinfo'];

const ODD: readonly FlagSpec[] = [
  { form: 'volume', text: './sub:/x' },
  { form: 'volume', text: '%d/a b:/x' },
  { form: 'volume', text: '%d/$cash:/x:ro' },
  { form: 'volume', text: '%d/#hash:/x' },
  { form: 'volume', text: '%d/quo"te:/x' },
  { form: 'volume', text: '%d/yes: no/x:/x' },
  { form: 'mount', text: 'type=bind,src=%d/yes: no,dst=/x' },
  { form: 'mount', text: 'type=bind,src=%d/$cash,dst=/$HOME,readonly' },
  { form: 'volume', text: '%d/ünï:/日本' },
  { form: 'tmpfs', text: '/x:size=64k,mode=0700,exec' },
  { form: 'mount', text: 'type=volume,src=%n,dst=/x,volume-driver=local,volume-label=a=b' },
];

const daemons = await wantedDaemons();
const composes = findComposes();
const pairs: readonly {
  compose: string;
  path: string;
  engine: string;
  wanted: WantedDaemon;
  specs: number;
}[] =
  composes.length === 0
    ? [
        {
          compose: '2',
          path: '',
          engine: 'any',
          wanted: { version: 'any', missing: 'no docker compose 2; scripts/engines.sh compose' },
          specs: 0,
        },
      ]
    : daemons.flatMap((wanted) =>
        composes.map(({ path, version }, i) => ({
          compose: version,
          path,
          engine: wanted.version,
          wanted,
          specs: Math.ceil(SPECS / (i + 1)),
        })),
      );

describe.each(pairs)('docker compose $compose on docker engine $engine', ({ path, wanted, specs: size }) => {
  if ('missing' in wanted || client === undefined) {
    test.skip(`makes the same of files and flags (${'missing' in wanted ? wanted.missing : 'no docker client'})`, () => {});
    return;
  }
  const daemon: Daemon = wanted;
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-compose-')));
  const name = `mountc-compose-${process.pid}`;
  const env = { PATH: '/usr/bin:/bin', HOME: dir, DOCKER_HOST: daemon.host, MOUNTC: 'off' };
  const dialect = ['--docker', client.version, '--engine', daemon.version];

  beforeAll(() => {
    for (const sub of ['sub', 'a,b', 'a b', '$cash', '#hash', 'quo"te', 'yes: no', 'ünï'])
      mkdirSync(join(dir, sub));
    writeFileSync(join(dir, 'file'), '');
    const look = { network_mode: 'none', tty: true, command: LOOK };
    writeFileSync(join(dir, 'look.yaml'), JSON.stringify({ services: { web: look } }));
  });
  afterAll(async () => {
    for (const volume of [name, `${name}-2`]) await callApi(daemon, 'DELETE', `/volumes/${volume}?force=1`);
    rmSync(dir, { recursive: true, force: true });
  });

  /** Runs a program in the folder; rejects with what it said. */
  const run = (program: string, args: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      execFile(program, args, { cwd: dir, env, timeout: 60_000 }, (error, stdout, stderr) =>
        error === null ? resolve(stdout.trim()) : reject(new Error(stderr)),
      );
    });

  /** What a container comes to that was just created, and removes it. */
  async function effectOf(id: string): Promise<unknown> {
    try {
      const info = await inspectContainer(daemon, id);
      const points = pointsOf(info);
      const { VolumeDriver, VolumesFrom, ReadonlyRootfs } = info['HostConfig'] as Record<string, unknown>;
      const failed = await startContainer(daemon, id);
      if (failed !== undefined) return { points, failed: /(?:invalid|mount).*/.exec(failed)?.[0] ?? failed };
      const seen = seenMounts(await outputOf(daemon, id), points);
      return { points, seen, VolumeDriver, VolumesFrom, ReadonlyRootfs };
    } finally {
      await removeContainer(daemon, id);
    }
  }

  const createWith = (flags: readonly string[]) =>
    run(client.path, ['create', '--network', 'none', '--tty', ...flags, 'busybox:local', ...LOOK]);

  /** A conversion that is exact, or changes nothing but what happens to a source that is missing: here none is. */
  async function convert(args: readonly string[]): Promise<string | undefined> {
    const { stdout } = await runMountc(['convert', '--format', 'json', ...dialect, ...args], { cwd: dir });
    const { output, conversions } = JSON.parse(stdout) as Converted;
    const isExact = conversions.every(
      ({ written, losses }) =>
        written && losses.every(({ kind, field }) => kind === 'none-here' || field === 'createSource'),
    );
    return isExact ? output : undefined;
  }

  test(`by flags, by the file, and by flags again (seed ${SEED})`, async () => {
    const differences: unknown[] = [];
    const count = { compose: 0, back: 0 };
    const specs = [...ODD, ...fc.sample(flagSpec, { numRuns: size, seed: SEED })];
    const tryOne = async ({ form, text }: FlagSpec, index: number): Promise<void> => {
      const flag = [FLAG_OF[form], text.replaceAll('%d', dir).replaceAll('%n', name)];
      const file = await convert([
        '--to',
        'compose',
        '--service',
        'web',
        '--',
        'create',
        ...flag,
        'busybox:local',
      ]);
      if (file === undefined) return;
      count.compose++;
      const project = `${name}-${index}`;
      const yaml = `compose-${index}.yaml`;
      writeFileSync(join(dir, yaml), file);
      const byFlags = await effectOf(await createWith(flag));
      const files = ['-f', yaml, '-f', 'look.yaml'];
      await run(path, ['-p', project, ...files, 'create', '--quiet-pull']);
      const byFile = await effectOf(`${project}-web-1`);
      if (JSON.stringify(byFile) !== JSON.stringify(byFlags))
        differences.push({ flag, file, byFlags, byFile });
      for (const to of ['mount', 'volume']) {
        const back = await convert(['--to', to, '-f', yaml, '--service', 'web']);
        if (back === undefined) continue;
        count.back++;
        const flags = await run('/bin/sh', ['-c', `printf '%s\\n' ${back.replaceAll('\n', ' ')}`]);
        const byBack = await effectOf(await createWith(flags.split('\n')));
        if (JSON.stringify(byBack) !== JSON.stringify(byFlags))
          differences.push({ flag, file, back, byFlags, byBack });
      }
    };
    await inLanes(specs, 3, tryOne);
    expect(differences.slice(0, 5), `${differences.length} differences`).toEqual([]);
    expect(count.compose).toBeGreaterThan(size * 0.67);
    expect(count.back).toBeGreaterThan(size * 0.67);
  }, 600_000);

  test.each([
    '{type: bind, source: SOURCE, target: /x}',
    '{type: bind, source: SOURCE, target: /x, read_only: true}',
    '{type: bind, source: SOURCE, target: /x, bind: {propagation: rprivate}}',
    '{type: bind, source: SOURCE, target: /x, bind: {create_host_path: true, propagation: rprivate}}',
    '{type: bind, source: SOURCE, target: /x, bind: {create_host_path: false}}',
    '{type: bind, source: SOURCE, target: /x, bind: {create_host_path: false, selinux: z}}',
    '{type: bind, source: SOURCE, target: /x, bind: {create_host_path: true, selinux: z}}',
    'SOURCE:/x:ro',
  ])('a source that is missing: %s', async (entry) => {
    const source = join(dir, `missing-${entry.length}`);
    const item = entry.startsWith('{') ? entry : `'${entry}'`;
    const file = `services: {web: {image: 'busybox:local', volumes: [${item}]}}\n`;
    writeFileSync(join(dir, 'missing.yaml'), file.replaceAll('SOURCE', source));
    const { stdout } = await runMountc(
      ['convert', '--format', 'json', ...dialect, '--to', 'volume', '-f', 'missing.yaml'],
      { cwd: dir },
    );
    const { output, conversions } = JSON.parse(stdout) as Converted;
    const losses = conversions.flatMap((one) => one.losses);
    const project = `${name}-missing`;
    const args = ['-p', project, '-f', 'missing.yaml', '-f', 'look.yaml', 'create'];
    const failed = await run(path, args).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const container = await inspectContainer(daemon, `${project}-web-1`);
    if (failed === undefined) await startContainer(daemon, `${project}-web-1`);
    const made = existsSync(source);
    await removeContainer(daemon, `${project}-web-1`);
    rmSync(source, { recursive: true, force: true });
    if (failed !== undefined) expect(failed).toContain('bind source path does not exist');
    expect(made).toBe(failed === undefined);
    // Said for certain, or said to differ.
    if (!losses.some(({ field }) => field === 'createSource')) expect(made).toBe(true);
    if (!losses.some(({ why }) => why.includes('older releases'))) {
      expect(made).toBe(!entry.includes('create_host_path: false'));
      const { Binds } = (container['HostConfig'] ?? {}) as { Binds?: readonly string[] };
      expect(hasLabel(Binds?.[0] ?? '')).toBe(hasLabel(output));
    }
  });
});

const hasLabel = (flag: string): boolean => /[:,]z(?:,|\s|$)/.test(flag);

interface Converted {
  readonly output: string;
  readonly conversions: readonly {
    readonly written: boolean;
    readonly losses: readonly { readonly field: string; readonly kind: string; readonly why: string }[];
  }[];
}
