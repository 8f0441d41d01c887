import type { CreateBody } from '../dialects/docker/client/api.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { Loss, MountForm } from '../forms/loss.js';
import type { WrittenMount } from '../forms/read-back.js';
import { writeMount } from '../forms/write-mount.js';
import { quoteWord } from '../readers/shell/encode.js';
import { knownText, type NewText } from '../source/new-text.js';
import { merged } from '../text/map-of.js';
import type { Hole } from '../text/spec-text.js';
import { type ComposeItem, type ComposeService, canFill, composeFile } from './compose-output.js';
import { type DescribedMount, displayLosses, type MountList } from './described-mount.js';
import { fillHoles, readVariable, writeVariable } from './variables.js';

/** What became of one mount. */
export interface MountOutcome {
  readonly from: string;
  /** Absent when it was left out. */
  readonly written?: WrittenMount;
  readonly holes: ReadonlyMap<string, Hole>;
  readonly exact: boolean;
  readonly losses: readonly Loss[];
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
  { mounts, omitted }: MountList,
  form: MountForm,
  options: WriteOptions,
): MountOutcome[] {
  return withoutClashes([
    ...omitted.map(
      ({ from, why }): MountOutcome => ({ from, holes: new Map(), exact: false, losses: [refusal(why)] }),
    ),
    ...mounts.map((mount) => writeOne(mount, form, options)),
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
    const why = `another mount makes the volume \`${declares.key}\` with other options, and a file declares it once`;
    return { ...one, written: undefined, exact: false, losses: [refusal(why)] };
  });
}

const refusal = (why: string): Loss => ({ field: 'spec', kind: 'impossible', why });

function writeOne(described: DescribedMount, form: MountForm, options: WriteOptions): MountOutcome {
  const { from, mount, holes, unread = [] } = described;
  const lost = unread.map(
    (field): Loss => ({ field, kind: 'changed', why: `${field} of the Engine API is not carried over` }),
  );
  const sourceKind =
    holes.size === 0 ? undefined : () => (mount.type === 'volume' ? ('volume' as const) : ('bind' as const));
  const attempt = (to: MountForm): MountOutcome => {
    const best = writeMount(mount, to, {
      dialects: described.dialects ?? options.dialects,
      from: described.form,
      sourceKind,
    });
    const { written } = best;
    const exact = best.exact && lost.length === 0;
    const losses = [...displayLosses(best.losses, holes), ...lost];
    if (written === undefined || (options.strict && !exact)) return { from, holes, exact: false, losses };
    const unsaid = unsaidHole(written, holes);
    if (unsaid !== undefined)
      return { from, holes, exact: false, losses: [refusal(`\`${unsaid}\` has no name there`)] };
    return { from, written, holes, exact, losses };
  };
  const first = attempt(form);
  if (first.written !== undefined) return first;
  for (const other of INSTEAD[form]) {
    const next = attempt(other);
    if (next.written === undefined || !next.exact) continue;
    const why = first.losses[0]?.why ?? 'the form cannot say it';
    return {
      ...next,
      losses: [{ field: 'form', kind: 'none-here', why: `${why}; written as ${WORDS[other]} instead` }],
    };
  }
  return first;
}

const WORDS: Readonly<Record<MountForm, string>> = {
  ...FLAG_OF,
  compose: 'the long syntax',
  'compose-short': 'the short syntax',
  devcontainer: 'mounts',
  api: 'JSON',
};

/** The first hole that the form has no variable for. */
function unsaidHole(written: WrittenMount, holes: ReadonlyMap<string, Hole>): string | undefined {
  if (written.form === 'compose' || written.form === 'compose-short') {
    const item = { entry: written.entry, holes };
    return canFill(item) ? undefined : [...holes.values()].map(({ text }) => text).join(', ');
  }
  if (!('text' in written)) return [...holes.values()][0]?.text;
  const language = written.form === 'devcontainer' ? 'devcontainer' : 'shell';
  for (const [mark, hole] of holes) {
    if (!written.text.includes(mark)) continue;
    const variable = readVariable(hole);
    if (variable === undefined || writeVariable(variable, language) === undefined) return hole.text;
  }
  return undefined;
}

/** The flags of the mounts, each as it is typed in a shell. */
export function flagLines(outcomes: readonly MountOutcome[]): string[] {
  return outcomes.flatMap(({ written, holes }) => {
    if (written === undefined) return [];
    if (written.form !== 'volume' && written.form !== 'mount' && written.form !== 'tmpfs') return [];
    const word = quoteWord(shellText(written.text, holes), 0);
    return word === undefined ? [] : [`${FLAG_OF[written.form]} ${word.value}`];
  });
}

function shellText(text: string, holes: ReadonlyMap<string, Hole>): NewText {
  if (holes.size === 0) return knownText(text);
  const placed: Hole[] = [];
  for (let at = 0; at < text.length; at++) {
    const hole = holes.get(text[at]!);
    const variable = hole && readVariable(hole);
    if (variable === undefined) continue;
    const braced = writeVariable(variable, 'shell')!;
    const isShort = variable.rest === undefined && !/\w/.test(text[at + 1] ?? '');
    placed.push({
      kind: 'variable',
      text: isShort ? `$${variable.name}` : braced,
      quoted: true,
      range: { start: at, end: at + 1 },
    });
  }
  return { value: text, holes: placed };
}

/** The mounts as a Compose file with one service. */
export function composeText(outcomes: readonly MountOutcome[], service: ComposeService): string {
  return composeFile(
    service,
    outcomes.flatMap(({ written, holes }): ComposeItem[] =>
      written?.form === 'compose' || written?.form === 'compose-short'
        ? [{ entry: written.entry, holes }]
        : [],
    ),
  );
}

/** The part of a devcontainer.json that has the mounts: `mounts`, and `runArgs` for what only other flags can say. */
export function devcontainerText(outcomes: readonly MountOutcome[]): string {
  const mounts: string[] = [];
  const runArgs: string[] = [];
  for (const { written, holes } of outcomes) {
    if (written === undefined || !('text' in written)) continue;
    const text = fillHoles(written.text, holes, 'devcontainer', (known) => known);
    if (text === undefined) continue;
    if (written.form === 'devcontainer') mounts.push(text);
    else runArgs.push(FLAG_OF[written.form], text);
  }
  const parts = { ...(mounts.length > 0 && { mounts }), ...(runArgs.length > 0 && { runArgs }) };
  return `${JSON.stringify(parts, null, 2)}\n`;
}

/** The mounts as the part of a create call that is about them. */
export function apiBody(outcomes: readonly MountOutcome[]): CreateBody {
  const parts = outcomes.flatMap(({ written }) => (written?.form === 'api' ? [written.part] : []));
  const list = <T>(all: readonly T[]): T[] | null => (all.length > 0 ? [...all] : null);
  const map = <T>(all: readonly Record<string, T>[]): Record<string, T> | null =>
    all.length > 0 ? merged(all) : null;
  return {
    Binds: list(parts.flatMap(({ Binds }) => Binds ?? [])),
    Mounts: list(parts.flatMap(({ Mounts }) => Mounts ?? [])),
    Tmpfs: map(parts.flatMap(({ Tmpfs }) => (Tmpfs ? [Tmpfs] : []))),
    Volumes: map(parts.flatMap(({ Volumes }) => (Volumes ? [Volumes] : []))),
    VolumeDriver: null,
    VolumesFrom: null,
  };
}
