import { parseGoBool } from '../../go/text.js';
import { readSize } from '../../go/units.js';
import { mapOf } from '../../text/map-of.js';
import type { Range } from '../../text/range.js';
import { TMPFS_OPTION_BY_NAME } from '../docker/tables/tmpfs-options.js';

/** Why nerdctl refuses the value of a mount flag, in its words, and the part that it is for. */
interface NerdctlRefusal {
  readonly message: string;
  readonly range?: Range;
}

/** What is a volume; everything else is a path. */
const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const PROPAGATION = /^r?(?:private|shared|slave)$/;

/** What every nerdctl refuses of a flag, whatever the machine (pkg/mountutil of v2.3.5, and what is so since 1.0). */
export function refusedByNerdctl(
  form: 'volume' | 'mount' | 'tmpfs',
  text: string,
): NerdctlRefusal | undefined {
  if (form === 'volume') return volume(text);
  return form === 'mount' ? mount(text) : tmpfs(text);
}

function volume(text: string): NerdctlRefusal | undefined {
  // Of `:/x:ro` it takes the colon off.
  const start = text.startsWith(':') ? 1 : 0;
  const parts = text.slice(start).split(':');
  if (parts.length > 3) return { message: `failed to parse "${text.slice(start)}"` };
  const [source = '', target, words] = parts;
  if (target === undefined) return undefined;
  const from = start + source.length + 1;
  const range = { start: from, end: from + target.length };
  if (!target.startsWith('/')) return { message: `expected an absolute path, got "${target}"`, range };
  if (/^\/+$/.test(target)) return { message: "invalid specification: destination can't be '/'", range };
  return words === undefined
    ? undefined
    : modes(words, range.end + 1, VOLUME_NAME.test(source) && !source.includes('/'));
}

function modes(words: string, at: number, isVolume: boolean): NerdctlRefusal | undefined {
  const seen = new Set<string>();
  for (const { text: word, range } of pieces(words, at)) {
    const group = /^(?:rw|ro|rro)$/.test(word)
      ? 'read/write'
      : PROPAGATION.test(word)
        ? 'propagation'
        : /^r?bind$/.test(word)
          ? 'bind'
          : undefined;
    if (group === undefined) continue;
    if (group !== 'read/write' && isVolume)
      return { message: `volume option "${word}" is only supported for bind mount`, range };
    if (seen.has(group)) return { message: `duplicated ${group} volume option`, range };
    seen.add(group);
  }
  return undefined;
}

type FieldCheck = (value: string | undefined, field: string) => string | undefined;
const any: FieldCheck = (value, field) =>
  value === undefined ? `invalid field '${field}' must be a key=value pair` : undefined;
const boolean: FieldCheck = (value, field) =>
  value === undefined || parseGoBool(value) !== undefined ? undefined : `invalid value for ${field}`;

const FIELDS = mapOf<FieldCheck>({
  type: (value, field) =>
    value === undefined
      ? any(value, field)
      : /^(?:bind|volume|tmpfs)$/.test(value)
        ? undefined
        : `invalid mount type '${value}' must be a volume/bind/tmpfs`,
  source: any,
  src: any,
  target: any,
  dst: any,
  destination: any,
  readonly: boolean,
  ro: boolean,
  rro: boolean,
  // Until 2.3.0.
  rw: () => undefined,
  'bind-propagation': any,
  'bind-nonrecursive': boolean,
  'tmpfs-size': (value, field) =>
    any(value, field) ??
    (typeof readSize(value!, '0.5') === 'string' ? `invalid value for ${field}` : undefined),
  'tmpfs-mode': (value, field) =>
    any(value, field) ?? (/^[0-7]+$/.test(value!) ? undefined : `invalid value for ${field}`),
});

function mount(text: string): NerdctlRefusal | undefined {
  for (const { text: field, range } of pieces(text, 0)) {
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? undefined : field.slice(equals + 1);
    const check = FIELDS.get(key);
    const message =
      check === undefined
        ? value === undefined
          ? `invalid field '${field}' must be a key=value pair`
          : `unexpected key '${key}' in '${field}'`
        : check(value, field);
    if (message !== undefined) return { message, range };
  }
  return undefined;
}

function tmpfs(text: string): NerdctlRefusal | undefined {
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  for (const { text: word, range } of pieces(text.slice(colon + 1), colon + 1)) {
    const [name = ''] = word.split('=', 1);
    const row = TMPFS_OPTION_BY_NAME.get(name);
    if (word !== '' && (row === undefined || row.takesValue !== word.includes('=')))
      return { message: `invalid tmpfs option ["${word}"]`, range };
  }
  return undefined;
}

/** What stands between commas in a text that begins somewhere. */
function pieces(text: string, at: number): { readonly text: string; readonly range: Range }[] {
  let start = at;
  return text.split(',').map((piece) => {
    const range = { start, end: start + piece.length };
    start = range.end + 1;
    return { text: piece, range };
  });
}
