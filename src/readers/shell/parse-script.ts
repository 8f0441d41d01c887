import { parse } from 'unbash';

/** A script's tree, or why it is not read, and where. */
type ParsedScript =
  | { readonly script: ReturnType<typeof parse> }
  | { readonly why: string; readonly at: number };

/**
 * The parser goes through what stands in an expansion again for each that lies around it, and through the heredocs of a line for
 * each of them: so many characters it may come to, which is seconds, and more than a hundred times what people write.
 */
const MOST_STEPS = 50_000_000;

/** Parses a script. */
export function parseScript(text: string): ParsedScript {
  const at = text.length < SHORT ? undefined : tooManySteps(text);
  return at === undefined ? { script: parse(text) } : { why: TOO_MUCH_NESTED, at };
}

/** Why a script is not read that would take the parser too long. */
const TOO_MUCH_NESTED = 'it has too many expansions in one another, or heredocs on one line';

/** No text that is shorter can come to as many steps. */
const SHORT = 5000;

/** Where an expansion begins, or a line with heredocs ends, with which it is too much; quotes and comments count for nothing. */
function tooManySteps(text: string): number | undefined {
  const most = Math.max(MOST_STEPS, 20 * text.length);
  const open = new OpenBrackets();
  let steps = 0;
  let heredocs = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') at++;
    else if (char === '(' || char === '{' || char === '[') {
      const before = text[at - 1];
      const isExpansion = before === '$' || (char === '(' && (before === '<' || before === '>'));
      open.push(CLOSES[char], isExpansion ? at : undefined);
    } else if (char === ')' || char === '}' || char === ']') steps += open.close(char, at);
    else if (char === '<' && text[at + 1] === '<' && text[at - 1] !== '<') heredocs++;
    else if (char === '\n') {
      steps += heredocs ** 2;
      heredocs = 0;
    }
    if (steps > most) return at;
  }
  const { first } = open;
  return steps + heredocs ** 2 + open.closeAll(text.length) > most ? first : undefined;
}

const CLOSES = { '(': ')', '{': '}', '[': ']' } as const;

/** The brackets that are open; what a `)` of `case` or a lone quote makes of them is near enough. */
class OpenBrackets {
  readonly #closing: string[] = [];
  readonly #starts: (number | undefined)[] = [];

  /** `start` is that of an expansion. */
  push(closing: string, start: number | undefined): void {
    this.#closing.push(closing);
    this.#starts.push(start);
  }

  /** Where the outermost expansion begins. */
  get first(): number {
    return this.#starts.find((start) => start !== undefined) ?? 0;
  }

  /** Closes the nearest bracket of that kind, if it is near; answers how long the expansions are that end here. */
  close(closing: string, at: number): number {
    const { length } = this.#closing;
    let index = length - 1;
    while (index >= 0 && index > length - NEAR && this.#closing[index] !== closing) index--;
    return this.#closing[index] === closing ? this.#closeFrom(index, at) : 0;
  }

  closeAll(at: number): number {
    return this.#closeFrom(0, at);
  }

  #closeFrom(index: number, at: number): number {
    let length = 0;
    for (let i = index; i < this.#starts.length; i++) {
      const start = this.#starts[i];
      if (start !== undefined) length += at - start;
    }
    this.#closing.length = index;
    this.#starts.length = index;
    return length;
  }
}

/** So many brackets may have been left open in between. */
const NEAR = 4;
