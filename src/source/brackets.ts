// The ends are found for all brackets of a text at once, and asked for one by one.
let known: { readonly text: string; readonly ends: Int32Array } | undefined;

/** Where the round bracket closes that opens at `open`, if it does so within `most` characters; quotes count for nothing. */
export function closingBracket(text: string, open: number, most: number): number | undefined {
  if (known?.text !== text) known = { text, ends: findEnds(text) };
  const end = known.ends[open]!;
  return end > 0 && end < open + most ? end : undefined;
}

function findEnds(text: string): Int32Array {
  const ends = new Int32Array(text.length);
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') open.push(at);
    else if (text[at] === ')') {
      const start = open.pop();
      if (start !== undefined) ends[start] = at;
    }
  }
  return ends;
}
