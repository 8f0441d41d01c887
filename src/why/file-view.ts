/** One line of an access list. `mask` bounds all but the owner and others. */
export interface AclEntry {
  readonly who: 'user' | 'group' | 'mask' | 'other';
  /** Absent for the file's own user and group. */
  readonly id?: number;
  /** 4 read, 2 write, 1 search. */
  readonly bits: number;
}

/** What there is at a path, links followed. Times are milliseconds since 1970, numbers of users those of the host. */
export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'socket' | 'device';
  /** The same for two paths of one file, and for no others. */
  readonly identity: string;
  readonly uid: number;
  readonly gid: number;
  /** The twelve permission bits. */
  readonly mode: number;
  readonly size: number;
  readonly modified: number;
  /** When it was made; absent where the file system does not keep that. */
  readonly born?: number;
}

/** Files as somebody sees them: the host, the inside of a container, or its image. What may not be looked at is undefined. */
export interface FileView {
  look(path: string): FileFacts | 'missing' | undefined;
  /** The names in a directory, in order; of a very large one only the first. */
  names(path: string): readonly string[] | undefined;
  /** A small text. */
  text(path: string): string | undefined;
  /** The path without links. */
  real(path: string): string | undefined;
  /** Where a link leads to, as it is written; undefined for what is none, or may not be looked at. */
  link?(path: string): string | undefined;
  /** The access list: null where there is none next to the mode. */
  acl(path: string): readonly AclEntry[] | null | undefined;
  /** The label of SELinux. */
  label(path: string): string | undefined;
}

/** The facts, where something is there and may be looked at. */
export function factsOf(view: FileView | undefined, path: string): FileFacts | undefined {
  const found = view?.look(path);
  return found === 'missing' ? undefined : found;
}

/** Whether that is a directory with nothing in it; undefined where it cannot be known. */
export function isEmptyDirectory(view: FileView | undefined, path: string): boolean | undefined {
  const facts = view?.look(path);
  if (facts === undefined) return undefined;
  if (facts === 'missing' || facts.kind !== 'directory') return false;
  const names = view?.names(path);
  return names === undefined ? undefined : names.length === 0;
}

/** `/a`, `/a/b`, `/a/b/c` for `/a/b/c`. */
export function prefixesOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

/** The directory that an absolute path lies in. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** What it is called in there. */
export const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a path is a directory or lies in it. */
export const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);

/** The path `/` + `rest` of what lies in a directory, put below another one. */
export const moveBelow = (path: string, from: string, to: string): string => {
  const rest = from === '/' ? path : path.slice(from.length);
  return rest === '' || rest === '/' ? to : `${to === '/' ? '' : to}${rest}`;
};
