import type { ViewBuild } from '../../mount/view.js';
import { readComments } from '../../source/comments.js';
import type { ReadContext, ShellKind, Sink } from '../../source/frontend.js';
import { type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { exactWord } from '../../source/words.js';
import type { Range } from '../../text/range.js';
import { readExec } from '../exec.js';
import { jsonStrings, quoteJson } from '../json/strings.js';
import { readShell } from '../shell/read-shell.js';
import { readUsage } from '../usage.js';
import { type HereDocument, heredocsOf, lineEnd, nextInstruction } from './instructions.js';
import { joinLines } from './join-lines.js';
import { readFlags } from './run-flags.js';

/** Reads `RUN --mount=…` and the shell commands of a Dockerfile. */
export function readDockerfile(host: HostedText, sink: Sink, context: ReadContext): void {
  readInstructions(host, sink, { ...context, language: 'dockerfile' });
}

/** Reads the commands of an Earthfile, which has the instructions of a Dockerfile; its mounts are of a kind of their own. */
export function readEarthfile(host: HostedText, sink: Sink, context: ReadContext): void {
  readInstructions(host, { ...sink, mounts: [], instructions: [] }, { ...context, language: 'earthfile' });
}

function readInstructions(host: HostedText, sink: Sink, inner: ReadContext): void {
  const directives = directivesOf(host.value);
  const continuation = directives.get('escape') === '`' ? '`' : '\\';
  readComments(host, /^[ \t]*#/gm, sink);
  readUsage(host, sink, inner);
  const build = buildOf(host.value, directives.get('syntax'));
  let shell: ShellKind = 'sh';
  let at = 0;
  for (let index = 0; at < host.value.length; index++) {
    const instruction = nextInstruction(host.value, at, continuation, index);
    if (instruction === undefined) break;
    const { name, rest } = instruction;
    at = rest.end + 1;
    const trigger = name === 'ONBUILD' ? /^\s*RUN\b/i.exec(host.value.slice(rest.start, rest.end)) : null;
    if (name === 'VOLUME')
      sink.instructions.push({ name, text: joinLines(host, rest, rest.end, continuation) });
    if (name === 'SHELL') shell = shellOf(host.value.slice(rest.start, rest.end));
    if (name !== 'RUN' && trigger === null) continue;
    const body = { start: rest.start + (trigger?.[0].length ?? 0), end: rest.end };
    const run = { body, continuation, index, shell, heredocs: heredocsOf(host.value, body), build };
    at = readRun(host, run, sink, inner) + 1;
  }
}

/** What its first lines say to BuildKit: the first other line, an unknown word or a blank line ends them. */
function directivesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.replace(/^#!.*\n/, '').split('\n', 9)) {
    // A line of a template is gone when the file is read.
    if (/^[ \t]*(?:\{[%#{].*[%#}]\}|<%.*%>)[ \t\r]*$/.test(line)) continue;
    const [, name = '', value = ''] = /^#\s*([a-z][a-z\d]*)\s*=\s*(\S+)/i.exec(line) ?? [];
    if (!/^(?:syntax|escape|check)$/i.test(name)) break;
    found.set(name.toLowerCase(), value);
  }
  return found;
}

/** `Containerfile` is what podman and buildah call it, whose `RUN --mount` knows more. */
const builderOf = (path = ''): 'podman' | undefined =>
  /(?:^|[/\\])containerfile(?:[._-][\w.-]*)?$|\.containerfile$/i.test(path) ? 'podman' : undefined;

interface Run {
  /** What follows the word RUN, up to its heredocs. */
  readonly body: Range;
  readonly continuation: string;
  /** The place of the instruction in its file. */
  readonly index: number;
  readonly shell: ShellKind;
  readonly heredocs: readonly HereDocument[];
  readonly build: ViewBuild;
}

/** Reads one RUN and answers where it ends, its heredocs included. */
function readRun(host: HostedText, run: Run, sink: Sink, context: ReadContext): number {
  const { body, index, shell, heredocs } = run;
  const { content, end } = heredocsEnd(host.value, body.end, heredocs);
  const text = joinLines(host, { start: body.start, end }, body.end, run.continuation);
  const script = readFlags(text, index, sink, {
    engine: builderOf(context.path),
    placeholders: context.placeholders,
    build: run.build,
  });
  const heredocOnly =
    heredocs.length === 1 &&
    /^\s*<<-?\s*["']?[\w.-]+["']?\s*$/.test(text.value.slice(script, text.value.indexOf('\n', script) >>> 0));
  if (heredocOnly) {
    readShell(sliceHosted(host, content), sink, { ...context, shell });
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

/** Where the last heredoc begins and ends, and with it the instruction; without one, where its line ends. */
function heredocsEnd(text: string, lineOf: number, heredocs: readonly HereDocument[]) {
  let end = lineOf;
  let start = end;
  for (const { delimiter, tabs } of heredocs) {
    let from = end + 1;
    start = from;
    for (; from < text.length; from = lineEnd(text, from) + 1) {
      const line = text.slice(from, lineEnd(text, from));
      if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
    }
    end = Math.min(text.length, lineEnd(text, from));
  }
  const from = Math.min(start, text.length);
  return { content: { start: from, end: Math.max(from, end) }, end };
}

/** Images of docker's own library set no `HOME`; what others set is not known. */
function buildOf(text: string, syntax: string | undefined): ViewBuild {
  const bases = [...text.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map((match) => match[1]!);
  const isSet = /^[ \t]*(?:ENV|ARG)[ \t](?:[^\n]*\\\r?\n)*[^\n]*\bHOME\b/im.test(text);
  return {
    isHomeUnset: !isSet && bases.length > 0 && bases.every((base) => /^[a-z0-9][\w.:-]*$/i.test(base)),
    isRoot: !/^[ \t]*USER\b/im.test(text),
    ...(syntax !== undefined && { syntax }),
  };
}

function shellOf(text: string): ShellKind {
  if (/powershell|pwsh/i.test(text)) return 'powershell';
  if (/\bcmd\b/i.test(text)) return 'cmd';
  return /\bbash\b/.test(text) ? 'bash' : 'sh';
}
