import { quoteGo } from '../../go/text.js';
import type { Range } from '../../text/range.js';
import { makeVersion, type Version } from '../docker/tables/version.js';
import { splitParts } from '../podman/volume.js';
import { PROPAGATIONS } from '../podman/words.js';

/** What buildah refuses, in its words, and of which part of the value. */
export interface BuildahRefusal {
  readonly message: string;
  readonly range: Range;
}

const PATHS = 'source src target dst destination from';
const FLAGS = 'ro readonly rw readwrite nosuid nodev noexec';
const SHARED = 'shared rshared private rprivate slave rslave z Z U';
const OWNER = 'mode uid gid';
const NAMES = 'id target dst destination required';

/** The keys of each type, with capital letters as they are; those of newer releases stand apart. */
const KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    ['bind', `${PATHS} ${FLAGS} ${SHARED} bind-nonrecursive bind-propagation consistency`],
    ['cache', `${PATHS} ${FLAGS} ${SHARED} bind-propagation id sharing ${OWNER}`],
    ['tmpfs', 'target dst destination ro readonly nosuid nodev noexec tmpfs-size tmpfs-mode tmpcopyup'],
    ['secret', `${NAMES} ${OWNER}`],
    ['ssh', `${NAMES} ${OWNER}`],
  ].map(([type = '', keys = '']) => [type, new Set(keys.split(' '))]),
);

/** Keys by the first podman whose buildah has them: 4.6 is buildah 1.31, 5.0 is 1.35, 6.0 is 1.44. */
const SINCE: readonly (readonly [type: string, key: string, since: Version])[] = [
  ['bind', 'relabel', makeVersion(4, 6, 0)],
  ['bind', 'no-dereference', makeVersion(5, 0, 0)],
  ['secret', 'env', makeVersion(6, 0, 0)],
];

/** Words that say all there is to say; since buildah 1.39 (podman 5.4) a value after one is refused. */
const BARE = new Set(`${FLAGS} ${SHARED} bind-nonrecursive tmpcopyup no-dereference`.split(' '));
const BARE_SINCE = makeVersion(5, 4, 0);

/** What the buildah of a podman says of the value of `RUN --mount`; what only the machine can say is left out. Total. */
export function judgeRunMount(spec: string, podman: Version): BuildahRefusal | undefined {
  const parts = splitParts(spec, ',');
  const named = parts.findLast(({ value }) => value.startsWith('type='));
  const type = named === undefined ? 'bind' : named.value.slice('type='.length);
  const keys = KEYS.get(type);
  if (keys === undefined) return { message: `invalid mount type ${quoteGo(type)}`, range: named!.range };
  const has = (key: string) =>
    keys.has(key) || SINCE.some(([of, name, since]) => of === type && name === key && podman >= since);
  let hasTarget = false;
  let access = false;
  let propagation = false;
  for (const { value: text, range } of parts) {
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? undefined : text.slice(equals + 1);
    const refuse = (message: string): BuildahRefusal => ({ message, range });
    if (key === 'type') continue;
    if (!has(key))
      return refuse(
        type === 'secret' || type === 'ssh'
          ? `${type} should have syntax id=id[,target=path,required=bool,mode=uint,uid=uint,gid=uint]`
          : `${key}: invalid mount option`,
      );
    if (BARE.has(key)) {
      if (value !== undefined && podman >= BARE_SINCE)
        return refuse(`${key}: must not provide an argument for option`);
      if (/^(?:ro|readonly|rw|readwrite)$/.test(key)) {
        if (access) return refuse("can only specify 1 'rw' or 'ro' option");
        access = true;
      }
      if (PROPAGATIONS.has(key)) {
        if (propagation)
          return refuse("can only specify 1 '[r]shared', '[r]private', '[r]slave' or '[r]unbindable' option");
        propagation = true;
      }
    } else if (value === undefined && !(key === 'required' && type === 'secret'))
      return refuse(`${key}: must provide an argument for option`);
    if (/^(?:target|dst|destination)$/.test(key)) hasTarget = true;
    if (key === 'sharing' && value !== 'shared' && value !== 'locked')
      return refuse(`unrecognized value ${quoteGo(value ?? '')} for field "sharing"`);
    if (key === 'relabel' && value !== 'shared' && value !== 'private')
      return refuse("relabel mount option must be 'private' or 'shared': invalid mount option");
  }
  const isPlaced = type !== 'secret' && type !== 'ssh';
  return isPlaced && !hasTarget
    ? { message: 'must set volume destination', range: { start: 0, end: spec.length } }
    : undefined;
}
