import type { Loss, TargetForm } from '../forms/loss.js';
import { readFindings } from '../readers/index.js';
import type { ExtraCommands } from '../source/engine.js';
import type { FileKind } from '../source/file-kinds.js';
import type { FoundProblem } from '../source/frontend.js';
import type { CommandView } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import { attemptsFor } from '../text/attempts.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
import { keepWhatHolds } from '../text/keep-what-holds.js';
import { byStart, type Range } from '../text/range.js';
import { makeRangeSet } from '../text/range-set.js';
import {
  type CommandConversion,
  type ConvertOptions,
  convertCommand,
  type FlagConversion,
} from './convert-command.js';
import { differingCommands } from './same-commands.js';

/** How to convert the commands of a text. */
export interface RewriteOptions extends ConvertOptions {
  /** More words that run a container engine. */
  readonly commands?: ExtraCommands;
}

/** A text with its mount flags in another form, and a line for each flag that was looked at. */
export interface RewrittenText {
  /** The same as before when nothing was changed. */
  readonly text: string;
  /** Non-overlapping, in the text as it was; together they make `text`. */
  readonly edits: readonly TextEdit[];
  /** In the order of the text; flags that already had the form are among them. */
  readonly conversions: readonly FlagConversion[];
  /** Why the whole text is left as it is: its reader cannot read it. */
  readonly broken?: { readonly message: string; readonly range: Range };
}

/**
 * Converts the mount flags of every docker command of a text. Only the flags change, and only where the new text reads
 * back as meant; everything else is left alone, with the reason. Done twice it changes nothing more.
 */
export async function rewriteText(
  kind: FileKind,
  text: string,
  target: TargetForm,
  options: RewriteOptions,
  path?: string,
): Promise<RewrittenText> {
  const { views, broken } = await readViews(kind, text, options, path);
  if (broken !== undefined)
    return {
      text,
      edits: [],
      conversions: [],
      ...(views.some(({ sites }) => sites.length > 0) && { broken }),
    };
  const planned = settle(views.map((view) => planCommand(view, target, options)));
  const withheld = planned.map((one) => withhold(one, () => true, UNWRITABLE));
  const done = (kept: ReadonlySet<CommandConversion>) =>
    planned.map((one, index) => (kept.has(one) || one.edits.length === 0 ? one : withheld[index]!));
  let rewritten = text;
  const kept = await keepWhatHolds(
    planned.filter(({ edits }) => edits.length > 0),
    attemptsFor(text.length),
    async (some) => {
      const plans = done(some);
      const changed = applyEdits(text, editsOf(plans));
      if (changed === undefined) return { holds: false, wrong: [] };
      const after = await readViews(kind, changed, options, path);
      const wrong = after.broken === undefined ? differingCommands(views, plans, after.views) : undefined;
      if (wrong?.length !== 0) return { holds: false, wrong: wrong ?? [] };
      rewritten = changed;
      return { holds: true };
    },
  );
  return answer(rewritten, done(kept));
}

const UNWRITABLE = 'what would be written there does not read back as the same command';

async function readViews(
  kind: FileKind,
  text: string,
  { dialects, commands: extra }: RewriteOptions,
  path: string | undefined,
): Promise<{ readonly views: CommandView[]; readonly broken?: FoundProblem }> {
  const { commands, problems } = await readFindings(kind, text, { path, commands: extra });
  return {
    views: commands.map((found) => viewCommand(found, { dialect: dialects.at(-1)! })),
    broken: problems.find(({ scope }) => scope !== 'part'),
  };
}

function planCommand(view: CommandView, target: TargetForm, options: ConvertOptions): CommandConversion {
  const plan = convertCommand(view, target, options);
  const problem = view.invocation?.problem;
  return problem === undefined
    ? plan
    : withhold(plan, () => true, `docker refuses the command: ${problem.reason}`);
}

/** An array or a variable may be in several commands: it changes only if every one of them wants the same change. */
function settle(plans: readonly CommandConversion[]): readonly CommandConversion[] {
  let settled = plans;
  for (let changed = true; changed; ) {
    changed = false;
    const edits = editsOf(settled);
    const taken = makeRangeSet(
      settled.flatMap(({ conversions }) =>
        conversions.flatMap(({ edit, losses, range }) =>
          edit === undefined && losses.length > 0 ? range : [],
        ),
      ),
    );
    const crowded = new Set(edits.filter(touchesAnother(edits)).map(keyOf));
    const clashes = (edit: TextEdit) => crowded.has(keyOf(edit)) || taken.overlaps(edit.range);
    const next = settled.map((plan) => withhold(plan, clashes, SHARED));
    changed = next.some((plan, index) => plan.edits.length !== settled[index]!.edits.length);
    settled = next;
  }
  return settled;
}

const SHARED = 'another command has the same words and cannot be changed like that';

/** Whether an edit overlaps another or begins with it; they are in order of place, and none is there twice. */
function touchesAnother(edits: readonly TextEdit[]): (edit: TextEdit, index: number) => boolean {
  const { reach } = byStart(edits.map(({ range }) => range));
  return ({ range }, index) => {
    const next = edits[index + 1]?.range;
    const before = edits[index - 1]?.range;
    return (
      (next !== undefined && (next.start < range.end || next.start === range.start)) ||
      (before !== undefined && (reach[index - 1]! > range.start || before.start === range.start))
    );
  };
}

const keyOf = ({ range, text }: TextEdit): string => `${range.start} ${range.end} ${text}`;

/** The plan without the edits that `which` names: their flags stay as they are. */
function withhold(
  plan: CommandConversion,
  which: (edit: TextEdit) => boolean,
  why: string,
): CommandConversion {
  const loss: Loss = { field: 'text', kind: 'impossible', why };
  const conversions = plan.conversions.map((one): FlagConversion => {
    const { edit } = one;
    if (edit === undefined || !which(edit)) return one;
    return { ...one, to: one.from, exact: false, losses: [loss], edit: undefined };
  });
  return { conversions, edits: conversions.flatMap(({ edit }) => edit ?? []) };
}

/** In order of place, each once. */
function editsOf(plans: readonly CommandConversion[]): TextEdit[] {
  const unique = new Map(plans.flatMap(({ edits }) => edits.map((edit) => [keyOf(edit), edit])));
  return [...unique.values()].sort((a, b) => a.range.start - b.range.start);
}

/** Flags of an array that two commands share are reported once. */
function answer(text: string, plans: readonly CommandConversion[]): RewrittenText {
  const seen = new Set<string>();
  const conversions = plans
    .flatMap((plan) => plan.conversions)
    .sort((a, b) => a.range.start - b.range.start)
    .filter(({ range, from, to }) => {
      const key = `${range.start} ${range.end} ${from} ${to}`;
      return !seen.has(key) && seen.add(key);
    });
  return { text, edits: editsOf(plans), conversions };
}
