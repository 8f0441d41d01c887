/**
 * The paths that a repository's index holds, as they are written there, up to where it is of a form that is not known.
 * `nameLength`: of an object's name, in bytes.
 */
export function* readGitIndex(index: Buffer, nameLength: 20 | 32): Generator<string, void> {
  const version = index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC' ? 0 : index.readUInt32BE(4);
  if (version < 2 || version > 4) return;
  const count = index.readUInt32BE(8);
  let at = 12;
  let before = Buffer.alloc(0);
  let left = MOST_TIMES * index.length;
  // Of an entry: times, numbers, owner and size (40 bytes), the object's name, flags (2, or 4 in an extended one), the path.
  const flags = 40 + nameLength;
  for (let entry = 0; entry < count && at + flags + 2 < index.length; entry++) {
    const isExtended = version > 2 && (index.readUInt16BE(at + flags) & 0x4000) !== 0;
    let start = at + flags + (isExtended ? 4 : 2);
    let kept = Buffer.alloc(0);
    if (version === 4) {
      // How much of the end of the path before is gone.
      const { value, next } = readOffset(index, start);
      kept = before.subarray(0, Math.max(0, before.length - value));
      start = next;
    }
    const end = index.indexOf(0, start);
    if (end < 0 || kept.length > LONGEST) return;
    before = Buffer.concat([kept, index.subarray(start, end)]);
    left -= before.length;
    if (left < 0) return;
    yield before.toString('utf8');
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
}

/** No system opens a longer one. */
const LONGEST = 4096;
/** An entry has 62 bytes and more, so honest paths come to no more; what each takes over from the one before must not add up. */
const MOST_TIMES = 8;

/** A number of any length, as git's varint.c writes it. */
function readOffset(index: Buffer, start: number): { value: number; next: number } {
  let next = start;
  let byte = index[next++] ?? 0;
  let value = byte & 127;
  while ((byte & 128) !== 0 && next < index.length) {
    byte = index[next++]!;
    value = (value + 1) * 128 + (byte & 127);
  }
  return { value, next };
}
