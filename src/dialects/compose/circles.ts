/**
 * What leads back to itself: a number for each name, the same for two of which each leads to the other. Each name and each of its
 * steps is looked at once, however they lead to one another (Tarjan's algorithm, without recursion).
 */
export function circlesOf(
  names: Iterable<string>,
  stepsFrom: (name: string) => readonly string[],
): ReadonlyMap<string, number> {
  const circles = new Map<string, number>();
  const seen = new Map<string, number>();
  const open: string[] = [];
  for (const first of names) {
    if (seen.has(first)) continue;
    const path = [enter(first)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = at.steps[at.done++];
      if (next === undefined) {
        path.pop();
        const before = path.at(-1);
        if (before !== undefined) before.low = Math.min(before.low, at.low);
        if (at.low === seen.get(at.name)) close(at.name);
      } else if (!seen.has(next)) path.push(enter(next));
      else if (!circles.has(next)) at.low = Math.min(at.low, seen.get(next)!);
    }
  }
  return circles;

  function enter(name: string) {
    const low = seen.size;
    seen.set(name, low);
    open.push(name);
    return { name, low, steps: stepsFrom(name), done: 0 };
  }

  function close(name: string): void {
    const number = circles.size;
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      circles.set(one, number);
      if (one === name) return;
    }
  }
}
