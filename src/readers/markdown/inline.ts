import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';

/** Prose names parts of commands (`docker run -v a:b`): only what goes on after its mounts is a command to be run. */
const WHOLE = new RegExp(
  [
    /^(?:[$#>] |(?:PS )?[A-Za-z]:\\[^>]{0,60}> ?|[\w.-]+@[\w.-]+:[^$#\s]{0,60}[$#] ?)?(?:sudo |winpty |[A-Z_]+=\S+ )*(?:docker(?:\.exe)?|podman|nerdctl|nvidia-docker) /,
    /(?:container )?(?:run|create)(?= )[\s\S]*\s(?:[-\u2010-\u2015\u2212][a-z]*v|(?:--|[\u2010-\u2015\u2212]{1,2})(?:volume|mount|tmpfs))(?:[ =]+|(?=[\w./~$"']))/,
    /(?:"[^"]*"|'[^']*'|\$\([^)]*\)|<[^>]*>|[^\s"'<$]|\$(?!\())+\s+\S/,
  ]
    .map(({ source }) => source)
    .join(''),
);

// The pattern looks for a mount after each blank, and for an image after each mount.
const LONGEST = 1000;

/** The whole commands that stand in backticks in paragraphs and headings, a line end in them being a blank. */
export function inlineCommands(host: HostedText, leaves: readonly Range[]): HostedText[] {
  return leaves.flatMap((leaf) =>
    codeSpans(host.value, leaf).flatMap((span) => {
      const text = spanText(host, span);
      return text.value.length < LONGEST && WHOLE.test(text.value.trim()) ? [text] : [];
    }),
  );
}

/** What stands between two runs of as many backticks. */
function codeSpans(text: string, leaf: Range): Range[] {
  const runs = [...text.slice(leaf.start, leaf.end).matchAll(/(?<!\\)`+/g)].map(
    ({ index, 0: { length } }) => {
      return { at: leaf.start + index, length };
    },
  );
  const spans: Range[] = [];
  const unclosed = new Set<number>();
  for (let i = 0; i < runs.length; i++) {
    const { at, length } = runs[i]!;
    if (unclosed.has(length)) continue;
    let close = i + 1;
    while (close < runs.length && runs[close]!.length !== length) close++;
    const end = runs[close]?.at;
    if (end === undefined) unclosed.add(length);
    else {
      spans.push({ start: at + length, end });
      i = close;
    }
  }
  return spans;
}

function spanText(host: HostedText, { start, end }: Range): HostedText {
  const out = new TextDecoder(host, start);
  let at = start;
  for (const gap of host.value.slice(start, end).matchAll(/\n[ \t>]*/g)) {
    const from = start + gap.index;
    out.copy(at, from).atom(' ', from, from + gap[0].length);
    at = from + gap[0].length;
  }
  const decoded = out.copy(at, end).build();
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) =>
      /[`|\n]/.test(known) ? undefined : known,
    );
    return range && encoded && { range, text: encoded };
  });
}
