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
  return { ...start, applied: 0, refused: [] };
}

/** Names the fixes that were left out. */
export async function tellRefused(
  { text, refused }: Fixed,
  mode: FixMode,
  path: string,
  io: CliIo,
): Promise<void> {
  const lines = new LineIndex(text);
  for (const one of refused) {
    if (usableFix(one, mode) === undefined) continue;
    const { line, column } = lines.position(one.range.start);
    await io.stderr.write(
      show`mountc lint: ${path}:${line}:${column}: the fix of ${one.rule} was not applied: it would not come out right here\n`,
    );
  }
}
