import type { CreateBody } from '../dialects/docker/client/api.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { Loss, MountForm } from '../forms/loss.js';
import type { WrittenMount } from '../forms/read-back.js';
import { writeMount } from '../forms/write-mount.js';
import { quoteWord } from '../readers/shell/encode.js';
import { knownText, type NewText } from '../source/new-text.js';
import { merged } from '../text/map-of.js';
import { displayMarks, type Hole } from '../text/spec-text.js';
import type { ComposeItem, ComposeService } from './compose-output.js';
import { type DescribedMount, displayLosses, type MountList, type TakenMounts } from './described-mount.js';
import {
  dividingWhy,
  type ForeignHole,
  fillHoles,
  holeLoss,
  kindOfWord,
  type VariableLanguage,
  writeHole,
} from './variables.js';

/** What became of one mount, or of all that are taken over from another container. */
export interface MountOutcome {
  readonly from: string;
  /** Absent when it was left out. */
  readonly written?: WrittenMount | WrittenTaken;
  readonly holes: ReadonlyMap<string, ForeignHole>;
  readonly exact: boolean;
  readonly losses: readonly Loss[];
}

/** The value of `--volumes-from`, and of what is the same elsewhere. */
interface WrittenTaken {
  readonly form: 'volumes-from';
  readonly text: string;
}

/** By what mounts are written. */
export interface WriteOptions {
  readonly dialects: readonly Dialect[];
  readonly strict?: boolean;
  readonly assume?: 'bind' | 'volume';
}

// What one flag cannot say, another one often can.
const INSTEAD: Readonly<Record<MountForm, readonly MountForm[]>> = {
  mount: ['tmpfs', 'volume'],
  volume: ['mount', 'tmpfs'],
  tmpfs: [],
  compose: [],
  'compose-short': ['compose'],
  devcontainer: ['volume', 'tmpfs'],
  api: [],
};

/** Writes each mount of a list in a form; what that cannot say in another one that can, exactly, or not at all. */
export function writeMounts(
  { mounts, taken = [], omitted }: MountList,
  form: MountForm,
  options: WriteOptions,
): MountOutcome[] {
  return withoutClashes([
    ...omitted.map(
      ({ from, why }): MountOutcome => ({ from, holes: new Map(), exact: false, losses: [refusal(why)] }),
    ),
    ...mounts.map((mount) => writeOne(mount, form, options)),
    ...taken.map((one) => writeTaken(one, form)),
  ]);
}

/** A Compose file declares a volume once. */
function withoutClashes(outcomes: readonly MountOutcome[]): MountOutcome[] {
  const declared = new Map<string, string>();
  return outcomes.map((one) => {
    const declares =
      one.written !== undefined && 'entry' in one.written ? one.written.entry.declares : undefined;
    if (declares === undefined) return one;
    const text = JSON.stringify(declares.volume);
    const known = declared.get(declares.key) ?? text;
    declared.set(declares.key, known);
    if (known === text) return one;
    const why = `another mount creates the volume \`${declares.key}\` with other options, and a file declares it once`;
    return { ...one, written: undefined, exact: false, losses: [refusal(why)] };
  });
}

const refusal = (why: string): Loss => ({ field: 'spec', kind: 'impossible', why });

/** In which language a form names variables; the API names none. */
const LANGUAGES: Readonly<Record<MountForm, VariableLanguage | undefined>> = {
  mount: 'shell',
  volume: 'shell',
  tmpfs: 'shell',
  compose: 'compose',
  'compose-short': 'compose',
  devcontainer: 'devcontainer',
  api: undefined,
};

