import { type ExpansionBudget, spend } from '../../source/expansion-budget.js';
import type { FoundWord } from '../../source/frontend.js';

/** What a PowerShell script puts in a variable: the elements of a list, or unknown ones. */
export interface ListAssignment {
  /** In small letters, as PowerShell does not tell them apart. */
  readonly name: string;
  readonly append: boolean;
  /** Undefined where they are not written out. */
  readonly elements: readonly FoundWord[] | undefined;
  /** How many braces are open around it, and the number of the function that it stands in (0: none). */
  readonly depth: number;
  readonly scope: number;
}

/** The words of a command with `@name`, and `$name` where that is a list, as what the script put there before. */
export function expandLists(
  words: readonly FoundWord[],
  lists: ReadonlyMap<string, readonly ListAssignment[]>,
  scope: number,
  budget: ExpansionBudget,
): FoundWord[] {
  return words.flatMap((word) => {
    const hole = word.value.length === 1 ? word.holes[0] : undefined;
    const name = hole && /^[@$]\{?(?:script:|global:|local:)?(\w+)\}?$/i.exec(hole.text)?.[1]?.toLowerCase();
    const known = name === undefined ? undefined : lists.get(name);
    return (known && elementsOf(known, scope, budget)) ?? [word];
  });
}

function elementsOf(
  all: readonly ListAssignment[],
  scope: number,
  budget: ExpansionBudget,
): FoundWord[] | undefined {
  if (budget.left < 0) return undefined;
  budget.left -= all.length / 10;
  const visible = all.filter((one) => one.scope === scope || one.scope === 0);
  const base = visible.findLastIndex((one) => !one.append);
  const first = visible[base];
  if (first === undefined) return undefined;
  const parts = visible.slice(base);
  if (parts.some(({ elements }) => elements === undefined)) return undefined;
  const found = parts.flatMap(({ name, elements = [], depth }) => {
    const mark = { via: name, ...(depth > first.depth && { conditional: true }) };
    return elements.map((element) => ({ ...element, ...mark }));
  });
  spend(budget, found);
  return found;
}
