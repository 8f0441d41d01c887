import type { Range } from '../../text/range.js';

/** A `$(if …)` that stands for flags: shell text that says as much, and the stretch of the makefile that each piece replaces. */
export interface IfCall {
  readonly marks: readonly { readonly text: string; readonly range: Range }[];
  readonly branches: readonly Range[];
}

/** What the shell calls something that may be there: so its reader says of words in it that they are conditional. */
const OPEN = '${_:+';

/**
 * The branches of `$(if x,-v a:b,-v c:d)` as what may be there or not: whichever begins with a dash. Undefined for every
 * other call, and for one that is a part of a word or stands in quotes.
 */
export function ifCall(text: string, call: Range, lineStart: number): IfCall | undefined {
  if (!/^\$[({]if[ \t]/.test(text.slice(call.start, call.start + 6))) return undefined;
  const before = text.slice(Math.max(lineStart, call.start - 4000), call.start);
  if (!/(?:^|\s)$/.test(before) || !/^(?:\s|$)/.test(text.slice(call.end, call.end + 1))) return undefined;
  if (!/^[^"']*(?:(?:"[^"]*"|'[^']*')[^"']*)*$/.test(before)) return undefined;
  const branches = argumentsOf(text, call)
    .slice(1)
    .filter(({ start, end }) => /^\s*(?:\\\n\s*)?-/.test(text.slice(start, end)));
  const last = branches.at(-1);
  if (last === undefined) return undefined;
  const marks = branches.map(({ start }, i) => {
    const from = branches[i - 1]?.end ?? call.start;
    return { text: i === 0 ? OPEN : `} ${OPEN}`, range: { start: from, end: start } };
  });
  return { branches, marks: [...marks, { text: '}', range: { start: last.end, end: call.end } }] };
}

/** The condition and up to two branches; a comma in brackets parts nothing. */
function argumentsOf(text: string, { start, end }: Range): Range[] {
  const found: Range[] = [];
  let depth = 0;
  let at = start + 5;
  for (let i = at; i < end - 1; i++) {
    const char = text[i]!;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === ',' && depth === 0 && found.length < 2) {
      found.push({ start: at, end: i });
      at = i + 1;
    }
  }
  found.push({ start: at, end: end - 1 });
  return found.map((one, i) => {
    const blank = i === 0 ? 0 : /^\s*/.exec(text.slice(one.start, one.end))![0].length;
    return { start: one.start + blank, end: one.end };
  });
}
