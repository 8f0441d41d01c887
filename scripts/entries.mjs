// The entries of the program, each a bundle of its own: `imports` of package.json says what they are called, which source
// each is made from (`types`) and which bundle that gives.
import { readFileSync } from 'node:fs';

const { imports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The source of each entry, by name. */
export const ENTRIES = Object.fromEntries(
  Object.entries(imports).map(([name, { types }]) => [
    name.slice('#entry/'.length),
    types.slice('./'.length),
  ]),
);

/** For bundles that hold the entries instead of loading them. */
export const ENTRY_ALIAS = Object.fromEntries(
  Object.entries(ENTRIES).map(([name, file]) => [`#entry/${name}`, `./${file}`]),
);
