// Makes a disagreeing command line short: fewer words, shorter words, as long as it still disagrees.

/** The smallest command line found within `budget` tries for which `fails` still holds. */
export async function shrinkCommand(
  args: readonly string[],
  fails: (args: readonly string[]) => Promise<boolean>,
  budget = 80,
): Promise<readonly string[]> {
  let best = args;
  let left = budget;
  for (let progress = true; progress && left > 0; ) {
    progress = false;
    for (const candidate of candidates(best)) {
      if (left-- <= 0) break;
      if (!(await fails(candidate))) continue;
      best = candidate;
      progress = true;
      break;
    }
  }
  return best;
}

function* candidates(args: readonly string[]): Generator<readonly string[]> {
  const without = (at: number, count: number): string[] => [...args.slice(0, at), ...args.slice(at + count)];
  for (let at = 1; at < args.length - 1; at++) yield without(at, 2);
  for (let at = 1; at < args.length; at++) yield without(at, 1);
  for (let at = 1; at < args.length; at++) {
    for (const word of shorter(args[at]!)) yield args.map((old, index) => (index === at ? word : old));
  }
}

// Fields and sections first, then halves, then single characters.
function* shorter(word: string): Generator<string> {
  for (const separator of [',', ':']) {
    const parts = word.split(separator);
    if (parts.length < 2 || parts.length > 12) continue;
    for (let at = 0; at < parts.length; at++)
      yield parts.filter((_part, index) => index !== at).join(separator);
  }
  const chars = [...word];
  if (chars.length > 8) {
    yield chars.slice(0, chars.length / 2).join('');
    yield chars.slice(chars.length / 2).join('');
  }
  if (chars.length > 40) return;
  for (let at = 0; at < chars.length; at++) yield chars.filter((_char, index) => index !== at).join('');
}