function writeOne(described: DescribedMount, form: MountForm, options: WriteOptions): MountOutcome {
  const { from, mount, holes, lost = [] } = described;
  const sourceKind =
    holes.size === 0 ? undefined : () => (mount.type === 'volume' ? ('volume' as const) : ('bind' as const));
  // A flag of a devcontainer stands in its `runArgs`.
  const language = LANGUAGES[form];
  const attempt = (to: MountForm): MountOutcome => {
    const best = writeMount(mount, to, {
      dialects: described.dialects ?? options.dialects,
      from: described.form,
      sourceKind,
    });
    const { written } = best;
    const own = displayLosses(best.losses, holes);
    if (written === undefined) return { from, holes, exact: false, losses: own };
    const losses = [...own, ...lost, ...holeLosses(holes, language)];
    const exact = best.exact && losses.every(({ kind }) => kind === 'none-here');
    if (options.strict && !exact) return { from, holes, exact: false, losses };
    const unsaid = unsaidWhy(written, described, language);
    if (unsaid !== undefined) return { from, holes, exact: false, losses: [refusal(unsaid)] };
    return { from, written, holes, exact, losses };
  };
  const first = attempt(form);
  if (first.written !== undefined) return first;
  for (const other of INSTEAD[form]) {
    const next = attempt(other);
    if (next.written === undefined || !next.exact) continue;
    const why = first.losses[0]?.why ?? 'the form cannot express it';
    return {
      ...next,
      losses: [
        { field: 'form', kind: 'none-here', why: `${why}; written as ${WORDS[other]} instead` },
        ...lost,
        ...holeLosses(holes, language),
      ],
    };
  }
  return first;
}

function holeLosses(
  holes: ReadonlyMap<string, ForeignHole>,
  language: VariableLanguage | undefined,
): readonly Loss[] {
  return [...holes.values()].flatMap((hole): Loss[] => {
    const why = language && holeLoss(hole, language);
    return why === undefined ? [] : [{ field: 'variable', kind: 'changed', why }];
  });
}

/** Compose has words for whole containers, and drops the mode. */
function writeTaken({ from, container, mode, lost = [], holes }: TakenMounts, form: MountForm): MountOutcome {
  const language = LANGUAGES[form];
  const left = (why: string): MountOutcome => ({ from, holes, exact: false, losses: [refusal(why)] });
  if (language === 'compose' && mode !== undefined && mode !== 'rw')
    return left(`Compose drops the mode of \`volumes_from\`: \`${mode}\` would not count`);
  const text = mode === undefined ? container : `${container}:${mode}`;
  if (!isSayable(text, holes, language)) return left(`\`${displayMarks(text, holes)}\` has no name there`);
  return { from, written: { form: 'volumes-from', text }, holes, exact: true, losses: lost };
}

function isSayable(
  text: string,
  holes: ReadonlyMap<string, ForeignHole>,
  language: VariableLanguage | undefined,
): boolean {
  if (language === undefined) return ![...holes.keys()].some((mark) => text.includes(mark));
  return fillHoles(text, holes, language) !== undefined;
}

const WORDS: Readonly<Record<MountForm, string>> = {
  ...FLAG_OF,
  compose: 'the long syntax',
  'compose-short': 'the short syntax',
  devcontainer: 'mounts',
  api: 'JSON',
};

/** Why a form has no way to write the unknown parts of a mount. */
export function unsaidWhy(
  written: WrittenMount,
  { mount, holes }: DescribedMount,
  language: VariableLanguage | undefined,
): string | undefined {
  const source = 'source' in mount ? (mount.source ?? '') : '';
  if (holes.size === 0 && language !== 'devcontainer') return undefined;
  const texts =
    'text' in written ? [written.text] : textsIn('entry' in written ? written.entry : written.part);
  const unsaid = texts.find((text) => !isSayable(text, holes, language));
  if (unsaid !== undefined) {
    const hole = [...holes].find(
      ([mark, one]) =>
        unsaid.includes(mark) && (language === undefined || writeHole(one, language) === undefined),
    );
    return `\`${hole?.[1].text ?? displayMarks(unsaid, holes)}\` has no name there`;
  }
  // The long syntax has a place of its own for each part.
  if (written.form === 'compose') return written.entry.tmpfs && dividingWhy(holes.values());
  const dividing = dividingWhy(holes.values());
  if (dividing !== undefined) return dividing;
  const hole = holes.get(source[0] ?? '');
  const shown = hole && !hole.absolute && source[1] !== '/' ? kindOfWord(hole) : undefined;
  const isShort = written.form === 'volume' || written.form === 'compose-short';
  return isShort && shown !== undefined && shown !== mount.type
    ? `\`${hole!.text}\` would be read as a ${shown === 'bind' ? 'path' : 'volume'}`
    : undefined;
}

