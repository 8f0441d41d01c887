import type { ComposeChoice } from '../dialects/compose/versions.js';
import { everyPodman } from '../dialects/podman/every.js';
import { podmanForm } from '../forms/between-engines.js';
import { type ConvertContext, convertSpec, FLAG_OF } from '../forms/convert-spec.js';
import type { Loss, TargetForm } from '../forms/loss.js';
import { settleSource, type WorkingDirectory } from '../forms/relative-source.js';
import { cleanPath } from '../go/path.js';
import type { MountView } from '../mount/view.js';
import { directoryOf } from '../source/directory-of.js';
import { replaceFlag } from '../source/replace-flag.js';
import type { CommandView, Site } from '../source/site.js';
import type { TextEdit } from '../text/edit.js';
import type { Replacement } from '../text/editable-text.js';
import { groupBy } from '../text/group-by.js';
import { MOST_MARKS } from '../text/hole-mark.js';
import { placeHoles } from '../text/place-holes.js';
import type { Range } from '../text/range.js';
import { displayText, hasHole, holesByMark, type SpecText, sourceRange } from '../text/spec-text.js';
import { displayLosses, kindOfOpen, TOO_MANY_HOLES } from './described-mount.js';
import { dividingWhy } from './variables.js';

/** What became of one mount flag. */
export interface FlagConversion {
  /** The flag as it was, holes as they were written: `-v /a:/b:ro`. */
  readonly from: string;
  /** As it is now; the same as `from` when it was left alone. */
  readonly to: string;
  readonly exact: boolean;
  readonly losses: readonly Loss[];
  /** Where the flag's value stands in the source. */
  readonly range: Range;
  /** The change; absent when the flag was left alone or had the form already. */
  readonly edit?: TextEdit;
}

/** What became of a command: the edits of its source, and a line for each mount flag. */
export interface CommandConversion {
  readonly edits: readonly TextEdit[];
  readonly conversions: readonly FlagConversion[];
}

/** How to convert. */
export interface ConvertOptions extends Omit<ConvertContext, 'volumeDriver' | 'sourceKind'> {
  /** Leaves alone what would change an effect. */
  readonly strict?: boolean;
  /** Which Compose reads Compose files; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** What a source is that nobody can know. */
  readonly assume?: 'bind' | 'volume';
  /** What a relative source may be made absolute with, where the dockers differ; the shell's own name for it in shell text. */
  readonly directory?: WorkingDirectory;
}

/** Converts every mount flag of a command; all other words stay as they are. */
export function convertCommand(
  view: CommandView,
  target: TargetForm,
  options: ConvertOptions,
): CommandConversion {
  const crowded = crowdedTargets(view.sites);
  const conversions = view.sites.map((site) =>
    site.form === target
      ? leaveFlag(site, [], true)
      : convertFlag(view, site, target, options, crowded.has(site) ? CROWDED : undefined),
  );
  return { edits: conversions.flatMap(({ edit }) => edit ?? []), conversions };
}

const CROWDED: Loss = {
  field: 'target',
  kind: 'impossible',
  why: 'another mount of the command has the same target, and which one docker uses depends on the form',
};

/** A flag that stays what it is. */
export function leaveFlag({ form, text }: Site, losses: readonly Loss[], exact = false): FlagConversion {
  const from = `${FLAG_OF[form]} ${displayText(text)}`;
  return { from, to: from, exact, losses, range: sourceRange(text) };
}

function convertFlag(
  view: CommandView,
  site: Site,
  target: TargetForm,
  options: ConvertOptions,
  crowded: Loss | undefined,
): FlagConversion {
  const leave = (losses: readonly Loss[]) => leaveFlag(site, losses);
  const refuse = (field: string, why: string) => leave([{ field, kind: 'impossible', why }]);
  const driver = view.invocation?.flags.findLast(({ flag }) => flag.name === 'volume-driver')?.value;
  const unknown =
    missingFlag(view, target) ??
    containersOwn(view, site) ??
    unknownPart(site.view) ??
    unknownDriver(driver, site, target);
  if (unknown !== undefined) return refuse('spec', unknown);
  if (crowded !== undefined) return leave([crowded]);
  if (view.source.engine === 'podman') {
    const podmans = everyPodman(view.dialect.podman);
    const { text, losses } = podmanForm(site.form, site.text, target, podmans);
    const shown = displayLosses(losses, holesByMark(site.text));
    return text === undefined ? leave(shown) : write(site.text, text, true, shown);
  }
  const settled = settleSource(site.view, options.dialects, directoryOf(view, options.directory));
  if (typeof settled === 'string') return refuse('source', settled);
  const text = settled ?? site.text;
  const result = convertSpec(site.form, text.value, target, {
    ...options,
    volumeDriver: driver?.value,
    sourceKind: text.holes.length === 0 ? undefined : (source) => sourceKind(source, text, options.assume),
  });
  const losses = displayLosses(result.losses, holesByMark(text));
  if (result.text === undefined || (options.strict && !result.exact)) return leave(losses);
  return write(text, result.text, result.exact, losses);

  function write(read: Replacement, fresh: string, exact: boolean, lost: readonly Loss[]): FlagConversion {
    const value: Replacement = { value: fresh, holes: placeHoles(fresh, read) };
    return writeFlag(view, site, target, value, { exact, losses: lost });
  }
}

