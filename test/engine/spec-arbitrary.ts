// Mount flags that docker takes, for conversions on real engines. `%d` stands for an existing directory, `%n` for a volume.
import fc from 'fast-check';
import type { SpecForm } from '../../src/spec/ast.js';

/** One flag. */
export interface FlagSpec {
  readonly form: SpecForm;
  readonly text: string;
}

const one = fc.constantFrom;
const target = one('/x', '/x', '/x/y', '/x/', '/z/../x', '/a b', '/x,y', '//x');
const subset = (words: readonly string[], least = 0) =>
  fc.subarray([...words], { minLength: least, maxLength: Math.min(3, words.length) });
const joined = (parts: readonly (string | undefined)[], by: string) =>
  parts.filter((part) => part !== undefined && part !== '').join(by);

const access = one('', '', 'ro', 'rw');
const hint = one('', '', '', 'cached', 'consistent');
const volumeFlag: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      one('%d', '%d/sub', '%d/', '%d/a,b', '%d/file'),
      target,
      access,
      one('', 'rprivate', 'private', 'rslave'),
      hint,
    )
    .map(([source, at, ...modes]) => joined([source, at, joined(modes, ',')], ':')),
  fc
    .tuple(one('%n', '%n-2'), target, access, one('', 'nocopy', 'z'), hint)
    .map(([source, at, ...modes]) => joined([source, at, joined(modes, ',')], ':')),
  target,
);

const field = (text: string) => (text.includes(',') ? `"${text}"` : text);
const mountFlag: fc.Arbitrary<string> = fc
  .oneof(
    fc
      .tuple(
        one('%d', '%d/sub', '%d/a,b', '%d/file'),
        target,
        subset([
          'readonly',
          'bind-propagation=rslave',
          'bind-propagation=rprivate',
          'consistency=cached',
          'bind-recursive=disabled',
        ]),
      )
      .map(([source, at, more]) => ['type=bind', `src=${source}`, `dst=${at}`, ...more]),
    fc
      .tuple(
        one('%n', '%n-2', ''),
        target,
        subset([
          'readonly',
          'volume-nocopy',
          'volume-label=a=b',
          'volume-driver=local',
          'consistency=delegated',
        ]),
      )
      .map(([source, at, more]) => [
        'type=volume',
        ...(source === '' ? [] : [`src=${source}`]),
        `dst=${at}`,
        ...more,
      ]),
    fc
      .tuple(
        target,
        subset([
          'readonly',
          'tmpfs-size=1m',
          'tmpfs-size=100000',
          'tmpfs-size=1.5m',
          'tmpfs-mode=700',
          'tmpfs-mode=1777',
        ]),
      )
      .map(([at, more]) => ['type=tmpfs', `dst=${at}`, ...more]),
  )
  .map((fields) => fields.map(field).join(','));

const tmpfsFlag: fc.Arbitrary<string> = fc
  .tuple(
    one('/x', '/x/y', '/x/', '/a b', '/x,y'),
    subset([
      'ro',
      'rw',
      'size=64k',
      'size=1m',
      'size=2097152',
      'size=10%',
      'mode=700',
      'mode=0',
      'exec',
      'noexec',
      'suid',
      'uid=1',
      'nr_inodes=50',
      'noatime',
      'defaults',
      'rprivate',
    ]),
  )
  .map(([at, options]) => joined([at, options.join(',')], ':'));

/** A flag that docker takes. */
export const flagSpec: fc.Arbitrary<FlagSpec> = fc.oneof(
  volumeFlag.map((text) => ({ form: 'volume' as const, text })),
  mountFlag.map((text) => ({ form: 'mount' as const, text })),
  tmpfsFlag.map((text) => ({ form: 'tmpfs' as const, text })),
);
