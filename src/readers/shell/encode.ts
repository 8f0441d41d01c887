import type { QuotedPiece } from '../../source/frontend.js';
import { exactSource, followsLoneBackslash, type HostEdit } from '../../source/hosted-text.js';
import { type NewText, NewTextBuilder, splitAtHoles } from '../../source/new-text.js';
import type { OffsetMap } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';
import type { Hole } from '../../text/spec-text.js';

type Style = QuotedPiece['style'];

const OPEN = { bare: '', double: '"', single: "'", ansi: "$'" } as const satisfies Record<Style, string>;
const CLOSE = { bare: '', double: '"', single: "'", ansi: "'" } as const satisfies Record<Style, string>;
const SAFE = /^[\w@%+=:,./\u00a1-\ud7ff\uf900-\uffff-]*$/;

/** What the edit of a shell word needs to know of it. */
interface WordShape {
  readonly map: OffsetMap;
  readonly pieces: readonly QuotedPiece[];
  readonly raw: Range;
  readonly value: string;
  readonly level: number;
}

/** The replacement of a part of a word's value in the shell's text, quoted as the part was quoted. */
export function editWord(word: WordShape, part: Range, text: NewText): HostEdit | undefined {
  const whole = part.start === 0 && part.end === word.value.length;
  const first = pieceAt(word.pieces, part.start, part.end > part.start);
  const last = part.end > part.start ? pieceAt(word.pieces, part.end - 1, true) : first;
  if (first === undefined || last === undefined || (whole && first !== last)) {
    const quoted = quoteWord(text, word.level);
    return quoted && whole ? { range: word.raw, text: quoted } : undefined;
  }
  const range = exactSource(word.map, part);
  const encoded = encodeIn(first.style, text, word.level, part.start === 0);
  if (range === undefined || encoded === undefined) return undefined;
  // A hole that comes first takes the place of the quote: `"$A"'b'`, not `''"$A"'b'`.
  const isOpen =
    first === last &&
    OPEN[first.style].endsWith("'") &&
    part.start === first.range.start &&
    part.end > part.start;
  if (isOpen && encoded.value.startsWith(`'"`)) {
    const start = range.start - OPEN[first.style].length;
    return { range: { start, end: range.end }, text: dropFirst(encoded, 1) };
  }
  const inside = first.style === 'double' && part.start > first.range.start;
  const mend = inside && followsLoneBackslash(word.value, word.map, part.start);
  const out = new NewTextBuilder().add(mend ? '\\' : '').addText(encoded);
  if (first !== last) out.add(CLOSE[first.style] + OPEN[last.style]);
  return { range, text: out.build() };
}

function pieceAt(pieces: readonly QuotedPiece[], at: number, inside: boolean): QuotedPiece | undefined {
  if (inside) return pieces.find(({ range }) => range.start <= at && at < range.end);
  return pieces.find(({ range }) => range.start < at && at <= range.end) ?? pieces[0];
}

/** A whole word for a POSIX shell: bare when that is safe, in double quotes when a hole must stay one word. */
export function quoteWord(written: NewText, level: number): NewText | undefined {
  const text = moveTildes(written);
  if (text === undefined) return undefined;
  const pieces = splitAtHoles(text);
  const plain = pieces.every((piece) => typeof piece !== 'string' || SAFE.test(piece));
  const keepsBare = pieces.every((piece) => typeof piece === 'string' || !piece.quoted);
  if (pieces.length === 0) return { value: "''", holes: [] };
  if (plain && keepsBare) return encodeIn('bare', text, level, true);
  if (text.holes.length === 0 && !text.value.includes("'")) {
    return { value: `'${text.value}'`, holes: [] };
  }
  const out = new NewTextBuilder();
  let rest = text;
  const head = text.holes[0];
  if (head !== undefined && head.range.start === 0 && head.kind === 'tilde' && text.value[1] === '/') {
    out.add(`${head.text}/`);
    rest = dropFirst(text, 2);
  }
  const encoded = encodeIn('double', rest, level, false);
  return encoded && out.add('"').addText(encoded).add('"').build();
}

/** A tilde means home only at the start of a word; elsewhere `$HOME` says the same. Somebody else's home has no such name. */
function moveTildes(text: NewText): NewText | undefined {
  const moved = text.holes.filter((hole) => hole.kind === 'tilde' && hole.range.start > 0);
  if (moved.length === 0) return text;
  if (moved.some((hole) => hole.text !== '~')) return undefined;
  const holes = text.holes.map(
    (hole): Hole =>
      moved.includes(hole) ? { ...hole, kind: 'variable', text: '$HOME', quoted: true } : hole,
  );
  return { value: text.value, holes };
}

function dropFirst({ value, holes }: NewText, count: number): NewText {
  const rest = holes.filter((hole) => hole.range.start >= count);
  const moved = rest.map((hole) => ({
    ...hole,
    range: { start: hole.range.start - count, end: hole.range.end - count },
  }));
  return { value: value.slice(count), holes: moved };
}

/** The text as it must be written inside quotes of that style. */
function encodeIn(style: Style, text: NewText, level: number, startsWord: boolean): NewText | undefined {
  const out = new NewTextBuilder();
  for (const piece of splitAtHoles(text)) {
    if (typeof piece === 'string') out.add(escapeIn(style, piece));
    else if (!addHoleIn(out, style, piece, level, startsWord && piece.range.start === 0)) return undefined;
  }
  return out.build();
}

function escapeIn(style: Style, known: string): string {
  switch (style) {
    case 'bare':
      if (SAFE.test(known)) return known;
      return known.includes("'") ? `"${escapeIn('double', known)}"` : `'${known}'`;
    case 'double':
      return known.replace(/[\\"$`]/g, '\\$&');
    case 'single':
      return known.replaceAll("'", "'\\''");
    case 'ansi':
      return known.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n');
  }
}

/** Adds a hole as it is written in that style; false when it has no meaning there. */
function addHoleIn(
  out: NewTextBuilder,
  style: Style,
  hole: Hole,
  level: number,
  startsWord: boolean,
): boolean {
  const own = hole.level ?? level;
  if (own < 0 || own > level) return false;
  if (own < level) {
    const wrap = style === 'bare' && hole.quoted ? '"' : '';
    out.add(wrap).addHole(hole).add(wrap);
    return true;
  }
  // Anywhere but at the start of a word the shell leaves a tilde alone.
  if (hole.kind === 'tilde' && style === 'bare' && !startsWord) {
    if (hole.text === '~') out.add('"$HOME"');
    return hole.text === '~';
  }
  if (style === 'bare') {
    out.add(hole.quoted && hole.kind !== 'tilde' ? `"${hole.text}"` : hole.text);
    return true;
  }
  if (hole.kind === 'glob' && !hole.quoted) return false;
  const written = hole.kind === 'tilde' ? (hole.text === '~' ? '$HOME' : undefined) : hole.text;
  if (written === undefined) return false;
  out.add(style === 'double' ? written : `'"${written}"${OPEN[style]}`);
  return true;
}
