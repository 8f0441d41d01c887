import type { Range } from '../../text/range.js';
import { readExec } from '../exec.js';
import type { ReadContext, ShellKind, Sink } from '../frontend.js';
import { type HostedText, sliceHosted } from '../hosted-text.js';
import { jsonStrings, quoteJson } from '../json/strings.js';
import { readShell } from '../shell/read-shell.js';
import { exactWord } from '../words.js';
import { readComments } from './comments.js';
import { type HereDocument, heredocsOf, lineEnd, nextInstruction } from './instructions.js';
import { joinLines } from './join-lines.js';
import { readFlags } from './run-flags.js';

/** Reads `RUN --mount=…` and the shell commands of a Dockerfile. */
export function readDockerfile(host: HostedText, sink: Sink, context: ReadContext): void {
  const inner = { ...context, language: 'dockerfile' as const };
  const continuation = /^\s*#\s*escape\s*=\s*([`\\])/im.exec(host.value.slice(0, 500))?.[1] ?? '\\';
  readComments(host, sink, inner);
  let shell: ShellKind = 'sh';
  let at = 0;
  for (let index = 0; at < host.value.length; index++) {
    const instruction = nextInstruction(host.value, at, continuation, index);
    if (instruction === undefined) break;
    const { name, rest } = instruction;
    at = rest.end + 1;
    const run = name === 'ONBUILD' ? /^\s*RUN\b/i.exec(host.value.slice(rest.start, rest.end)) : null;
    if (name === 'SHELL') shell = shellOf(host.value.slice(rest.start, rest.end));
    if (name !== 'RUN' && run === null) continue;
    const body = { start: rest.start + (run?.[0].length ?? 0), end: rest.end };
    const heredocs = heredocsOf(host.value, body);
    at = readRun(host, body, continuation, heredocs, index, shell, sink, inner) + 1;
  }
}

/** Reads one RUN and answers where it ends, its heredocs included. */
function readRun(
  host: HostedText,
  body: Range,
  continuation: string,
  heredocs: readonly HereDocument[],
  index: number,
  shell: ShellKind,
  sink: Sink,
  context: ReadContext,
): number {
  let end = body.end;
  let content = end + 1;
  for (const { delimiter, tabs } of heredocs) {
    let from = end + 1;
    content = from;
    for (; from < host.value.length; from = lineEnd(host.value, from) + 1) {
      const line = host.value.slice(from, lineEnd(host.value, from));
      if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
    }
    end = Math.min(host.value.length, lineEnd(host.value, from));
  }
  const text = joinLines(
    host,
    { start: body.start, end: heredocs.length > 0 ? end : body.end },
    body.end,
    continuation,
  );
  const script = readFlags(text, index, sink);
  const heredocOnly =
    heredocs.length === 1 &&
    /^\s*<<-?\s*["']?[\w.-]+["']?\s*$/.test(text.value.slice(script, text.value.indexOf('\n', script) >>> 0));
  if (heredocOnly) {
    const from = Math.min(content, host.value.length);
    readShell(sliceHosted(host, { start: from, end: Math.max(from, end) }), sink, { ...context, shell });
    return end;
  }
  const rest = sliceHosted(text, { start: script, end: text.value.length });
  const items = /^\s*\[/.test(rest.value) ? jsonStrings(rest) : undefined;
  if (items !== undefined) {
    const words = items.map(({ text: item, range }) => exactWord(item, rest, range, `j${index}`));
    readExec(words, rest, sink, context, quoteJson);
  } else if (shell === 'powershell' || shell === 'cmd') {
    context.readNested?.(shell === 'cmd' ? 'batch' : 'powershell', rest, context);
  } else readShell(rest, sink, { ...context, shell });
  return end;
}

function shellOf(text: string): ShellKind {
  if (/powershell|pwsh/i.test(text)) return 'powershell';
  if (/\bcmd\b/i.test(text)) return 'cmd';
  return /\bbash\b/.test(text) ? 'bash' : 'sh';
}