/** Every text of a value, its keys included. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)])
    : [];
}

/** The flags of the mounts, each as it is typed in a shell. */
export function flagLines(outcomes: readonly MountOutcome[]): string[] {
  return outcomes.flatMap(({ written, holes }) => {
    const flag = written && flagOf(written);
    if (flag === undefined) return [];
    const word = quoteWord(shellText(flag.text, holes), 0);
    return word === undefined ? [] : [`${flag.name} ${word.value}`];
  });
}

function flagOf(
  written: NonNullable<MountOutcome['written']>,
): { readonly name: string; readonly text: string } | undefined {
  switch (written.form) {
    case 'volume':
    case 'mount':
    case 'tmpfs':
      return { name: FLAG_OF[written.form], text: written.text };
    case 'volumes-from':
      return { name: '--volumes-from', text: written.text };
    default:
      return undefined;
  }
}

/** A text for a shell, its variables as the shell names them. */
export function shellText(text: string, holes: ReadonlyMap<string, ForeignHole>): NewText {
  if (holes.size === 0) return knownText(text);
  const placed: Hole[] = [];
  for (let at = 0; at < text.length; at++) {
    const hole = holes.get(text[at]!);
    const braced = hole && writeHole(hole, 'shell');
    if (braced === undefined) continue;
    const name = /^\$\{(\w+)\}$/.exec(braced)?.[1];
    const isShort = name !== undefined && !/\w/.test(text[at + 1] ?? '');
    placed.push({
      kind: 'variable',
      text: isShort ? `$${name}` : braced,
      quoted: true,
      range: { start: at, end: at + 1 },
    });
  }
  return { value: text, holes: placed };
}

/** The mounts as those of a service; `serviceOf` knows the containers that the same file makes. */
export function composeItems(
  outcomes: readonly MountOutcome[],
  serviceOf: (container: string) => string | undefined = () => undefined,
): Pick<ComposeService, 'items' | 'volumesFrom'> {
  return {
    volumesFrom: outcomes.flatMap(({ written, holes }) => {
      if (written?.form !== 'volumes-from') return [];
      const service = serviceOf(written.text);
      const text = fillHoles(written.text, holes, 'compose');
      return text === undefined ? [] : [service ?? `container:${text}`];
    }),
    items: outcomes.flatMap(({ written, holes }): ComposeItem[] =>
      written?.form === 'compose' || written?.form === 'compose-short'
        ? [{ entry: written.entry, holes }]
        : [],
    ),
  };
}

/** The part of a devcontainer.json that has the mounts: `mounts`, and `runArgs` for what only other flags can say. */
export function devcontainerText(outcomes: readonly MountOutcome[]): string {
  const mounts: string[] = [];
  const runArgs: string[] = [];
  for (const { written, holes } of outcomes) {
    if (written === undefined || !('text' in written)) continue;
    const text = fillHoles(written.text, holes, 'devcontainer');
    if (text === undefined) continue;
    const flag = flagOf(written);
    if (flag === undefined) mounts.push(text);
    else runArgs.push(flag.name, text);
  }
  const parts = { ...(mounts.length > 0 && { mounts }), ...(runArgs.length > 0 && { runArgs }) };
  return `${JSON.stringify(parts, null, 2)}\n`;
}

/** The mounts as the part of a create call that is about them. */
export function apiBody(outcomes: readonly MountOutcome[]): CreateBody {
  const parts = outcomes.flatMap(({ written }) => (written?.form === 'api' ? [written.part] : []));
  const taken = outcomes.flatMap(({ written }) => (written?.form === 'volumes-from' ? [written.text] : []));
  const list = <T>(all: readonly T[]): T[] | null => (all.length > 0 ? [...all] : null);
  const map = <T>(all: readonly Record<string, T>[]): Record<string, T> | null =>
    all.length > 0 ? merged(all) : null;
  return {
    Binds: list(parts.flatMap(({ Binds }) => Binds ?? [])),
    Mounts: list(parts.flatMap(({ Mounts }) => Mounts ?? [])),
    Tmpfs: map(parts.flatMap(({ Tmpfs }) => (Tmpfs ? [Tmpfs] : []))),
    Volumes: map(parts.flatMap(({ Volumes }) => (Volumes ? [Volumes] : []))),
    VolumeDriver: null,
    VolumesFrom: list(taken),
  };
}
