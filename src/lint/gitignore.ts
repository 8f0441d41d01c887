import { globSource } from './glob.js';

/** One line of a .gitignore. */
interface IgnoreLine {
  readonly negative: boolean;
  readonly foldersOnly: boolean;
  readonly pattern: RegExp;
}

/** What a .gitignore says of a path that is relative to it: true ignored, false kept, undefined nothing. */
export type IgnoreFile = (path: string, isFolder: boolean) => boolean | undefined;

/** Reads a .gitignore as git does: the last line that matches decides. */
export function readIgnoreFile(text: string): IgnoreFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap(readLine);
  return (path, isFolder) => {
    const line = lines.findLast((one) => (isFolder || !one.foldersOnly) && one.pattern.test(path));
    return line === undefined ? undefined : !line.negative;
  };
}

function readLine(line: string): IgnoreLine[] {
  const body = line.replace(/(?<!\\)((?:\\\\)*) +$/, '$1');
  if (body === '' || body.startsWith('#')) return [];
  const negative = body.startsWith('!');
  const glob = (negative ? body.slice(1) : body).replace(/^\\(?=[#!])/, '');
  const foldersOnly = glob.endsWith('/');
  const inner = glob.replace(/\/$/, '');
  if (inner === '') return [];
  const anchored = inner.includes('/');
  // git knows no braces.
  const source = globSource(inner.replace(/^\//, '').replace(/[{}]/g, '\\$&'));
  return [{ negative, foldersOnly, pattern: new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`, 's') }];
}
