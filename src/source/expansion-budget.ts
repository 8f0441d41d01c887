import type { HostedText } from './hosted-text.js';

/** How much more the variables of a file may come to; below 0 a variable stays a hole. */
export interface ExpansionBudget {
  left: number;
}

/**
 * The budget of a text, which grows with its length. It is far more than anybody writes: lists that hold lists several times,
 * or grow from command to command, would take any time there is.
 */
export function makeBudget({ length }: string): ExpansionBudget {
  return { left: 5_000 + length / 10 };
}

const budgets = new WeakMap<HostedText, ExpansionBudget>();

/** The budget that a text has in common with all others of its file, or one of its own where none is known. */
export function budgetOf(
  text: HostedText,
  { budget }: { readonly budget?: ExpansionBudget } = {},
): ExpansionBudget {
  let own = budget ?? budgets.get(text);
  if (own === undefined) {
    own = makeBudget(text.value);
    budgets.set(text, own);
  }
  return own;
}

/** Takes words out of a budget, long ones as several. */
export function spend(budget: ExpansionBudget, words: readonly { readonly value: string }[]): void {
  for (const { value } of words) budget.left -= 1 + value.length / 40;
}
