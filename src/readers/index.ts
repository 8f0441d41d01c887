import { isNotRead, unread } from '../source/bounds.js';
import { type ExtraCommands, mentionsEngine } from '../source/engine.js';
import { makeBudget } from '../source/expansion-budget.js';
import type { FileKind } from '../source/file-kinds.js';
import {
  type Findings,
  type FoundCommand,
  makeSink,
  type ReadContext,
  type ReadText,
  type Sink,
} from '../source/frontend.js';
import { fileText, type HostedText } from '../source/hosted-text.js';
import { sourceRange } from '../text/spec-text.js';

const ANY_MOUNT =
  /--mount|volumes|volume\s|tmpfs|mounts|workspaceMount|runArgs|type: bind|mountc-|\[container\]/i;

// Each reader is in a bundle that is only loaded for its kind of file.
const READERS: Readonly<Record<FileKind, () => Promise<ReadText>>> = {
  shell: async () => (await import('#entry/shell')).readShell,
  markdown: async () => (await import('#entry/markdown-files')).readMarkdown,
  rst: async () => (await import('#entry/markdown-files')).readRst,
  adoc: async () => (await import('#entry/markdown-files')).readAdoc,
  github: async () => (await import('#entry/yaml-files')).readCi('github'),
  gitlab: async () => (await import('#entry/yaml-files')).readCi('gitlab'),
  circleci: async () => (await import('#entry/yaml-files')).readCi('circleci'),
  azure: async () => (await import('#entry/yaml-files')).readCi('azure'),
  appveyor: async () => (await import('#entry/yaml-files')).readCi('appveyor'),
  woodpecker: async () => (await import('#entry/yaml-files')).readCi('woodpecker'),
  taskfile: async () => (await import('#entry/yaml-files')).readCi('taskfile'),
  yaml: async () => (await import('#entry/yaml-files')).readCi('yaml'),
  compose: async () => (await import('#entry/yaml-files')).readCompose,
  makefile: async () => (await import('#entry/small-files')).readMakefile,
  dockerfile: async () => (await import('#entry/small-files')).readDockerfile,
  devcontainer: async () => (await import('#entry/small-files')).readDevcontainer,
  'package-json': async () => (await import('#entry/small-files')).readPackageJson,
  powershell: async () => (await import('#entry/small-files')).readPowershell,
  batch: async () => (await import('#entry/small-files')).readBatch,
  systemd: async () => (await import('#entry/small-files')).readSystemd,
  quadlet: async () => (await import('#entry/small-files')).readQuadlet,
  justfile: async () => (await import('#entry/small-files')).readJustfile,
  earthfile: async () => (await import('#entry/small-files')).readEarthfile,
  'vscode-tasks': async () => (await import('#entry/small-files')).readVscodeTasks,
  notebook: async () => (await import('#entry/small-files')).readNotebook,
  settings: async () => (await import('#entry/small-files')).readSettings,
  toml: async () => (await import('#entry/toml-files')).readToml,
  python: async () => (await import('#entry/code-files')).readCode('python'),
  javascript: async () => (await import('#entry/code-files')).readCode('javascript'),
  go: async () => (await import('#entry/code-files')).readCode('go'),
  ruby: async () => (await import('#entry/code-files')).readCode('ruby'),
  java: async () => (await import('#entry/code-files')).readCode('java'),
  kotlin: async () => (await import('#entry/code-files')).readCode('kotlin'),
  csharp: async () => (await import('#entry/code-files')).readCode('csharp'),
  rust: async () => (await import('#entry/code-files')).readCode('rust'),
  php: async () => (await import('#entry/code-files')).readCode('php'),
  groovy: async () => (await import('#entry/code-files')).readCode('groovy'),
};

/** What a `#` begins there is no comment, or is read for commands in any case. */
const READS_USAGE: ReadonlySet<FileKind> = new Set(['markdown', 'rst', 'adoc', 'dockerfile', 'earthfile']);

/** Why a text is not read whose reader gave up. */
function reasonOf(error: unknown): string {
  if (isNotRead(error)) return error.message;
  // What is in one another a thousand times overflows the stack of a recursive reader.
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return 'what it holds is nested deeper than can be followed';
  throw error;
}

/** One of these is in every command with a mount, or with a mistake that has nothing to do with one: no `command -v docker` is. */
const MOUNT_IN_COMMAND =
  /(?<![\w-]|command[ \t])-[A-Za-z]*[vV](?![A-Za-z])|--?(?:vo|m[onu]|t[a-z]*fs|read)|[vV]olume|:[/\\](?!\/)|(?:type|source|src|target|dst|destination)=|\\[ \t]+\r?\n/;

