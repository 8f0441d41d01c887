import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PathLink } from '../editor/links.js';
import { isOfNetwork } from '../files/network-path.js';
import { isWithin, realFolder } from '../files/open-file.js';
import type { OpenDocument } from './documents.js';

/** More names than anybody looks through. */
const MOST_NAMES = 200;

/** Where the relative paths of a text may lead: the folder of its file, that of its project. */
function foldersOf({ path, isFile }: OpenDocument, root: string): readonly string[] {
  if (!isFile) return [root];
  const own = dirname(path);
  return basename(own) === '.devcontainer' ? [dirname(own), root] : [own, root];
}

/** The names in a folder of the workspace as it is typed in a text; nothing of what lies outside. */
export function listFolder(document: OpenDocument, root: string): (folder: string) => readonly string[] {
  return (folder) => {
    if (!/^\.{1,2}\//.test(folder)) return [];
    const [base = root] = foldersOf(document, root);
    const wanted = realFolder(resolve(base, folder));
    if (!isWithin(wanted, realFolder(root))) return [];
    try {
      return readdirSync(wanted, { withFileTypes: true })
        .slice(0, MOST_NAMES)
        .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    } catch {
      return [];
    }
  };
}

/** The address of what a path leads to; undefined where nothing is there. */
export function addressOf(
  { path, base }: PathLink,
  document: OpenDocument,
  root: string,
): string | undefined {
  const places =
    base === 'root'
      ? [path]
      : base === 'home'
        ? [join(homedir(), path)]
        : foldersOf(document, root).map((folder) => resolve(folder, path));
  const found = places.find((place) => !isOfNetwork(place) && existsSync(place));
  return found === undefined ? undefined : pathToFileURL(found).href;
}
