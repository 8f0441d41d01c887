/** A mount of a command that is written as plainly as can be. */
export interface PlainMount {
  /** An absolute path, or one that starts with `./`; absent for a volume and a tmpfs. */
  readonly path?: string;
  /** Without a slash at the end. */
  readonly target: string;
  readonly isReadonly: boolean;
  /** `z` or `Z`. */
  readonly hasLabel: boolean;
}

const PATH = String.raw`(?:/(?!\.{1,2}(?:[/:]|$))[\w.@+-]+)+/?`;
const SOURCE = String.raw`(\.${PATH}|\.|${PATH})|[A-Za-z0-9][\w.-]+`;
const VOLUME = new RegExp(`^(?:${SOURCE}):(${PATH})(?::(ro|rw)?,?([zZ])?)?$`);
const ONLY_PATH = new RegExp(`^(?:\\.?${PATH}|\\.)$`);
const ONLY_TARGET = new RegExp(`^${PATH}$`);
const ONLY_NAME = /^[A-Za-z0-9][\w.-]+$/;
const ODD_MODE = /:,|,$|:$/;

const TMPFS = new RegExp(
  `^(${PATH})(?::(?:(?:rw|ro|exec|noexec|nosuid|nodev|size=[1-9]\\d*[kmg]?|mode=[0-7]{3,4}|[ug]id=\\d+)(?:,(?!$)|$))+)?$`,
);
const TMPFS_VALUE: Readonly<Record<string, RegExp>> = {
  'tmpfs-size': /^[1-9]\d{0,9}[kmg]?$/,
  'tmpfs-mode': /^[1-7][0-7]{2,3}$/,
};

const SWITCH = /^(?:-[dit]+|--(?:rm|init|detach|interactive|tty|privileged|read-only))$/;
const WITH_VALUE =
  /^(?:-[dit]*[aehlmpuw]|--(?:add-host|cap-add|cap-drop|cpus|device|dns|entrypoint|env|env-file|expose|gpus|group-add|hostname|ipc|label|link|log-driver|log-opt|memory|name|net|network|pid|platform|publish|pull|restart|security-opt|shm-size|stop-timeout|ulimit|user|userns|workdir))$/;
const MOUNT = /^(?:-[dit]*v|--(?:volume|mount|tmpfs))$/;
const IMAGE = /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::\w[\w.-]*)?$/;
const VALUE = /^(?!-)[ -~]*$/;
// What looks like a flag of docker's, or is typed with a dash that is none.
const BEHIND_IMAGE = /^(?!-v|--v|--m|--t)[\t\n -~]*$/;

/**
 * The mounts of a command about which nothing is to be said by whatever docker runs it (a client before 23.0 aside, if one is
 * written with `./`), as far as that does not depend on the machine; undefined for a command that has to be read properly.
 */
export function plainMounts(args: readonly string[]): readonly PlainMount[] | undefined {
  let at = args[0] === 'container' ? 1 : 0;
  const command = args[at++];
  if (command !== 'run' && command !== 'create') return undefined;
  const mounts: PlainMount[] = [];
  while (at < args.length && args[at]!.startsWith('-')) {
    let flag = args[at++]!;
    if (SWITCH.test(flag)) continue;
    const equals = flag.startsWith('--') ? flag.indexOf('=') : -1;
    const value = equals < 0 ? (args[at++] ?? '-') : flag.slice(equals + 1);
    if (equals >= 0) flag = flag.slice(0, equals);
    if (MOUNT.test(flag)) {
      const mount =
        flag === '--mount' ? readFields(value) : flag === '--tmpfs' ? readTmpfs(value) : readVolume(value);
      if (mount === undefined || mounts.some(({ target }) => target === mount.target)) return undefined;
      mounts.push(mount);
    } else if (!WITH_VALUE.test(flag) || !VALUE.test(value)) return undefined;
  }
  if (!IMAGE.test(args[at] ?? '')) return undefined;
  return args.slice(at + 1).every((word) => BEHIND_IMAGE.test(word)) ? mounts : undefined;
}

function readVolume(text: string): PlainMount | undefined {
  const match = VOLUME.exec(text);
  if (match === null || ODD_MODE.test(text)) return undefined;
  const [, path, target = '', access, label] = match;
  return finish({ path, target, isReadonly: access === 'ro', hasLabel: label !== undefined });
}

function readTmpfs(text: string): PlainMount | undefined {
  const target = TMPFS.exec(text)?.[1];
  return target === undefined ? undefined : finish({ target, isReadonly: false, hasLabel: false });
}

function readFields(text: string): PlainMount | undefined {
  const values = new Map<string, string>();
  for (const field of text.split(',')) {
    const equals = field.indexOf('=');
    const key = KEYS.get(equals < 0 ? field : field.slice(0, equals));
    if (key === undefined || equals < 0 !== (key === 'readonly') || values.has(key)) return undefined;
    values.set(key, field.slice(equals + 1));
  }
  const isReadonly = values.delete('readonly');
  const target = values.get('target') ?? '';
  const source = values.get('source');
  const type = values.get('type') ?? 'volume';
  if (!ONLY_TARGET.test(target)) return undefined;
  for (const key of ['type', 'source', 'target']) values.delete(key);
  const mount = { target, isReadonly, hasLabel: false };
  if (type === 'tmpfs' && source === undefined)
    return [...values].every(([key, value]) => TMPFS_VALUE[key]?.test(value)) ? finish(mount) : undefined;
  if (source === undefined || values.size > 0) return undefined;
  if (type === 'bind') return ONLY_PATH.test(source) ? finish({ ...mount, path: source }) : undefined;
  return type === 'volume' && ONLY_NAME.test(source) ? finish(mount) : undefined;
}

const KEYS: ReadonlyMap<string, string> = new Map([
  ['type', 'type'],
  ['source', 'source'],
  ['src', 'source'],
  ['target', 'target'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['readonly', 'readonly'],
  ['ro', 'readonly'],
  ['tmpfs-size', 'tmpfs-size'],
  ['tmpfs-mode', 'tmpfs-mode'],
]);

function finish(mount: PlainMount): PlainMount | undefined {
  const target = mount.target.replace(/\/$/, '');
  return /^\/proc(?:\/|$)/.test(target) ? undefined : { ...mount, target };
}
