import fc from 'fast-check';

/** A service's entries, as YAML in one line, and the key that they stand under. */
export interface ComposeEntry {
  readonly key: 'volumes' | 'tmpfs';
  readonly entry: string;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const target = fc.constantFrom('/x', '/x', '/x/y', 'x', './x', '/', '/x/..', '//', 'ro', '');
const source = fc.constantFrom(
  './sub',
  './sub',
  '/tmp',
  'data',
  'data',
  '.',
  '~',
  '',
  '$(pwd)',
  'a b',
  'data/x',
);
const modes = fc.constantFrom('ro', 'rw', 'z', 'nocopy', 'readonly', 'ro,nocopy', 'rprivate', 'cached', '');

const short = fc
  .oneof(
    fc.tuple(target),
    fc.tuple(source, target),
    fc.tuple(source, target),
    fc.tuple(source, target, modes),
    fc.tuple(source, target, modes, modes),
  )
  .map((sections) => quoted(sections.join(':')));

const options = {
  bind: fc.constantFrom(
    '{propagation: rprivate}',
    '{propagation: share}',
    '{selinux: z}',
    '{selinux: x}',
    '{}',
  ),
  tmpfs: fc.constantFrom(
    '{size: 1m}',
    '{size: 1x}',
    '{size: 64mx}',
    '{size: -1}',
    '{size: 4096}',
    '{mode: 0700}',
    "{mode: '0700'}",
  ),
  volume: fc.constantFrom('{nocopy: true}', '{}'),
};

const long = fc
  .record(
    {
      type: fc.constantFrom('bind', 'bind', 'volume', 'volume', 'tmpfs', 'tmpfs', 'bnid', 'foo'),
      source: source.map(quoted),
      target: target.map(quoted),
      read_only: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: ['target'] },
  )
  .chain((keys) => {
    const type = keys.type as keyof typeof options;
    const own = Object.hasOwn(options, type)
      ? fc.option(options[type], { nil: undefined })
      : fc.constant(undefined);
    return own.map((value) => ({ ...keys, ...(value !== undefined && { [type]: value }) }));
  })
  .chain((keys) => fc.boolean().map((keep) => (keep ? keys : { ...keys, target: keys.target ?? '' })))
  .map(
    (keys) =>
      `{${Object.entries(keys)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')}}`,
  );

const tmpfs = fc
  .tuple(target, fc.constantFrom('', ':size=1m', ':size=1x', ':foo', ':ro', ':noexec,mode=700', ':mode=9'))
  .map(([path, rest]) => quoted(path + rest));

/** Entries that people could write, right and wrong. */
export const composeEntry: fc.Arbitrary<ComposeEntry> = fc.oneof(
  { weight: 3, arbitrary: short.map((entry): ComposeEntry => ({ key: 'volumes', entry })) },
  { weight: 3, arbitrary: long.map((entry): ComposeEntry => ({ key: 'volumes', entry })) },
  { weight: 1, arbitrary: tmpfs.map((entry): ComposeEntry => ({ key: 'tmpfs', entry })) },
);
