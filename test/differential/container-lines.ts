// Command lines of docker create, made from the table of what a command says of its container.
import fc from 'fast-check';
import { CONTAINER_FIELDS } from '../../src/container/fields.js';
import { CONTAINER_FLAGS } from '../../src/dialects/docker/tables/docker-flags.js';
import type { Version } from '../../src/dialects/docker/tables/version.js';

const FLAGS = new Map(CONTAINER_FLAGS.map((flag) => [flag.name, flag]));

/** Flags that take one more value of their own kind without a conflict: numbers, sizes, times, texts. */
const MORE: ReadonlyMap<string, fc.Arbitrary<string>> = new Map(
  (
    [
      [
        'memory shm-size memory-reservation memory-swap',
        fc.oneof(sizes(), fc.integer({ min: 6_291_456, max: 2 ** 40 }).map(String)),
      ],
      [
        'cpu-shares cpu-period cpu-quota pids-limit oom-score-adj stop-timeout',
        fc.integer({ min: 1, max: 999 }).map(String),
      ],
      ['cpus', fc.integer({ min: 1, max: 64_000 }).map((one) => String(one / 1000))],
      ['health-interval health-timeout health-start-period', times()],
      ['env', fc.tuple(names(), texts()).map(([key, value]) => `${key}=${value}`)],
      ['label', fc.tuple(names(), texts()).map(([key, value]) => `${key}=${value}`)],
      ['hostname domainname', fc.stringMatching(/^[a-z]{1,8}(\.[a-z0-9]{1,5})?$/)],
      ['user', fc.stringMatching(/^([a-z]{1,6}|[0-9]{1,5})(:[0-9]{1,4})?$/)],
      ['workdir', texts().map((one) => `/${one}`)],
      ['publish', ports()],
      ['expose', fc.integer({ min: 1, max: 65_000 }).map(String)],
      [
        'ulimit',
        fc
          .tuple(fc.constantFrom('nofile', 'nproc', 'core', 'memlock'), fc.nat(9999))
          .map(([name, one]) => `${name}=${one}:${one + 1}`),
      ],
      [
        'add-host',
        fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.ipV4()).map(([name, ip]) => `${name}:${ip}`),
      ],
      ['health-cmd', texts().filter((one) => one !== '')],
      ['entrypoint', texts()],
    ] as const
  ).flatMap(([names, arbitrary]) => names.split(' ').map((name) => [name, arbitrary] as const)),
);

function sizes() {
  return fc
    .tuple(
      fc.integer({ min: 6, max: 4000 }),
      fc.constantFrom('m', 'M', 'mb', 'MiB', 'g', 'Gb', ' mb'),
      fc.constantFrom('', '.5'),
    )
    .map(([a, unit, part]) => `${a}${part}${unit}`);
}
function times() {
  return fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom('s', 'm', 'ms', 'h', 'm1s', '.5s'))
    .map(([a, unit]) => (unit === 'ms' ? `${a + 1}ms` : `${a}${unit}`));
}
function names() {
  return fc.oneof(
    fc.stringMatching(/^[A-Z_]{1,8}$/),
    fc.constantFrom('yes', 'null', '1', 'a.b', 'A-B', '__proto__', 'on'),
  );
}
function texts() {
  return fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9 ./:@$"'#{}%&*!|>\\=,?-]{0,12}$/),
    fc.constantFrom(
      '',
      'true',
      'no',
      '1e3',
      '0x10',
      '012',
      '1:30',
      '$',
      '$$',
      '${X}',
      '$(x)',
      ' a',
      'a ',
      '# a',
      'ü',
      '2020-01-01',
      '~',
      'null',
      'a: b',
      '- a',
      'tab\tx',
      'two\nlines',
      '\u00a0',
      '{{.Name}}',
      'trailing\n',
    ),
  );
}
function ports() {
  const port = fc.integer({ min: 1, max: 60_000 });
  return fc
    .tuple(
      port,
      port,
      fc.constantFrom('', '/tcp', '/udp', '/sctp'),
      fc.constantFrom('', '127.0.0.1:', '0.0.0.0:', '[::1]:', '[::]:'),
    )
    .map(([a, b, protocol, ip]) => `${ip}${a}:${b}${protocol}`);
}

/** What docker refuses side by side. */
const APART: readonly (readonly [RegExp, RegExp])[] = [
  [/^rm$/, /^restart$/],
  [/^no-healthcheck$/, /^health-/],
  [/^cpus$/, /^cpu-(?:period|quota)$/],
];

/** One use of a flag. */
export interface Use {
  readonly flag: string;
  readonly value: string;
}

const NETWORKED = /^(?:ip6?|link-local-ip|network-alias)$/;

/** The uses of 1 to 12 flags that a client of that version has. */
export function usesArbitrary(client: Version): fc.Arbitrary<readonly Use[]> {
  const known = CONTAINER_FIELDS.filter(({ flag, examples, also }) => {
    const row = FLAGS.get(flag);
    return (
      examples.length > 0 &&
      row !== undefined &&
      row.only === undefined &&
      client >= (row.since ?? 0) &&
      also !== ''
    );
  });
  const use = fc.constantFrom(...known).chain(({ flag, examples }) => {
    const more = MORE.get(flag);
    const value = fc.constantFrom(...examples);
    return (more === undefined ? value : fc.oneof(value, more)).map((one): Use => ({ flag, value: one }));
  });
  return fc.array(use, { minLength: 1, maxLength: 12 }).map((uses) => {
    const kept: Use[] = [];
    for (const one of uses) {
      const clashes = kept.some(({ flag }) =>
        APART.some(([a, b]) => (a.test(flag) && b.test(one.flag)) || (b.test(flag) && a.test(one.flag))),
      );
      const isSecondNetwork = one.flag === 'network' && kept.some(({ flag }) => flag === 'network');
      if (!clashes && !isSecondNetwork) kept.push(one);
    }
    // Addresses are for a network of one's own.
    if (!kept.some(({ flag }) => NETWORKED.test(flag))) return kept;
    return [...kept.filter(({ flag }) => flag !== 'network'), { flag: 'network', value: 'front' }];
  });
}

/** The words of a use. */
export const wordsOf = ({ flag, value }: Use): readonly string[] =>
  FLAGS.get(flag)?.kind === 'bool'
    ? [value === 'true' ? `--${flag}` : `--${flag}=${value}`]
    : [`--${flag}`, value];
