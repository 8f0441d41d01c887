import { dockerMeaning } from '../dialects/docker/meaning.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { Meaning } from '../dialects/program.js';
import type { MountView, ViewPart } from '../mount/view.js';
import type { Site } from '../source/site.js';

/** A path or name of a mount as far as it is known. */
export type PathFact = ViewPart;

/** What a mount flag says, whatever its form; what is not known is absent. */
export type MountFacts = Meaning & Pick<MountView, 'source' | 'target' | 'isPartial'>;

/** The facts of a site; undefined where docker's own parser gives up on it. `dialect` is that of its command. */
export function factsOf(site: Site, dialect: Dialect): MountFacts | undefined {
  const known = factsOfSite.get(site);
  if (known !== undefined) return known;
  const { view } = site;
  if (view.problem !== undefined) return undefined;
  const { source, target, isPartial } = view;
  const facts = { ...dockerMeaning(view, dialect), source, target, isPartial };
  factsOfSite.set(site, facts);
  return facts;
}

// A dozen rules ask for the same.
const factsOfSite = new WeakMap<Site, MountFacts>();
