import { readFindings } from '../readers/index.js';
import { commentMarks, type FileKind } from '../source/file-kinds.js';
import type { Findings } from '../source/frontend.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
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
  let kept: readonly Comment[] = [];
  let now = start;
  const attempt = async (more: readonly Comment[]): Promise<boolean> => {
    const all = [...kept, ...more].sort((a, b) => a.edit.range.start - b.edit.range.start);
    const text = applyEdits(
      start.text,
      all.map(({ edit }) => edit),
    );
    if (text === undefined) return false;
    const judged = await options.judge(text);
    if (judged.problems.length > start.problems.length) return false;
    if (!areGone(start, judged, all) || shapeOf(await read(text)) !== whole) return false;
    kept = all;
    now = judged;
    return true;
  };
  let attempts = 10 + Math.floor(LARGE / (start.text.length + 1_000));
  const waiting = comments.length === 0 ? [] : [comments];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (attempts-- > 0 && (await attempt(next))) continue;
    if (next.length > 1 && attempts > 0) {
      const half = next.length >> 1;
      waiting.unshift(next.slice(0, half), next.slice(half));
    } else
      for (const { findings } of next)
        for (const finding of findings)
          left.push({ finding, why: 'it would not turn it off, or change something else' });
  }
  return { ...now, added: kept.reduce((sum, { findings }) => sum + findings.length, 0), left };
}

// A large file is not read more often than it takes time.
const LARGE = 600_000;

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
