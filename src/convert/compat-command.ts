import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import type { PodmanFacts } from '../dialects/podman/versions.js';
import { compatForPodman, compatOfPodman } from '../forms/compat-engines.js';
import { type Compat, type CompatOptions, compatMount } from '../forms/compat-mount.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { TargetForm } from '../forms/loss.js';
import { typedInGitBash } from '../mount/git-bash.js';
import { argvSource } from '../source/argv-source.js';
import { directoryOf } from '../source/directory-of.js';
import type { CommandView, Site } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
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
  /** Whether the engine surely finds something at a path of the host. */
  readonly isThere?: (path: string) => boolean;
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
  { dialects, directory, assume, isWhole, isThere }: CompatCommandOptions,
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
  const folder = directoryOf(view, directory);
  const options: CompatOptions = {
    dialects,
    directory: folder,
    volumeDriver: driver?.value,
    kindOf: (source, text) => sourceKind(source, text, assume),
    forms: isFixed ? [site.form] : ALL,
  };
  const typed = isFixed || isAnyWindows(dialects) ? undefined : typedInGitBash(site.form, site.text.value);
  let compat =
    typed === undefined || site.text.holes.length > 0
      ? compatMount(site.view, site.form, options)
      : rewritten(site.form, typed, options, 'Git Bash rewrote it');
  if (compat === undefined) return leaveFlag(site, [], true);
  if ((compat.kind === 'same' || compat.kind === 'refused') && !isFixed && site.text.holes.length === 0) {
    const cwd = typeof folder === 'object' ? folder.path : undefined;
    compat = ofPodman(site, options, { cwd, isThere }) ?? compat;
  }
  if (compat.kind === 'same') return leaveFlag(site, [], true);
  if (compat.kind === 'stays' || compat.kind === 'refused') return leave(compat.why);
  return writeFlag(view, site, compat.form, compat.value, { exact: true, losses: [], isWhole });
}

/** A flag in podman's words as those dockers take it. */
function ofPodman(
  { form, text }: Site,
  options: CompatOptions,
  { cwd, isThere }: { readonly cwd: string | undefined; readonly isThere?: (path: string) => boolean },
): Compat | undefined {
  const own = compatOfPodman(form, text.value, { cwd: cwd ?? '.', isThere });
  return own?.kind === 'written' ? rewritten(own.form, own.text, options, 'docker has no such word') : own;
}

/** A flag that is written otherwise for a reason of its own, as those dockers take it. */
function rewritten(form: TargetForm, text: string, options: CompatOptions, why: string): Compat | undefined {
  const words = ['docker', 'run', FLAG_OF[form], text, 'image'];
  const [fresh] = viewCommand(argvSource(words).source, { dialect: makeDialect() }).sites;
  const compat = fresh && compatMount(fresh.view, form, options);
  return compat?.kind === 'same' ? { kind: 'written', form, value: { value: text, holes: [] }, why } : compat;
}

const isAnyWindows = (dialects: readonly Dialect[]): boolean =>
  dialects.some(({ engineOs }) => engineOs === 'windows');

/** Which podman is behind docker's name, and what is known besides. */
export interface PodmanBehind {
  readonly podman: PodmanFacts;
  /** As it is called: `podman 5.4.2`. */
  readonly name: string;
  readonly cwd: string;
  readonly isThere?: (path: string) => boolean;
}

/** Writes each mount flag of docker's so that a podman behind docker's name makes the same mount of it. */
export function compatCommandForPodman(view: CommandView, options: PodmanBehind): CommandConversion {
  const crowded = crowdedTargets(view.sites);
  const conversions = view.sites.map((site) => {
    if (crowded.has(site) || containersOwn(view, site) !== undefined || site.text.holes.length > 0)
      return leaveFlag(site, [], true);
    const compat = compatForPodman(site.form, site.text.value, options);
    if (compat.kind === 'same') return leaveFlag(site, [], true);
    if (compat.kind === 'stays')
      return leaveFlag(site, [{ field: 'spec', kind: 'impossible', why: compat.why }]);
    const value = { value: compat.text, holes: [] };
    return writeFlag(view, site, compat.form, value, { exact: true, losses: [], isWhole: true });
  });
  return { edits: conversions.flatMap(({ edit }) => edit ?? []), conversions };
}
