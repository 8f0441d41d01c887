import type { Meaning } from '../dialects/program.js';
import type { MountView } from '../mount/view.js';
import { displayText, hasHole } from '../text/spec-text.js';

/** How a container may use a mount; null where that is not written, or not known. */
interface Access {
  readonly readonly: boolean | null;
  /** What stands after the second colon, or after that of a tmpfs. */
  readonly mode: string | null;
}

/** Nobody knows. */
export const UNKNOWN: Access = { readonly: null, mode: null };

/** How a mount may be used, as its program takes it. */
export function accessOf(view: MountView, meaning: Meaning): Access {
  const { form, host, source, problem } = view;
  const isReadonly = meaning.isReadonly ?? null;
  if (problem !== undefined) return UNKNOWN;
  if (form === 'tmpfs') {
    const colon = host.value.indexOf(':');
    if (colon < 0 && hasHole(host)) return UNKNOWN;
    return {
      readonly: isReadonly,
      mode: colon < 0 ? null : displayText(host, { start: colon + 1, end: host.value.length }),
    };
  }
  // What a variable holds may be a whole `source:target:mode`.
  const isCut = form === 'volume' || form === 'compose-short';
  return isCut && hasHole(host) && source === undefined
    ? UNKNOWN
    : { readonly: isReadonly, mode: modesOf(view) };
}

function modesOf({ host, modes }: MountView): string | null {
  const first = modes[0]?.part.range;
  const last = modes.at(-1)?.part.range;
  return first && last ? displayText(host, { start: first.start, end: last.end }) : null;
}
