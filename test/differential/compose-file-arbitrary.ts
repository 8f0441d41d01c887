// Compose files around mounts, as text: mostly good ones, with everything that Compose reads in its own way and everything that it
// refuses in between.
import fc from 'fast-check';

/** The files of a project: `compose.yaml`, and those that it names. */
export type ProjectFiles = Readonly<Record<string, string>>;

const pick = <T>(...all: readonly T[]) => fc.constantFrom(...all);
const mostly = <T>(good: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 9) =>
  fc.oneof({ weight: weight * 6, arbitrary: good }, { weight: 1, arbitrary: odd });

const SOURCES = pick(
  './x',
  '../y',
  '/abs',
  '.',
  '/x/',
  '/a/../b',
  './sub/dir',
  'data',
  'logs',
  'data',
  'plain',
  '~/h',
);
const ODD_SOURCES = pick(
  '~',
  '~user/x',
  '..',
  './',
  '.x',
  '//srv/x',
  'x/y',
  'nope',
  '-x',
  '@x',
  'c',
  'C:\\x',
  '\\\\srv\\s',
  './a b',
  'exty',
  'Data',
  '$$x',
  '${V:-./d}',
  '${V}',
  '${V-data}',
  './a${V}b',
  '${V:+x}',
  '${V?}',
  '${V:?no}',
  '${1x}',
  '${V!}',
  '$(pwd)',
  '`pwd`',
  '$1',
);
const TARGETS = pick('/t', '/u', '/v/w', '/t/', '/a/../t', '/x y', '/run');
const ODD_TARGETS = pick('t', './t', '/', 'C:\\t', '~/t', '//t', '/t//', '/./t', '${V:-/t}');
const MODES = pick(
  '',
  ':ro',
  ':rw',
  ':ro,z',
  ':Z',
  ':z',
  ':ro,Z',
  ':nocopy',
  ':cached',
  ':rw,rslave',
  ':rshared,z',
  ':ro,nocopy',
);
const ODD_MODES = pick(
  ':',
  ':RO',
  ':readonly',
  ': ro',
  ':ro,',
  ':rw,ro',
  ':bogus',
  ':U',
  ':O',
  ':ro:z',
  ':/u',
  ':/u:ro',
  ':z,Z',
  ':private',
);
const SHORT = mostly(
  fc
    .tuple(mostly(SOURCES, ODD_SOURCES), mostly(TARGETS, ODD_TARGETS), mostly(MODES, ODD_MODES))
    .map((all) => all.map((one, i) => (i === 1 ? `:${one}` : one)).join('')),
  pick(
    '/t',
    '/t/',
    't',
    '',
    ':',
    '/t:',
    ':/t',
    'data:',
    'x',
    '::',
    'c:/t',
    'c:/t:ro',
    'a:b:c:d:e',
    'type=bind,source=/a,target=/b',
    '/q',
  ),
);
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const shortEntry = SHORT.map(quoted);

const BOOLEANS = pick('true', 'false', 'yes', 'no', 'on', 'Off', '"true"', 'True', 'y', 'n');
const ODD_BOOLEANS = pick(
  '1',
  '"1"',
  'null',
  '[]',
  't',
  '""',
  '" true"',
  '{}',
  '0',
  'maybe',
  '${V:-true}',
  '"${V}"',
);
const boolean = mostly(BOOLEANS, ODD_BOOLEANS, 6);
const ODD_VALUES = pick('5', 'true', 'null', '[]', '{}', '""', '1.5', '2001-01-01', '~', '[a]');
const text = (...all: readonly string[]) => mostly(pick(...all), ODD_VALUES, 10);
const SIZES = pick(
  '64m',
  '"64"',
  '1048576',
  '64MiB',
  '1.5g',
  '"64 m"',
  '0',
  '0x10',
  '010',
  '1_000',
  '64p',
  '1G',
);
const ODD_SIZES = pick(
  '-1',
  '1.5',
  '1e3',
  '1.0',
  'null',
  'true',
  '""',
  'ten',
  '10x',
  '" 64m"',
  '"64m "',
  '50%',
  '"1e3"',
  '"-1"',
  '99999999999999999999',
  '[]',
);
const MODE_NUMBERS = pick('1777', '0o1777', '01777', '0x1ff', '0b111', '0', '700', '0700', '08');
const ODD_MODE_NUMBERS = pick('"1777"', '"0o1777"', '1.5', '1e3', '-1', 'null', 'true', '[]', '[7]', '1777m');

