import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';

const REFERENCE = /\$\$|\$\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}|\$[A-Za-z_]\w*/g;
const ABSOLUTE = /^\$\{?(?:PWD|HOME)\}?$/;

/** A string of a Compose file: its variables are holes, `$$` is a dollar, and a leading `~` is somebody's home. */
export function interpolatedText(host: HostedText, homeAtStart: boolean): HostedText {
  const out = new TextDecoder(host, 0);
  let at = 0;
  const home = homeAtStart && /^~(?=\/|:|$)/.test(host.value);
  if (home) {
    out.hole({ start: 0, end: 1 }, { kind: 'tilde', quoted: true, absolute: true });
    at = 1;
  }
  for (const match of host.value.matchAll(REFERENCE)) {
    const range: Range = { start: match.index, end: match.index + match[0].length };
    out.copy(at, range.start, { quoted: true });
    at = range.end;
    if (match[0] === '$$') out.atom('$', range.start, range.end);
    else {
      const absolute = ABSOLUTE.test(match[0]);
      out.hole(range, { kind: 'variable', quoted: true, ...(absolute && { absolute }) });
    }
  }
  const decoded = out.copy(at, host.value.length, { quoted: true }).build();
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) => known.replaceAll('$', '$$$$'));
    return range && encoded && { range, text: encoded };
  });
}
