// Go's path and path/filepath, where Node's differ or are not there (the compiler also runs in a browser).

/** path.Clean: the shortest equivalent slash path; `.` for the empty path. Purely lexical. */
export function cleanPath(path: string): string {
  if (path === '') return '.';
  const rooted = path.startsWith('/');
  // Nearly all of them.
  if (rooted && !/\/(?:[/.]|$)/.test(path)) return path;
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!rooted) out.push('..');
  }
  const joined = out.join('/');
  return rooted ? `/${joined}` : joined === '' ? '.' : joined;
}

/** filepath.Abs on the client's system: joined to the working directory and cleaned. */
export function absolutePath(path: string, cwd: string, os: 'posix' | 'windows'): string {
  if (os === 'posix') return path.startsWith('/') ? cleanPath(path) : cleanPath(`${cwd}/${path}`);
  const whole = isAbsolutePath(path, os) ? path : `${cwd}\\${path}`;
  const drive = /^[A-Za-z]:/.exec(whole)?.[0] ?? '';
  return drive + cleanPath(whole.slice(drive.length).replaceAll('\\', '/')).replaceAll('/', '\\');
}

/** filepath.IsAbs on the client's system. */
export function isAbsolutePath(path: string, os: 'posix' | 'windows'): boolean {
  return os === 'posix' ? path.startsWith('/') : /^(?:[A-Za-z]:[\\/]|[\\/]{2}[^\\/])/.test(path);
}

/** A path from a folder that is absolute, in the system that the folder is of. */
export function pathFrom(folder: string, path: string): string {
  return absolutePath(path, folder, /^(?:[A-Za-z]:|\\)/.test(folder) ? 'windows' : 'posix');
}

/** The folder that an absolute path lies in. */
export const folderOf = (path: string): string => pathFrom(path, '..');