const map = (entries: readonly (readonly [string, string])[]) =>
  `{${entries.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
/** Some of the keys, in the order given. */
const keys = (all: Readonly<Record<string, fc.Arbitrary<string>>>, odd: readonly string[]) =>
  fc
    .tuple(fc.record(all, { requiredKeys: [] }), mostly(fc.constant(undefined), pick(...odd), 15))
    .map(([some, extra]) =>
      map([
        ...(Object.entries(some) as [string, string][]),
        ...(extra === undefined ? [] : [[extra, 'x'] as const]),
      ]),
    );
const mostlyMap = (good: fc.Arbitrary<string>) => mostly(good, pick('null', 'x', '[]', 'true'), 20);

const BIND = mostlyMap(
  keys(
    {
      propagation: text('rslave', 'rprivate', 'rshared', 'shared'),
      create_host_path: boolean,
      selinux: mostly(pick('z', 'Z'), pick('x', '""', 'true'), 6),
      recursive: mostly(pick('enabled', 'disabled', 'writable', 'readonly'), pick('true', 'on', 'bogus'), 6),
    },
    ['x-note', 'create', 'nocopy', 'Propagation'],
  ),
);
const VOLUME = mostlyMap(
  keys(
    {
      nocopy: boolean,
      subpath: text('d', 'a/b'),
      labels: pick('{a: b}', '[a=b]', '{n: 1}', '{y: yes}', '[a]', 'x', '[1]'),
    },
    ['x-note', 'driver', 'size'],
  ),
);
const TMPFS = mostlyMap(
  keys({ size: mostly(SIZES, ODD_SIZES, 4), mode: mostly(MODE_NUMBERS, ODD_MODE_NUMBERS, 4) }, [
    'x-note',
    'uid',
  ]),
);
const IMAGE = mostlyMap(keys({ subpath: text('d') }, ['x-note']));
const ODD_KEYS = [
  'x-note',
  'readonly',
  'ro',
  'src',
  'dst',
  'propagation',
  'driver',
  'X-foo',
  'read-only',
  'volumes',
  'create_host_path',
];

const longOf = (
  type: fc.Arbitrary<string>,
  source: fc.Arbitrary<string>,
  groups: Readonly<Record<string, fc.Arbitrary<string>>>,
) =>
  fc
    .tuple(
      mostly(type, pick('', 'Bind', 'bogus', '""', 'null', '[]'), 25),
      mostly(source, pick('', '5', 'null', '""', 'true'), 20),
      mostly(mostly(TARGETS, ODD_TARGETS).map(quoted), pick('', '5', 'null', '""', 'true'), 25),
      fc.record(
        { read_only: boolean, consistency: text('cached', 'bogus'), ...groups },
        { requiredKeys: [] },
      ),
      mostly(fc.constant(undefined), pick(...ODD_KEYS), 15),
    )
    .map(([kind, from, target, rest, extra]) =>
      map([
        ...(kind === '' ? [] : [['type', kind] as const]),
        ...(from === '' ? [] : [['source', from] as const]),
        ...(target === '' ? [] : [['target', target] as const]),
        ...Object.entries(rest),
        ...(extra === undefined ? [] : [[extra, 'x'] as const]),
      ]),
    );
const some = (arbitrary: fc.Arbitrary<string>) => arbitrary;
const longEntry = fc.oneof(
  {
    weight: 5,
    arbitrary: longOf(
      fc.constant('bind'),
      mostly(pick('./x', '/abs', '.', 'rel', 'x/y', '~/h', '/x/'), ODD_SOURCES).map(quoted),
      { bind: some(BIND) },
    ),
  },
  {
    weight: 4,
    arbitrary: longOf(
      fc.constant('volume'),
      mostly(pick('data', 'logs', 'plain', ''), ODD_SOURCES, 15).map((one) =>
        one === '' ? '' : quoted(one),
      ),
      { volume: some(VOLUME) },
    ),
  },
  {
    weight: 2,
    arbitrary: longOf(fc.constant('tmpfs'), mostly(fc.constant(''), pick('x', './x')), {
      tmpfs: some(TMPFS),
    }),
  },
  { weight: 1, arbitrary: longOf(pick('npipe', 'cluster'), pick('/p', 'group:a'), {}) },
  {
    weight: 1,
    arbitrary: longOf(pick('bind', 'volume', 'tmpfs'), pick('data', './x'), {
      bind: BIND,
      volume: VOLUME,
      tmpfs: TMPFS,
      image: IMAGE,
    }),
  },
);
const entry = mostly(
  fc.oneof({ weight: 3, arbitrary: shortEntry }, { weight: 2, arbitrary: longEntry }),
  pick('5', 'true', 'null', '[./x:/t]', './x: /t', '{}', '!reset ./x:/t', '2001-01-01', '[]'),
  30,
);
const list = (item: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(item, { maxLength }).map((all) => `[${all.join(', ')}]`);
const VOLUMES = mostly(list(entry, 3), pick('null', './x:/t', '{}', '{a: b}', '5', '', 'true'), 30);
const TMPFS_ITEMS = mostly(
  pick(
    '/run',
    '/tmp',
    '"/run:size=1m"',
    '"/tmp:mode=1777,size=64k"',
    '/t',
    '/t/',
    '/u',
    '"/run:size=2m"',
    '"/run:noexec"',
  ),
  pick('5', 'null', 'true', '{}', '""', '[/run]', 'run', '"/a:b:c"'),
  15,
);
const SERVICE_TMPFS = fc.oneof(
  { weight: 5, arbitrary: list(TMPFS_ITEMS, 3) },
  { weight: 2, arbitrary: TMPFS_ITEMS },
);
const FROM_ITEMS = mostly(
  pick('b', 'b:ro', 'b:rw', 'container:c', 'container:c:ro', 'b:bogus'),
  pick('nope', '5', 'a', '""', 'null', '{}', '"container:"'),
  10,
);
const VOLUMES_FROM = mostly(list(FROM_ITEMS, 2), pick('b', 'null', '{}', '5'), 12);
const GRANTS = (names: readonly string[]) =>
  mostly(
    list(
      mostly(
        fc.oneof(
          pick(...names),
          fc
            .tuple(
              pick(...names),
              fc.record(
                {
                  target: pick('/c', 'rel', '/./d', '/t', '/e/'),
                  uid: pick('"1"'),
                  mode: pick('0440', '"0440"'),
                },
                { requiredKeys: [] },
              ),
            )
            .map(([source, rest]) => map([['source', source], ...Object.entries(rest)])),
        ),
        pick(
          'nope',
          '5',
          '{}',
          '{source: conf, uid: 5}',
          '{source: conf, other: x}',
          'null',
          '{target: /x}',
          '{source: 5}',
        ),
        12,
      ),
      2,
    ),
    pick('null', 'conf', '{}'),
    15,
  );
const ODD_SERVICE = pick(
  'volume: [./x:/t]',
  'tmpsf: /run',
  'volume_driver: x',
  'mounts: []',
  'volumes-from: [b]',
  'x-note: {a: b}',
  'read_only: maybe',
  'imagee: x',
  'Volumes: []',
);
const STRINGS = pick(
  'yes',
  'no',
  '1',
  '"a"',
  '1.10',
  '0x10',
  '1234567.5',
  'a',
  '1e3',
  '017',
  '0o17',
  '1:30',
  '.5',
  '+1',
  '08',
  '1_000',
  'on',
  '100000000',
  '0b11',
  '1e6',
  '1e21',
  '-0',
  '12e-7',
);
const LABELS = mostly(
  fc.oneof(
    fc
      .array(
        fc.tuple(
          pick('a', 'n', 'y', 'no', 'b.c', '"1"', 'on'),
          mostly(STRINGS, pick('true', 'null', '~', '""')),
        ),
        { maxLength: 2 },
      )
      .map((all) => map(all.filter(([key], i) => all.findIndex(([one]) => one === key) === i))),
    list(pick('a=b', 'c', 'n=1', '"a=b=c"'), 2),
  ),
  pick('null', 'x', '5', '{a: []}', '{1: x}', '[5]', '[a, a]', '{a: {}}', '{true: x}'),
  8,
);
const OPTIONS = mostly(
  fc.oneof(
    fc
      .record(
        {
          type: pick('none', 'nfs', 'tmpfs'),
          o: pick('bind', 'rbind', '"bind,ro"', '"addr=10.0.0.1,rw"'),
          device: pick('./d', '/abs', 'd', '~/d', '":/export"', 'tmpfs', '../d'),
        },
        { requiredKeys: [] },
      )
      .map((one) => map(Object.entries(one))),
    fc
      .array(fc.tuple(pick('a', 'n', 'yes', 'b'), STRINGS), { maxLength: 2 })
      .map((all) => map(all.filter(([key], i) => all.findIndex(([one]) => one === key) === i))),
  ),
  pick('null', 'x', '[a=b]', '{a: true}', '{a: null}', '{a: []}', '5'),
  10,
);
const definition = mostly(
  fc
    .record(
      {
        driver: mostly(pick('local', '""', 'other'), ODD_VALUES, 15),
        driver_opts: OPTIONS,
        labels: LABELS,
        name: mostly(pick('own', 'a.b', 'named'), pick('5', '""', 'null', 'n', 'a b'), 8),
      },
      { requiredKeys: [] },
    )
    .map((one) => map(Object.entries(one))),
  fc.oneof(
    pick('null', '', '{}', 'x', '[]', '5', '{driver_opt: {a: b}}', '{x-a: b}', '{drivers: x}', '{label: x}'),
    fc
      .record(
        {
          external: pick('true', 'false', 'yes', 'maybe', '{name: exte}', '{}', 'null', '1', '"true"'),
          name: pick('extn', 'extm'),
          driver: pick('local'),
        },
        { requiredKeys: ['external'] },
      )
      .map((one) => map(Object.entries(one))),
  ),
  2,
);
const FILE_OBJECTS = (good: readonly string[], odd: readonly string[]) =>
  mostly(pick(...good), pick(...odd), 12);

const indent = (lines: readonly string[], by: string) => lines.map((line) => `${by}${line}\n`).join('');
const service = fc
  .tuple(
    fc.record(
      {
        volumes: VOLUMES,
        tmpfs: SERVICE_TMPFS,
        volumes_from: VOLUMES_FROM,
        configs: GRANTS(['conf', 'conf2']),
        secrets: GRANTS(['sec', 'sec2']),
      },
      { requiredKeys: [] },
    ),
    mostly(
      fc.constant<string[]>([]),
      ODD_SERVICE.map((one) => [one]),
      25,
    ),
    mostly(VOLUMES, VOLUMES),
    fc.nat(9),
  )
  .map(([{ volumes, volumes_from, configs, secrets, tmpfs }, odd, always, chance]) => {
    const lines = ['image: x', `volumes: ${volumes ?? always}`];
    if (tmpfs !== undefined && chance < 5) lines.push(`tmpfs: ${tmpfs}`);
    if (volumes_from !== undefined && chance % 4 === 0) lines.push(`volumes_from: ${volumes_from}`);
    if (configs !== undefined && chance % 3 === 0) lines.push(`configs: ${configs}`);
    if (secrets !== undefined && chance % 3 === 1) lines.push(`secrets: ${secrets}`);
    return [...lines, ...odd];
  });
const profile = mostly(
  fc.constant(''),
  pick('profiles: [p]', 'profiles: []', 'profiles: p', 'profiles:'),
  12,
);

/** What a file says in front of its services for them to take over by an anchor, and the line of a service that does. */
const shared = mostly(
  fc.constant({ top: '', line: '' }),
  fc.oneof(
    fc.tuple(VOLUMES, pick('*v', '[*v, /q]', '[*w]')).map(([all, use]) => ({
      top: `x-v: &v ${all === '' ? '[]' : all}\n`,
      line: `volumes: ${use}`,
    })),
    fc
      .tuple(longEntry, pick('{<<: *m, target: /other}', '{<<: [*m], read_only: true}', '*m'))
      .map(([one, use]) => ({ top: `x-m: &m ${one}\n`, line: `volumes: [*m, ${use}]` })),
    fc.tuple(service, pick('*s', '[*s]', '*s', '[*s, 5]', 'x', '')).map(([lines, use]) => ({
      top: `x-s: &s\n${indent(lines, '  ')}`,
      line: `<<: ${use}`,
    })),
    VOLUMES.map((all) => ({ top: '', line: `volumes: ${all}` })),
  ),
  2,
);
/** The lines of a service with that one in place of its own. */
const sharing = (lines: readonly string[], line: string): readonly string[] =>
  line === ''
    ? lines
    : [...lines.filter((one) => !one.startsWith('volumes:') || line.startsWith('<<')), line];

const single = fc
  .tuple(
    fc.tuple(service, shared),
    fc.tuple(profile, mostly(fc.constant(''), pick('volumes_from: [a]', 'depends_on: [a]', 'profiles: [q]'))),
    fc.tuple(definition, definition),
    FILE_OBJECTS(
      ['{file: ./c}', '{file: /abs/c}', '{content: x}', '{environment: HOME}', '{file: ./c, labels: {a: b}}'],
      [
        'null',
        '{}',
        '{external: true}',
        '{file: ./c, template_driver: golang}',
        '{file: ./c, content: x}',
        '{file: 5}',
        '{driver: x}',
        '{file: ./c, x-a: b}',
        'x',
        '{name: n, file: ./c}',
      ],
    ),
    FILE_OBJECTS(
      ['{file: ./s}', '{file: /abs/s}', '{environment: HOME}'],
      [
        'null',
        '{}',
        '{external: yes}',
        '{driver: x}',
        '{content: x}',
        '{file: ./s, environment: HOME}',
        '{file: ./s, other: x}',
        '[]',
      ],
    ),
    mostly(
      fc.constant(''),
      pick(
        'name: My-App',
        'name: 1',
        'version: 3',
        'version: "3"',
        'x-a: {b: c}',
        'volume: {}',
        'networks: {}',
        'volumes: {}',
        'services: {}',
        'name: ""',
      ),
      15,
    ),
    mostly(
      fc.constant(undefined),
      pick(
        'volumes: null',
        'volumes: []',
        'volumes: x',
        'volumes: {a b: {}}',
        'volumes: {1: {}}',
        'volumes: {no: {}}',
        'volumes: {true: {}}',
        'configs: null',
        'secrets: []',
        'volumes: {x-v: {nope: a}}',
        'volumes: {a: {}, a: {}}',
      ),
      30,
    ),
  )
  .map(([[own, anchor], [profiles, other], [data, logs], conf, sec, top, all]): ProjectFiles => {
    const lines = [...sharing(own, anchor.line), ...(profiles === '' ? [] : [profiles])];
    const volumes = all?.startsWith('volumes')
      ? ''
      : `volumes:\n  data: ${data}\n  logs: ${logs}\n  plain:\n`;
    const configs = all?.startsWith('configs') ? '' : `configs:\n  conf: ${conf}\n  conf2: {file: ./c2}\n`;
    const secrets = all?.startsWith('secrets') ? '' : `secrets:\n  sec: ${sec}\n  sec2: {file: ./s2}\n`;
    const b = `  b:\n    image: x\n${other === '' ? '' : `    ${other}\n`}`;
    return {
      'compose.yaml': `${top === '' ? '' : `${top}\n`}${anchor.top}services:\n  a:\n${indent(lines, '    ')}${b}${volumes}${configs}${secrets}${all === undefined ? '' : `${all}\n`}`,
    };
  });

const tag = mostly(fc.constant(''), pick('!override ', '!reset '), 1);
const parts = fc.record(
  {
    volumes: fc.tuple(tag, mostly(list(fc.oneof(SHORT.map(quoted), longEntry), 2), pick('', 'null', '[]'))),
    tmpfs: fc.tuple(tag, mostly(list(TMPFS_ITEMS, 1), pick('', '/run', '/t'))),
    volumes_from: fc.tuple(tag, VOLUMES_FROM),
    configs: fc.tuple(tag, GRANTS(['conf2'])),
    secrets: fc.tuple(tag, GRANTS(['sec2'])),
  },
  { requiredKeys: [] },
);
type Part = Partial<Record<'volumes' | 'tmpfs' | 'volumes_from' | 'configs' | 'secrets', [string, string]>>;
const partLines = (part: Part, withGrants = true) =>
  Object.entries(part)
    // Most files have few of them.
    .filter(([key], i) => i < 2 && (withGrants || key === 'volumes' || key === 'tmpfs'))
    .map(([key, value]) => `${key}: ${value.join('')}`);

/** Several: one that is laid over it, one that a service extends, one that is included. */
const several = fc
  .tuple(
    single,
    parts,
    parts,
    parts,
    fc.constantFrom('over', 'extends', 'own', 'include', 'all'),
    tag,
    definition,
  )
  .map(([files, over, base, inner, how, dataTag, data]): ProjectFiles => {
    const has = (kind: string) => how === kind || how === 'all';
    const service = (name: string, lines: readonly string[]) =>
      `  ${name}:\n    image: x\n${indent(lines, '    ')}`;
    const extended = has('extends')
      ? 'extends: {file: sub/base.yaml, service: base}'
      : how === 'own'
        ? 'extends: base'
        : '';
    let main = files['compose.yaml']!;
    if (extended !== '') main = main.replace('  a:\n', `  a:\n    ${extended}\n`);
    if (how === 'own') main = main.replace('  b:\n', `${service('base', partLines(base))}  b:\n`);
    if (has('include')) main = `include: [inc/parts.yaml]\n${main}`;
    return {
      'compose.yaml': main,
      ...(has('over') && {
        'compose.override.yaml': `services:\n${service('a', partLines(over))}volumes:\n  data: ${dataTag}${data}\n`,
      }),
      ...(has('extends') && { 'sub/base.yaml': `services:\n${service('base', partLines(base))}` }),
      ...(has('include') && { 'inc/parts.yaml': `services:\n${service('c', partLines(inner, false))}` }),
    };
  });

/** A project, mostly of one file. */
export const composeFileArbitrary: fc.Arbitrary<ProjectFiles> = fc.oneof(
  { weight: 3, arbitrary: single },
  { weight: 1, arbitrary: several },
);
