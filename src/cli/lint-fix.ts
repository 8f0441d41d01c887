import type { SourceFile } from '../files/read-source.js';
import { type Fixed, fixText } from '../lint/fix.js';
import { type FixMode, toJudged, usableFix } from '../lint/fix-attempt.js';
import type { LintedText, LintOptions } from '../lint/lint-text.js';
import { LineIndex } from '../text/line-index.js';
import { show } from '../text/shown.js';
import type { CliIo } from './io.js';

type JudgeText = typeof import('#entry/judge').judgeText;

/** Applies the fixes of a linted text; one that cannot be read to its end is left as it is, and that is said. */
export async function fixLinted(
  linted: LintedText,
  { kind, text }: SourceFile,
  path: string,
  { mode, judgeText, options }: { mode: FixMode; judgeText: JudgeText; options: LintOptions },
  io: CliIo,
): Promise<Fixed> {
  const { diagnostics, findings } = linted;
  const start = toJudged(text, linted);
  const broken = findings.problems.find(({ scope }) => scope !== 'part');
  if (broken === undefined)
    return fixText(start, mode, async (now) => toJudged(now, await judgeText(kind, now, path, options)));
  if (diagnostics.some((one) => usableFix(one, mode) !== undefined)) {
    const { line, column } = new LineIndex(text).position(broken.range.start);
    await io.stderr.write(
      show`mountc lint: ${path}:${line}:${column}: ${broken.message}; nothing is fixed in it\n`,
    );
  }
  return { ...start, applied: 0, refused: [], isCutShort: false };
}

/** More lines than anybody reads one by one. */
const MOST_NAMED = 50;

/** Names the fixes that were left out. */
export async function tellRefused(
  { text, refused, isCutShort }: Fixed,
  mode: FixMode,
  path: string,
  io: CliIo,
): Promise<void> {
  const lines = new LineIndex(text);
  const left = refused.filter((one) => usableFix(one, mode) !== undefined);
  const why = isCutShort
    ? 'this fix, or another one with it, would not give the right result here'
    : 'the fix would not give the right result here';
  for (const one of left.slice(0, MOST_NAMED)) {
    const { line, column } = lines.position(one.range.start);
    await io.stderr.write(
      show`mountc lint: ${path}:${line}:${column}: the fix of ${one.rule} was not applied: ${why}\n`,
    );
  }
  const more = left.length - MOST_NAMED;
  if (more > 0)
    await io.stderr.write(
      show`mountc lint: ${path}: ${more === 1 ? '1 more fix was' : `${more} more fixes were`} not applied: ${isCutShort ? 'they, or others that were tried with them,' : 'they'} would not give the right result here\n`,
    );
}
