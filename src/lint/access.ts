import { type MountView, showPart, type ViewField } from '../mount/view.js';
import { displayText, hasHole, type SpecText } from '../text/spec-text.js';

/** How a container may use a mount; null where that is not written, or not known. */
export interface Access {
  readonly readonly: boolean | null;
  /** What stands behind the second colon, or behind that of a tmpfs. */
  readonly mode: string | null;
}

/** Nobody knows. */
export const UNKNOWN: Access = { readonly: null, mode: null };

/** What a mount says of it. */
export function accessOf(view: MountView): Access {
  const { form, host, source, fields, problem, isPartial } = view;
  if (problem !== undefined) return UNKNOWN;
  if (form === 'tmpfs') return afterTarget(host);
  if (form === 'volume' || form === 'compose-short')
    return hasHole(host) && source === undefined ? UNKNOWN : ofModes(view);
  const said = fields.findLast(({ name }) => /^(?:readonly|ro|read_only)$/.test(name));
  if (said !== undefined) return { readonly: switchOf(said), mode: null };
  if (isPartial) return UNKNOWN;
  // BuildKit's binds are read-only, unless they say that they are not.
  const denied = fields.findLast(({ name }) => /^(?:rw|readwrite)$/.test(name));
  const isWritable = form !== 'run-mount' || (denied !== undefined && switchOf(denied) === true);
  const type = view.type === undefined ? 'bind' : showPart(view.type);
  return { readonly: !isWritable && /^(?:bind|secret|ssh)$/.test(type), mode: null };
}

function ofModes({ host, modes }: MountView): Access {
  const first = modes[0]?.part.range;
  const last = modes.at(-1)?.part.range;
  if (first === undefined || last === undefined) return { readonly: false, mode: null };
  return ofMode(displayText(host, { start: first.start, end: last.end }), host, first.start);
}

function ofMode(mode: string, { holes }: SpecText, from: number): Access {
  const isUnknown = holes.some(({ range }) => range.end > from);
  return { readonly: READ_ONLY.test(mode) ? true : isUnknown ? null : false, mode };
}

const READ_ONLY = /(?:^|,)(?:ro|readonly)(?:,|$)/;

function afterTarget(text: SpecText): Access {
  const colon = text.value.indexOf(':');
  if (colon < 0) return hasHole(text) ? UNKNOWN : { readonly: false, mode: null };
  return ofMode(displayText(text, { start: colon + 1, end: text.value.length }), text, colon + 1);
}

/** A key alone says yes; that of an object says nothing. */
function switchOf({ value, yamlType }: ViewField): boolean | null {
  if (value === undefined) return yamlType === undefined ? true : null;
  if (value.text === undefined) return null;
  if (/^(?:1|t|true|yes|on)$/i.test(value.text)) return true;
  return /^(?:0|f|false|no|off)$/i.test(value.text) ? false : null;
}
