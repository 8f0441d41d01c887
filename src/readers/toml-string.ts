import type { AST } from 'toml-eslint-parser';
import { TextDecoder } from '../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../source/hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../source/new-text.js';
import { wellFormed } from '../text/hole-mark.js';
import { mapOf } from '../text/map-of.js';

const ESCAPE = /\\(?:[ \t]*\n\s*|u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[^\n])/g;
const SIMPLE = mapOf<string>({ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\x1b' });

/** The text of a TOML string; undefined when it is not the value that the library reads. */
export function tomlString(host: HostedText, node: AST.TOMLStringValue): HostedText | undefined {
  const { range, style, multiline, value } = node;
  const marks = multiline ? 3 : 1;
  const first = range[0] + marks;
  // A new line right after the marks is none of the text.
  const start = multiline && host.value[first] === '\n' ? first + 1 : first;
  const end = range[1] - marks;
  const out = new TextDecoder(host, start);
  let at = start;
  for (const { index, 0: written } of style === 'basic'
    ? host.value.slice(start, end).matchAll(ESCAPE)
    : []) {
    const from = start + index;
    out.copy(at, from, { quoted: true });
    at = from + written.length;
    out.atom(plainOf(written), from, at);
  }
  const decoded = out.copy(at, end, { quoted: true }).build();
  if (decoded.text !== value) return undefined;
  return deriveText(host, decoded, (part, fresh) => {
    const source = exactSource(decoded.map, part);
    const encoded = encodeNewText(fresh, host.level + 1, (known) => encode(known, style, multiline));
    return source && encoded && { range: source, text: encoded };
  });
}

function plainOf(written: string): string {
  const letter = written[1]!;
  if (/[uUx]/.test(letter))
    return wellFormed(String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(written.slice(2), 16))));
  return /\s/.test(letter) ? '' : (SIMPLE.get(letter) ?? letter);
}

function encode(known: string, style: 'basic' | 'literal', multiline: boolean): string | undefined {
  if (style === 'literal')
    return known.includes("'") || (!multiline && known.includes('\n')) ? undefined : known;
  const escaped = known.replace(/[\\"]/g, '\\$&');
  return multiline ? escaped : escaped.replaceAll('\n', '\\n');
}

/** A new string. */
export function quoteToml(text: NewText, level: number): NewText | undefined {
  const encoded = encodeNewText(text, level, (known) => encode(known, 'basic', false));
  return encoded && new NewTextBuilder().add('"').addText(encoded).add('"').build();
}
