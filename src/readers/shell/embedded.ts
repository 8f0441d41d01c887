import type { HereDoc } from 'unbash';
import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, followsLoneBackslash, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, NewTextBuilder } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';

/** The script between backticks, where `\\`, `` \` `` and `\$` stand for the second character. */
export function backtickText(host: HostedText, { start, end }: Range): HostedText {
  return decodeEscapes(
    host,
    { start: start + 1, end: Math.max(start + 1, end - 1) },
    /\\([\\`$])/g,
    [],
    /[\\`$]/g,
  );
}

/** The text of a heredoc as the command reads it. */
export function heredocText(host: HostedText, doc: HereDoc): HostedText {
  const { body, delimiter } = doc;
  const range = { start: body.pos, end: body.end };
  const tabs = doc.operator === '<<-';
  if (delimiter?.quoted) return decodeEscapes(host, range, tabs ? /^\t+/gm : undefined, []);
  const holes = (body.parts ?? []).filter((part) => part.type !== 'Literal');
  const pattern = tabs ? /\\([\\`$])|\\\n|^\t+/gm : /\\([\\`$])|\\\n/g;
  const expansions = holes.map((part) => ({ start: part.pos, end: part.end }));
  return decodeEscapes(host, range, pattern, expansions, /[\\`$]/g);
}

/** Decodes a stretch: matches of `pattern` stand for their group or for nothing, `expansions` are holes of this text. */
function decodeEscapes(
  host: HostedText,
  { start, end }: Range,
  pattern: RegExp | undefined,
  expansions: readonly Range[],
  special?: RegExp,
): HostedText {
  const out = new TextDecoder(host, start);
  const known = (from: number, to: number) => {
    let at = from;
    for (const match of pattern === undefined ? [] : host.value.slice(from, to).matchAll(pattern)) {
      const found = from + match.index;
      out.copy(at, found);
      at = found + match[0].length;
      if (match[1] !== undefined) out.atom(match[1], found, at);
    }
    out.copy(at, to);
  };
  let at = start;
  for (const range of expansions) {
    known(at, range.start);
    out.hole(range, { kind: 'variable', quoted: false });
    at = range.end;
  }
  known(at, end);
  const decoded = out.build();
  const level = host.level + 1;
  return deriveText(host, decoded, (part, replacement) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(replacement, level, (one) =>
      special ? one.replace(special, '\\$&') : one,
    );
    if (range === undefined || encoded === undefined) return undefined;
    const mend = special !== undefined && followsLoneBackslash(decoded.text, decoded.map, part.start);
    return { range, text: mend ? new NewTextBuilder().add('\\').addText(encoded).build() : encoded };
  });
}
