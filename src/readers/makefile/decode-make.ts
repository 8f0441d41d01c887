import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import { append } from '../../text/append.js';
import { contains, type Range } from '../../text/range.js';
import { referenceEnd } from './call.js';
import { type FlagCall, flagCall } from './flag-call.js';

const ABSOLUTE =
  /^\$[({](?:CURDIR|PWD|HOME|shell\s+(?:pwd|git\s+rev-parse\s+--show-toplevel|realpath\s[^|;&]*|readlink\s+-[fem]+\s[^|;&]*|cd\s[^|;]*&&\s*pwd)\s*|(?:abspath|realpath)\s.*|(?:patsubst\s+%\/,%,\s*\$\()?dir\s+\$\((?:abspath|realpath)\s.*)[)}]$/;

/** What a makefile says of the names of variables. */
export interface MakeNames {
  /** Whether the variable surely holds an absolute path. */
  isAbsolute(name: string): boolean;
  /** Whether the file gives it a value. */
  isOwn(name: string): boolean;
  /** Whether it is a comma, which the arguments of a call cannot hold as such. */
  isComma(name: string): boolean;
}

/** What make hands to the shell: `$$` is a dollar, its own references are holes as they were written. */
export function decodeMake(
  host: HostedText,
  range: Range,
  prefix: string | undefined,
  names: MakeNames,
): HostedText {
  const out = new TextDecoder(host, range.start);
  const text = host.value;
  const branches: Range[] = [];
  let marks: FlagCall['marks'] = [];
  let at = range.start;
  for (let i = range.start; i < range.end; i++) {
    const char = text[i];
    const mark = marks[0];
    if (mark !== undefined && i === mark.range.start) {
      out.copy(at, i).atom(mark.text, i, mark.range.end);
      marks = marks.slice(1);
      at = mark.range.end;
      i = at - 1;
    } else if (char === '\\' && text[i + 1] === '\n' && i + 1 < range.end) {
      const line = { start: at, end: i };
      at = prefix === undefined ? joinValue(out, text, line, range.end) : joinRecipe(out, text, line, prefix);
      i = at - 1;
    } else if (char === '\\' && text[i + 1] === '\\') i++;
    else if (char === '$') {
      out.copy(at, i);
      at = i;
      const reference = { start: i, end: Math.min(range.end, referenceEnd(text, i, range.end)) };
      const flags = flagCall(text, reference, range.start);
      if (flags !== undefined) {
        append(branches, flags.branches);
        marks = [...flags.marks, ...marks];
        i--;
        continue;
      }
      addReference(out, text, reference, names);
      at = reference.end;
      i = at - 1;
    }
  }
  const decoded = out.copy(at, range.end).build();
  return deriveText(host, decoded, (part, fresh) => {
    const source = exactSource(decoded.map, part);
    const isArgument = source !== undefined && branches.some((one) => contains(one, source));
    if (isArgument && /[(),]/.test(fresh.value)) return undefined;
    const encoded = encodeNewText(fresh, host.level + 1, (known) => escapeForMake(known, prefix));
    return source && encoded && { range: source, text: encoded };
  });
}

/** In a value, a backslash at the end of a line and the blanks around it are one blank. Answers where the next line begins. */
function joinValue(out: TextDecoder, text: string, line: Range, last: number): number {
  const before = /[ \t]*$/.exec(text.slice(Math.max(line.start, line.end - 200), line.end))?.[0].length ?? 0;
  const after = /^[ \t]*/.exec(text.slice(line.end + 2, line.end + 2000))?.[0].length ?? 0;
  const from = line.end - before;
  const to = Math.min(last, line.end + 2 + after);
  out.copy(line.start, from).atom(' ', from, to);
  return to;
}

/** In a recipe the shell gets it, less the prefix of the next line. Answers where that begins. */
function joinRecipe(out: TextDecoder, text: string, line: Range, prefix: string): number {
  const next = line.end + 2;
  out.copy(line.start, next);
  return text.startsWith(prefix, next) ? next + prefix.length : next;
}

function addReference(out: TextDecoder, text: string, range: Range, names: MakeNames): void {
  const { start, end } = range;
  const written = text.slice(start, end);
  const name = /^\$[({]([\w.-]+)[)}]$/.exec(written)?.[1];
  if (written.startsWith('$$')) out.atom('$', start, end);
  else if (name !== undefined && names.isComma(name)) out.atom(',', start, end);
  else {
    const absolute = (name !== undefined && names.isAbsolute(name)) || ABSOLUTE.test(written);
    const isSaid = /^\$[({]shell\s/.test(written) || (name !== undefined && names.isOwn(name));
    const kind = isSaid ? 'command' : 'variable';
    out.hole(range, { kind, quoted: false, ...(absolute && { absolute }) });
  }
}

/** New text as make wants it written; undefined where it would end the line or begin a comment. */
function escapeForMake(text: string, prefix: string | undefined): string | undefined {
  if (/\n/.test(text.replaceAll('\\\n', '')) || (prefix === undefined && text.includes('#')))
    return undefined;
  return text.replaceAll('$', '$$$$');
}
