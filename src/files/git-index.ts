/**
 * The paths that a repository's index holds, as they are written there; none where it is of a form that is not known.
 * `nameLength`: of an object's name, in bytes.
 */
export function readGitIndex(index: Buffer, nameLength: 20 | 32): readonly string[] {
  const paths: string[] = [];
  const version = index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC' ? 0 : index.readUInt32BE(4);
  if (version < 2 || version > 4) return [];
  const count = index.readUInt32BE(8);
  let at = 12;
  let before = Buffer.alloc(0);
  // Of an entry: times, numbers, owner and size (40 bytes), the object's name, flags (2, or 4 in an extended one), the path.
  const flags = 40 + nameLength;
  while (paths.length < count && at + flags + 2 < index.length) {
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
    if (end < 0 || kept.length > LONGEST) return [];
    before = Buffer.concat([kept, index.subarray(start, end)]);
    paths.push(before.toString('utf8'));
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
  return paths;
}

/** No system opens a longer one, and what each path takes over from the one before must not add up. */
const LONGEST = 4096;

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
