import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const TEMPLATE = /\.(?:j2|jinja2?|tmpl|tpl|template|erb|gotmpl|in)$/;
/** More names than a folder of units has. */
const MOST_NAMES = 5000;
/** More packages than a collection has. */
const MOST_PLACES = 200;

/**
 * The names of what lies around a unit of Quadlet, which looks into folders within its own folder too: in the folders next to it
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
  const elsewhere = samePlaces(folder).map((one) => entriesIn(one));
  const names = [inside, beside, ...deeper, ...elsewhere].flatMap((entries) =>
    (entries ?? []).map(({ name }) => name),
  );
  if (deeper.includes(undefined) || names.length > MOST_NAMES) return undefined;
  return names.some((name) => /[{<%$]/.test(name) && /\.(?:volume|network|image|build|pod)\b/.test(name))
    ? undefined
    : names.map((name) => name.replace(TEMPLATE, ''));
}

/** Each package of a collection has its units at one place, to be linked into one folder: `APP/containers/systemd`. */
function samePlaces(folder: string): string[] {
  const found: string[] = [];
  let within = basename(folder);
  for (let at = dirname(folder), level = 0; level < 3 && dirname(at) !== at; level++) {
    const above = dirname(at);
    for (const entry of entriesIn(above) ?? [])
      if (isFolder(entry) && entry.name !== basename(at) && found.length < MOST_PLACES)
        found.push(join(above, entry.name, within));
    within = join(basename(at), within);
    at = above;
  }
  return found;
}

const isFolder = (entry: Dirent) => entry.isDirectory();

function entriesIn(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
