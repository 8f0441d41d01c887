import { settleSource, type WorkingDirectory } from '../convert/relative-source.js';
import { portableDialects } from '../forms/convert-spec.js';
import type { LintedArgs } from '../rules/lint-args.js';
import type { CommandView, Site } from '../source/site.js';
import { applyEdits, type TextEdit } from '../text/edit.js';

/**
 * The command, as a POSIX shell reads it, with the directory (`"$PWD"` for the shell's own) in place of the dot of sources that
 * some supported docker would not make absolute; undefined where that cannot be written.
 */
export function withAbsoluteSources(
  { text, view }: LintedArgs,
  directory: WorkingDirectory,
): string | undefined {
  const edits: TextEdit[] = [];
  for (const site of view.sites) {
    const edit = settle(site, view, directory);
    if (edit === 'impossible') return undefined;
    if (edit !== undefined) edits.push(edit);
  }
  return applyEdits(text, edits);
}

function settle(
  { form, text, use }: Site,
  { source }: CommandView,
  directory: WorkingDirectory,
): TextEdit | 'impossible' | undefined {
  const settled = settleSource(form, text, portableDialects(), directory);
  if (settled === undefined) return undefined;
  if (typeof settled === 'string') return 'impossible';
  // Word numbers of a use leave out docker's own word.
  const at = use.valueWord + 1;
  const before = source.words[at]!.value.slice(0, use.valueRange.start);
  const holes = settled.holes.map((hole) => ({
    ...hole,
    range: { start: hole.range.start + before.length, end: hole.range.end + before.length },
  }));
  return source.replaceWords?.(at, at + 1, [{ value: before + settled.value, holes }]) ?? 'impossible';
}