/** Puts that flag in the place of a site's, with `isWhole` all of its words; leaves it with the reason where that cannot be written. */
export function writeFlag(
  view: CommandView,
  site: Site,
  form: TargetForm,
  value: Replacement,
  { exact, losses, isWhole }: Pick<FlagConversion, 'exact' | 'losses'> & { readonly isWhole?: boolean },
): FlagConversion {
  const { text } = site;
  // The word keeps how it is written where nothing but the value changes.
  const edit =
    (form === site.form && !isWhole ? text.edit({ start: 0, end: text.value.length }, value) : undefined) ??
    replaceFlag(view, site, FLAG_OF[form], value);
  if (edit === undefined)
    return leaveFlag(site, [{ field: 'text', kind: 'impossible', why: unwritable(value) }]);
  const to = `${FLAG_OF[form]} ${displayText(value)}`;
  return { ...leaveFlag(site, losses, exact), to, edit };
}

/** Why a command cannot have flags of that form. */
function missingFlag({ source, invocation }: CommandView, target: TargetForm): string | undefined {
  const other = source.engine === 'podman' ? undefined : ofOtherEngine({ source });
  if (other !== undefined) return other;
  if (invocation?.isPod && target !== 'volume') return `podman pod create has no ${FLAG_OF[target]}`;
  const isService = invocation?.path.startsWith('service') === true;
  return isService && target !== 'mount' ? `docker ${invocation.path} has no ${FLAG_OF[target]}` : undefined;
}

/** Why nothing that is written of docker holds for a command. */
export function ofOtherEngine({ source }: Pick<CommandView, 'source'>): string | undefined {
  return source.engine === 'docker' ? undefined : `${source.engine} reads mounts with its own rules`;
}

/** Why a flag may not be docker's: where no other word names the image, `$X` before it must. */
export function containersOwn(
  { source, invocation }: CommandView,
  { use }: Pick<Site, 'use'>,
): string | undefined {
  if (!use.uncertain || invocation?.image !== undefined || invocation?.opaque === undefined) return undefined;
  if (source.partial) return undefined;
  const holder = displayText(invocation.words[invocation.opaque]!);
  return `nothing but \`${holder}\` can name the image, and what comes after the image belongs to the container`;
}

/** Sites whose cleaned target another one has too: forms differ in who wins, and in what is an error. */
export function crowdedTargets(sites: readonly Site[]): Set<Site> {
  const byTarget = groupBy(sites, ({ view: { target } }) =>
    target?.text ? cleanPath(target.text) : undefined,
  );
  return new Set([...byTarget.values()].filter((group) => group.length > 1).flat());
}

/** Why a spec with holes cannot be converted: they stand where more than a path or a name may be. */
export function unknownPart({ node, host: text }: Pick<MountView, 'node' | 'host'>): string | undefined {
  if (text.holes.length === 0) return undefined;
  if (text.holes.length > MOST_MARKS) return TOO_MANY_HOLES;
  const dividing = dividingWhy(text.holes);
  if (dividing !== undefined) return dividing;
  const shown = (range: Range) => `\`${displayText(text, range)}\``;
  switch (node?.kind) {
    case 'volume': {
      const [first, , third] = node.sections;
      if (node.sections.length === 1 && first !== undefined && hasHole(text, first.range))
        return `what ${shown(first.range)} holds is not known`;
      return third !== undefined && hasHole(text, third.range)
        ? `the mode ${shown(third.range)} is not known`
        : undefined;
    }
    case 'tmpfs': {
      if (node.options === undefined && hasHole(text, node.target.range))
        return `whether ${shown(node.target.range)} has options is not known`;
      const option = node.options?.find(({ range }) => hasHole(text, range));
      return option && `the option ${shown(option.range)} is not known`;
    }
    case 'mount': {
      const field = node.fields.find(({ key, value, range }) => {
        const isPath =
          /^(?:source|src|target|dst|destination|volume-driver|volume-subpath|image-subpath)$/i.test(
            key.value,
          );
        return hasHole(text, range) && (hasHole(text, key.range) || value === undefined || !isPath);
      });
      return field && `what ${shown(field.range)} holds is not known`;
    }
    case undefined:
      return undefined;
  }
}

/** `--volume-driver` is a part of what each `-v` means. */
export function unknownDriver(
  driver: SpecText | undefined,
  { form }: Pick<Site, 'form'>,
  target: TargetForm,
): string | undefined {
  if (driver === undefined || !hasHole(driver) || (form !== 'volume' && target !== 'volume'))
    return undefined;
  return `what \`--volume-driver ${displayText(driver)}\` holds is not known`;
}

/** What a source is that starts with a hole of the text. */
export const sourceKind = (
  source: string,
  text: Replacement,
  assume: 'bind' | 'volume' | undefined,
): 'bind' | 'volume' | undefined => kindOfOpen(source, holesByMark(text), assume);

function unwritable({ holes }: Replacement): string {
  const tilde = holes.find(({ kind }) => kind === 'tilde');
  return tilde === undefined
    ? 'it cannot be written correctly there'
    : `the shell expands \`${tilde.text}\` at the start of a word only`;
}
