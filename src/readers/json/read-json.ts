import { MOST_CHARACTERS, TOO_DEEP, TOO_LONG, unread } from '../../source/bounds.js';
import type { Engine, FoundField, ReadContext, Sink } from '../../source/frontend.js';
import { type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { problemScope } from '../../source/problem-scope.js';
import { exactWord, impliedWord } from '../../source/words.js';
import { sourceRange } from '../../text/spec-text.js';
import { readExec } from '../exec.js';
import { listCommand } from '../make-command.js';
import { readShell } from '../shell/read-shell.js';
import { jsonProblem } from './problem.js';
import { jsonString, maskedString, quoteJson } from './strings.js';
import { entryValue, type JsonEntry, type JsonNode, parseJson } from './tree.js';

/** Commands of a devcontainer's life; the first runs on the host. */
const LIFECYCLE = [
  ...['initializeCommand', 'onCreateCommand', 'updateContentCommand'],
  ...['postCreateCommand', 'postStartCommand', 'postAttachCommand'],
];

/** Reads `mounts`, `workspaceMount`, `runArgs` and the commands of a devcontainer.json. */
export function readDevcontainer(host: HostedText, sink: Sink, context: ReadContext): void {
  const root = readRoot(host, sink, context, false);
  const runArgs = entryValue(root, 'runArgs');
  // No other engine knows this.
  const isPodman = runArgs?.items.some(({ range }) =>
    /^"(?:--userns=)?keep-id/.test(host.value.slice(range.start, range.end)),
  );
  const isByCompose = entryValue(root, 'dockerComposeFile') !== undefined;
  const { placeholders } = context;
  const engine = isPodman ? 'podman' : 'docker';
  const place: Devcontainer = { host, sink, engine, placeholders, ...(isByCompose && { isByCompose }) };
  for (const item of entryValue(root, 'mounts')?.items ?? []) readMount(place, item);
  const workspace = entryValue(root, 'workspaceMount');
  // An empty one is how the folder is left out.
  if (workspace?.type === 'string' && workspace.range.end - workspace.range.start > 2)
    readMount(place, workspace);
  // With Compose there is no `docker run`.
  if (runArgs !== undefined && !isByCompose) readRunArgs(place, runArgs);
  for (const name of LIFECYCLE) {
    const command = entryValue(root, name);
    const all =
      command?.type === 'object' ? command.entries.map(({ value }) => value) : command ? [command] : [];
    for (const one of all) readCommand(host, one, sink, context);
  }
}

interface Devcontainer {
  readonly host: HostedText;
  readonly sink: Sink;
  readonly engine: Engine;
  readonly placeholders: boolean | undefined;
  readonly isByCompose?: true;
}

/** Reads the scripts of a package.json. */
export function readPackageJson(host: HostedText, sink: Sink, context: ReadContext): void {
  const root = readRoot(host, sink, context, /(?:^|[\\/])package\.json$/.test(context.path ?? ''));
  for (const { value } of entryValue(root, 'scripts')?.entries ?? []) readCommand(host, value, sink, context);
}

/** The value of a JSON file; what is wrong with the file becomes a problem. */
export function readRoot(
  host: HostedText,
  sink: Sink,
  context: ReadContext,
  isStrict: boolean,
): JsonNode | undefined {
  if (host.value.length > MOST_CHARACTERS) {
    sink.problems.push(unread(host, TOO_LONG));
    return undefined;
  }
  let deep: number | undefined;
  const root = parseJson(host.value, {
    comment: (range) => {
      const text = host.value.slice(range.start, range.end);
      if (!text.includes('mountc-')) return;
      sink.comments.push({
        text: text.replace(/^\/[/*]|\*\/$/g, '').trim(),
        range: sourceRange(host, range),
      });
    },
    tooDeep: (at) => {
      deep = at;
    },
  });
  if (deep !== undefined) {
    sink.problems.push(unread(host, TOO_DEEP, { start: deep, end: deep }));
    return undefined;
  }
  const problem = jsonProblem(host.value, isStrict);
  if (problem !== undefined) {
    sink.problems.push({
      message: `this is not valid JSON: ${problem.message}`,
      range: sourceRange(host, problem.range),
      scope: problemScope(host.value, context),
    });
  }
  return root;
}

/** A string of a devcontainer, its `${localEnv:HOME}` and the like as holes; what it does not know, such as `${HOME}` and the editor's own, stays. */
const devcontainerString = ({ host, placeholders }: Devcontainer, { range }: JsonNode) =>
  maskedString(host, range, {
    pattern:
      /\$\{(?!(?:[A-Z_][A-Z0-9_]*|workspace(?:Folder|Root|FolderBasename)|userHome|cwd|pwd)\})[^{}\n]*\}/g,
    absolute: /^\$\{(?:localWorkspaceFolder|containerWorkspaceFolder|localEnv:HOME|localEnv:PWD)\}$/,
    placeholders,
  });

function readMount(place: Devcontainer, node: JsonNode): void {
  const { host, sink, engine, isByCompose } = place;
  const range = sourceRange(host, node.range);
  const whose = { group: 'devcontainer', engine, ...(isByCompose && { isByCompose }) } as const;
  if (node.type === 'string') {
    sink.mounts.push({ form: 'devcontainer', spec: devcontainerString(place, node), range, ...whose });
  } else if (node.type === 'object') {
    const spec = sliceHosted(host, { start: node.range.start, end: node.range.start });
    const fields = node.entries.map((entry) => fieldOf(place, entry));
    sink.mounts.push({ form: 'devcontainer', spec, range, fields, ...whose });
  }
}

function fieldOf(place: Devcontainer, { key, keyRange, value }: JsonEntry): FoundField {
  const { host } = place;
  const known = value.type !== 'object' && value.type !== 'array';
  const text =
    value.type === 'string'
      ? devcontainerString(place, value)
      : known
        ? sliceHosted(host, value.range)
        : undefined;
  return {
    key,
    keyRange: sourceRange(host, keyRange),
    value: text,
    valueRange: sourceRange(host, value.range),
    type: value.type === 'array' ? 'list' : value.type,
  };
}

function readRunArgs(place: Devcontainer, node: JsonNode): void {
  const { host, sink, engine } = place;
  const items = node.items.filter((item) => item.type === 'string');
  if (items.length === 0) return;
  const own = items.map((item) =>
    exactWord(devcontainerString(place, item), host, item.range, `j${node.range.start}`),
  );
  const words = [impliedWord(engine, host), impliedWord('run', host), ...own];
  sink.commands.push(
    listCommand(
      {
        engine,
        shell: 'exec',
        language: 'devcontainer',
        words,
        host,
        range: node.range,
        conditional: false,
        partial: true,
      },
      quoteJson,
    ),
  );
}

function readCommand(host: HostedText, node: JsonNode, sink: Sink, context: ReadContext): void {
  if (node.type === 'string') readShell(jsonString(host, node.range), sink, { ...context, shell: 'sh' });
  if (node.type !== 'array') return;
  const items = node.items.filter((item) => item.type === 'string');
  const words = items.map((item) =>
    exactWord(jsonString(host, item.range), host, item.range, `j${node.range.start}`),
  );
  readExec(words, host, sink, context, quoteJson);
}
