import { join, product, productBytes, type Shown, show } from '../text/shown.js';
import { makePaint } from './paint.js';
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

/** Where a patch goes. */
interface PatchSink {
  readonly isTerminal?: boolean;
  /** Then it is for people, and in characters. */
  readonly color?: boolean;
}

/** A patch for `git apply`, of the bytes that the file has, whatever they are; undefined where a change touches bytes that are no text. */
export function makePatch({ path, before, after, toBytes }: PatchTexts, sink: PatchSink): Shown | undefined {
  const text = unifiedDiff(path, before, after);
  if (toBytes === undefined || text === '') return printed(text, sink);
  const old = toBytes(before);
  const fresh = toBytes(after);
  if (old === undefined || fresh === undefined) return undefined;
  // A character for each byte: a patch is lines, whatever is in them.
  const bytes = unifiedDiff(path, Buffer.from(old).toString('latin1'), Buffer.from(fresh).toString('latin1'));
  return sink.color ? printed(text, sink) : productBytes(Buffer.from(bytes, 'latin1'), text, sink);
}

const STYLES = [
  [/^(?:---|\+\+\+) /, 'bold'],
  [/^@@ /, 'cyan'],
  [/^-/, 'plainRed'],
  [/^\+/, 'green'],
] as const;

/** The patch, for a terminal in the colours that `git diff` has. */
function printed(text: string, sink: PatchSink): Shown {
  if (!sink.color) return product(text, sink);
  const paint = makePaint(true);
  let isHead = true;
  return join(
    text.split(/(?<=\n)/).map((whole) => {
      const [, line = '', end = ''] = /^(.*?)(\r?\n?)$/s.exec(whole)!;
      if (line.startsWith('@@ ')) isHead = false;
      // A line that is taken out may begin with two dashes.
      const [, style] = STYLES.slice(isHead ? 0 : 1).find(([begin]) => begin.test(line)) ?? [];
      const shown = product(line, sink);
      return show`${style === undefined ? shown : paint(style, shown)}${product(end, sink)}`;
    }),
  );
}
