import { FLAG_OF } from '../forms/convert-spec.js';
import type { CommandView } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import type { CommandConversion } from './convert-command.js';

/**
 * The plans whose commands are not those before the change with the flags that were to change, and nothing else; undefined where
 * it is not known which command is which any more.
 */
export function differingCommands(
  before: readonly CommandView[],
  plans: readonly CommandConversion[],
  after: readonly CommandView[],
): CommandConversion[] | undefined {
  if (before.length !== after.length) return undefined;
  return plans.filter((plan, index) => {
    const view = before[index]!;
    const wanted = wordsOf(
      view,
      plan.conversions.map(({ to }) => to),
    );
    const found = wordsOf(
      after[index]!,
      after[index]!.sites.map((site) => `${FLAG_OF[site.form]} ${displayText(site.text)}`),
    );
    return wanted.length !== found.length || wanted.some((word, i) => word !== found[i]);
  });
}

/** The words of a command, each mount flag as one text in one spelling. */
function wordsOf({ source, sites }: CommandView, flags: readonly string[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const [index, { use }] of sites.entries()) {
    // Word numbers of a use leave out docker's own word.
    for (; at < use.word + 1; at++) out.push(shown(displayText(source.words[at]!)));
    const word = source.words[use.word + 1]!;
    if (use.clustered) out.push(shown(displayText(word, { start: 0, end: use.nameRange.start })));
    out.push(shown(flags[index]!));
    at = use.valueWord + 2;
  }
  for (; at < source.words.length; at++) out.push(shown(displayText(source.words[at]!)));
  return out;
}

/** A tilde that is moved after `=` is written as the variable that it stands for; variables are the same in braces. */
function shown(text: string): string {
  return text
    .replace(/(^|[\s=:])~(?=[/:,\s]|$)/g, '$1$HOME')
    .replace(/\$([A-Za-z_]\w*(?::\w+)?)/g, (_, name: string) => `\${${name}}`);
}
