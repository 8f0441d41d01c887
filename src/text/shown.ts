import { escapeInvisible, visible } from './display-width.js';
import { hideSecrets, withVariables } from './secrets.js';

declare const made: unique symbol;

/**
 * Text that may go where people read it: to a terminal, or into the log of a CI. Everything that mountc writes is of this type,
 * and only the functions of this file make it, so that nobody else's text reaches a channel without having been made harmless.
 */
export interface Shown {
  readonly shown: string;
  /** What goes out instead, where it is not text: the bytes of a file, as they are in it. */
  readonly bytes?: Uint8Array;
  readonly [made]: true;
}

const make = (shown: string): Shown => ({ shown }) as Shown;

/** Nothing. */
export const NOTHING: Shown = make('');

/**
 * A sentence of ours with texts of others in it: show`mountc: ${path}: ${why}\n`. Each of those stays on its line, acts on no
 * terminal, hides nothing and tells no secret; no line is a command for the CI whose log it stands in.
 */
export function show(sentence: TemplateStringsArray, ...texts: readonly (string | number | Shown)[]): Shown {
  const pieces = texts.map(
    (text, i) =>
      (typeof text === 'object' ? text.shown : visible(hideSecrets(String(text)))) + sentence[i + 1]!,
  );
  return make(withoutCommands(sentence[0]! + pieces.join('')));
}

/** Several one after the other. */
export function join(texts: Iterable<Shown>): Shown {
  return make([...texts].map(({ shown }) => shown).join(''));
}

/** A text of others in which no secret is left. */
export function screened(text: string): Shown {
  return make(withoutCommands(visible(text)));
}

/** A command line for somebody to copy into a shell of that environment: variables stand for its secrets. */
export function pasted(command: string, env?: Readonly<Record<string, string | undefined>>): Shown {
  return screened(withVariables(command, env));
}

/**
 * The same of a command whose words {@link quoteShell} has written, on one line, where line breaks and tabs are written as bash and
 * zsh read them. Undefined where something is left that cannot be seen: that cannot be copied either.
 */
export function pastedLine(
  command: string,
  env?: Readonly<Record<string, string | undefined>>,
): Shown | undefined {
  const text = withVariables(command, env).replace(QUOTED, (all, quoted?: string) =>
    quoted !== undefined && /[\t\n]/.test(quoted) ? `$'${quoted.replace(/[\\\t\n]/g, escapeBreak)}'` : all,
  );
  return visible(text) === text ? screened(text) : undefined;
}

const QUOTED = /\\.|'([^']*)'/gs;
const escapeBreak = (char: string) => (char === '\t' ? '\\t' : char === '\n' ? '\\n' : '\\\\');

/** Texts of others, a line for each. */
export function lines(texts: readonly (string | Shown)[]): Shown {
  return join(texts.map((text) => show`${text}\n`));
}

/** Texts of ours, and formats that make what they hold harmless themselves. */
export function exact(text: string): Shown {
  return make(text);
}

/** What the user asked for and other programs read: the same to the byte, except on a terminal, where it must do nothing. */
export function product(text: string, sink: { readonly isTerminal?: boolean }): Shown {
  if (!sink.isTerminal) return make(text);
  const parts = text.split(/(\t|\r?\n)/);
  return make(withoutCommands(parts.map((part, i) => (i % 2 === 0 ? visible(part) : part)).join('')));
}

/** The same for bytes, which `text` is for people: on a terminal, and to those who have no use for bytes. */
export function productBytes(
  bytes: Uint8Array,
  text: string,
  sink: { readonly isTerminal?: boolean },
): Shown {
  const shown = product(text, sink);
  return sink.isTerminal ? shown : { ...shown, bytes };
}

/** JSON for programs: the same value, with what would act on a terminal or on a CI written as `\u001b`. */
export function json(text: string): Shown {
  // Such characters stand only in strings.
  const parts = text.split('\n').map((line) => escapeInvisible(line, escapeJson));
  return make(parts.join('\n').replace(COMMAND_MARK, escapeJson));
}

function escapeJson(char: string): string {
  return Array.from({ length: char.length }, (_, at) => char.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

/** The first character of what a CI takes for a command anywhere in a line: `##[` (GitHub), `##vso[` (Azure), `##teamcity[`. */
export const COMMAND_MARK = /#(?=#\w*\[)/g;

// GitHub and its relatives also take `::` at the start of a line for one. No sentence of ours holds any.
function withoutCommands(text: string): string {
  if (!text.includes('::') && !text.includes('##')) return text;
  return text
    .replace(/^((?:[^\S\n]|\u001b\[[\d;]*m)*):(?=:)/gm, '$1<U+003A>')
    .replace(COMMAND_MARK, '<U+0023>');
}
