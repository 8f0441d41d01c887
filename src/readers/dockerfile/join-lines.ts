import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';
import { continues, lineEnd } from './instructions.js';

/** The text of an instruction with its lines joined as BuildKit joins them: comments and blank lines between are gone. */
export function joinLines(host: HostedText, range: Range, headEnd: number, continuation: string): HostedText {
  const out = new TextDecoder(host, range.start);
  let at = range.start;
  while (at < headEnd) {
    const end = Math.min(lineEnd(host.value, at), headEnd);
    const line = host.value.slice(at, end);
    const isFirst = at === range.start;
    if (!isFirst && /^\s*(?:#.*)?$/.test(line)) {
      at = end + 1;
      continue;
    }
    if (end < headEnd && continues(line, continuation)) out.copy(at, at + line.trimEnd().length - 1);
    else out.copy(at, end);
    at = end + 1;
  }
  const decoded = out.copy(headEnd, range.end).build();
  return deriveText(host, decoded, (part, text) => {
    const source = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) =>
      known.includes('\n') ? undefined : known,
    );
    return source && encoded && { range: source, text: encoded };
  });
}
