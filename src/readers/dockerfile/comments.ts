import { TextDecoder } from '../../source/decode.js';
import { isForWindows } from '../../source/for-windows.js';
import type { ReadContext, Sink } from '../../source/frontend.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import { sourceRange } from '../../text/spec-text.js';
import { readShell } from '../shell/read-shell.js';

const USAGE = /^#[ \t]*(?:\$ +)?(?=(?:sudo +)?(?:docker|podman|nerdctl) +(?:run|create|container)\b)/;

/** Reads the directives in a Dockerfile's comments, and the commands by which they say that the image is run. */
export function readComments(host: HostedText, sink: Sink, context: ReadContext): void {
  let out: TextDecoder | undefined;
  let above = '';
  for (const match of host.value.matchAll(/^[ \t]*(#[^\n]*)(?:\n|$)/gm)) {
    const start = match.index + match[0].indexOf('#');
    const end = start + match[1]!.length;
    if (match[1]!.includes('mountc-')) {
      sink.comments.push({ text: match[1]!.slice(1).trim(), range: sourceRange(host, { start, end }) });
    }
    const mark = out === undefined ? USAGE.exec(match[1]!)?.[0].length : 1;
    if (mark === undefined) {
      above = match[1]!;
      continue;
    }
    out ??= new TextDecoder(host, start + mark);
    const goesOn = match[1]!.trimEnd().endsWith('\\');
    out.copy(start + mark, goesOn ? Math.min(host.value.length, end + 1) : end);
    if (goesOn) continue;
    readUsage(host, out, above, sink, context);
    out = undefined;
  }
  if (out !== undefined) readUsage(host, out, above, sink, context);
}

function readUsage(
  host: HostedText,
  out: TextDecoder,
  above: string,
  sink: Sink,
  context: ReadContext,
): void {
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
