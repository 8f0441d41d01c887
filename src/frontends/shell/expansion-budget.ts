import type { ShellScript } from './collect.js';
import type { ShellText } from './word.js';

/** How many more words the expansions of a script may come to; below 0 a variable stays a hole. */
export interface ExpansionBudget {
  left: number;
}

const budgets = new WeakMap<ShellScript, ExpansionBudget>();

/**
 * The budget of a script, which grows with its length. It is far more than anybody writes: arrays that hold arrays several
 * times, or grow from command to command, would take any time there is.
 */
export function budgetOf(script: ShellScript, { host }: ShellText): ExpansionBudget {
  let budget = budgets.get(script);
  if (budget === undefined) {
    budget = { left: 10_000 + host.value.length / 10 };
    budgets.set(script, budget);
  }
  return budget;
}
