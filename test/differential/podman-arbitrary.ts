// Mount flags as people give them to podman: right, nearly right, and docker's.
import fc from 'fast-check';

const pick = <T>(...values: T[]) => fc.constantFrom(...values);

const words = pick(
  ...'ro rw z Z O U exec noexec nodev suid private rslave shared bind rbind copy nocopy cached delegated idmap'.split(
    ' ',
  ),
  ...'readonly consistent RO size=1m upperdir=/u workdir=/w no-dereference nocreate noatime'.split(' '),
  '',
);
const target = pick('/x', '/x', '/x', '/y', '/x/', '/', 'x', '', './x', '/a b');
const source = pick('/etc', '/etc', '/usr', 'data', 'data', 'v', 'a/b', '_x', '', '.h', '.');
const list = (maxLength: number) => fc.array(words, { maxLength }).map((all) => all.join(','));
const volume = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(source, target, list(3))
        .map(([s, t, w]) => (w === '' ? `${s}:${t}` : `${s}:${t}:${w}`)),
    },
    { weight: 1, arbitrary: target },
    { weight: 1, arbitrary: fc.tuple(source, target, words, words).map((all) => all.join(':')) },
  )
  .map((spec) => ['volume', spec] as const);
const field = fc.oneof(
  fc.tuple(pick('src', 'source', 'SRC'), source).map(([key, value]) => `${key}=${value}`),
  pick(
    ...'ro ro=true ro=1 readonly readonly=false rw U U=x U= chown=true relabel=shared relabel=x z Z idmap private shared'.split(
      ' ',
    ),
    ...'bind-propagation=rslave bind-propagation=x bind-nonrecursive bind-nonrecursive=false consistency=cached nodev dev'.split(
      ' ',
    ),
    ...'volume-opt=o=x volume-opt volume-label=a tmpfs-size=1m tmpfs-size tmpfs-mode=700 tmpcopyup notmpcopyup noswap'.split(
      ' ',
    ),
    ...'subpath=/a nocreate type=bind O nocopy bogus bogus=1 mode=755 uid=0 readwrite=true rw=true rw=TRUE src dst dst='.split(
      ' ',
    ),
    ' ro',
    '"ro"',
    '',
  ),
);
const mount = fc
  .tuple(
    pick(
      'type=bind',
      'type=volume',
      'type=tmpfs',
      'type=bind',
      'type=volume',
      'type=devpts',
      'type=npipe',
      'Type=bind',
      'type=',
      'ro',
    ),
    fc.array(field, { maxLength: 3 }),
    fc.tuple(pick('dst', 'target', 'destination', 'dest'), target).map(([key, value]) => [`${key}=${value}`]),
    pick(true, true, true, false),
  )
  .map(
    ([type, fields, [last], hasTarget]) =>
      ['mount', [type, ...fields, ...(hasTarget ? [last!] : [])].join(',')] as const,
  );
const tmpfs = fc
  .tuple(
    target,
    fc.array(
      fc.oneof(words, pick('size=1m', 'mode=700', 'uid=1', 'tmpcopyup', 'notmpcopyup', 'dev', 'size=2m')),
      { maxLength: 3 },
    ),
  )
  .map(([t, w]) => ['tmpfs', w.length === 0 ? t : `${t}:${w.join(',')}`] as const);
const from = pick('base', 'base:ro', 'base:Z', 'base:ro,rw', 'base:', 'base:z,z', 'base:z,ro').map(
  (value) => ['volumes-from', value] as const,
);
/** Flags of one `podman create`: one, or two that may be at one target. */
export const flags = fc.oneof(
  { weight: 3, arbitrary: volume.map((one) => [one]) },
  { weight: 3, arbitrary: mount.map((one) => [one]) },
  { weight: 1, arbitrary: tmpfs.map((one) => [one]) },
  { weight: 1, arbitrary: from.map((one) => [one]) },
  { weight: 2, arbitrary: fc.array(fc.oneof(volume, mount, tmpfs), { minLength: 2, maxLength: 2 }) },
);
