import { parseFor } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { FLAG_OF, readEverywhere } from '../forms/convert-spec.js';
import type { CommandView } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import { type ConvertOptions, containersOwn, crowdedTargets, unknownPart } from './convert-command.js';
import { type DescribedMount, HoleTable, type MountList, type OmittedMount } from './described-mount.js';

/** The mounts of a command's flags. What cannot be known, or has no one meaning, is omitted with the reason. */
export function commandMounts(view: CommandView, { dialects, assume }: ConvertOptions): MountList {
  const mounts: DescribedMount[] = [];
  const omitted: OmittedMount[] = [];
  const crowded = crowdedTargets(view.sites);
  const volumeDriver = view.invocation?.flags.findLast(({ flag }) => flag.name === 'volume-driver')?.value
    .value;
  for (const site of view.sites) {
    const from = `${FLAG_OF[site.form]} ${displayText(site.text)}`;
    const unknown = crowded.has(site)
      ? 'another mount of the command has the same target, and docker settles that by form'
      : (containersOwn(view, site) ?? unknownPart(site));
    if (unknown !== undefined) {
      omitted.push({ from, why: unknown });
      continue;
    }
    const table = new HoleTable();
    const text = table.absorb(site.text);
    const read = readEverywhere(dialects, (dialect) =>
      lowerSpec(parseFor(site.form, text, dialect), {
        dialect,
        volumeDriver,
        keepsRelative: true,
        sourceKind: table.holes.size === 0 ? undefined : (source) => table.kindOf(source, assume),
      }),
    );
    if ('why' in read) omitted.push({ from, why: read.why });
    else
      mounts.push({ from, form: site.form, mount: read.mount, dialects: read.dialects, holes: table.holes });
  }
  return { mounts, omitted };
}
