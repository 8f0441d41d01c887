import { type Glob, matchesNames, parseGlob } from './glob.js';

/** One line of a .gitignore. */
interface IgnoreLine {
  readonly isNegative: boolean;
  readonly foldersOnly: boolean;
  /** Matched with the last name of a path alone. */
  readonly isName: boolean;
  readonly glob: Glob;
}

/**
 * What a .gitignore says of a path: true ignored, false kept, undefined nothing. `names`: of the path, of which those from
 * `from` on are relative to the file.
 */
export type IgnoreFile = (names: readonly string[], isFolder: boolean, from?: number) => boolean | undefined;

/** Reads a .gitignore as git does: the last line that matches decides. `ignoresCase`: as git has it where the system does. */
export function readIgnoreFile(text: string, ignoresCase = false): IgnoreFile {
  const fold = (one: string) => (ignoresCase ? one.toLowerCase() : one);
  const lines = fold(text)
    .replace(/^\ufeff/, '')
    .split(/\r?\n|\r$/)
    .flatMap(readLine);
  return (names, isFolder, from = 0) => {
    const path = ignoresCase ? names.map(fold) : names;
    const line = lines.findLast(
      ({ foldersOnly, glob, isName }) =>
        (isFolder || !foldersOnly) && matchesNames(glob, path, isName ? path.length - 1 : from),
    );
    return line === undefined ? undefined : !line.isNegative;
  };
}

function readLine(line: string): IgnoreLine[] {
  if (line.startsWith('#')) return [];
  const isNegative = line.startsWith('!');
  const body = withoutEndBlanks(isNegative ? line.slice(1) : line);
  const foldersOnly = body.endsWith('/');
  const bare = foldersOnly ? body.slice(0, -1) : body;
  if (bare === '') return [];
  const glob = parseGlob(bare.replace(/^\//, ''), true);
  return [{ isNegative, foldersOnly, isName: !bare.includes('/'), glob }];
}

/** A backslash keeps the blank after it. */
function withoutEndBlanks(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === ' ') continue;
    end = at + 1;
  }
  return line.slice(0, end);
}
