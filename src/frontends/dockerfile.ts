import type { Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';
import { TextDecoder } from './decode.js';
import { readExec } from './exec.js';
import type { ReadContext, ShellKind, Sink } from './frontend.js';
import { deriveText, exactSource, type HostedText, sliceHosted } from './hosted-text.js';
import { jsonStrings, quoteJson } from './json/strings.js';
import { encodeNewText } from './new-text.js';
import { readShell } from './shell/read-shell.js';
import { exactWord } from './words.js';

interface Instruction {
  readonly name: string;
  /** The number of the instruction. */
  readonly index: number;
  /** Behind the name, over continued lines. */
  readonly rest: Range;
}

/** Reads `RUN --mount=…` and the shell commands of a Dockerfile. */
export function readDockerfile(host: HostedText, sink: Sink, context: ReadContext): void {
  const continuation = /^\s*#\s*escape\s*=\s*([`\\])/im.exec(host.value.slice(0, 500))?.[1] ?? '\\';
  readComments(host, sink);
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
    at = readRun(host, body, continuation, heredocs, index, shell, sink, context) + 1;
  }
}

/** The next instruction at or after an offset; comments and blank lines are passed over. */
function nextInstruction(
  text: string,
  from: number,
  continuation: string,
  index: number,
): Instruction | undefined {
  let at = from;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const name = /^\s*([A-Za-z]+)(?=\s|$)/.exec(line);
    if (name === null || /^\s*#/.test(line)) {
      at = end + 1;
      continue;
    }
    let last = end;
    let from = at;
    while (last < text.length && continues(text.slice(from, last), continuation)) {
      from = last + 1;
      last = lineEnd(text, from);
      while (last < text.length && /^\s*(?:#.*)?$/.test(text.slice(from, last))) {
        from = last + 1;
        last = lineEnd(text, from);
      }
    }
    return { name: name[1]!.toUpperCase(), index, rest: { start: at + name[0].length, end: last } };
  }
  return undefined;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function continues(line: string, continuation: string): boolean {
  return line.trimEnd().endsWith(continuation);
}

/** The delimiters of heredocs that the line opens. */
function heredocsOf(text: string, body: Range): { readonly delimiter: string; readonly tabs: boolean }[] {
  const line = text.slice(body.start, body.end);
  return [...line.matchAll(/(?<!<)\d*<<(-?)\s*(["']?)([A-Za-z_][\w.-]*)\2/g)].map((match) => {
    return { delimiter: match[3]!, tabs: match[1] === '-' };
  });
}

/** Reads one RUN and answers where it ends, its heredocs included. */
function readRun(
  host: HostedText,
  body: Range,
  continuation: string,
  heredocs: readonly { readonly delimiter: string; readonly tabs: boolean }[],
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

/** The text of an instruction with its lines joined as BuildKit joins them: comments and blank lines between are gone. */
function joinLines(host: HostedText, range: Range, headEnd: number, continuation: string): HostedText {
  const out = new TextDecoder(host, range.start);
  let at = range.start;
  while (at < headEnd) {
    const end = Math.min(lineEnd(host.value, at), headEnd);
    const line = host.value.slice(at, end);
    const isFirst = at === range.start;
    if (!isFirst && /^\s*(?:#.*)?$/.test(line)) {
      at = end + 1;
      continue;
    }
    if (end < headEnd && continues(line, continuation)) out.copy(at, at + line.trimEnd().length - 1);
    else out.copy(at, end);
    at = end + 1;
  }
  const decoded = out.copy(headEnd, range.end).build();
  return deriveText(host, decoded, (part, text) => {
    const source = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) =>
      known.includes('\n') ? undefined : known,
    );
    return source && encoded && { range: source, text: encoded };
  });
}

/** Reads the flags of a RUN and answers where its command begins. */
function readFlags(text: HostedText, index: number, sink: Sink): number {
  let at = 0;
  while (true) {
    at += /^\s*/.exec(text.value.slice(at))![0].length;
    if (!text.value.startsWith('--', at)) return at;
    const end = flagEnd(text.value, at);
    const flag = text.value.slice(at, end);
    if (flag === '--') return end;
    const value = /^--mount=/.exec(flag)?.[0].length;
    if (value !== undefined) {
      const spec = unquoted(text, { start: at + value, end });
      sink.mounts.push({
        form: 'run-mount',
        spec,
        range: sourceRange(text, { start: at + value, end }),
        group: `RUN ${index}`,
      });
    }
    at = end;
  }
}

function flagEnd(text: string, from: number): number {
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) return i;
    else if (char === '\\') i++;
  }
  return text.length;
}

/** The flag's value; build arguments in it are holes. BuildKit keeps quotes for the reader of the value. */
function unquoted(text: HostedText, range: Range): HostedText {
  const part = sliceHosted(text, range);
  const out = new TextDecoder(part, 0);
  let at = 0;
  for (const match of part.value.matchAll(/\$\{[^}\s]*\}|\$[A-Za-z_]\w*/g)) {
    out.copy(at, match.index, { quoted: true });
    at = match.index + match[0].length;
    out.hole({ start: match.index, end: at }, { kind: 'variable', quoted: true });
  }
  const decoded = out.copy(at, part.value.length, { quoted: true }).build();
  return deriveText(part, decoded, (inner, fresh) => {
    const source = exactSource(decoded.map, inner);
    const encoded = encodeNewText(fresh, part.level + 1, (known) =>
      /[\s$]/.test(known) ? undefined : known,
    );
    return source && encoded && { range: source, text: encoded };
  });
}

function shellOf(text: string): ShellKind {
  if (/powershell|pwsh/i.test(text)) return 'powershell';
  if (/\bcmd\b/i.test(text)) return 'cmd';
  return /\bbash\b/.test(text) ? 'bash' : 'sh';
}

function readComments(host: HostedText, sink: Sink): void {
  if (!host.value.includes('mountc-')) return;
  for (const match of host.value.matchAll(/^[ \t]*#([^\n]*mountc-[^\n]*)/gm)) {
    const range = { start: match.index, end: match.index + match[0].length };
    sink.comments.push({ text: match[1]!.trim(), range: sourceRange(host, range) });
  }
}
