import type { LintedArgs } from '../rules/lint-args.js';
import { applyEdits } from '../text/edit.js';
import { splitQuoted } from '../text/shell-quote.js';
import type { Verdict } from './verdict.js';

/** A command that docker takes, in place of one that it refuses. */
export interface Corrected {
  /** As a POSIX shell reads it. */
  readonly command: string;
  /** It is what was surely meant, and nothing is wrong with it. */
  readonly isSafe: boolean;
}

// A command has a few mistakes; one that goes on and on is not understood.
const ROUNDS = 12;

/** Puts docker's arguments right with the fixes of the rules, one mistake after the other; undefined when docker refuses it still. */
export function correctArgs(
  args: readonly string[],
  lint: (args: readonly string[]) => LintedArgs,
  judge: (args: readonly string[]) => Verdict,
): Corrected | undefined {
  let words = args;
  let isSafe = true;
  for (let round = 0; round < ROUNDS; round++) {
    const { text, diagnostics } = lint(words);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const fix = errors.find((each) => each.fix !== undefined)?.fix;
    const fixed = fix && applyEdits(text, fix.edits);
    if (fix === undefined || fixed === undefined) {
      if (words === args) return undefined;
      const { kind } = judge(words);
      if (kind === 'refused') return undefined;
      return { command: text, isSafe: isSafe && kind === 'runs' && errors.length === 0 };
    }
    isSafe &&= fix.safety === 'safe';
    words = splitQuoted(fixed).slice(1);
  }
  return undefined;
}
