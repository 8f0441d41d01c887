import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const TEMPLATE = /\.(?:j2|jinja2?|tmpl|tpl|template|erb|gotmpl|in)$/;
/** More names than a folder of units has. */
const MOST_NAMES = 5000;

/**
 * The names of what lies around a unit of Quadlet, which looks into folders within its own folder too: in the folders beside it
 * and in those within. Undefined where the unit, or one of them, is still to be filled in, so that nobody can tell.
 */
export function unitsAround(path: string): readonly string[] | undefined {
  if (TEMPLATE.test(path)) return undefined;
  const folder = dirname(path);
  const inside = entriesIn(folder);
  const beside = entriesIn(dirname(folder));
  if (inside === undefined || beside === undefined) return undefined;
  const folders = [
    ...inside.filter(isFolder).map(({ name }) => join(folder, name)),
    ...beside
      .filter((entry) => isFolder(entry) && entry.name !== basename(folder))
      .map(({ name }) => join(dirname(folder), name)),
  ];
  if (folders.length > 100) return undefined;
  const deeper = folders.map((one) => entriesIn(one));
  const names = [inside, beside, ...deeper].flatMap((entries) => (entries ?? []).map(({ name }) => name));
  if (deeper.includes(undefined) || names.length > MOST_NAMES) return undefined;
  return names.some((name) => /[{<%$]/.test(name) && /\.(?:volume|network|image|build|pod)\b/.test(name))
    ? undefined
    : names.map((name) => name.replace(TEMPLATE, ''));
}

const isFolder = (entry: Dirent) => entry.isDirectory();

function entriesIn(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
