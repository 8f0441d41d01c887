import { readSize } from '../../go/units.js';
import { beginsWithDrive } from '../../mount/paths.js';
import type { YamlType } from '../../mount/view.js';
import { mapOf } from '../../text/map-of.js';
import { RECURSIONS } from '../docker/tables/mount-keys.js';

type ValueKind = 'text' | 'boolean' | 'map' | 'size' | 'mode' | 'recursion' | 'label' | 'labels';

/** What each key of Compose's long syntax takes (compose-spec's schema, and what Compose 2.26 and 2.40 make of it). */
const KEYS = mapOf<ValueKind>({
  type: 'text',
  source: 'text',
  target: 'text',
  read_only: 'boolean',
  consistency: 'text',
  bind: 'map',
  'bind.propagation': 'text',
  'bind.create_host_path': 'boolean',
  'bind.recursive': 'recursion',
  'bind.selinux': 'label',
  volume: 'map',
  'volume.labels': 'labels',
  'volume.nocopy': 'boolean',
  'volume.subpath': 'text',
  tmpfs: 'map',
  'tmpfs.size': 'size',
  'tmpfs.mode': 'mode',
  image: 'map',
  'image.subpath': 'text',
});

const KEYS_OF = new Map<string, string[]>();
for (const key of KEYS.keys()) {
  const dot = key.indexOf('.');
  const parent = dot < 0 ? '' : key.slice(0, dot);
  KEYS_OF.set(parent, [...(KEYS_OF.get(parent) ?? []), key.slice(dot + 1)]);
}

/** The keys that may stand in an entry (`''`), or in its `bind`, `volume`, …; undefined for what holds none that are known. */
export function composeKeys(parent: string): readonly string[] | undefined {
  return KEYS_OF.get(parent);
}

/** Whether a key holds the options of one type of mount: `bind`, `volume`, `tmpfs`, `image`. */
export const isComposeGroup = (key: string): boolean => KEYS.get(key) === 'map';

const TRUE = /^(?:true|yes|on|y)$/i;
const FALSE = /^(?:false|no|off|n)$/i;

/** What must stand there instead, where every Compose refuses the value; `text`: undefined when it is not all known. */
export function refuseComposeValue(
  key: string,
  type: YamlType,
  text: string | undefined,
): string | undefined {
  const kind = KEYS.get(key);
  // Labels are a list or a map.
  if (kind === undefined || kind === 'labels' || type === 'unknown') return undefined;
  const isString = type === 'string';
  const isText = (fits: (value: string) => boolean) => isString && (text === undefined || fits(text));
  switch (kind) {
    case 'text':
      return isString ? undefined : 'it must be a string: put it in quotes';
    case 'map':
      return type === 'object' ? undefined : 'it holds keys of its own';
    case 'boolean':
      if (type === 'boolean' || isText((value) => TRUE.test(value) || FALSE.test(value))) return undefined;
      return 'write `true` or `false`';
    case 'recursion':
      if (isText((value) => (RECURSIONS as readonly string[]).includes(value))) return undefined;
      return `it is one of ${RECURSIONS.map((word) => `\`${word}\``).join(', ')}`;
    case 'label':
      return isText((value) => value === 'z' || value === 'Z')
        ? undefined
        : 'it is `z` (shared) or `Z` (private)';
    case 'size':
      if (isText(isSize) || (type === 'number' && (text === undefined || isWhole(text)))) return undefined;
      return 'write bytes, or a number with `k`, `m` or `g`, such as `64m`';
    case 'mode':
      return type === 'number' && !(Number(text) < 0)
        ? undefined
        : 'write a number without quotes, such as `0o1777`';
  }
}

/** Whether a key takes a boolean, which may be written as a text. */
export const isComposeBoolean = (key: string): boolean => KEYS.get(key) === 'boolean';

/** What Compose makes of such a text; undefined for what it refuses. */
export function readComposeBoolean(text: string): boolean | undefined {
  return TRUE.test(text) ? true : FALSE.test(text) ? false : undefined;
}

function isSize(text: string): boolean {
  // Since 5.1.4.
  if (text === '-1') return true;
  return (['0.4', '0.5'] as const).some((units) => typeof readSize(text, units) !== 'string');
}

/** 1.0 is whole, too (and Compose makes 0 of it). */
function isWhole(text: string): boolean {
  const number = Number(text);
  return Number.isNaN(number) || (Number.isInteger(number) && number >= 0);
}

/** What people write for a key of the long syntax. */
export const COMPOSE_SYNONYMS = mapOf<string>({
  readonly: 'read_only',
  readOnly: 'read_only',
  ro: 'read_only',
  src: 'source',
  dst: 'target',
  destination: 'target',
  from: 'source',
  to: 'target',
});

/** Whether Compose takes the source for a path. */
export function isPath(source: string): boolean {
  return /^[./~]|^\\\\/.test(source) || beginsWithDrive(source);
}
