/** Adds items to a list. A call that spreads them into its arguments fails where there are a hundred thousand. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
