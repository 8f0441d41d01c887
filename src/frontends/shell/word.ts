import type { Assignment, DoubleQuotedChild, Word, WordPart } from 'unbash';
import { MapBuilder, type OffsetMap } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';
import { displayText, type Hole, type HoleKind, holeMark } from '../../text/spec-text.js';
import { firstHoleFrom } from '../decode.js';
import type { FoundWord, QuotedPiece, ShellKind } from '../frontend.js';
import { type HostedText, mapThrough } from '../hosted-text.js';
import { printsAbsolutePath } from './absolute.js';
import { decodeAnsiC } from './ansi-c.js';
import { editWord } from './encode.js';

/** The text that a shell reads, and what is known of its variables. */
export interface ShellText {
  readonly host: HostedText;
  readonly shell: ShellKind;
  /** Whether the variable surely holds an absolute path. */
  isAbsolute(name: string): boolean;
}

/** Where a word stands: as an argument, in an array, behind the `=` of an assignment, or in `${X:+…}`. */
export type WordPlace = 'argument' | 'element' | 'assigned' | 'operand';

/** The word as the shell would pass it. What only the shell can know is a hole. */
export function decodeWord(
  source: ShellText,
  word: Word | Assignment,
  place: WordPlace = 'argument',
): FoundWord {
  const reader = new WordReader(source, place);
  if (word.type === 'Word') reader.readWord(word);
  else if (word.value.type === 'Word') reader.readAssignment(word, word.value);
  else reader.hole({ start: word.pos, end: word.end }, 'glob', false);
  return reader.finish({ start: word.pos, end: word.end });
}

const NO_HOLES: readonly Hole[] = [];

/** There may be a million words in a file: nothing more than this stays of each. */
function makeWord(
  host: HostedText,
  value: string,
  local: OffsetMap,
  holes: readonly Hole[],
  pieces: readonly QuotedPiece[],
  raw: Range,
): FoundWord {
  const level = host.level + 1;
  return {
    value,
    map: mapThrough(host.map, local),
    holes: holes.length === 0 ? NO_HOLES : holes,
    level,
    host,
    raw,
    local,
    pieces,
    list: '',
    edit(part, text) {
      const change = editWord({ map: local, pieces, raw, value, level }, part, text);
      return change && host.edit(change.range, change.text);
    },
  };
}

class WordReader {
  readonly #source: ShellText;
  readonly #place: WordPlace;
  readonly #out: MapBuilder;
  readonly #holes: Hole[] = [];
  readonly #pieces: QuotedPiece[] = [];
  readonly #level: number;
  #style: QuotedPiece['style'] = 'bare';
  #fresh = true;

  constructor(source: ShellText, place: WordPlace) {
    this.#source = source;
    this.#place = place;
    this.#level = source.host.level + 1;
    this.#out = new MapBuilder(0);
  }

  readWord(word: Word): void {
    const parts = word.parts;
    if (parts === undefined) this.#bare(word.pos, word.end, word.pos, word.end);
    else for (const part of parts) this.#part(part, word.pos, word.end);
  }

  /** `a=b` among the arguments of a command that declares nothing is a word like any other. */
  readAssignment(assignment: Assignment, value: Word): void {
    this.#bare(assignment.pos, value.pos, assignment.pos, assignment.end);
    for (const part of value.parts ?? []) this.#part(part, assignment.pos, assignment.end);
    if (value.parts === undefined) this.#bare(value.pos, value.end, assignment.pos, assignment.end);
  }

