import { TextDecoder } from '../../source/decode.js';
import type { Decoded, HostedText } from '../../source/hosted-text.js';

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Decodes a block scalar (`|` or `>`): `source` is its body, which stands at `start` in the host. */
export function decodeBlock(
  host: HostedText,
  start: number,
  source: string,
  header: string,
  parentIndent: number,
): { decoded: Decoded; indent: number } {
  const lines = splitLines(source, start);
  const text = host.value;
  const folded = header.startsWith('>');
  const digit = /[1-9]/.exec(header)?.[0];
  const blanks = (line: Line) => /^ */.exec(text.slice(line.start, line.end))![0].length;
  const isBlank = (line: Line) => blanks(line) === line.end - line.start;
  const first = lines.find((line) => !isBlank(line));
  const widest = lines.slice(0, 1000).reduce((most, line) => Math.max(most, blanks(line)), 0);
  const indent =
    digit !== undefined ? parentIndent + Number(digit) : first !== undefined ? blanks(first) : widest;
  let last = lines.length - 1;
  while (last >= 0 && lines[last]!.end - lines[last]!.start <= indent && isBlank(lines[last]!)) last--;
  const out = new TextDecoder(host, start);
  const content = (line: Line) => Math.min(line.end, line.start + Math.min(indent, blanks(line)));
  const isMore = (line: Line) => {
    const char = text[line.start + indent];
    return blanks(line) > indent || (char === '\t' && blanks(line) === indent);
  };
  for (let i = 0; i <= last; ) {
    const line = lines[i]!;
    out.copy(content(line), line.end);
    let next = i + 1;
    if (folded) while (next <= last && content(lines[next]!) === lines[next]!.end) next++;
    if (next > last) break;
    const empty = content(line) === line.end;
    if (!folded || empty || isMore(line) || isMore(lines[next]!)) {
      for (let k = i; k < next; k++) out.copy(lines[k]!.end, lines[k]!.end + 1);
    } else if (next === i + 1) out.atom(' ', line.end, line.end + 1);
    else for (let k = i + 1; k < next; k++) out.copy(lines[k]!.end, lines[k]!.end + 1);
    i = next;
  }
  chomp(out, text, lines, last, header, indent);
  return { decoded: out.build(), indent };
}

/** The line ends after the last line with text: one, none, or all of them. */
function chomp(
  out: TextDecoder,
  text: string,
  lines: readonly Line[],
  last: number,
  header: string,
  indent: number,
): void {
  if (header.includes('-')) return;
  const keeps = header.includes('+');
  if (last < 0 && !keeps) return;
  const upTo = keeps ? lines.length - 1 : last;
  for (let k = Math.max(0, last); k <= upTo; k++) {
    const { start, end } = lines[k]!;
    if (k > last) out.copy(Math.min(end, start + indent), end);
    if (text[end] === '\n') out.copy(end, end + 1);
    else if (k === last) out.atom('\n', end, end);
  }
}

/** The lines of a text that stands at `start`; a final line end starts no line. */
function splitLines(source: string, start: number): Line[] {
  const lines: Line[] = [];
  let at = 0;
  for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', at)) {
    lines.push({ start: start + at, end: start + end });
    at = end + 1;
  }
  if (at < source.length) lines.push({ start: start + at, end: start + source.length });
  return lines;
}
