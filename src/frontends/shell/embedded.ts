import type { HereDoc } from 'unbash';
import { MapBuilder } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';
import { displayText, type Hole, holeMark } from '../../text/spec-text.js';
import { deriveText, exactSource, followsLoneBackslash, type HostedText } from '../hosted-text.js';
import { encodeNewText, NewTextBuilder } from '../new-text.js';

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
  const out = new MapBuilder(start);
  const holes: Hole[] = [];
  const level = host.level + 1;
  const addHole = (range: Range, hole: Omit<Hole, 'range'>) => {
    const at = out.length;
    out.atom(holeMark(holes.length), range.start, range.end - range.start);
    holes.push({ ...hole, range: { start: at, end: at + 1 } });
  };
  const own = expansions.map((range) => {
    return {
      range,
      hole: { kind: 'variable' as const, text: displayText(host, range), quoted: false, level },
    };
  });
  const outer = host.holes
    .filter((hole) => hole.range.start >= start && hole.range.end <= end)
    .filter((hole) => !expansions.some((one) => one.start <= hole.range.start && hole.range.start < one.end))
    .map((hole) => ({ range: hole.range, hole }));
  const known = (from: number, to: number) => {
    const text = host.value.slice(from, to);
    let at = 0;
    for (const match of pattern === undefined ? [] : text.matchAll(pattern)) {
      out.copy(text.slice(at, match.index), from + at);
      at = match.index + match[0].length;
      if (match[1] !== undefined) out.atom(match[1], from + match.index, 2);
    }
    out.copy(text.slice(at), from + at);
  };
  let at = start;
  for (const { range, hole } of [...own, ...outer].sort((a, b) => a.range.start - b.range.start)) {
    known(at, range.start);
    addHole(range, hole);
    at = range.end;
  }
  known(at, end);
  const { text, map } = out.build();
  return deriveText(host, { text, map, holes }, (part, replacement) => {
    const range = exactSource(map, part);
    const encoded = encodeNewText(replacement, level, (one) =>
      special ? one.replace(special, '\\$&') : one,
    );
    if (range === undefined || encoded === undefined) return undefined;
    const mend = special !== undefined && followsLoneBackslash(text, map, part.start);
    return { range, text: mend ? new NewTextBuilder().add('\\').addText(encoded).build() : encoded };
  });
}
