import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';

/** Material for MkDocs takes `# (1)!` at the end of a line out of the code and puts a note there, AsciiDoc `<1>`. */
const ANNOTATION = /[ \t]*#[ \t]?\(\d+\)![ \t]*$|[ \t]+(?:(?:#|\/\/)[ \t]*)?(?:<(?:\d{1,3}|\.)>[ \t]*)+$/gm;

/** The code as its reader gets it, without the marks of annotations. */
export function withoutAnnotations(host: HostedText): HostedText {
  const marks = [...host.value.matchAll(ANNOTATION)];
  if (marks.length === 0) return host;
  const out = new TextDecoder(host, 0);
  let at = 0;
  for (const { index, 0: mark } of marks) {
    out.copy(at, index);
    at = index + mark.length;
  }
  const decoded = out.copy(at, host.value.length).build();
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) => known);
    return range && encoded && { range, text: encoded };
  });
}
