import type { Assignment, DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { ExpansionBudget } from '../../source/expansion-budget.js';
import type { FoundWord, ShellKind } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import type { Range } from '../../text/range.js';
import { printsAbsolutePath } from './absolute.js';
import { tildeEnd } from './tilde.js';
import { WordBuilder } from './word-builder.js';
import type { WordPlace } from './word-place.js';

/** The text that a shell reads, and what is known of its variables. */
export interface ShellText {
  readonly host: HostedText;
  readonly shell: ShellKind;
  /** Whether the variable surely holds an absolute path. */
  isAbsolute(name: string): boolean;
}

/** The text of a whole script, whose variables are expanded. */
export interface ScriptText extends ShellText {
  readonly budget: ExpansionBudget;
}

/** The word as the shell would pass it. What only the shell can know is a hole. */
export function decodeWord(
  source: ShellText,
  word: Word | Assignment,
  place: WordPlace = 'argument',
): FoundWord {
  const reader = new WordReader(source, place);
  if (word.type === 'Word') reader.readWord(word);
  else if (word.value.type === 'Word') reader.readAssignment(word, word.value);
  else reader.readUnknown({ start: word.pos, end: word.end });
  return reader.finish({ start: word.pos, end: word.end });
}

type Expansion = Extract<
  WordPart,
  {
    type:
      | 'SimpleExpansion'
      | 'ParameterExpansion'
      | 'CommandExpansion'
      | 'ProcessSubstitution'
      | 'ArithmeticExpansion';
  }
>;

class WordReader {
  readonly #source: ShellText;
  readonly #place: WordPlace;
  readonly #out: WordBuilder;

  constructor(source: ShellText, place: WordPlace) {
    this.#source = source;
    this.#place = place;
    this.#out = new WordBuilder(source.host, place === 'assigned');
  }

  readWord({ parts, pos, end }: Word): void {
    const range = { start: pos, end };
    if (parts === undefined) this.#bare(pos, end, range);
    else for (const part of parts) this.#part(part, range);
  }

  /** `a=b` among the arguments of a command that declares nothing is a word like any other. */
  readAssignment({ pos, end }: Assignment, value: Word): void {
    const range = { start: pos, end };
    this.#bare(pos, value.pos, range);
    for (const part of value.parts ?? []) this.#part(part, range);
    if (value.parts === undefined) this.#bare(value.pos, value.end, range);
  }

  /** What stands for any number of words. */
  readUnknown(range: Range): void {
    this.#out.hole(range, 'glob', false);
  }

  finish(raw: Range): FoundWord {
    return this.#out.finish(raw);
  }

  #part(part: WordPart | DoubleQuotedChild, word: Range): void {
    const range = { start: part.pos, end: part.end };
    switch (part.type) {
      case 'Literal':
        if (this.#out.style === 'double') this.#doubleQuoted(part.pos, part.end);
        else this.#bare(part.pos, part.end, word);
        break;
      case 'SingleQuoted':
        this.#out.quoted('single', () => this.#out.copy(part.pos + 1, closeOf(part, "'", 1)));
        break;
      case 'AnsiCQuoted':
        this.#out.quoted('ansi', () => this.#out.ansi(part.pos + 2, closeOf(part, "'", 2)));
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        this.#out.quoted('double', () => {
          for (const child of part.parts) this.#part(child, word);
        });
        break;
      case 'Glob':
      case 'ExtendedGlob':
      case 'BraceExpansion':
        if (this.#place === 'assigned') this.#bare(part.pos, part.end, word);
        else this.#out.hole(range, 'glob', false);
        break;
      default:
        this.#expansion(part, range);
    }
  }

  #expansion(part: Expansion, range: Range): void {
    switch (part.type) {
      case 'SimpleExpansion': {
        const isAbsolute = this.#source.isAbsolute(part.text.slice(1));
        this.#out.hole(range, this.#kindOf(part.text === '$@'), isAbsolute);
        break;
      }
      case 'ParameterExpansion': {
        const { parameter, operation, prefix, index } = part;
        const isPlain = operation === undefined && prefix === undefined && index === undefined;
        const hasFallback = operation?.type === 'Default' && /^:?[-=?]$/.test(operation.operator);
        const isAbsolute = (isPlain || hasFallback) && this.#source.isAbsolute(parameter);
        this.#out.hole(range, this.#kindOf(index?.text === '@' || parameter === '@'), isAbsolute);
        break;
      }
      case 'CommandExpansion': {
        const inner = part.text.startsWith('`') ? part.text.slice(1, -1) : part.text.slice(2, -1);
        this.#out.hole(range, 'command', printsAbsolutePath(inner));
        break;
      }
      case 'ProcessSubstitution':
        this.#out.hole(range, 'command', true);
        break;
      case 'ArithmeticExpansion':
        this.#out.hole(range, 'variable', false);
        break;
    }
  }

  /** In double quotes, a list becomes any number of words. */
  #kindOf(isList: boolean): 'glob' | 'variable' {
    return isList && this.#out.style === 'double' ? 'glob' : 'variable';
  }

  /** Unquoted text: `\x` is `x`, `\`-newline is nothing, a tilde may be somebody's home. */
  #bare(from: number, to: number, word: Range): void {
    const { host, shell } = this.#source;
    const { value } = host;
    let at = from;
    for (let i = from; i < to; i++) {
      const char = value[i];
      if (char === '\\' && i + 1 < to) {
        this.#out.copy(at, i);
        if (value[i + 1] !== '\n') this.#out.escaped(i);
        i++;
        at = i + 1;
      } else if (char === '~') {
        const end = tildeEnd(value, i, word, this.#place, shell);
        if (end === undefined || end > to) continue;
        this.#out.copy(at, i);
        this.#out.hole({ start: i, end }, 'tilde', true);
        at = end;
        i = end - 1;
      }
    }
    this.#out.copy(at, to);
  }

  #doubleQuoted(from: number, to: number): void {
    const { value } = this.#source.host;
    let at = from;
    for (let i = value.indexOf('\\', from); i >= 0 && i + 1 < to; i = value.indexOf('\\', i + 2)) {
      const next = value[i + 1]!;
      if (!'$`"\\\n'.includes(next)) continue;
      this.#out.copy(at, i);
      if (next !== '\n') this.#out.escaped(i);
      at = i + 2;
    }
    this.#out.copy(at, to);
  }
}

/** Where the content of a quoted part ends; a quote that is never closed runs to the end. */
function closeOf(part: { pos: number; end: number; text: string }, quote: string, open: number): number {
  return part.text.length > open && part.text.endsWith(quote) ? part.end - 1 : part.end;
}
