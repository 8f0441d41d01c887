import { contains, type Range } from '../../text/range.js';
import { TextDecoder } from '../decode.js';
import { deriveText, exactSource, type HostedText } from '../hosted-text.js';
import { encodeNewText } from '../new-text.js';
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
  { isAbsolute, isOwn, isComma }: MakeNames,
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
      // In a recipe the shell gets the continuation, less the prefix of the next line; in a value it is one blank.
      if (prefix === undefined) {
        const from = i - (/[ \t]*$/.exec(text.slice(Math.max(at, i - 200), i))?.[0].length ?? 0);
        const to = Math.min(
          range.end,
          i + 2 + (/^[ \t]*/.exec(text.slice(i + 2, i + 2000))?.[0].length ?? 0),
        );
        out.copy(at, from).atom(' ', from, to);
        at = to;
      } else {
        out.copy(at, i + 2);
        at = text.startsWith(prefix, i + 2) ? i + 2 + prefix.length : i + 2;
      }
      i = at - 1;
    } else if (char === '\\' && text[i + 1] === '\\') i++;
    else if (char === '$') {
      out.copy(at, i);
      const end = Math.min(range.end, referenceEnd(text, i, range.end));
      const flags = flagCall(text, { start: i, end }, range.start);
      if (flags !== undefined) {
        branches.push(...flags.branches);
        marks = [...flags.marks, ...marks];
        at = i;
        i--;
        continue;
      }
      const written = text.slice(i, end);
      const name = /^\$[({]([\w.-]+)[)}]$/.exec(written)?.[1];
      if (text[i + 1] === '$' && i + 1 < range.end) out.atom('$', i, end);
      else if (name !== undefined && isComma(name)) out.atom(',', i, end);
      else {
        const absolute = (name !== undefined && isAbsolute(name)) || ABSOLUTE.test(written);
        const isSaid = /^\$[({]shell\s/.test(written) || (name !== undefined && isOwn(name));
        const kind = isSaid ? 'command' : 'variable';
        out.hole({ start: i, end }, { kind, quoted: false, ...(absolute && { absolute }) });
      }
      at = end;
      i = end - 1;
    }
  }
  const decoded = out.copy(at, range.end).build();
  return deriveText(host, decoded, (part, fresh) => {
    const source = exactSource(decoded.map, part);
    const isArgument = source !== undefined && branches.some((one) => contains(one, source));
    if (isArgument && /[(),]/.test(fresh.value)) return undefined;
    const encoded = encodeNewText(fresh, host.level + 1, (known) => {
      if (/\n/.test(known.replaceAll('\\\n', '')) || (prefix === undefined && known.includes('#')))
        return undefined;
      return known.replaceAll('$', '$$$$');
    });
    return source && encoded && { range: source, text: encoded };
  });
}
