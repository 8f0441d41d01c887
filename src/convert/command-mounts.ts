import { readMade } from '../container/made.js';
import { parseFor } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { FLAG_OF, readEverywhere } from '../forms/convert-spec.js';
import type { CommandView, Site } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import {
  type ConvertOptions,
  containersOwn,
  crowdedTargets,
  ofOtherEngine,
  unknownDriver,
  unknownPart,
} from './convert-command.js';
import {
  type DescribedMount,
  HoleTable,
  type MountList,
  type OmittedMount,
  type TakenMounts,
  takeMounts,
} from './described-mount.js';
import type { VariableLanguage } from './variables.js';

/** The mounts of a command's flags. What cannot be known, or has no one meaning, is omitted with the reason. */
export function commandMounts(view: CommandView, options: ConvertOptions): MountList {
  const mounts: DescribedMount[] = [];
  const omitted: OmittedMount[] = [];
  const crowded = crowdedTargets(view.sites);
  for (const site of view.sites) {
    const described = crowded.has(site)
      ? 'another mount of the command has the same target, and which one docker uses depends on the form'
      : describeSite(view, site, options);
    if (typeof described === 'string') omitted.push({ from: flagText(site), why: described });
    else mounts.push(described);
  }
  const taken: TakenMounts[] = [];
  for (const use of view.invocation?.flags ?? []) {
    if (use.flag.name !== 'volumes-from') continue;
    const from = `--volumes-from ${displayText(use.value)}`;
    const one =
      ofOtherEngine(view) ?? containersOwn(view, { use }) ?? takeMounts(use.value, from, languageOf(view));
    if (typeof one === 'string') omitted.push({ from, why: one });
    else taken.push(one);
  }
  return { mounts, taken, omitted };
}

/** What a swarm service gets apart from its mounts, as files in its containers. */
export function swarmGrants({ invocation }: CommandView): readonly OmittedMount[] {
  if (invocation?.path.startsWith('service') !== true) return [];
  return invocation.flags
    .filter(({ flag }) => flag.name === 'config' || flag.name === 'secret')
    .map(({ flag }) => ({
      from: `--${flag.name}`,
      why: 'it belongs to a swarm service',
    }));
}

/** The volumes that other commands make with options of their own: what is written of one that mounts them says nothing of that. */
export function volumesBeside(views: readonly CommandView[]): readonly OmittedMount[] {
  return views.flatMap(({ source }) => {
    const made = readMade(source.words.slice(1));
    if (made?.what !== 'volume' || made.declared.size + made.losses.length === 0) return [];
    const from = `${displayText(source.words[0]!)} volume create${made.name === undefined ? '' : ` ${made.name}`}`;
    return [{ from, why: 'what is written mounts the volume, and does not make it: run this first' }];
  });
}

const flagText = ({ form, text }: Site): string => `${FLAG_OF[form]} ${displayText(text)}`;

/** The mount of one flag, or why it cannot be known or has no one meaning. */
export function describeSite(
  view: CommandView,
  site: Site,
  { dialects, assume }: Pick<ConvertOptions, 'dialects' | 'assume'>,
): DescribedMount | string {
  const driver = view.invocation?.flags.findLast(({ flag }) => flag.name === 'volume-driver')?.value;
  const unknown =
    ofOtherEngine(view) ??
    containersOwn(view, site) ??
    unknownPart(site.view) ??
    (site.form === 'volume' ? unknownDriver(driver, site, 'volume') : undefined);
  if (unknown !== undefined) return unknown;
  const table = new HoleTable(languageOf(view));
  const text = table.absorb(site.text);
  const read = readEverywhere(dialects, (dialect) =>
    lowerSpec(parseFor(site.form, text, dialect), {
      dialect,
      volumeDriver: driver?.value,
      keepsRelative: true,
      sourceKind: table.holes.size === 0 ? undefined : (source) => table.kindOf(source, assume),
    }),
  );
  if ('why' in read) return table.display(read.why);
  const lost = table.lostIn(read.mount);
  if (lost !== undefined) return lost;
  return { from: flagText(site), form: site.form, ...read, holes: table.holes };
}

/** In which language the words of a command name variables, where others know it. */
export function languageOf({ source }: CommandView): VariableLanguage | undefined {
  if (source.language === 'devcontainer') return 'devcontainer';
  if (source.language === 'makefile') return undefined;
  return /^(?:sh|bash|zsh|fish)$/.test(source.shell) ? 'shell' : undefined;
}
