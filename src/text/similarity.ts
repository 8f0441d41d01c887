/** Which part of the lines of two texts is in both, 0 to 1, wherever it stands there. */
export function similarity(one: string, other: string): number {
  const [first, second] = [linesOf(one), linesOf(other)];
  const counts = new Map<string, number>();
  for (const line of first) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of second) {
    const left = counts.get(line) ?? 0;
    if (left > 0) common++;
    counts.set(line, left - 1);
  }
  const all = first.length + second.length;
  return all === 0 ? 0 : (2 * common) / all;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
