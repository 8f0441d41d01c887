import { readFindings } from '../readers/index.js';
import { commentMarks, type FileKind } from '../source/file-kinds.js';
import type { Findings } from '../source/frontend.js';
import { attemptsFor } from '../text/attempts.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
import { keepWhatHolds } from '../text/keep-what-holds.js';
import { LineIndex } from '../text/line-index.js';
import { DIRECTIVE_RULES } from './directive-rules.js';
import { type DisableInput, type DisablePlace, placeFinder } from './disable-place.js';
import type { Judged } from './fix-attempt.js';
import type { LintOptions } from './lint-text.js';

/** What adding comments came to. */
export interface Disabled extends Judged {
  /** How many findings are turned off. */
  readonly added: number;
  /** Findings that stay, and why. */
  readonly left: readonly { readonly finding: Diagnostic; readonly why: string }[];
}

/** What comments are added with. */
interface DisableOptions extends Pick<LintOptions, 'commands' | 'comments'> {
  readonly kind: FileKind;
  readonly path: string;
  readonly reason?: string;
  judge(text: string): Promise<Judged>;
}

/** A comment, and what it is to turn off. */
interface Comment {
  readonly findings: readonly Diagnostic[];
  readonly edit: TextEdit;
}

/**
 * Adds a comment for each of these findings of a text that turns it off. Only comments that come out right are kept: the finding is
 * gone, nothing else is found, and every command and mount reads as it did.
 */
export async function addDisables(
  start: Judged,
  targets: readonly Diagnostic[],
  options: DisableOptions,
): Promise<Disabled> {
  const { kind, path, commands: words, comments: inComments, reason } = options;
  const read = async (text: string) =>
    await readFindings(kind, text, { path, commands: words, comments: inComments });
  const before = await read(start.text);
  const left: { finding: Diagnostic; why: string }[] = [];
  const input = { kind, path, reason, text: start.text, wholes: start.wholes, commands: before.commands };
  const comments = commentsFor(input, targets, left);
  const whole = shapeOf(before);
  let now = start;
  const kept = await keepWhatHolds(comments, attemptsFor(start.work), async (some) => {
    const edits = [...some].map(({ edit }) => edit).sort((a, b) => a.range.start - b.range.start);
    const text = applyEdits(start.text, edits);
    if (text === undefined) return FAILED;
    const judged = await options.judge(text);
    if (judged.problems.length > start.problems.length || !areGone(start, judged, [...some])) return FAILED;
    if (shapeOf(await read(text)) !== whole) return FAILED;
    now = judged;
    return { holds: true };
  });
  let added = 0;
  for (const one of comments) {
    if (kept.has(one)) added += one.findings.length;
    else for (const finding of one.findings) left.push({ finding, why: WHY });
  }
  return { ...now, added, left };
}

const FAILED = { holds: false, wrong: [] } as const;
const WHY = 'it would not turn it off, or change something else';

function commentsFor(
  input: DisableInput,
  targets: readonly Diagnostic[],
  left: { finding: Diagnostic; why: string }[],
): Comment[] {
  const lines = new LineIndex(input.text);
  const find = placeFinder(input);
  const byPlace = new Map<string, { place: DisablePlace; findings: Diagnostic[] }>();
  for (const finding of targets) {
    const isAboutComments = DIRECTIVE_RULES.some(({ name }) => name === finding.rule);
    const place = isAboutComments ? { why: 'it is about a comment itself' } : find(finding.range.start);
    if ('why' in place) {
      left.push({ finding, why: place.why });
      continue;
    }
    const key = `${place.isBehind} ${place.line}`;
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { place, findings: [finding] });
    else known.findings.push(finding);
  }
  return [...byPlace.values()].map(({ place, findings }) => ({
    findings,
    edit: editFor(input, lines, place, findings),
  }));
}

function editFor(
  { kind, reason }: DisableInput,
  lines: LineIndex,
  { line, isBehind, indent }: DisablePlace,
  findings: readonly Diagnostic[],
): TextEdit {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort().join(', ');
  const [open, close] = commentMarks(kind)!;
  const words = [
    open,
    `mountc-disable-${isBehind ? 'line' : 'next-line'}`,
    rules,
    ...(reason === undefined ? [] : ['--', reason]),
    ...(close === undefined ? [] : [close]),
  ].join(' ');
  const isFirst = line === 1 && lines.text.startsWith('\ufeff');
  const start = lines.offsetOf(line) + (isBehind ? lines.line(line).length : isFirst ? 1 : 0);
  const newline = lines.text.includes('\r\n') ? '\r\n' : '\n';
  const text = isBehind ? ` ${words}` : `${indent}${words}${newline}`;
  return { range: { start, end: start }, text };
}

/** Whether the findings that the comments are for are gone, and all others are what they were. */
function areGone(before: Judged, after: Judged, comments: readonly Comment[]): boolean {
  const counts = new Map<string, number>();
  const count = (all: readonly Diagnostic[], by: number) => {
    for (const { rule, message } of all) {
      const key = `${rule}\0${message}`;
      counts.set(key, (counts.get(key) ?? 0) + by);
    }
  };
  count(before.diagnostics, 1);
  count(
    comments.flatMap(({ findings }) => findings),
    -1,
  );
  count(after.diagnostics, -1);
  return [...counts.values()].every((one) => one === 0);
}

/** Every command and mount of a text as its program would get it, wherever it stands. */
function shapeOf({ commands, mounts, volumes }: Findings): string {
  return JSON.stringify([
    commands.map(({ engine, shell, words }) => [engine, shell, words.map(({ value }) => value)]),
    mounts.map(({ form, spec, fields = [] }) => [
      form,
      spec.value,
      fields.map(({ key, value }) => [key, value?.value]),
    ]),
    volumes.map(({ name }) => name),
  ]);
}
