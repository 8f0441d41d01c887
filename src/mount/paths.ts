import { cleanPath } from '../go/path.js';
import { isMarkAt } from '../text/hole-mark.js';
import type { Range } from '../text/range.js';
import { type Hole, type SpecText, sliceText } from '../text/spec-text.js';

/** A drive, a UNC path or a pipe: Docker Desktop rewrites it for its Linux engine, so nothing is sure about it. */
export function isWindowsPath(path: string): boolean {
  return (
    /^[A-Za-z]:(?:[\\/]|$)|^\\\\|^\/\/\.\/pipe\//.test(path) || (/^[A-Za-z]:/.test(path) && isMarkAt(path, 2))
  );
}

/** Whether the path begins with a drive, which is a letter of any script, and a slash. */
export const hasDrive = (path: string): boolean => beginsWithDrive(path) && /^..?:\//s.test(path);

/** Whether it begins with a letter of any script and a colon. */
export function beginsWithDrive(path: string): boolean {
  const colon = path.indexOf(':');
  if (colon !== 1 && colon !== 2) return false;
  // What Unicode calls a letter is long to compile, and hardly any path asks for it.
  return path < '\x7f' ? /^[A-Za-z]:/.test(path) : /^\p{L}:/u.test(path);
}

/** Whether the text of the range begins like an absolute path; undefined when its beginning is not known. */
export function isAbsoluteIn(text: SpecText, range: Range): boolean | undefined {
  const first = sliceText(text, range).holes[0];
  if (first !== undefined && first.range.start <= 0)
    return first.absolute || first.kind === 'tilde' ? true : undefined;
  return text.value[range.start] === '/' && range.start < range.end;
}

/** The hole that the text of the range consists of, a final slash aside; undefined when there is more or less in it. */
export function soleHole(text: SpecText, range: Range): Hole | undefined {
  const part = sliceText(text, range);
  const hole = part.holes[0];
  return hole !== undefined && /^.\/*$/s.test(part.value) ? hole : undefined;
}

/** The path as a Linux engine checks it: `\` is read as `/`, and the rest is cleaned. */
export function checkedPath(path: string): string {
  return cleanPath(path.replaceAll('\\', '/'));
}

const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Whether the local driver takes the name. */
export function isVolumeName(name: string): boolean {
  return VOLUME_NAME.test(name);
}

/** Whether the hole is the home directory: `$HOME`, `${HOME}`, `~`, `%USERPROFILE%`, `$env:HOME`. */
export function isHome(hole: Hole): boolean {
  return (
    (hole.kind === 'tilde' && /^~\/?$/.test(hole.text)) ||
    /^(?:\$\{?(?:env:)?(?:HOME|USERPROFILE)\}?|\$\(HOME\)|%USERPROFILE%)$/i.test(hole.text)
  );
}
