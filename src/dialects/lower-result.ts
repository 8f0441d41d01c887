import { cleanPath } from '../go/path.js';
import type { Mount } from '../mount/mount.js';
import { startsWithHole } from '../text/hole-mark.js';
import { isExpanded } from './docker/client/client-volume.js';
import type { Dialect } from './docker/tables/dialect.js';

/** What a flag means, or why it means nothing: docker's client or engine refuses it, or surely takes it for something odd. */
export type Lowered =
  | { readonly ok: true; readonly mount: Mount }
  | { readonly ok: false; readonly why: string };

/** What of the command a flag's meaning depends on. */
export interface LowerContext {
  readonly dialect: Dialect;
  /** `--volume-driver`: it is for every `-v` volume of the command. */
  readonly volumeDriver?: string;
  /** Given where parts are unknown (marks of holes): what a source that starts with one is; undefined when nobody can say. */
  readonly sourceKind?: (source: string) => 'bind' | 'volume' | undefined;
  /** A relative source means something whatever this docker does with it: it is for somebody else to read, such as Compose. */
  readonly keepsRelative?: boolean;
}

/** A flag that means nothing, and why. */
export const refuse = (why: string): Lowered => ({ ok: false, why });

/** Whether the client sends a source to the engine that it can take: a relative one must be made absolute. */
export function isSent(source: string, dialect: Dialect): boolean {
  return !source.startsWith('.') || isExpanded(source, dialect);
}

/** What is said of a relative source that docker does not make absolute. */
export const notExpanded = (source: string): string =>
  `this docker does not make \`${source}\` absolute, and refuses it`;

/** Whether it is the root of the container. */
export const isRoot = (target: string): boolean => cleanPath(target.replaceAll('\\', '/')) === '/';

/** Whether the engine can mount something there: an absolute path that is not the root. */
export function isTarget(target: string, dialect: Dialect, withHoles: boolean): boolean {
  if (withHoles && startsWithHole(target)) return true;
  if (dialect.engineOs === 'windows') return /^(?:[A-Za-z]:|[\\/])/.test(target);
  return target.startsWith('/') && !isRoot(target);
}
