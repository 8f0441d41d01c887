import type { HostedText } from './hosted-text.js';

/** How many more words the variables of a text may come to; below 0 a variable stays a hole. */
export interface ExpansionBudget {
  left: number;
}

const budgets = new WeakMap<HostedText, ExpansionBudget>();

/**
 * The budget of a text, which grows with its length. It is far more than anybody writes: lists that hold lists several times,
 * or grow from command to command, would take any time there is.
 */
export function budgetOf(text: HostedText): ExpansionBudget {
  let budget = budgets.get(text);
  if (budget === undefined) {
    budget = { left: 10_000 + text.value.length / 10 };
    budgets.set(text, budget);
  }
  return budget;
}
