import { isWholeRead, mayHoldMounts } from '../readers/index.js';
import type { ExtraCommands } from '../source/engine.js';
import { type FileKind, isMadeWhenLarger, largestOf } from '../source/file-kinds.js';
import { kindOf, kindOfShebang } from '../source/kind.js';
import type { FoundFile } from './discover.js';
import { withFile } from './open-file.js';
import { reasonOf } from './system-error.js';
import { byteOrder, decodeText, type SourceBytes } from './text-bytes.js';

/** A file's text, ready to be linted. */
export interface SourceFile extends SourceBytes {
  readonly kind: FileKind;
}

/** What became of reading: a text, nothing to look at, or a reason why not. */
export type ReadResult =
  | { readonly file: SourceFile }
  | { readonly skipped: 'no-kind' | 'no-mounts' }
  | { readonly error: string; readonly isMade?: true };

const MEGABYTE = 1024 * 1024;
/** Names that never are a script, so that not even their first bytes are read. */
const NEVER_SCRIPT =
  /\.(?:[cm]?[jt]sx?|map|json5|lock|css|s[ac]ss|less|html?|xml|svg|py|pyc|pyi|go|rs|rb|java|class|jar|kt|scala|cs|c|cc|cpp|cxx|h|hh|hpp|o|a|so|d|swift|php|lua|r|jl|hs|ml|ex|exs|erl|clj|vue|svelte|txt|rst|adoc|tex|csv|tsv|log|png|jpe?g|gif|ico|webp|bmp|pdf|zip|t?gz|bz2|xz|zst|tar|7z|woff2?|ttf|otf|eot|mp[34]|webm|wav|ogg|wasm|exe|dll|bin|dat|db|sqlite|po|mo|pem|crt|key|toml|ini|cfg|conf|snap)$/i;

/** Reads a file if mounts may be in it; costs next to nothing where not. Never throws. */
export function readSource({ absolute, path, within }: FoundFile, commands?: ExtraCommands): ReadResult {
  const byName = kindOf(path, '');
  try {
    if (byName === undefined && NEVER_SCRIPT.test(path)) return { skipped: 'no-kind' };
    return withFile(absolute, { limit: largestOf() * MEGABYTE, within }, ({ head, bytes }) => {
      if (
        byName === undefined &&
        !/\.jsonc?$/i.test(path) &&
        kindOfShebang(head(256).toString('latin1')) === undefined
      )
        return { skipped: 'no-kind' };
      return fromBytes(bytes(), path, { commands });
    });
  } catch (error) {
    // Nobody can tell what else is behind a name that cannot be written down.
    if (byName === undefined && absolute.includes('\ufffd')) return { skipped: 'no-kind' };
    return { error: reasonOf(error, absolute) };
  }
}

/** The same for bytes that are already there. */
export function fromBytes(
  bytes: Buffer,
  path: string,
  {
    isNamed = false,
    commands,
    kind: given,
  }: { isNamed?: boolean; commands?: ExtraCommands; kind?: FileKind } = {},
): ReadResult {
  if (byteOrder(bytes) === undefined) {
    // What is looked for is ASCII, so the bytes can be searched before they are decoded.
    const ascii = bytes.toString('latin1');
    if (!isNamed && !mayHoldMounts(ascii, commands) && !isWholeRead(kindOf(path, ascii)))
      return { skipped: 'no-mounts' };
    if (ascii.slice(0, 8000).includes('\0')) return { skipped: 'no-kind' };
  }
  const text = decodeText(bytes);
  const kind = given ?? kindOf(path, text);
  if (kind === undefined) return { skipped: 'no-kind' };
  const largest = largestOf(kind);
  if (bytes.length > largest * MEGABYTE)
    return {
      error: `is larger than ${largest} MB, the most that is read of such files`,
      ...(isMadeWhenLarger(kind) && { isMade: true }),
    };
  return { file: { text, bytes, kind } };
}
