import { readComments } from '../source/comments.js';
import { withoutControls } from '../source/control-words.js';
import { TextDecoder } from '../source/decode.js';
import type { FoundWord, ReadContext, Sink } from '../source/frontend.js';
import { deriveText, exactSource, type HostedText } from '../source/hosted-text.js';
import { findTemplates, isNothing, maskText } from '../source/mask.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../source/new-text.js';
import { exactWord } from '../source/words.js';
import { MARK } from '../text/hole-mark.js';
import { mapOf } from '../text/map-of.js';
import { firstHoleFrom } from '../text/spec-text.js';
import { readExec } from './exec.js';

const SIMPLE = mapOf<string>({ n: '\n', t: '\t', s: ' ', '\\': '\\', '"': '"', "'": "'" });

/** Reads the commands of a systemd unit, split and unquoted as systemd does. */
export function readSystemd(raw: HostedText, sink: Sink, context: ReadContext): void {
  const host = maskText(raw, findTemplates(raw.value, context.placeholders && 'values'));
  readSystemdCommands(host, sink, context);
  readComments(host, /^[ \t]*[#;]/gm, sink);
}

/** Reads the commands alone, of a unit whose templates are holes already. */
export function readSystemdCommands(host: HostedText, sink: Sink, context: ReadContext): void {
  const text = host.value;
  const entry = /^[ \t]*(Exec\w+)[ \t]*=[ \t]*[-@:+!|]*/gm;
  for (let match = entry.exec(text); match !== null; match = entry.exec(text)) {
    const start = match.index + match[0].length;
    const end = logicalEnd(host, start);
    const words = readWords(host, start, end);
    // With an `@`, the second word is what the program is told of its own name.
    if (match[0].includes('@')) words.splice(1, 1);
    for (const command of splitCommands(words)) readExec(command, host, sink, context, quoteSystemd);
    entry.lastIndex = Math.max(end, start);
  }
}

/** The words of a value, as systemd splits and unquotes those of a command. */
export const systemdWords = (value: HostedText): FoundWord[] => readWords(value, 0, value.value.length);

/** A line and those that a backslash at its end continues it with; comments between them are passed over by the reader. */
function logicalEnd(host: HostedText, from: number): number {
  const text = host.value;
  let at = from;
  while (true) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    const line = text.slice(at, end);
    const isComment = at > from && (/^\s*[#;]/.test(line) || isStatement(host, line, at));
    if (!isComment && !line.endsWith('\\')) return end;
    at = end + 1;
  }
}

/** A line that holds nothing but a template's statement is gone when systemd reads the unit. */
function isStatement(host: HostedText, line: string, at: number): boolean {
  if (!LONE_HOLE.test(line)) return false;
  const hole = host.holes[firstHoleFrom(host.holes, at)];
  return hole !== undefined && isNothing(hole.text);
}

const LONE_HOLE = new RegExp(`^[ \\t]*${MARK}[ \\t]*$`, 'u');
const SKIPPED = /^(?:[ \t\n]|\\\n(?:[ \t]*[#;][^\n]*\n)*)+/;

/** A lone `;` begins another command. */
function splitCommands(words: readonly FoundWord[]): FoundWord[][] {
  const commands: FoundWord[][] = [[]];
  for (const word of words) {
    if (word.value === ';' && word.raw.end - word.raw.start === 1) commands.push([]);
    else commands.at(-1)!.push(word);
  }
  return commands;
}

function readWords(host: HostedText, from: number, to: number): FoundWord[] {
  const words: FoundWord[] = [];
  for (let at = from; at < to; ) {
    at += SKIPPED.exec(host.value.slice(at, to))?.[0].length ?? 0;
    if (at >= to) break;
    const end = wordEnd(host.value, at, to);
    words.push(decodeWord(host, at, end, `s${from}`));
    at = Math.max(end, at + 1);
  }
  return withoutControls(words);
}

function wordEnd(text: string, from: number, to: number): number {
  let quote = '';
  for (let i = from; i < to; i++) {
    const char = text[i]!;
    if (char === '\\' && text[i + 1] === '\n' && quote === '') return i;
    if (char === '\\') i++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === ' ' || char === '\t' || char === '\n') return i;
  }
  return to;
}

/**
 * Takes what systemd fills in at a place: a specifier or a variable, or a doubled mark; where it ends. `bare`: whether `$NAME`
 * without braces is one.
 */
export function takeExpansion(
  out: TextDecoder,
  text: string,
  at: number,
  end: number,
  bare = true,
): number | undefined {
  const mark = text[at]!;
  if (mark !== '$' && mark !== '%') return undefined;
  EXPANSION.lastIndex = at;
  const found = EXPANSION.exec(text)?.[0];
  if (found === undefined || at + found.length > end) return undefined;
  const to = at + found.length;
  if (found === '$$' || found === '%%') out.atom(mark, at, to);
  else if (mark === '$' && found[1] !== '{' && !bare) return undefined;
  else {
    const absolute = /^(?:%h|%t|%S|%C|%L|%E|\$\{?HOME\}?)$/.test(found);
    out.hole({ start: at, end: to }, { kind: 'variable', quoted: true, ...(absolute && { absolute }) });
  }
  return to;
}

const EXPANSION = /\$\$|%%|\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*|%[a-zA-Z]/y;

function decodeWord(host: HostedText, start: number, end: number, list: string): FoundWord {
  const text = host.value;
  const out = new TextDecoder(host, start);
  let quote = '';
  let bare = true;
  for (let i = start; i < end; ) {
    const char = text[i]!;
    // After the start of a word systemd leaves `$NAME` alone.
    const isFirst = i === start || (i === start + 1 && quote !== '');
    const expanded = takeExpansion(out, text, i, end, isFirst);
    if (char === '\\' && i + 1 < end) {
      const hex = /^\\x([0-9a-fA-F]{2})/.exec(text.slice(i, i + 4));
      const length = hex === null ? 2 : 4;
      const known =
        hex === null ? SIMPLE.get(text[i + 1]!) : String.fromCharCode(Number.parseInt(hex[1]!, 16));
      if (text[i + 1] === '\n') out.atom(' ', i, i + 2);
      else out.atom(known ?? text.slice(i, i + 2), i, i + length);
      i += length;
    } else if (expanded !== undefined) {
      i = expanded;
    } else if (quote === '' ? char === '"' || char === "'" : char === quote) {
      quote = quote === '' ? char : '';
      bare = false;
      i++;
    } else {
      out.copy(i, i + 1, { quoted: true });
      i++;
    }
  }
  const decoded = out.build();
  const word = deriveText(host, decoded, (part, fresh) => {
    const whole = part.start === 0 && part.end === decoded.text.length;
    if (whole && !bare) {
      const quoted = quoteSystemd(fresh, host.level + 1);
      return quoted && { range: { start, end }, text: quoted };
    }
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(fresh, host.level + 1, (known) =>
      /[\s"'\\]/.test(known) ? undefined : escapeMarks(known),
    );
    return range && encoded && { range, text: encoded };
  });
  return { ...exactWord(word, host, { start, end }, list), local: decoded.map };
}

/** Doubles the marks that systemd would fill in. */
export function escapeMarks(known: string): string {
  return known.replace(/[$%]/g, '$&$&');
}

/** A word for a unit's command line. */
export function quoteSystemd(text: NewText, level: number): NewText | undefined {
  const encoded = encodeNewText(text, level, (known) =>
    escapeMarks(known.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')),
  );
  if (encoded === undefined || /^[^\s"'\\;]+$/.test(text.value)) return encoded;
  return new NewTextBuilder().add('"').addText(encoded).add('"').build();
}
