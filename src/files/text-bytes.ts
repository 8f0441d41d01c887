import { isUtf8 } from 'node:buffer';

/** How a text is written in bytes. Without a byte order mark it is UTF-8. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** A text that was read, and how. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** A text with the bytes that it was read from. */
export interface SourceBytes extends DecodedText {
  readonly bytes: Buffer;
}

/**
 * Reads bytes as text so that {@link encodeText} gives the same bytes again: those that are no UTF-8 (a comment in Latin-1) become
 * U+DC80 to U+DCFF each, halves of pairs that no UTF-8 is read as, just as Python does it.
 */
export function decodeText(bytes: Buffer): DecodedText {
  if (!isWide(bytes))
    return { text: isUtf8(bytes) ? bytes.toString('utf8') : withMarks(bytes), encoding: 'utf8' };
  if (bytes[0] === 0xff) return { text: bytes.toString('utf16le'), encoding: 'utf16le' };
  return { text: swapped(bytes.subarray(0, bytes.length & ~1)).toString('utf16le'), encoding: 'utf16be' };
}

/** PowerShell scripts are often UTF-16; its byte order mark tells. */
export function isWide(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** The bytes of a text; undefined where it holds something that no bytes are read as. */
export function encodeText(text: string, encoding: Encoding = 'utf8'): Buffer | undefined {
  if (encoding === 'utf16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf16be') return swapped(Buffer.from(text, 'utf16le'));
  if (!HALF.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (const { 0: marks, index } of text.matchAll(HALVES)) {
    const units = swapped(Buffer.from(marks, 'utf16le'));
    if (units.some((byte, at) => (at % 2 === 0 ? byte !== MARK : byte < 0x80))) return undefined;
    parts.push(Buffer.from(text.slice(from, index), 'utf8'), units.filter((_, at) => at % 2 === 1) as Buffer);
    from = index + marks.length;
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

/**
 * The bytes of a file whose text was changed; undefined where they cannot be the same as before but for the changes, or the text
 * holds what no file of its encoding can.
 */
export function changedBytes(before: SourceBytes, text: string): Buffer | undefined {
  if (text === before.text) return before.bytes;
  if (encodeText(before.text, before.encoding)?.equals(before.bytes) !== true) return undefined;
  // A half of a pair that no byte was read as comes from an escape, and stands for no byte.
  if (halvesIn(text) > halvesIn(before.text)) return undefined;
  return encodeText(text, before.encoding);
}

function halvesIn(text: string): number {
  return HALF.test(text) ? text.match(/\p{Cs}/gu)!.length : 0;
}

const HALF = /\p{Cs}/u;
const HALVES = /\p{Cs}+/gu;
/** The upper byte of every mark. */
const MARK = 0xdc;

/** What cannot be written in UTF-8 as the character that says so: for JSON and for people. Lengths stay. */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Cs}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map((one) => wellFormed(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, wellFormed(one)]));
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

function withMarks(bytes: Buffer): string {
  const units = Buffer.allocUnsafe(2 * bytes.length);
  let length = 0;
  let from = 0;
  for (let at = 0; at <= bytes.length; ) {
    const size = at === bytes.length ? 0 : sizeOfCharacter(bytes, at);
    if (size > 0) {
      at += size;
      continue;
    }
    length += units.write(bytes.toString('utf8', from, at), length, 'utf16le');
    if (at < bytes.length) length = units.writeUInt16LE((MARK << 8) | bytes[at]!, length);
    from = ++at;
  }
  return units.toString('utf16le', 0, length);
}

/** The number of bytes of the character that begins there; 0 where none does. */
function sizeOfCharacter(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const size = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return size > 0 && isUtf8(bytes.subarray(at, at + size)) ? size : 0;
}
