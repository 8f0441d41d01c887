import type { Range } from '../../text/range.js';
import { callArguments } from './call.js';
import { flagList } from './flag-list.js';

/** A call that stands for flags: shell text that says as much, and the stretch of the makefile that each piece replaces. */
export interface FlagCall {
  readonly marks: readonly { readonly text: string; readonly range: Range }[];
  readonly branches: readonly Range[];
}

/** What the shell calls something that may be there: so its reader says of words in it that they are conditional. */
const OPEN = '${_:+';

/**
 * The branches of `$(if x,-v a:b,-v c:d)` and the body of `$(foreach v,$(VOLUMES),-v $(v))` as what may be there or not:
 * whichever begins with a dash. Undefined for every other call, and for one that is a part of a word or stands in quotes.
 */
export function flagCall(text: string, call: Range, lineStart: number): FlagCall | undefined {
  const name = /^\$[({](if|foreach)[ \t]/.exec(text.slice(call.start, call.start + 12))?.[1];
  if (name === undefined || flagList(text.slice(call.start, call.end)) !== undefined) return undefined;
  const before = text.slice(Math.max(lineStart, call.start - 4000), call.start);
  if (!/(?:^|\s)$/.test(before) || !/^(?:\s|$)/.test(text.slice(call.end, call.end + 1))) return undefined;
  if (!/^[^"']*(?:(?:"[^"]*"|'[^']*')[^"']*)*$/.test(before)) return undefined;
  const branches = callArguments(text, call, 3)
    .slice(name === 'if' ? 1 : 2)
    .filter(({ start, end }) => /^\s*(?:\\\n\s*)?-/.test(text.slice(start, end)));
  const last = branches.at(-1);
  if (last === undefined) return undefined;
  const marks = branches.map(({ start }, i) => {
    const from = branches[i - 1]?.end ?? call.start;
    return { text: i === 0 ? OPEN : `} ${OPEN}`, range: { start: from, end: start } };
  });
  return { branches, marks: [...marks, { text: '}', range: { start: last.end, end: call.end } }] };
}
