import { readOctal } from '../../../go/number.js';
import { absolutePath } from '../../../go/path.js';
import { lowerGo, parseGoBool, quoteGo } from '../../../go/text.js';
import { type GoUnits, readSize } from '../../../go/units.js';
import { type KnownMountKey, type MountKeyOf, RECURSIONS } from '../tables/mount-keys.js';
import type { ApiMount } from './api.js';
import { type ClientContext, isExpanded } from './client-volume.js';

/** Enters a key's value into the mount as the client does; what it answers where it refuses the value. */
export function enterMountKey(
  mount: ApiMount,
  key: KnownMountKey,
  name: string,
  value: string | undefined,
  context: ClientContext,
): string | undefined {
  const { dialect, cwd } = context;
  switch (key.kind) {
    case 'bool': {
      const flag = value === undefined ? true : readBool(value, dialect.has.strictMount);
      if (flag === undefined) return badBool(name, value ?? '', dialect.has.strictMount);
      enterFlag(mount, key.name, flag, dialect.has.sendsEmptyDriverConfig);
      return undefined;
    }
    case 'recursion':
      return enterRecursion(mount, value ?? '');
    case 'size': {
      const units: GoUnits = dialect.has.goUnits05 ? '0.5' : '0.4';
      const size = readSize(value ?? '', units);
      if (typeof size === 'string') return `invalid value for ${name}: ${value}`;
      tmpfs(mount).SizeBytes = Number.isSafeInteger(Number(size)) ? Number(size) : size;
      return undefined;
    }
    case 'octal': {
      const mode = readOctal(value ?? '');
      if (mode === undefined) return `invalid value for ${name}: ${value}`;
      tmpfs(mount).Mode = mode;
      return undefined;
    }
    case 'map': {
      const options = volume(mount, dialect.has.sendsEmptyDriverConfig);
      const pair = splitPair(value ?? '', dialect.has.dropsEmptyMapKeys);
      if (key.name === 'volume-label') {
        if (pair !== undefined) options.Labels = withEntry(options.Labels, pair);
      } else {
        options.DriverConfig ??= {};
        if (pair !== undefined) options.DriverConfig.Options = withEntry(options.DriverConfig.Options, pair);
      }
      return undefined;
    }
    case 'lower':
    case 'text':
      enterText(mount, key.name, value ?? '', { dialect, cwd });
      return undefined;
  }
}

function readBool(value: string, strict: boolean): boolean | undefined {
  if (!strict) return parseGoBool(value);
  return value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : undefined;
}

function badBool(name: string, value: string, strict: boolean): string {
  return strict
    ? `invalid value for '${name}': invalid boolean value (${quoteGo(value)}): must be one of "true", "1", "false", or "0" (default "true")`
    : `invalid value for ${name}: ${value}`;
}

function enterFlag(mount: ApiMount, name: MountKeyOf<'bool'>, flag: boolean, withDriver: boolean): void {
  switch (name) {
    case 'readonly':
      mount.ReadOnly = flag;
      break;
    case 'bind-nonrecursive':
      bind(mount).NonRecursive = flag;
      break;
    case 'bind-create-src':
      bind(mount).CreateMountpoint = flag;
      break;
    case 'volume-nocopy':
      volume(mount, withDriver).NoCopy = flag;
      break;
    default:
      name satisfies never;
  }
}

function enterRecursion(mount: ApiMount, value: string): string | undefined {
  switch (value) {
    case 'enabled':
      return undefined;
    case 'disabled':
      bind(mount).NonRecursive = true;
      return undefined;
    case 'writable':
      bind(mount).ReadOnlyNonRecursive = true;
      return undefined;
    case 'readonly':
      bind(mount).ReadOnlyForceRecursive = true;
      return undefined;
    default: {
      const words = RECURSIONS.map((word) => `"${word}"`);
      return `invalid value for bind-recursive: ${value} (must be ${words.slice(0, -1).join(', ')}, or ${words.at(-1)})`;
    }
  }
}

function enterText(
  mount: ApiMount,
  name: MountKeyOf<'text' | 'lower'>,
  value: string,
  { dialect, cwd }: ClientContext,
): void {
  switch (name) {
    case 'type':
      mount.Type = lowerGo(value, dialect.has.unicode15 ? 15 : 13);
      break;
    case 'source':
      mount.Source = isExpanded(value, dialect) ? absolutePath(value, cwd, dialect.hostOs) : value;
      break;
    case 'target':
      mount.Target = value;
      break;
    case 'consistency':
      mount.Consistency = lowerGo(value, dialect.has.unicode15 ? 15 : 13);
      break;
    case 'bind-propagation':
      bind(mount).Propagation = lowerGo(value, dialect.has.unicode15 ? 15 : 13);
      break;
    case 'volume-driver': {
      const options = volume(mount, dialect.has.sendsEmptyDriverConfig);
      options.DriverConfig = { ...options.DriverConfig, Name: value };
      break;
    }
    case 'volume-subpath':
      volume(mount, dialect.has.sendsEmptyDriverConfig).Subpath = value;
      break;
    case 'image-subpath':
      mount.ImageOptions = { Subpath: value };
      break;
    default:
      name satisfies never;
  }
}

const bind = (mount: ApiMount) => {
  mount.BindOptions ??= {};
  return mount.BindOptions;
};
const tmpfs = (mount: ApiMount) => {
  mount.TmpfsOptions ??= {};
  return mount.TmpfsOptions;
};
const volume = (mount: ApiMount, withDriver: boolean) => {
  mount.VolumeOptions ??= {};
  if (withDriver) mount.VolumeOptions.DriverConfig ??= {};
  return mount.VolumeOptions;
};

function splitPair(value: string, dropsEmpty: boolean): readonly [string, string] | undefined {
  const at = value.indexOf('=');
  const key = at < 0 ? value : value.slice(0, at);
  return key === '' && dropsEmpty ? undefined : [key, at < 0 ? '' : value.slice(at + 1)];
}

/** The map of this mount, which no other has, with one more entry; its key may be `__proto__`. */
function withEntry(
  entries: Record<string, string> = {},
  [key, value]: readonly [string, string],
): Record<string, string> {
  return Object.defineProperty(entries, key, { value, enumerable: true, writable: true, configurable: true });
}
