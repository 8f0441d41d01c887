import type { ReadContext, Sink } from '../../source/frontend.js';
import { type HostedText, joinHosted } from '../../source/hosted-text.js';
import { type Mask, maskText } from '../../source/mask.js';
import { exactWord } from '../../source/words.js';
import { sourceRange } from '../../text/spec-text.js';
import { readExec } from '../exec.js';
import { joinedMount, type MountPart } from '../joined-mount.js';
import { readShell } from '../shell/read-shell.js';
import { readRoot } from './read-json.js';
import { jsonString, quoteJson } from './strings.js';
import { entryValue, type JsonNode } from './tree.js';

const SYSTEMS = ['windows', 'osx', 'linux'] as const;

/** Reads the commands of the tasks of Visual Studio Code, and the volumes of its Docker extension's. */
export function readVscodeTasks(host: HostedText, sink: Sink, context: ReadContext): void {
  const root = readRoot(host, sink, context, false);
  const inner = { ...context, language: 'vscode-tasks' as const };
  for (const task of entryValue(root, 'tasks')?.items ?? []) {
    readTask(host, task, undefined, sink, inner);
    for (const system of SYSTEMS) {
      const own = entryValue(task, system);
      // It says what is different there; what runs on Windows is read by another shell.
      if (own !== undefined && system !== 'windows') readTask(host, own, task, sink, inner);
    }
    readVolumes(host, task, sink);
  }
}

/** One task; what it does not say, the task that it belongs to says. */
function readTask(
  host: HostedText,
  task: JsonNode,
  outer: JsonNode | undefined,
  sink: Sink,
  context: ReadContext,
): void {
  const command = textNode(entryValue(task, 'command') ?? entryValue(outer, 'command'));
  if (command === undefined) return;
  const args = (entryValue(task, 'args') ?? entryValue(outer, 'args'))?.items.flatMap(
    (item) => textNode(item) ?? [],
  );
  const isShell = string(host, entryValue(outer ?? task, 'type')) !== 'process';
  const text = taskString(host, command, false);
  if (isShell && /\s/.test(text.value.trim())) {
    const others = (args ?? []).map((arg) => taskString(host, arg, false));
    readShell(joinHosted([text, ...others], ' '), sink, { ...context, shell: 'bash' });
    return;
  }
  const words = [command, ...(args ?? [])].map((node) =>
    exactWord(taskString(host, node, isShell), host, node.range, `j${task.range.start}`),
  );
  readExec(words, host, sink, context, quoteJson);
}

/** A string, or the `value` of one whose quoting is said. */
function textNode(node: JsonNode | undefined): JsonNode | undefined {
  const text = node?.type === 'object' ? entryValue(node, 'value') : node;
  return text?.type === 'string' ? text : undefined;
}

const string = (host: HostedText, node: JsonNode | undefined) =>
  node?.type === 'string' ? jsonString(host, node.range).value : undefined;

/** A string with what is filled in as holes: `${workspaceFolder}`, and where a shell gets it as an argument what that expands. */
function taskString(host: HostedText, node: JsonNode, isArgument: boolean): HostedText {
  const text = jsonString(host, node.range);
  const pattern = isArgument
    ? /\$(?:\{[^{}\n]*\}|\w+|\([^()\n]*\))|`[^`\n]*`/g
    : /\$\{[a-zA-Z]+(?::[^{}\n]*)?\}/g;
  const masks = [...text.value.matchAll(pattern)].flatMap((match): Mask[] => {
    const [word] = match;
    if (!isArgument && !FILLED_IN.test(word)) return [];
    const absolute = ABSOLUTE.test(word);
    const range = { start: match.index, end: match.index + word.length };
    return [{ range, kind: 'variable', ...(absolute && { absolute }) }];
  });
  return maskText(text, masks);
}

/** A shell's own `${HOME}` is none of them. */
const FILLED_IN = /^\$\{(?:\w+:|(?:workspace|file|user|exec|cwd|line|selected|default|path)\w*\})/;
const ABSOLUTE =
  /^\$(?:\{(?:workspaceFolder|workspaceRoot|workspaceFolder:[^{}]*|fileDirname|file|userHome|cwd|env:HOME|env:USERPROFILE|HOME|PWD)\}|HOME|PWD|\(pwd\))$|^`pwd`$/;

/** `"dockerRun": {"volumes": [{"localPath": …, "containerPath": …, "permissions": "ro"}]}`. */
function readVolumes(host: HostedText, task: JsonNode, sink: Sink): void {
  for (const volume of entryValue(entryValue(task, 'dockerRun'), 'volumes')?.items ?? []) {
    const parts = ['localPath', 'containerPath', 'permissions'].flatMap((key): MountPart[] => {
      const node = textNode(entryValue(volume, key));
      return node === undefined ? [] : [{ text: taskString(host, node, true) }];
    });
    const spec = parts.length < 2 ? undefined : joinedMount(parts, ':');
    if (spec === undefined) continue;
    const range = sourceRange(host, volume.range);
    sink.mounts.push({ form: 'volume', spec, range, group: `task ${task.range.start}` });
  }
}
