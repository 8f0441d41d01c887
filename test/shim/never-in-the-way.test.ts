import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOCKER_COMMANDS } from '../../src/dialects/docker/tables/docker-flags.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { carriesMount } from '../../src/shim/carries-mount.js';
import { judge } from '../../src/shim/verdict.js';
import { mountCommand, oddCommand } from '../differential/arbitrary.js';
import { startClientPool } from '../support/ask-client.js';
import { findClients } from '../support/clients.js';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { SEED } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const VERSION = '28.5.2';
const CASES = 5000;
// Through the launcher a Node starts for each that could carry a mount.
const STARTED = Number(process.env['MOUNTC_STARTED_CASES'] ?? 120);

// What the help of the clients 28.2.2 and 28.5.2 names: the flags of every command. What 29 added stands in the tables.
const HELP = JSON.parse(
  readFileSync(new URL('../../fixtures/clients/help.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;
const flagsOf = new Map(
  Object.entries(HELP).map(([path, flags]) => [path, new Set(flags.split(' ').filter(Boolean))]),
);
for (const [path, { flags }] of Object.entries(DOCKER_COMMANDS))
  for (const { name, short } of flags())
    for (const each of [`--${name}`, ...(short === undefined ? [] : [`-${short}`])])
      flagsOf.get(path)?.add(each);
// Usual plugins, and what is no command.
for (const plugin of 'bake buildx compose mcp model offload sandbox scout rnu'.split(' '))
  flagsOf.set(plugin, new Set());

const pathWords = (path: string) => path.split(' ').filter(Boolean);
/** Each command, and each with each of its flags. */
const named = [...flagsOf].flatMap(([path, flags]) => [
  ...(path === '' ? [] : [pathWords(path)]),
  ...[...flags].map((each) => [...pathWords(path), each, 'x']),
]);
const SECOND = 'ls rm run create inspect prune update ps logs up down exec build push init --help'.split(' ');

const word = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '--',
    '-v',
    '-it',
    '-itv',
    '--mount',
    '--tmpfs',
    '/a:/b',
    'data:/data',
    'img',
    "a'b",
    'a\nb',
    '*',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
);
const anything = fc
  .tuple(
    fc.constantFrom(...flagsOf.keys()),
    fc.constantFrom([], ['--context', 'x'], ['-H', 'x'], ['--debug'], ['--version']),
    fc.option(fc.constantFrom(...SECOND), { nil: undefined, freq: 1 }),
  )
  .chain(([path, globals, second]) => {
    const flag = fc.constantFrom(...(flagsOf.get(path) ?? []), ...(flagsOf.get('run') ?? []));
    const words = [...globals, ...pathWords(path), ...(second === undefined ? [] : [second])];
    return fc.array(fc.oneof(flag, word), { maxLength: 6 }).map((rest) => [...words, ...rest]);
  });
const anyCommand = fc.oneof(anything, mountCommand, oddCommand);

// Which docker it is, the fake one answers itself.
const commands = [
  ...named,
  ...fc
    .sample(anyCommand, { seed: SEED, numRuns: Math.max(100, CASES - named.length) })
    .map((args) => args.map((each) => Buffer.from(each).toString())),
].filter((args) => args.join(' ') !== '--version');

const verdictOf = (args: readonly string[], version: string) => {
  const release = readVersion(version);
  return judge(args, { cwd: '/', known: { client: release, engine: release, engineOs: 'linux' } });
};
const isRefused = (args: readonly string[], version: string, by?: 'client') => {
  const verdict = carriesMount(args) ? verdictOf(args, version) : undefined;
  return (
    verdict?.kind === 'refused' &&
    verdict.refusal.aboutMount &&
    (by ?? verdict.refusal.by) === verdict.refusal.by
  );
};

describe.skipIf(!CAN_FAKE_DOCKER)(`never in the way (seed ${SEED})`, () => {
  it('refuses only what a real client refuses', { timeout: 300_000 }, async (context) => {
    const [client] = findClients();
    if (client === undefined) return context.skip('no docker client here');
    const refused: (readonly string[])[] = [];
    for (const args of commands)
      if (refused.length < 200 && isRefused(args, client.version, 'client')) refused.push(args);
    expect(refused.length).toBeGreaterThan(Math.min(20, CASES / 50));
    const pool = await startClientPool();
    try {
      const wrong: (readonly string[])[] = [];
      await Promise.all(
        refused.map(async (args) => {
          const { exit, body } = await pool.ask(client, args);
          if (exit !== 125 || body !== undefined) wrong.push(args);
        }),
      );
      expect(wrong).toEqual([]);
    } finally {
      await pool.stop();
    }
  });

  it('passes on exactly what was typed whenever it does not refuse', {
    timeout: 100_000 + CASES * 200,
  }, () => {
    const dir = tempDir();
    const docker = writeDocker(join(dir, 'docker'), {
      client: VERSION,
      engine: VERSION,
      script: 'printf "%s\\0" "$#" "$@" >"$OUT"',
    });
    // One sh for all of them: arguments come from files, NUL between them.
    const slow = commands.filter(carriesMount).slice(0, STARTED);
    const quick = commands.filter((args) => !carriesMount(args)).slice(0, named.length + STARTED * 4);
    const all = [...slow, ...quick];
    for (const [index, args] of all.entries())
      writeFileSync(join(dir, `in-${index}`), args.map((each) => `${each}\0`).join(''));
    const script = `i=0; while [ $i -lt ${all.length} ]; do OUT=$1/out-$i; export OUT
      if [ -s "$1/in-$i" ]; then xargs -0 -a "$1/in-$i" sh -c '"$0" "$@"; echo $? >"$OUT.exit"' "$2"; fi; i=$((i + 1)); done`;
    spawnSync('sh', ['-c', script, 'sh', dir, LAUNCHER], {
      env: { PATH: '/usr/bin:/bin', HOME: dir, MOUNTC_DOCKER: docker },
      stdio: 'ignore',
    });
    const files = new Set(readdirSync(dir));
    for (const [index, args] of all.entries()) {
      const exit = files.has(`out-${index}.exit`)
        ? readFileSync(join(dir, `out-${index}.exit`), 'utf8').trim()
        : '';
      if (isRefused(args, VERSION)) {
        // A refusal is the launcher's own: docker has not run.
        if (exit === '125') expect(files.has(`out-${index}`)).toBe(false);
        if (exit === '125') continue;
      }
      // Rules may stop what is no mount flag at all, such as a spec where the image should be: docker refuses that as well.
      if (exit === '125' && verdictOf(args, VERSION).kind === 'refused') continue;
      const got = readFileSync(join(dir, `out-${index}`), 'utf8')
        .split('\0')
        .slice(0, -1);
      expect({ args: got, exit }).toEqual({ args: [String(args.length), ...args], exit: '0' });
    }
  });
});