/** Whether a text may hold anything that a front-end finds; a cheap no for most texts. */
function mayHoldCommands(text: string, commands?: ExtraCommands): boolean {
  return mentionsEngine(text, commands) || ANY_MOUNT.test(text);
}

/** A unit may be refused for what has nothing to do with mounts; a Compose file may have lost its mounts to a misspelled key. */
export const isWholeRead = (kind: FileKind | undefined) => kind === 'quadlet' || kind === 'compose';

/** Whether a file may hold mounts, or what was meant to be one; a cheap no for most files. */
export function mayHoldMounts(text: string, commands?: ExtraCommands): boolean {
  return ANY_MOUNT.test(text) || (MOUNT_IN_COMMAND.test(text) && mentionsEngine(text, commands));
}

/**
 * All commands and mounts in a file, in its order. Any text gives an answer. Who asks for the same again, to explain or convert what
 * was linted, is given what was read the last time.
 */
export async function readFindings(
  kind: FileKind,
  text: string,
  context: ReadContext = {},
): Promise<Findings> {
  const { path, commands = {}, comments = false, everyService = false, ...others } = context;
  if (Object.keys(others).length > 0) return readAll(kind, text, context);
  const isForEvery = everyService && text.includes('*');
  const asked = JSON.stringify([kind, path, Object.entries(commands), comments, isForEvery]);
  const known = last?.deref();
  if (known?.text === text && known.asked === asked) return known.findings;
  const findings = await readAll(kind, text, context);
  // Weakly: it may be large, and most who read a text read it once.
  last = new WeakRef({ text, asked, findings });
  return findings;
}

let last: WeakRef<{ readonly text: string; readonly asked: string; readonly findings: Findings }> | undefined;

async function readAll(kind: FileKind, text: string, context: ReadContext): Promise<Findings> {
  const commands: FoundCommand[] = [];
  const others = await readEach(kind, text, context, (command) => commands.push(command));
  commands.sort((a, b) => sourceRange(a.host, a.range).start - sourceRange(b.host, b.range).start);
  return { ...others, commands };
}

/** The same, but each command is handed over as soon as it is read, in no order, so that none need be kept. */
export async function readEach(
  kind: FileKind,
  text: string,
  context: ReadContext,
  take: (command: FoundCommand) => void,
): Promise<Omit<Findings, 'commands'>> {
  const sink: Sink = { ...makeSink(), commands: { push: take } };
  if (!isWholeRead(kind) && !mayHoldCommands(text, context.commands)) return sink;
  const queue: { kind: FileKind; host: HostedText; context: ReadContext }[] = [];
  const budget = makeBudget(text);
  const readNested = (inner: FileKind, host: HostedText, outer: ReadContext) => {
    const depth = (outer.depth ?? 0) + 1;
    if (depth < 8) queue.push({ kind: inner, host, context: { ...outer, depth, budget } });
  };
  const host = fileText(text);
  queue.push({ kind, host, context: { ...context, budget } });
  if (context.comments && !READS_USAGE.has(kind)) {
    const push = (command: FoundCommand) => take({ ...command, isComment: true });
    const { readUsage } = await import('#entry/small-files');
    readUsage(host, { ...sink, commands: { push } }, { ...context, language: kind, budget });
  }
  for (let i = 0; i < queue.length; i++) {
    const next = queue[i]!;
    // What was read need not be kept: a page may hold a hundred thousand commands.
    delete queue[i];
    const read = await READERS[next.kind]();
    const first = sink.mounts.length;
    try {
      read(next.host, sink, { ...next.context, readNested });
    } catch (error) {
      sink.problems.push(unread(next.host, reasonOf(error)));
    }
    if ((next.context.depth ?? 0) > 0) separateGroups(sink, first);
  }
  sink.mounts.sort((a, b) => a.range.start - b.range.start);
  sink.comments.sort((a, b) => a.range.start - b.range.start);
  return { ...sink, comments: dropTwice(sink.comments) };
}

/** Two blocks of documentation may both have a service `web`; that is not one container. */
function separateGroups({ mounts }: Sink, from: number): void {
  for (let i = from; i < mounts.length; i++) {
    const mount = mounts[i]!;
    mounts[i] = { ...mount, group: `${mount.group} ${from}` };
  }
}

/** A shell comment in a YAML block is met by both readers. */
function dropTwice<T extends { readonly range: { readonly start: number; readonly end: number } }>(
  all: readonly T[],
): T[] {
  return all.filter(
    (one, i) => !all.slice(Math.max(0, i - 4), i).some((other) => other.range.start === one.range.start),
  );
}
