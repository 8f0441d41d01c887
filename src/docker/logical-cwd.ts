import { realpathSync, statSync } from 'node:fs';

/** Go's os.Getwd, which docker uses: `$PWD` if it is absolute and names the same directory as `.`, else the physical path. */
export function logicalCwd(pwd: string | undefined): string {
  const physical = process.cwd();
  if (pwd === undefined || !pwd.startsWith('/') || pwd === physical) return physical;
  try {
    const a = statSync(pwd);
    const b = statSync('.');
    return a.dev === b.dev && a.ino === b.ino ? pwd : physical;
  } catch {
    return realpathSync('.');
  }
}
