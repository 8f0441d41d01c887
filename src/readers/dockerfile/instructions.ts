import type { Range } from '../../text/range.js';

/** One instruction of a Dockerfile. */
interface Instruction {
  readonly name: string;
  /** The number of the instruction. */
  readonly index: number;
  /** After the name, over continued lines. */
  readonly rest: Range;
}

/** The next instruction at or after an offset; comments and blank lines are passed over. */
export function nextInstruction(
  text: string,
  from: number,
  continuation: string,
  index: number,
): Instruction | undefined {
  let at = from;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const name = /^\s*([A-Za-z]+)(?=\s|$)/.exec(line);
    if (name === null || /^\s*#/.test(line)) {
      at = end + 1;
      continue;
    }
    let last = end;
    let from = at;
    while (last < text.length && continues(text.slice(from, last), continuation)) {
      from = last + 1;
      last = lineEnd(text, from);
      while (last < text.length && /^\s*(?:#.*)?$/.test(text.slice(from, last))) {
        from = last + 1;
        last = lineEnd(text, from);
      }
    }
    return { name: name[1]!.toUpperCase(), index, rest: { start: at + name[0].length, end: last } };
  }
  return undefined;
}

/** The end of the line that an offset stands in. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Whether a line goes on in the next one. */
export function continues(line: string, continuation: string): boolean {
  return line.trimEnd().endsWith(continuation);
}

/** A heredoc that an instruction opens; with `tabs`, leading tabs of its lines are dropped. */
export interface HereDocument {
  readonly delimiter: string;
  readonly tabs: boolean;
}

/** The delimiters of heredocs that the line opens. */
export function heredocsOf(text: string, body: Range): HereDocument[] {
  const line = text.slice(body.start, body.end);
  return [...line.matchAll(/(?<!<)\d*<<(-?)\s*(["']?)([A-Za-z_][\w.-]*)\2/g)].map((match) => {
    return { delimiter: match[3]!, tabs: match[1] === '-' };
  });
}
