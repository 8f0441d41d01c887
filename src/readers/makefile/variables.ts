import { type ExpansionBudget, spend } from '../../source/expansion-budget.js';
import type { FoundWord } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { impliedWord, isHole } from '../../source/words.js';
import type { Hole } from '../../text/spec-text.js';
import { ABSOLUTE_VARIABLES } from '../shell/absolute.js';
import { valueWords } from '../shell/value-words.js';
import { decodeMake, type MakeNames } from './decode-make.js';
import { flagList } from './flag-list.js';
import type { MakeLine } from './scan.js';

const DEEPEST = 5;
const MOST_BUSY = 20;

/** What a makefile says of its own variables. */
export class MakeVariables implements MakeNames {
  readonly #host: HostedText;
  readonly #includes: boolean;
  readonly #all = new Map<string, MakeLine[]>();
  readonly #texts = new Map<MakeLine, HostedText>();
  /** The values that a reference was read through. */
  readonly #used = new Set<MakeLine>();
  readonly #words = new Map<string, readonly FoundWord[] | undefined>();
  /** Those that are being looked into, which may be written in terms of each other. */
  readonly #busy = new Set<string>();
  readonly #budget: ExpansionBudget;

  /** Collects the assignments of a makefile. One that it `includes` may well set `pwd`. */
  constructor(host: HostedText, lines: readonly MakeLine[], includes: boolean, budget: ExpansionBudget) {
    this.#host = host;
    this.#includes = includes;
    this.#budget = budget;
    for (const line of lines) {
      if (line.type !== 'assignment') continue;
      const known = this.#all.get(line.name);
      if (known === undefined) this.#all.set(line.name, [line]);
      else known.push(line);
    }
  }

  /** The words that a reference stands for, when the file gives the variable one value without doubt. */
  wordsOf(hole: Hole): readonly FoundWord[] | undefined {
    const { text } = hole;
    if (!this.#words.has(text)) {
      const words = this.#wordsOfReference(text, 0);
      this.#words.set(text, words && isUnknown(words) ? undefined : words);
    }
    const words = this.#words.get(text);
    // Every recipe that names the list has its words to be judged.
    if (words === undefined || this.#budget.left < 0) return undefined;
    spend(this.#budget, words);
    return words;
  }

  /** The values that no reference was read through, as texts. */
  unread(): readonly HostedText[] {
    const lines = [...this.#all.values()].flat();
    return lines.filter((line) => !this.#used.has(line)).map((line) => this.#textOf(line));
  }

  isOwn(name: string): boolean {
    return this.#all.has(name) || (this.#includes && name === 'pwd');
  }

  isComma(name: string): boolean {
    const [line, other] = this.#all.get(name) ?? [];
    if (line === undefined || other !== undefined || line.conditional) return false;
    return this.#written(line).trim() === ',';
  }

  isAbsolute(name: string): boolean {
    const list = this.#all.get(name);
    if (list === undefined) return name === 'CURDIR' || ABSOLUTE_VARIABLES.has(name);
    if (this.#busy.has(name) || this.#busy.size > MOST_BUSY) return false;
    this.#busy.add(name);
    const answer = list.every((line) => this.#isAbsoluteValue(line));
    this.#busy.delete(name);
    return answer;
  }

  #isAbsoluteValue(line: MakeLine): boolean {
    if (line.operator === '!=') return /^\s*pwd\s*$/.test(this.#written(line));
    const { value, holes } = this.#textOf(line);
    if (line.operator === '+=' || value.includes(':')) return false;
    return value.startsWith('/') || (holes[0]?.range.start === 0 && holes[0].absolute === true);
  }

  #written({ range }: MakeLine): string {
    return this.#host.value.slice(range.start, range.end);
  }

  #textOf(line: MakeLine): HostedText {
    const known = this.#texts.get(line);
    if (known !== undefined) return known;
    const text = decodeMake(this.#host, line.range, undefined, this);
    this.#texts.set(line, text);
    return text;
  }

  /** One plain value and what is appended to it. Several values, or one that is there in some runs, only when all are flags. */
  #settled(name: string): readonly MakeLine[] | undefined {
    const list = this.#all.get(name) ?? [];
    const values = list.filter((line) => line.operator !== '+=');
    const sure = values.filter((line) => !line.conditional);
    if (list.length === 0 || sure.length > 1 || (sure[0] ?? list[0]) !== list[0]) return undefined;
    if (values.some((line) => line.operator === '!=')) return undefined;
    const isSet = values.length === sure.length;
    return isSet || values.every((line) => /^(?:-|$)/.test(this.#textOf(line).value)) ? list : undefined;
  }

  /** `self` is the variable that the reference stands in. */
  #wordsOfReference(text: string, depth: number, self?: string): FoundWord[] | undefined {
    const name = referenceName(text);
    if (name !== undefined) return name === self ? undefined : this.#expand(name, depth);
    const list = flagList(text);
    const words = list === undefined || list.name === self ? undefined : this.#expand(list.name, depth);
    // make splits at blanks alone, and what is unknown may be any number of words.
    if (list === undefined || words?.every(isPlain) !== true) return undefined;
    return words.flatMap((word) => {
      const { conditional } = word;
      const edit: FoundWord['edit'] = (part, text) =>
        /\s/.test(text.value) ? undefined : word.edit(part, text);
      return [
        { ...impliedWord(list.flag, word), ...(conditional && { conditional }) },
        { ...word, edit },
      ];
    });
  }

  #expand(name: string, depth: number): FoundWord[] | undefined {
    const list = depth > DEEPEST || this.#budget.left < 0 ? undefined : this.#settled(name);
    const isOneOfSeveral = list?.some((line) => line.operator !== '+=' && line.conditional);
    const all = list?.flatMap((line) => {
      this.#used.add(line);
      const conditional = line.conditional || (isOneOfSeveral && line.operator !== '+=');
      return valueWords(this.#textOf(line), 'sh', name, `m${line.range.start}`).flatMap((found) => {
        const word = conditional ? { ...found, conditional } : found;
        const inner = isHole(word) && !word.holes[0]!.quoted ? word.holes[0]!.text : undefined;
        const words = inner === undefined ? undefined : this.#wordsOfReference(inner, depth + 1, name);
        return words === undefined || isUnknown(words) ? [word] : words;
      });
    });
    spend(this.#budget, all ?? []);
    return all;
  }
}

function referenceName(text: string): string | undefined {
  return /^\$[({]([\w.-]+)[)}]$/.exec(text)?.[1];
}

/** A value that only make can know: the name of its variable says more. */
function isUnknown([first, ...others]: readonly FoundWord[]): boolean {
  return first?.value.length === 1 && first.holes.length === 1 && others.length === 0;
}

/** Whether make, which knows no quotes, takes it for one word of a list. */
function isPlain(word: FoundWord): boolean {
  const isParted = word.holes.some(({ text, level }) => level === word.level && /\s/.test(text));
  return (
    !isHole(word) && !isParted && !/\s/.test(word.value) && word.pieces.every(({ style }) => style === 'bare')
  );
}
