import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComposeDeclaration, ComposeVolume } from '../../src/dialects/compose/compose.js';
import { lowerCompose } from '../../src/dialects/compose/lower-compose.js';
import { lowerSpec } from '../../src/dialects/docker/lower.js';
import { cleanPath } from '../../src/go/path.js';
import { type ConvertedMount, convertMounts, convertText, dialectOf, sameMount } from '../../src/index.js';
import type { Mount } from '../../src/mount/mount.js';
import { argvSource } from '../../src/source/argv-source.js';
import { viewCommand } from '../../src/source/view-command.js';
import { bashWords, hasBash } from '../support/bash.js';
import { type ComposeConfig, composeConfig, wantedComposes } from '../support/compose.js';
import { SEED, withSeed } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';

// With it -v and --mount can say the same of a missing directory.
const docker = '29.3';
const dialect = dialectOf({ docker });

const HOLES = [
  ...[
    '$V',
    '${V}',
    '${V:-/d}',
    '${V-/d}',
    '${V:-d}',
    '${V:-}',
    '${V:+/p}',
    '${V+p}',
    '${V:-./r}',
    '${V:-~/x}',
  ],
  ...[
    '${V:+:ro}',
    '${V:-:ro}',
    '${V:+,readonly}',
    '${V:-/a,b}',
    '${V:-/a:/b}',
    '${V:?no V, so: stop}',
    '${V+:z}',
  ],
];
const VOLUMES = [
  'H:/x',
  'H/y:/x:ro',
  '/a:/b/H',
  '/a/H/c:/b:z',
  '/a:/b:H',
  'data-H:/x',
  '/a:/bH',
  './H:/x',
  'H',
];
const MOUNTS = [
  ...['type=bind,src=H,dst=/x', 'type=bind,src=/a,dst=/b/H', 'type=bind,src=/a,dst=/bH,bind-create-src'],
  ...[
    'type=volume,src=H,dst=/x',
    'type=volume,src=dd,dst=/x,volume-subpath=H',
    'type=volume,src=d-H,dst=/xH,ro',
  ],
  ...[
    'type=volume,src=dd,dst=/x,volume-label=l=H',
    'type=bind,src=/a,dst=/b,readonly=H',
    'type=H,src=/a,dst=/b',
  ],
];
const ENTRIES = [
  ...VOLUMES.filter((spec) => !/^(?:data|H$)/.test(spec)),
  ...[
    '{type: bind, source: "H", target: /x}',
    '{type: bind, source: "a/H", target: "/x/H", read_only: true}',
  ],
  ...['{type: volume, source: dd, target: "/b/H"}', '{type: bind, source: /a, target: /b, read_only: "H"}'],
  ...[
    '{type: volume, source: nn, target: /x}',
    '{type: bind, source: "H/s", target: /x, bind: {create_host_path: false}}',
  ],
];

type Values = Readonly<Record<'V1' | 'V2', string | undefined>>;
const VALUES: readonly Values[] = [
  { V1: undefined, V2: undefined },
  { V1: '', V2: '/w' },
  { V1: '/v', V2: '' },
  { V1: '/v w', V2: 'name' },
  { V1: '/c:d', V2: '/v,ro' },
];

const filled = (templates: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...templates), fc.array(fc.constantFrom(...HOLES), { minLength: 3, maxLength: 3 }))
    .map(([template, holes]) => {
      let count = 0;
      return template.replace(/H/g, () => holes[count++]!.replace('V', `V${1 + (count % 2)}`));
    });

/**
 * A variable's value is taken for a plain path or name: nothing is said of other values, but where only whether there is one
 * counts. Behind --assume, what starts a source is what was assumed.
 */
