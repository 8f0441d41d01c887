import { isUtf8 } from 'node:buffer';
import { append } from '../text/append.js';
import { changedLines, splitLines } from '../text/line-changes.js';

/** A text with the bytes that it was read from. */
export interface SourceBytes {
  readonly text: string;
  readonly bytes: Buffer;
}

/** Reads bytes as text: UTF-16 after its byte order mark, and UTF-8. Each byte that is no UTF-8 is U+FFFD. */
export function decodeText(bytes: Buffer): string {
  const order = byteOrder(bytes);
  if (order === 'little') return bytes.toString('utf16le');
  if (order === 'big') return swapped(bytes.subarray(0, bytes.length & ~1)).toString('utf16le');
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeInvalid(bytes);
}

/** What the byte order mark of UTF-16 says, which PowerShell scripts often are. */
export function byteOrder(bytes: Buffer): 'little' | 'big' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'big' : undefined;
}

/** Why neither a file nor a patch can be written. */
export const NO_TEXT = 'holds bytes that are not text where it would be changed, and is left unchanged';

/**
 * The bytes of a source whose text was changed: its own wherever it was not, whatever they are. Undefined where a change
 * touches bytes that are no text, or gives what cannot be written.
 */
export function changedBytes({ text: before, bytes }: SourceBytes, text: string): Buffer | undefined {
  if (text === before) return bytes;
  const order = byteOrder(bytes);
  // Halves of a pair that come from an escape; UTF-16 may hold them, and UTF-8 cannot.
  if (order === undefined && /\p{Cs}/u.test(text)) return undefined;
  if (order !== undefined) {
    const encode = (one: string) =>
      order === 'little' ? Buffer.from(one, 'utf16le') : swapped(Buffer.from(one, 'utf16le'));
    return encode(before).equals(bytes) ? encode(text) : undefined;
  }
  return isUtf8(bytes) ? Buffer.from(text, 'utf8') : spliced(bytes, before, text);
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

/** No line end is lost in bytes that are no text, so that line by line both are the same. */
function spliced(bytes: Buffer, before: string, after: string): Buffer | undefined {
  const old = splitLines(before);
  const fresh = splitLines(after);
  const starts = lineStarts(bytes);
  const parts: Buffer[] = [];
  let line = 0;
  for (const { fromOld, toOld, fromNew, toNew } of changedLines(old, fresh)) {
    parts.push(bytes.subarray(starts[line], starts[fromOld]));
    const changed = splicedPart(
      bytes.subarray(starts[fromOld], starts[toOld]),
      old.slice(fromOld, toOld).join(''),
      fresh.slice(fromNew, toNew).join(''),
    );
    if (changed === undefined) return undefined;
    append(parts, changed);
    line = toOld;
  }
  parts.push(bytes.subarray(starts[line]));
  return Buffer.concat(parts);
}

/** Where each line begins, and the end. */
function lineStarts(bytes: Buffer): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== bytes.length) starts.push(bytes.length);
  return starts;
}

/** Of some lines, what stands before all changes and after them stays. */
function splicedPart(bytes: Buffer, before: string, after: string): Buffer[] | undefined {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  if (isHigh(before, head - 1)) head--;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (isHigh(before, before.length - tail - 1)) tail--;
  const middle = after.slice(head, after.length - tail);
  // Where none of them goes and none comes, the n-th one is still the n-th: otherwise nobody knows for which byte one stands.
  if (middle.includes('\ufffd') || before.slice(head, before.length - tail).includes('\ufffd'))
    return undefined;
  const from = byteOffset(bytes, head);
  return [
    bytes.subarray(0, from),
    Buffer.from(middle, 'utf8'),
    bytes.subarray(byteOffset(bytes, before.length - tail)),
  ];
}

/** The first half of a pair, which is not to be cut. */
function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function byteOffset(bytes: Buffer, units: number): number {
  let at = 0;
  for (let seen = 0; seen < units; ) {
    const size = sizeOfCharacter(bytes, at) || 1;
    seen += size === 4 ? 2 : 1;
    at += size;
  }
  return at;
}

function decodeInvalid(bytes: Buffer): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sizeOfCharacter(bytes, at);
    if (size > 0) {
      at += size;
      continue;
    }
    let end = at + 1;
    while (end < bytes.length && sizeOfCharacter(bytes, end) === 0) end++;
    parts.push(bytes.toString('utf8', from, at), '\ufffd'.repeat(end - at));
    from = at = end;
  }
  parts.push(bytes.toString('utf8', from));
  return parts.join('');
}

/** The number of bytes of the character of UTF-8 that begins there; 0 where none does. */
function sizeOfCharacter(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const size = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return size > 0 && at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)) ? size : 0;
}