  finish(raw: Range): FoundWord {
    const { text, map } = this.#out.build();
    const local = text === '' ? { ...map, endSource: raw.start } : map;
    return makeWord(this.#source.host, text, local, this.#holes, this.#pieces, raw);
  }

  hole(range: Range, kind: HoleKind, absolute: boolean, text = displayText(this.#source.host, range)): void {
    const clean =
      displayText(this.#source.host, range) === this.#source.host.value.slice(range.start, range.end);
    const quoted = this.#style !== 'bare' || this.#place === 'assigned';
    const level = clean ? this.#level : -1;
    this.#addHole(range, { kind, text, quoted, level, ...(absolute && { absolute }) });
  }

  #addHole(range: Range, hole: Omit<Hole, 'range'>): void {
    const at = this.#out.length;
    this.#out.atom(holeMark(this.#holes.length), range.start, range.end - range.start);
    this.#holes.push({ ...hole, range: { start: at, end: at + 1 } });
    this.#grow(at, range);
  }

  #part(part: WordPart | DoubleQuotedChild, start: number, end: number): void {
    const range = { start: part.pos, end: part.end };
    switch (part.type) {
      case 'Literal':
        if (this.#style === 'double') this.#doubleQuoted(part.pos, part.end);
        else this.#bare(part.pos, part.end, start, end);
        break;
      case 'SingleQuoted':
        this.#quoted('single', () => this.#copy(part.pos + 1, closeOf(part, "'", 1)));
        break;
      case 'AnsiCQuoted':
        this.#quoted('ansi', () => this.#ansi(part.pos + 2, closeOf(part, "'", 2)));
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        this.#quoted('double', () => {
          for (const child of part.parts) this.#part(child, start, end);
        });
        break;
      case 'SimpleExpansion':
        this.hole(
          range,
          part.text === '$@' && this.#style === 'double' ? 'glob' : 'variable',
          this.#source.isAbsolute(part.text.slice(1)),
        );
        break;
      case 'ParameterExpansion': {
        const plain = part.operation === undefined && part.prefix === undefined && part.index === undefined;
        const fallback = part.operation?.type === 'Default' && /^:?[-=?]$/.test(part.operation.operator);
        const all = part.index?.text === '@' || part.parameter === '@';
        const absolute = (plain || fallback) && this.#source.isAbsolute(part.parameter);
        this.hole(range, all && this.#style === 'double' ? 'glob' : 'variable', absolute);
        break;
      }
      case 'CommandExpansion': {
        const inner = part.text.startsWith('`') ? part.text.slice(1, -1) : part.text.slice(2, -1);
        this.hole(range, 'command', printsAbsolutePath(inner));
        break;
      }
      case 'ProcessSubstitution':
        this.hole(range, 'command', true);
        break;
      case 'ArithmeticExpansion':
        this.hole(range, 'variable', false);
        break;
      case 'Glob':
      case 'ExtendedGlob':
      case 'BraceExpansion':
        if (this.#place === 'assigned') this.#bare(part.pos, part.end, start, end);
        else this.hole(range, 'glob', false);
        break;
    }
  }

  #quoted(style: QuotedPiece['style'], read: () => void): void {
    this.#style = style;
    this.#fresh = true;
    read();
    this.#style = 'bare';
    this.#fresh = true;
  }

  /** Unquoted text: `\x` is `x`, `\`-newline is nothing, a tilde may be somebody's home. */
  #bare(from: number, to: number, wordStart: number, wordEnd: number): void {
    const { value } = this.#source.host;
    let at = from;
    for (let i = from; i < to; i++) {
      const char = value[i];
      if (char === '\\' && i + 1 < to) {
        this.#copy(at, i);
        if (value[i + 1] !== '\n') this.#escaped(i);
        i++;
        at = i + 1;
      } else if (char === '~') {
        const end = this.#tildeEnd(i, wordStart, wordEnd);
        if (end === undefined || end > to) continue;
        this.#copy(at, i);
        this.hole({ start: i, end }, 'tilde', true);
        at = end;
        i = end - 1;
      }
    }
    this.#copy(at, to);
  }

