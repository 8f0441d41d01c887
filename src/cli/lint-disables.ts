import type { SourceFile } from '../files/read-source.js';
import { addDisables, type Disabled } from '../lint/add-disables.js';
import { toJudged } from '../lint/fix-attempt.js';
import type { LintedText, LintOptions } from '../lint/lint-text.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import { show } from '../text/shown.js';
import type { CliIo } from './io.js';

type JudgeText = typeof import('#entry/judge').judgeText;

/** Adds comments that turn findings of a linted text off; what has to stay is said, with the reason. */
export async function disableLinted(
  linted: LintedText,
  targets: readonly Diagnostic[],
  { kind, text }: SourceFile,
  path: string,
  { judgeText, options, reason }: { judgeText: JudgeText; options: LintOptions; reason?: string },
  io: CliIo,
): Promise<Disabled> {
  const start = toJudged(text, linted);
  const lines = new LineIndex(text);
  const place = (offset: number) => {
    const { line, column } = lines.position(offset);
    return `${path}:${line}:${column}`;
  };
  const broken = linted.findings.problems.find(({ scope }) => scope !== 'part');
  if (broken !== undefined) {
    if (targets.length > 0)
      await io.stderr.write(
        show`mountc lint: ${place(broken.range.start)}: ${broken.message}; nothing is added to it\n`,
      );
    return { ...start, added: 0, left: [] };
  }
  const { commands, comments } = options;
  const judge = async (now: string) => toJudged(now, await judgeText(kind, now, path, options));
  const disabled = await addDisables(start, targets, { kind, path, commands, comments, reason, judge });
  for (const { finding, why } of disabled.left)
    await io.stderr.write(
      show`mountc lint: ${place(finding.range.start)}: no comment is added for ${finding.rule}: ${why}\n`,
    );
  return disabled;
}
