import { addDisables } from '../lint/add-disables.js';
import { fixText as fixJudged } from '../lint/fix.js';
import { type FixMode, toJudged } from '../lint/fix-attempt.js';
import type { LintOptions } from '../lint/lint-text.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import type { OpenText } from './placed-mounts.js';

type Text = Pick<OpenText, 'kind' | 'text' | 'path'>;

/** Applies the fixes of a text that come out right: the text as it is then, and how many findings are fixed. */
export async function mendText(
  { kind, text, path }: Text,
  mode: FixMode,
  options: LintOptions,
): Promise<{ readonly text: string; readonly applied: number }> {
  const { judgeText } = await import('#entry/judge');
  const linted = await judgeText(kind, text, path, options);
  if (linted.findings.problems.some(({ scope }) => scope !== 'part')) return { text, applied: 0 };
  const judge = async (now: string) => toJudged(now, await judgeText(kind, now, path, options));
  const { text: mended, applied } = await fixJudged(toJudged(text, linted), mode, judge);
  return { text: mended, applied };
}

/** The comment that turns findings of a text off, at the place where it counts; why there is none, otherwise. */
export async function disableFindings(
  { kind, text, path = '' }: Text,
  targets: readonly Diagnostic[],
  options: LintOptions & { readonly reason?: string },
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly problem: string }> {
  const { judgeText } = await import('#entry/judge');
  const linted = await judgeText(kind, text, path, options);
  const broken = linted.findings.problems.find(({ scope }) => scope !== 'part');
  if (broken !== undefined) return { problem: broken.message };
  const isMeant = ({ rule, range }: Diagnostic) =>
    targets.some(
      (one) => one.rule === rule && one.range.start === range.start && one.range.end === range.end,
    );
  const disabled = await addDisables(toJudged(text, linted), linted.diagnostics.filter(isMeant), {
    kind,
    path,
    commands: options.commands,
    comments: options.comments,
    reason: options.reason,
    judge: async (now) => toJudged(now, await judgeText(kind, now, path, options)),
  });
  if (disabled.added === 0) return { problem: disabled.left[0]?.why ?? 'the finding is gone' };
  return { edits: [editBetween(text, disabled.text)] };
}

/** The smallest stretch that makes one text of the other. */
export function editBetween(before: string, after: string): TextEdit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { range: { start, end: before.length - end }, text: after.slice(start, after.length - end) };
}