  /** The end of a tilde that the shell expands. bash does so behind the `=` and `:` of what looks like an assignment. */
  #tildeEnd(at: number, wordStart: number, wordEnd: number): number | undefined {
    if (this.#place === 'operand') return undefined;
    const { value } = this.#source.host;
    const name = /^~(?:[A-Za-z_][\w.-]*|[+-]?)/.exec(value.slice(at, Math.min(wordEnd, at + 64)))?.[0] ?? '~';
    const end = at + name.length;
    let after = end;
    while (value.startsWith('\\\n', after)) after += 2;
    const next = after >= wordEnd ? undefined : value[after];
    // For bash `=~` ends the name too, where nothing is assigned.
    const another = next === '=' && value[after + 1] === '~' && at === wordStart && this.#isBashArgument();
    if (next !== undefined && next !== '/' && next !== ':' && !another) return undefined;
    if (at === wordStart) {
      // bash looks for the name up to a slash; a quote on the way there makes the tilde an ordinary character.
      const quoted = (next === ':' || another) && /^[^/]*["'\\]/.test(value.slice(after, wordEnd));
      return quoted && this.#place !== 'assigned' ? undefined : end;
    }
    const before = value[at - 1];
    if (before !== ':' && before !== '=') return undefined;
    if (this.#place === 'assigned') return before === ':' ? end : undefined;
    if (this.#source.shell !== 'bash' || this.#place === 'element') return undefined;
    const assigns = /^[A-Za-z_]\w*=/.exec(value.slice(wordStart, Math.min(at, wordStart + 128)));
    if (assigns === null) return undefined;
    return before === '=' && assigns[0].length !== at - wordStart ? undefined : end;
  }

  #isBashArgument(): boolean {
    return this.#source.shell === 'bash' && this.#place !== 'assigned';
  }

  #doubleQuoted(from: number, to: number): void {
    const { value } = this.#source.host;
    let at = from;
    for (let i = value.indexOf('\\', from); i >= 0 && i + 1 < to; i = value.indexOf('\\', i + 2)) {
      const next = value[i + 1]!;
      if (!'$`"\\\n'.includes(next)) continue;
      this.#copy(at, i);
      if (next !== '\n') this.#escaped(i);
      at = i + 2;
    }
    this.#copy(at, to);
  }

  /** The character behind the backslash at `at`, or the hole that stands there. */
  #escaped(at: number): void {
    const { value } = this.#source.host;
    if (this.#source.host.holes[firstHoleFrom(this.#source.host.holes, at)]?.range.start === at + 1) {
      this.#copy(at + 1, at + 2);
      return;
    }
    const start = this.#out.length;
    this.#out.atom(value[at + 1]!, at, 2);
    this.#grow(start, { start: at, end: at + 2 });
  }

  #ansi(from: number, to: number): void {
    const at = this.#out.length;
    decodeAnsiC(this.#source.host.value.slice(from, to), from, this.#out);
    if (this.#out.length > at) this.#grow(at, { start: from, end: to });
  }

  /** Copies the host's characters, its holes as holes. */
  #copy(from: number, to: number): void {
    const { holes, value } = this.#source.host;
    let at = from;
    for (let i = firstHoleFrom(holes, from); i < holes.length && holes[i]!.range.start < to; i++) {
      const hole = holes[i]!;
      this.#copyKnown(value.slice(at, hole.range.start), at);
      this.#addHole(hole.range, { ...hole, quoted: this.#style !== 'bare' || this.#place === 'assigned' });
      at = hole.range.end;
    }
    if (at < to) this.#copyKnown(value.slice(at, to), at);
  }

  #copyKnown(text: string, source: number): void {
    if (text === '') return;
    const at = this.#out.length;
    this.#out.copy(text, source);
    this.#grow(at, { start: source, end: source + text.length });
  }

  #grow(at: number, raw: Range): void {
    const range = { start: at, end: this.#out.length };
    const last = this.#pieces.at(-1);
    if (last !== undefined && !this.#fresh && last.style === this.#style) {
      this.#pieces[this.#pieces.length - 1] = {
        style: last.style,
        range: { start: last.range.start, end: range.end },
        raw: { start: last.raw.start, end: raw.end },
      };
    } else this.#pieces.push({ style: this.#style, range, raw });
    this.#fresh = false;
  }
}

/** Where the content of a quoted part ends; a quote that is never closed runs to the end. */
function closeOf(part: { pos: number; end: number; text: string }, quote: string, open: number): number {
  return part.text.length > open && part.text.endsWith(quote) ? part.end - 1 : part.end;
}
