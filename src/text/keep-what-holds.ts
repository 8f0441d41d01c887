/** What came of making some changes: they hold, or where it shows that they do not, as far as that is known. */
type Held<Item> = { readonly holds: true } | { readonly holds: false; readonly wrong: readonly Item[] };

/** Those of many changes that hold together: all of them, or what is left when those that do not are found by halving. */
export async function keepWhatHolds<Item>(
  items: readonly Item[],
  attempts: number,
  test: (some: ReadonlySet<Item>) => Promise<Held<Item>>,
): Promise<ReadonlySet<Item>> {
  let kept: ReadonlySet<Item> = new Set();
  let left = attempts;
  const groups: Group<Item>[] = [{ items, vain: 0 }];
  for (let group = groups.shift(); group !== undefined && left > 0; group = groups.shift()) {
    if (group.items.length === 0) continue;
    const together = new Set([...kept, ...group.items]);
    const held = await test(together);
    if (held.holds) {
      kept = together;
      continue;
    }
    left--;
    const wrong = new Set(held.wrong);
    const bad = group.items.filter((one) => wrong.has(one));
    const good = group.items.filter((one) => !wrong.has(one));
    const vain = good.length === 0 ? group.vain + 1 : 0;
    // Where each is wrong at its own place over and over, none is at fault for the others.
    if (group.items.length === 1 || (vain > MOST_IN_VAIN && group.items.length > MANY)) continue;
    if (bad.length > 0 && good.length > 0) groups.unshift({ items: good, vain });
    const rest = bad.length > 0 ? bad : group.items;
    const middle =
      rest.length > 1 && rest.length === group.items.length ? Math.ceil(rest.length / 2) : rest.length;
    groups.push({ items: rest.slice(0, middle), vain }, { items: rest.slice(middle), vain });
  }
  return kept;
}

/** Changes that are tried together, and how often in a row all of them were wrong. */
interface Group<Item> {
  readonly items: readonly Item[];
  readonly vain: number;
}

const MOST_IN_VAIN = 1;
const MANY = 16;
