import { isAbsoluteIn } from '../mount/paths.js';
import type { MountView } from '../mount/view.js';
import { fillMarks } from '../text/hole-mark.js';
import type { Range } from '../text/range.js';
import type { SpecText } from '../text/spec-text.js';

const MOUNT_SYNTAX =
  /^(?:type|source|src|target|dst|destination)=[^,:]*(?::[^,]*)?,\s*(?:(?:type|source|src|target|dst|destination)=|readonly|ro\b)/i;

/** Whether the text is written as the value of `--mount` is. */
export function looksLikeMountSpec(text: string): boolean {
  return text.includes('=') && text.includes(',') && MOUNT_SYNTAX.test(text);
}

/** Whether the value of a `--mount` flag is written as that of `-v` is. */
export function looksLikeVolumeSpec({ form, node, host }: MountView): boolean {
  if (form !== 'mount' || node?.kind !== 'mount') return false;
  const first = node.fields[0];
  if (first === undefined || first.value !== undefined) return false;
  if (node.fields.some(isPair)) return false;
  // `$DIR:/b`: whatever it holds, no key of `--mount` goes on like that.
  const isPathBehindHole = /^.:\/[^,]*$/s.test(host.value) && fillMarks(host.value, '').startsWith(':');
  return isPathBehindHole || isVolumeText(host, { start: 0, end: host.value.length });
}

const isPair = ({ value }: { readonly value?: unknown }) => value !== undefined;

/** Whether the text is two paths with a colon between them, or a name and a path. */
export function isVolumeText(text: SpecText, range: Range): boolean {
  const value = text.value.slice(range.start, range.end);
  if (!/:[/\\~]|^[A-Za-z]:[\\/].*:/.test(fillMarks(value, '/')) || value.includes('://')) return false;
  return isAbsoluteIn(text, range) === true || /^[\w.~\\/]/.test(value);
}
