import type { Range } from '../../text/range.js';
import { sourceRange } from '../../text/spec-text.js';
import { TextDecoder } from '../decode.js';
import type { Sink } from '../frontend.js';
import { deriveText, exactSource, type HostedText, sliceHosted } from '../hosted-text.js';
import { encodeNewText } from '../new-text.js';

/** Reads the flags of a RUN and answers where its command begins. */
export function readFlags(text: HostedText, index: number, sink: Sink): number {
  let at = 0;
  while (true) {
    at += /^\s*/.exec(text.value.slice(at))![0].length;
    if (!text.value.startsWith('--', at)) return at;
    const end = flagEnd(text.value, at);
    const flag = text.value.slice(at, end);
    if (flag === '--') return end;
    const value = /^--mount=/.exec(flag)?.[0].length;
    if (value !== undefined) {
      const spec = unquoted(text, { start: at + value, end });
      sink.mounts.push({
        form: 'run-mount',
        spec,
        range: sourceRange(text, { start: at + value, end }),
        group: `RUN ${index}`,
      });
    }
    at = end;
  }
}

function flagEnd(text: string, from: number): number {
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) return i;
    else if (char === '\\') i++;
  }
  return text.length;
}

/** The flag's value; build arguments in it are holes. BuildKit keeps quotes for the reader of the value. */
function unquoted(text: HostedText, range: Range): HostedText {
  const part = sliceHosted(text, range);
  const out = new TextDecoder(part, 0);
  let at = 0;
  for (const match of part.value.matchAll(/\$\{[^}\s]*\}|\$[A-Za-z_]\w*/g)) {
    out.copy(at, match.index, { quoted: true });
    at = match.index + match[0].length;
    out.hole({ start: match.index, end: at }, { kind: 'variable', quoted: true });
  }
  const decoded = out.copy(at, part.value.length, { quoted: true }).build();
  return deriveText(part, decoded, (inner, fresh) => {
    const source = exactSource(decoded.map, inner);
    const encoded = encodeNewText(fresh, part.level + 1, (known) =>
      /[\s$]/.test(known) ? undefined : known,
    );
    return source && encoded && { range: source, text: encoded };
  });
}
