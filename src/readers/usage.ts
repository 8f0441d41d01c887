import { TextDecoder } from '../source/decode.js';
import { isForWindows } from '../source/for-windows.js';
import type { ReadContext, Sink } from '../source/frontend.js';
import { deriveText, exactSource, type HostedText } from '../source/hosted-text.js';
import { encodeNewText } from '../source/new-text.js';
import { readShell } from './shell/read-shell.js';

const COMMENT = /^[ \t]*((?:#|\/\/|;|::|\*|rem\b)[^\n]*)(?:\n|$)/gim;
const MARK = /^(?:#+|\/\/+|;+|::|\*|rem\b)[ \t]*/i;
const USAGE = /^(?:[-$] +)?(?=(?:sudo +(?:-\w+ +)*)?(?:docker|podman|nerdctl) +(?:run|create|container)\b)/;

/** A comment of flags and their values alone, with the name of an image at most. */
const FLAGS =
  /^[ \t]*(?:#+|\/\/+|;+|::|\*|rem\b)[ \t]+-{1,2}[A-Za-z][\w-]*(?:[ =]\S*[:=/]\S*)?(?:[ \t]+-{1,2}[A-Za-z]\S*(?:[ =]\S*[:=/]\S*)?)*(?:[ \t]+\S+)?[ \t]*\\?[ \t]*(?:\n|$)/i;
const LONGEST = 1000;

/** Reads the commands that comments say somebody runs. */
export function readUsage(host: HostedText, sink: Sink, context: ReadContext): void {
  let out: TextDecoder | undefined;
  let above = '';
  for (const match of host.value.matchAll(COMMENT)) {
    const line = match[1]!;
    const start = match.index + match[0].indexOf(line);
    const end = start + line.length;
    const marks = MARK.exec(line)![0].length;
    const usage = USAGE.exec(line.slice(marks))?.[0].length;
    const mark = out !== undefined ? marks : usage === undefined ? undefined : marks + usage;
    if (mark === undefined) {
      above = line;
      continue;
    }
    out ??= new TextDecoder(host, start + mark);
    // A line that lacks its backslash goes on as well, where the next one is nothing but flags.
    const goesOn = line.trimEnd().endsWith('\\') || FLAGS.test(host.value.slice(end + 1, end + LONGEST));
    out.copy(start + mark, goesOn ? Math.min(host.value.length, end + 1) : end);
    if (goesOn) continue;
    readOne(host, out, above, sink, context);
    out = undefined;
  }
  if (out !== undefined) readOne(host, out, above, sink, context);
}

function readOne(host: HostedText, out: TextDecoder, above: string, sink: Sink, context: ReadContext): void {
  const decoded = out.build();
  const text = deriveText(host, decoded, (part, fresh) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(fresh, host.level + 1, (known) =>
      known.includes('\n') ? undefined : known,
    );
    return range && encoded && { range, text: encoded };
  });
  const inner = { ...context, placeholders: true };
  if (isForWindows(above) && /%cd%/i.test(text.value)) context.readNested?.('batch', text, inner);
  else readShell(text, sink, { ...inner, shell: 'bash' });
}
