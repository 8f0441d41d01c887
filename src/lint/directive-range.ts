import type { LineIndex } from '../text/line-index.js';
import { byStart, countUpTo, type Range } from '../text/range.js';
import type { Directive } from './directive.js';

/** What the directives of a text for lines or the whole file cover; `wholes` are ranges that belong together. */
export class DirectiveRanges {
  readonly #lines: LineIndex;
  readonly #wholes: ReturnType<typeof byStart>;
  /** By line: many directives may stand above one line, and many commands on it. */
  readonly #next = new Map<number, number>();
  readonly #starting = new Map<number, Range>();
  readonly #last = new Map<number, number>();

  constructor(lines: LineIndex, wholes: readonly Range[]) {
    this.#lines = lines;
    this.#wholes = byStart(wholes);
  }

  /** The range of one. */
  of({ scope, range }: Directive): Range {
    const lines = this.#lines;
    if (scope === 'file') return { start: 0, end: lines.text.length + 1 };
    const last = lines.position(Math.max(range.start, range.end - 1)).line;
    if (scope === 'line') return this.#around(last);
    return this.#startingOn(this.#nextLine(last + 1));
  }

  /** Blank lines, and comments that hold other directives, are passed over. */
  #nextLine(from: number): number {
    let number = from;
    while (number < this.#lines.lineCount && !this.#next.has(number) && PASSED.test(this.#lines.line(number)))
      number++;
    const found = this.#next.get(number) ?? number;
    for (let passed = from; passed < number; passed++) this.#next.set(passed, found);
    return found;
  }

  /** What starts on the line. */
  #startingOn(number: number): Range {
    const known = this.#starting.get(number);
    if (known !== undefined) return known;
    const found = this.#findStarting(number);
    this.#starting.set(number, found);
    return found;
  }

  #findStarting(number: number): Range {
    const line = this.#lineOf(number);
    const text = this.#lines.line(number);
    if (CODE_DIRECTIVE.test(text)) return { start: line.start, end: endOfContent(this.#lines, number) };
    // What AsciiDoc says of a listing stands in brackets above it.
    const opening = /^\[.*\]$/.test(text) ? number + 1 : number;
    const fence = /\S+$/.exec(FENCE.exec(this.#lines.line(opening))?.[0] ?? '')?.[0];
    if (fence !== undefined) return { start: line.start, end: endOfFence(this.#lines, opening, fence) };
    const { sorted } = this.#wholes;
    const goesTo = this.#lineOf(this.#lastOf(number)).end;
    let end = goesTo;
    for (let i = countUpTo(sorted, line.start - 1); i < sorted.length && sorted[i]!.start <= goesTo; i++)
      end = Math.max(end, sorted[i]!.end);
    return { start: line.start, end: end + 1 };
  }

  /** The last of the lines that a line is continued on by backslashes. */
  #lastOf(number: number): number {
    let last = number;
    while (last < this.#lines.lineCount && !this.#last.has(last) && GOES_ON.test(this.#lines.line(last)))
      last++;
    const found = this.#last.get(last) ?? last;
    for (let passed = number; passed <= last; passed++) this.#last.set(passed, found);
    return found;
  }

  /** For a comment at the end of a line: what it stands in, and what starts on the line. */
  #around(number: number): Range {
    const line = this.#lineOf(number);
    const { sorted, reach } = this.#wholes;
    const begun = countUpTo(sorted, line.end);
    // The first that reaches the line is the one that starts first.
    const first = sorted[firstAbove(reach, line.start)];
    const start = Math.min(line.start, first?.start ?? line.start);
    return { start, end: Math.max(line.end, reach[begun - 1] ?? 0) + 1 };
  }

  #lineOf(number: number): Range {
    const start = this.#lines.offsetOf(number);
    return { start, end: start + this.#lines.line(number).length };
  }
}

const PASSED = /^\s*$|^\s*(?:#|\/\/|<!--|rem\b|::|\.\.)\s*mountc-/i;

/** A line that a backslash continues. */
const GOES_ON = /(?<!\\)(?:\\\\)*\\$/;

/** The index of the first of the numbers, which never fall, that is above another one. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

const FENCE = /^[\s>]*(?:[-*+]|\d+[.)])?\s*(`{3,}|~{3,})|^(?:-{4,}|\.{4,})$/;

/** A directive of reStructuredText that shows code. */
export const CODE_DIRECTIVE = /^[ \t]*\.\. (?:code-block|code|sourcecode|prompt|parsed-literal)::/;

/** Where the lines end that are indented below one. */
function endOfContent(lines: LineIndex, opening: number): number {
  const depthOf = (number: number) => /^[ \t]*/.exec(lines.line(number))![0].length;
  let number = opening + 1;
  while (
    number <= lines.lineCount &&
    (lines.line(number).trim() === '' || depthOf(number) > depthOf(opening))
  )
    number++;
  return lines.offsetOf(number);
}

function endOfFence(lines: LineIndex, opening: number, fence: string): number {
  for (let number = opening + 1; number <= lines.lineCount; number++) {
    if (
      lines
        .line(number)
        .replace(/^[\s>]*/, '')
        .startsWith(fence)
    )
      return lines.offsetOf(number);
  }
  return lines.text.length + 1;
}
