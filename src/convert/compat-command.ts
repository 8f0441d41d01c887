import { compatMount } from '../forms/compat-mount.js';
import type { TargetForm } from '../forms/loss.js';
import { directoryOf } from '../source/directory-of.js';
import type { CommandView, Site } from '../source/site.js';
import {
  type CommandConversion,
  type ConvertOptions,
  containersOwn,
  crowdedTargets,
  type FlagConversion,
  leaveFlag,
  ofOtherEngine,
  sourceKind,
  unknownDriver,
  unknownPart,
  writeFlag,
} from './convert-command.js';

const ALL: readonly TargetForm[] = ['volume', 'mount', 'tmpfs'];

/** Which dockers must take it, and what is known besides. */
export interface CompatCommandOptions extends Pick<ConvertOptions, 'dialects' | 'directory' | 'assume'> {
  /** A flag is written anew with all of its words. */
  readonly isWhole?: boolean;
}

/** Writes each mount flag of a command so that all of those dockers take it, where that is exactly the same; all other words stay. */
export function compatCommand(view: CommandView, options: CompatCommandOptions): CommandConversion {
  const crowded = crowdedTargets(view.sites);
  const conversions = view.sites.map((site) => compatFlag(view, site, options, crowded.has(site)));
  return { edits: conversions.flatMap(({ edit }) => edit ?? []), conversions };
}

function compatFlag(
  view: CommandView,
  site: Site,
  { dialects, directory, assume, isWhole }: CompatCommandOptions,
  isCrowded: boolean,
): FlagConversion {
  const leave = (why: string) => leaveFlag(site, [{ field: 'spec', kind: 'impossible', why }]);
  const driver = view.invocation?.flags.findLast(({ flag }) => flag.name === 'volume-driver')?.value;
  const unknown =
    ofOtherEngine(view) ??
    containersOwn(view, site) ??
    unknownPart(site.view) ??
    unknownDriver(driver, site, 'volume');
  if (unknown !== undefined) return leave(unknown);
  // Docker settles two mounts on one target by their forms.
  const isFixed = isCrowded || view.invocation?.path.startsWith('service') === true;
  const compat = compatMount(site.view, site.form, {
    dialects,
    directory: directoryOf(view, directory),
    volumeDriver: driver?.value,
    kindOf: (source, text) => sourceKind(source, text, assume),
    forms: isFixed ? [site.form] : ALL,
  });
  if (compat.kind === 'same') return leaveFlag(site, [], true);
  if (compat.kind === 'stays' || compat.kind === 'refused') return leave(compat.why);
  return writeFlag(view, site, compat.form, compat.value, { exact: true, losses: [], isWhole });
}
