import { volumeParts } from '../source/flag-view.js';
import type { FoundMount } from '../source/frontend.js';
import type { Site } from '../source/site.js';
import { parseVolume } from '../spec/parse.js';
import { displayText, hasHole, type SpecText } from '../text/spec-text.js';

/** How a container may use a mount; null where that is not written, or not known. */
export interface Access {
  readonly readonly: boolean | null;
  /** What stands behind the second colon, or behind that of a tmpfs. */
  readonly mode: string | null;
}

const UNKNOWN: Access = { readonly: null, mode: null };
const READ_ONLY = /(?:^|,)(?:ro|readonly)(?:,|$)/;

/** What a flag says of it. */
export function accessOfSite({ node, text, view }: Site): Access {
  if (node.kind === 'tmpfs') return afterTarget(text);
  if (view.problem !== undefined) return UNKNOWN;
  if (node.kind === 'volume')
    return hasHole(text) && view.source === undefined ? UNKNOWN : ofModes(text, view.modes);
  const field = view.fields.findLast(({ name }) => name === 'readonly' || name === 'ro');
  if (field === undefined) return { readonly: view.isPartial ? null : false, mode: null };
  return { readonly: field.value === undefined ? true : switchOf(field.value.text), mode: null };
}

/** What a mount outside of commands says of it. */
export function accessOfMount({ form, spec, fields }: FoundMount): Access {
  if (fields !== undefined) {
    const field = fields.findLast(({ key }) => key === 'read_only');
    const value = field?.value;
    const text = value && !hasHole(value) ? value.value : undefined;
    return { readonly: field === undefined ? false : switchOf(text), mode: null };
  }
  if (form === 'compose-tmpfs') return afterTarget(spec);
  if (form === 'run-mount' || form === 'devcontainer') return ofPairs(form, spec);
  const node = parseVolume(spec.value);
  if (node.problem !== undefined || (node.source === undefined && hasHole(spec))) return UNKNOWN;
  return ofModes(spec, volumeParts(node, { ...spec, edit: () => undefined }).modes ?? []);
}

function ofModes(
  text: SpecText,
  modes: readonly { part: { range: { start: number; end: number } } }[],
): Access {
  const first = modes[0]?.part.range;
  const last = modes.at(-1)?.part.range;
  if (first === undefined || last === undefined) return { readonly: false, mode: null };
  return ofMode(displayText(text, { start: first.start, end: last.end }), text, first.start);
}

function ofMode(mode: string, { holes }: SpecText, from: number): Access {
  const isUnknown = holes.some(({ range }) => range.end > from);
  return { readonly: READ_ONLY.test(mode) ? true : isUnknown ? null : false, mode };
}

function afterTarget(text: SpecText): Access {
  const colon = text.value.indexOf(':');
  if (colon < 0) return hasHole(text) ? UNKNOWN : { readonly: false, mode: null };
  return ofMode(displayText(text, { start: colon + 1, end: text.value.length }), text, colon + 1);
}

/** BuildKit's binds are read-only, unless they say that they are not. */
function ofPairs(form: FoundMount['form'], spec: SpecText): Access {
  const pairs = new Map(
    spec.value.split(',').map((pair) => pair.split(/=(.*)/s, 2) as [string, string | undefined]),
  );
  const said = ['readonly', 'ro'].find((key) => pairs.has(key));
  const denied = ['rw', 'readwrite'].find((key) => pairs.has(key));
  if (said !== undefined) return { readonly: switchOf(pairs.get(said) ?? 'true'), mode: null };
  if (hasHole(spec)) return UNKNOWN;
  if (form !== 'run-mount') return { readonly: false, mode: null };
  const isWritable = denied !== undefined && switchOf(pairs.get(denied) ?? 'true');
  return { readonly: /^(?:bind|secret|ssh)$/.test(pairs.get('type') ?? 'bind') && !isWritable, mode: null };
}

function switchOf(text: string | undefined): boolean | null {
  if (text === undefined) return null;
  if (/^(?:1|t|true|yes|on)$/i.test(text)) return true;
  return /^(?:0|f|false|no|off)$/i.test(text) ? false : null;
}
