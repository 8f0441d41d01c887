/** A mount that is written as plainly as can be. */
export interface PlainMount {
  /** An absolute path, or one that starts with a dot; absent for a volume and a tmpfs. */
  readonly path?: string;
  /** Without a slash at the end. */
  readonly target: string;
  readonly isReadonly: boolean;
  /** A rule may have a warning for it, whatever the machine is like. */
  readonly mayTell: boolean;
  /** A linter may have a remark on how it is written: it says what goes without saying, or a name looks like a file's. */
  readonly mayRemark: boolean;
}

const STEP = String.raw`/(?!\.{1,2}(?:[/:]|$))[\w.@+-]+`;
const PATH = `(?:${STEP})+/?`;
const SOURCE = String.raw`(?:(?:\.\./)*\.\.|\.?)${PATH}|\.{1,2}`;
const NAME = String.raw`[A-Za-z0-9][\w.-]+`;
const VOLUME = new RegExp(`^(?:(${SOURCE})|(${NAME})):(${PATH})(?::(.+))?$`);
const ONLY_SOURCE = new RegExp(`^(?:${SOURCE})$`);
const ONLY_TARGET = new RegExp(`^${PATH}$`);
const ONLY_NAME = new RegExp(`^${NAME}$`);

// At most one of each group; 3 is for paths, 5 for volumes.
const MODES: ReadonlyMap<string, number> = new Map(
  [
    'ro rw',
    'z Z',
    'private rprivate shared rshared slave rslave',
    'consistent cached delegated',
    'nocopy',
  ].flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);

const SIZE = String.raw`[1-9](?:\d{0,9}|\d{0,5}[kmgKMG]|\d?%)`;
const TMPFS = new RegExp(
  `^(${PATH})(?::(?:(?:rw|ro|(?:no)?(?:exec|suid|dev)|size=${SIZE}|mode=[0-7]{3,4}|[ug]id=\\d{1,9})(?:,(?!$)|$))+)?$`,
);
const TRUE = /^(?:true|1)$/;
// The keys of each type besides source, target and readonly.
const FIELDS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  bind: {
    'bind-propagation': /^r?(?:private|shared|slave)$/,
    consistency: /^(?:cached|delegated|consistent|default)$/,
  },
  volume: { 'volume-nocopy': TRUE },
  tmpfs: { 'tmpfs-size': /^[1-9](?:\d{0,9}|\d{0,5}[kKmMgG][bB]?)$/, 'tmpfs-mode': /^0?[1-7][0-7]{2,3}$/ },
};
const SAME: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
]);

/** The value of `-v`; undefined when it has to be read properly. */
export function readVolume(text: string): PlainMount | undefined {
  if (ONLY_TARGET.test(text))
    return finish({ target: text, isReadonly: false, mayTell: true, mayRemark: false });
  const match = VOLUME.exec(text);
  if (match === null) return undefined;
  const [, path, name = '', target = '', modes] = match;
  const words = modes?.split(',') ?? [];
  const groups = words.map((word) => MODES.get(word));
  if (groups.includes(undefined) || new Set(groups).size < groups.length) return undefined;
  if (groups.includes(path === undefined ? 3 : 5)) return undefined;
  return finish({
    path,
    target,
    isReadonly: words.includes('ro'),
    mayTell: groups.includes(2),
    mayRemark: groups.includes(4) || words.includes('rw') || name.includes('.'),
  });
}

/** The value of `--tmpfs`. */
export function readTmpfs(text: string): PlainMount | undefined {
  const target = TMPFS.exec(text)?.[1];
  return target === undefined
    ? undefined
    : finish({ target, isReadonly: false, mayTell: false, mayRemark: false });
}

/** The value of `--mount`. */
export function readFields(text: string): PlainMount | undefined {
  const values = new Map<string, string>();
  for (const field of text.split(',')) {
    const equals = field.indexOf('=');
    const typed = equals < 0 ? field : field.slice(0, equals);
    const key = SAME.get(typed) ?? typed;
    if (values.has(key) || (equals < 0 && key !== 'readonly' && key !== 'volume-nocopy')) return undefined;
    values.set(key, equals < 0 ? 'true' : field.slice(equals + 1));
  }
  const take = (key: string): string | undefined => {
    const value = values.get(key);
    values.delete(key);
    return value;
  };
  const [type = 'volume', source, target = '', readonly] = ['type', 'source', 'target', 'readonly'].map(take);
  const fields = Object.hasOwn(FIELDS, type) ? FIELDS[type]! : undefined;
  if (fields === undefined || !ONLY_TARGET.test(target) || (readonly !== undefined && !TRUE.test(readonly)))
    return undefined;
  for (const [key, value] of values)
    if (!Object.hasOwn(fields, key) || !fields[key]!.test(value)) return undefined;
  const isReadonly = readonly !== undefined;
  const mayRemark = values.has('consistency') || (type === 'volume' && source?.includes('.') === true);
  if (source === undefined)
    return type === 'bind' || (type === 'volume' && isReadonly)
      ? undefined
      : finish({ target, isReadonly, mayTell: type === 'volume', mayRemark });
  if (type === 'tmpfs' || !(type === 'bind' ? ONLY_SOURCE : ONLY_NAME).test(source)) return undefined;
  return finish({
    path: type === 'bind' ? source : undefined,
    target,
    isReadonly,
    mayTell: false,
    mayRemark,
  });
}

function finish(mount: PlainMount): PlainMount | undefined {
  const target = mount.target.replace(/\/$/, '');
  return /^\/proc(?:\/|$)/.test(target) ? undefined : { ...mount, target };
}
