import { product, productBytes, type Shown } from '../text/shown.js';
import { unifiedDiff } from './unified-diff.js';

/** What has to be known to make a patch of two texts. */
interface PatchTexts {
  /** See `patchPath`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The bytes of a text in the file; undefined where nobody knows them. Without it, a text is in no file. */
  readonly toBytes?: (text: string) => Uint8Array | undefined;
}

/** A patch for `git apply`, of the bytes that the file has, whatever they are; undefined where a change touches bytes that are no text. */
export function makePatch(
  { path, before, after, toBytes }: PatchTexts,
  sink: { readonly isTerminal?: boolean },
): Shown | undefined {
  const text = unifiedDiff(path, before, after);
  if (toBytes === undefined || text === '') return product(text, sink);
  const old = toBytes(before);
  const fresh = toBytes(after);
  if (old === undefined || fresh === undefined) return undefined;
  // A character for each byte: a patch is lines, whatever is in them.
  const bytes = unifiedDiff(path, Buffer.from(old).toString('latin1'), Buffer.from(fresh).toString('latin1'));
  return productBytes(Buffer.from(bytes, 'latin1'), text, sink);
}