function isFair(spec: string, values: Values): boolean {
  for (const [, name, operator] of spec.matchAll(/\$\{?(V[12])(:?\+)?/g)) {
    const value = values[name as keyof Values] ?? '';
    if (operator === undefined && /[:,]/.test(value)) return false;
  }
  const [, first, operator, slash] =
    /^(?:.*(?:src=|source: "))?\$(?:\{(?=.*\}))?(V[12])(:?\+)?[^}\s:/]*\}?(\/)?/.exec(spec) ?? [];
  const value = first === undefined ? '' : (values[first as keyof Values] ?? '');
  if (first === undefined || operator !== undefined || value.startsWith('/')) return true;
  return value === '' && slash !== undefined;
}

const prefix = (values: Values) =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? `unset ${name}; ` : `export ${name}='${value}'; `))
    .join('');

/** The only mount of a command as bash hands it to docker; undefined where one of them refuses it. */
function mountsOf(commands: readonly string[], values: Values): (Mount | undefined)[] {
  return bashWords(commands.map((command) => prefix(values) + command)).map(([args]) => {
    const site = args && viewCommand(argvSource(args).source, { dialect, cwd: '/w' }).sites[0];
    const lowered = site && lowerSpec(site.node, { dialect, keepsRelative: true });
    return lowered?.ok && isTaken(lowered.mount) ? lowered.mount : undefined;
  });
}

/** Whether the engine takes the source. */
function isTaken(mount: Mount): boolean {
  if (mount.type === 'bind') return /^(?:[/]|[.]{1,2}(?:[/]|$))/.test(mount.source);
  return mount.type !== 'volume' || mount.source === undefined || /^[A-Za-z0-9][\w.-]+$/.test(mount.source);
}

const sample = <T>(one: fc.Arbitrary<T>, runs: number, shift: number): T[] => {
  const { seed, numRuns } = withSeed(runs);
  return fc.sample(one, { seed: seed! + shift, numRuns: numRuns! });
};

/** What a named change is about is not compared. */
function settled(mount: Mount, losses: ConvertedMount['losses']): Mount {
  if (mount.type !== 'bind') return mount;
  const isNamed = losses.some(({ field, kind }) => field === 'createSource' && kind === 'changed');
  return { ...mount, source: cleanPath(mount.source), ...(isNamed && { createSource: true }) };
}

const isSame = (a: Mount, b: Mount | undefined, losses: ConvertedMount['losses']): boolean =>
  b !== undefined && sameMount(settled(a, losses), settled(b, losses));

const isTold = ({ losses }: Pick<ConvertedMount, 'losses'>): boolean =>
  losses.some(({ kind, field }) => kind === 'changed' && field !== 'createSource');

describe.skipIf(!hasBash)(`what bash makes of holes (seed ${SEED})`, () => {
  test.each([
    ['mount', VOLUMES, '-v'],
    ['volume', MOUNTS, '--mount'],
  ] as const)('flags in place to %s', async (to, templates, flag) => {
    const specs = sample(filled(templates), 400, 0);
    const before = specs.map((spec) => `docker run ${flag} "${spec}" img`);
    const after = await Promise.all(
      before.map(async (text) => (await convertText(text, to, { kind: 'shell', docker, assume: 'bind' }))!),
    );
    const wrong: string[] = [];
    let compared = 0;
    for (const values of VALUES) {
      const old = mountsOf(before, values);
      const fresh = mountsOf(
        after.map(({ text }) => text),
        values,
      );
      for (const [i, mount] of old.entries()) {
        const { text, conversions } = after[i]!;
        const [one] = conversions;
        if (mount === undefined || !isFair(specs[i]!, values) || one === undefined || isTold(one)) continue;
        if (text !== before[i]) compared++;
        if (!isSame(mount, fresh[i], one.losses))
          wrong.push(`${JSON.stringify(values)} ${before[i]}\n${text}\n${JSON.stringify([mount, fresh[i]])}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});

/** A service of the configuration as mountc reads it, its variables gone. */
function readService(config: ComposeConfig | undefined, name: string): Mount | undefined {
  const volume = config?.services[name]?.volumes?.[0] as ComposeVolume | undefined;
  if (volume === undefined) return undefined;
  const declared = new Map(Object.entries((config!.volumes ?? {}) as Record<string, ComposeDeclaration>));
  // This release leaves out what is false.
  const bind = { create_host_path: false, ...volume.bind };
  const lowered = lowerCompose(unescaped({ ...volume, bind }), { dialect, declared });
  return lowered.ok && isTaken(lowered.mount) ? lowered.mount : undefined;
}

const unescaped = (volume: ComposeVolume): { volume: ComposeVolume } =>
  JSON.parse(JSON.stringify({ volume }).replaceAll('$$', '$')) as { volume: ComposeVolume };

const environment = (values: Values): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: '/home/me',
  ...values,
});

describe.each(wantedComposes())(`what docker compose $version makes of holes (seed ${SEED})`, ({ path }) => {
  if (path === undefined || !hasBash) {
    test.skip('as bash does', () => {});
    return;
  }

  test('commands to services', { timeout: 120_000 }, async () => {
    const specs = [
      ...sample(filled(VOLUMES), 20, 1).map((spec) => ['-v', spec]),
      ...sample(filled(MOUNTS), 20, 2).map((spec) => ['--mount', spec]),
    ] as [string, string][];
    const file = join(tempDir(), 'compose.yaml');
    const wrong: string[] = [];
    let compared = 0;
    const converted = await Promise.all(
      specs.map(async ([flag, spec]) => {
        const command = `docker run ${flag} "${spec}" img`;
        const answer = await convertMounts(command, 'compose', {
          from: 'command',
          docker,
          assume: 'bind',
          service: 's',
        });
        if ('problem' in answer) throw new Error(answer.problem);
        return { spec, command, ...answer, one: answer.conversions[0]! };
      }),
    );
    const kept = converted.filter(({ one }) => one.written && !isTold(one));
    for (const values of VALUES) {
      const old = mountsOf(
        kept.map(({ command }) => command),
        values,
      );
      for (const [i, { spec, text, command, one }] of kept.entries()) {
        const mount = old[i];
        if (mount === undefined || !isFair(spec, values)) continue;
        writeFileSync(file, text);
        const { config, stderr } = composeConfig(path, file, environment(values));
        const found = readService(config, 's');
        compared++;
        const placed = mount.type === 'bind' && mount.source.startsWith('.') ? undefined : mount;
        if (placed !== undefined && !isSame(placed, found, one.losses))
          wrong.push(
            `${JSON.stringify(values)} ${command}\n${text}${stderr}${JSON.stringify([mount, found])}`,
          );
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(compared).toBeGreaterThan(15);
  });

  test('containers whose volumes are taken over, both ways', { timeout: 120_000 }, async () => {
    const file = join(tempDir(), 'compose.yaml');
    const wrong: string[] = [];
    let compared = 0;
    for (const spec of sample(filled(['H', 'H:rw', 'pre-H', 'H-x:rw', 'db:H', 'H:ro']), 20, 4)) {
      const command = `docker run --volumes-from "${spec}" img`;
      const service = `services: {s: {image: i, volumes_from: [${JSON.stringify(`container:${spec}`)}]}}\n`;
      const toService = await convertMounts(command, 'compose', { from: 'command', docker, service: 's' });
      const toFlag = await convertMounts(service, 'mount', { path: 'compose.yaml', cwd: '/w', docker });
      for (const answer of [toService, toFlag]) {
        if ('problem' in answer) throw new Error(answer.problem);
        const [one] = answer.conversions;
        // What is not written is named.
        if (!one?.written) {
          expect({ spec, named: (one?.losses.length ?? 0) > 0 }).toEqual({ spec, named: true });
          continue;
        }
        for (const values of VALUES) {
          if (!isFair(spec, values)) continue;
          writeFileSync(file, answer === toService ? answer.text : service);
          const { config } = composeConfig(path, file, environment(values));
          const [found] = config?.services['s']?.volumes_from ?? [];
          const flags = answer === toService ? command : `docker run ${answer.text.trim()} img`;
          const [[args] = []] = bashWords([prefix(values) + flags]);
          const word = args?.find((_, i) => args[i - 1] === '--volumes-from');
          // One of them stops where a variable has no value.
          if (found === undefined || word === undefined) continue;
          compared++;
          if (found.replace(/^container:|:rw$/g, '') !== word.replace(/:rw$/, ''))
            wrong.push(`${JSON.stringify(values)} ${spec}\n${answer.text}${found} ${word}`);
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(compared).toBeGreaterThan(15);
  });

  test('services to flags', { timeout: 120_000 }, async () => {
    const folder = tempDir();
    const file = join(folder, 'compose.yaml');
    const wrong: string[] = [];
    let compared = 0;
    const texts = sample(fc.tuple(filled(ENTRIES), fc.constantFrom(...HOLES)), 24, 3).map(([entry, hole]) => {
      const volumes = `volumes: {dd: {name: dd}, nn: {name: "n${hole.replace('V', 'V1')}", labels: {l: "${hole.replace('V', 'V2')}"}}}`;
      const item = entry.startsWith('{') ? entry : JSON.stringify(entry);
      return {
        spec: entry.includes('nn') ? `${entry}${volumes}` : entry,
        text: `services: {s: {image: i, volumes: [${item}]}}\n${volumes}\n`,
      };
    });
    for (const { spec, text } of texts) {
      const answer = await convertMounts(text, 'mount', {
        path: 'compose.yaml',
        cwd: folder,
        docker,
        assume: 'bind',
      });
      if ('problem' in answer) throw new Error(answer.problem);
      const [one] = answer.conversions;
      if (one?.written !== true || isTold(one)) continue;
      const command = `docker run ${answer.text.trim()} img`;
      for (const values of VALUES) {
        if (!isFair(spec, values)) continue;
        writeFileSync(file, text);
        const { config } = composeConfig(path, file, environment(values));
        const mount = readService(config, 's');
        if (mount === undefined) continue;
        const [found] = mountsOf([command], values);
        compared++;
        if (!isSame(mount, found, one.losses))
          wrong.push(`${JSON.stringify(values)} ${text}\n${command}\n${JSON.stringify([mount, found])}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(compared).toBeGreaterThan(8);
  });
});
