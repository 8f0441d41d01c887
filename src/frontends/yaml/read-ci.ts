import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { mentionsEngine } from '../engine.js';
import { readExec } from '../exec.js';
import type { FileKind, ReadContext, ReadText, ShellKind, Sink } from '../frontend.js';
import { type HostedText, joinHosted } from '../hosted-text.js';
import { type Mask, maskText } from '../mask.js';
import { readShell } from '../shell/read-shell.js';
import { listWords, readBuildStep } from './build-step.js';
import { readContainer, readRunAction } from './container.js';
import { quoteYaml } from './quote.js';
import { readFragment } from './read-compose.js';
import { entriesOf, itemsOf, parseYaml, resolveNode, textOf } from './tree.js';

/** Keys whose strings a shell reads, per kind; a list of strings is one script after the other. */
const SCRIPT_KEYS: Readonly<Partial<Record<FileKind, ReadonlySet<string>>>> = {
  github: new Set(['run']),
  gitlab: new Set(['script', 'before_script', 'after_script', 'pre_get_sources_script']),
  circleci: new Set(['run', 'command']),
  azure: new Set(['script', 'bash', 'inlineScript', 'powershell', 'pwsh']),
  taskfile: new Set(['cmds', 'cmd', 'sh', 'status']),
};
const ANY_SCRIPT = new Set([
  ...[
    'run',
    'script',
    'scripts',
    'before_script',
    'after_script',
    'bash',
    'shell',
    'cmd',
    'cmds',
    'commands',
    'command',
    'runcmd',
  ],
  ...[
    'install',
    'before_install',
    'after_success',
    'entrypoint',
    'args',
    'inlineScript',
    'sh',
    'build',
    'test',
    'exec',
  ],
  ...[
    'ansible.builtin.shell',
    'ansible.builtin.command',
    'pre',
    'post',
    'hooks',
    'steps',
    'powershell',
    'pwsh',
  ],
]);

/** Keys whose lists are the words of one command. */
const EXEC_KEYS = new Set(['command', 'args', 'entrypoint']);

interface Frame {
  readonly node: Node;
  readonly key: string;
  readonly shell: ShellKind | undefined;
  readonly depth: number;
}

/** Reads the scripts in the YAML of CI systems, and the mounts of the containers that they run. */
export function readCi(kind: FileKind): ReadText {
  const keys = SCRIPT_KEYS[kind] ?? ANY_SCRIPT;
  return (raw, sink, context) => {
    const { host, documents } = parseYaml(kind === 'azure' ? maskMacros(raw) : raw, sink, context);
    for (const document of documents) {
      walk(host, document, keys, kind, sink, context);
      if (kind === 'yaml' && context.language === 'markdown') readFragment(host, document, sink);
    }
  };
}

function walk(
  host: HostedText,
  document: Document,
  keys: ReadonlySet<string>,
  kind: FileKind,
  sink: Sink,
  context: ReadContext,
): void {
  // An anchor may first be met where nothing reads it.
  const walked = new Set<Node>();
  const read = new Set<Node>();
  const root = document.contents as Node | null;
  // Documentation shows nothing but the list of a script.
  const key = context.language === 'markdown' && isSeq(root) ? 'script' : '';
  const stack: Frame[] = root === null ? [] : [{ node: root, key, shell: context.shell, depth: 0 }];
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    const { node, key, shell, depth } = frame;
    const seen = keys.has(key) ? read : walked;
    if (seen.has(node) || depth > 64) continue;
    seen.add(node);
    if (keys.has(key) && readScript(host, document, frame, kind, sink, context)) continue;
    if (isMap(node)) {
      const entries = entriesOf(node, document);
      const own = shellIn(host, document, node) ?? shell;
      if (kind === 'github' || kind === 'azure') readContainer(host, document, key, node, sink);
      if (kind === 'github') readRunAction(host, document, node, sink);
      if (kind === 'yaml')
        for (const one of readBuildStep(host, document, node, sink, context)) read.add(one);
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i]!;
        const value = resolveNode(entry.value, document);
        if (value === undefined) continue;
        const inner = entry.key === 'powershell' || entry.key === 'pwsh' ? 'powershell' : own;
        const short = kind === 'taskfile' && key === 'tasks' && !isMap(value);
        stack.push({ node: value, key: short ? 'cmds' : entry.key, shell: inner, depth: depth + 1 });
      }
    } else if (isSeq(node)) {
      for (let i = node.items.length - 1; i >= 0; i--) {
        const value = resolveNode(node.items[i] as Node, document);
        if (value !== undefined) stack.push({ node: value, key, shell, depth: depth + 1 });
      }
    }
  }
}

/** Reads a string, or a list of strings, that a shell gets. Answers whether that was all there is to the node. */
function readScript(
  host: HostedText,
  document: Document,
  { node, key, shell }: Frame,
  kind: FileKind,
  sink: Sink,
  context: ReadContext,
): boolean {
  if (shell === 'powershell' || shell === 'cmd') {
    const text = textOf(host, node);
    if (text !== undefined) context.readNested?.(shell === 'cmd' ? 'batch' : 'powershell', text, context);
    return text !== undefined;
  }
  const script = (text: HostedText) => readShell(text, sink, { ...context, ...(shell && { shell }) });
  if (isScalar(node)) {
    const text = textOf(host, node);
    if (text !== undefined) script(text);
    return true;
  }
  if (!isSeq(node)) return false;
  const items = flatten(node, document);
  if (items === undefined) return false;
  const texts = items.flatMap((item) => textOf(host, item) ?? []);
  if (kind === 'yaml' && EXEC_KEYS.has(key)) {
    readExec(listWords(host, node, items), host, sink, context, quoteYaml);
    return true;
  }
  const first = texts[0];
  if (first === undefined) return items.length > 0;
  if (mentionsEngine(texts.map(({ value }) => value).join('\n'), context.commands))
    script(texts.length === 1 ? first : joinHosted(texts, '\n'));
  return true;
}

/** The strings of a list and of lists in it; undefined when something else is among them. */
function flatten(node: Node, document: Document, depth = 0): Node[] | undefined {
  const all: Node[] = [];
  for (const item of itemsOf(node, document)) {
    if (isScalar(item)) all.push(item);
    else if (isSeq(item) && depth < 8) {
      const inner = flatten(item, document, depth + 1);
      if (inner === undefined) return undefined;
      all.push(...inner);
    } else return undefined;
  }
  return all;
}

/** What `shell:`, `defaults.run.shell` or a Windows runner says of the scripts below. */
function shellIn(host: HostedText, document: Document, node: Node): ShellKind | undefined {
  const entries = entriesOf(node, document);
  const get = (name: string) => entries.find(({ key }) => key === name)?.value;
  const named = textOf(host, resolveNode(get('shell'), document));
  if (named !== undefined) return shellNamed(named.value);
  const defaults = resolveNode(get('defaults'), document);
  const run = entriesOf(defaults, document).find(({ key }) => key === 'run')?.value;
  const inDefaults = entriesOf(run, document).find(({ key }) => key === 'shell')?.value;
  const byDefault = textOf(host, resolveNode(inDefaults, document));
  if (byDefault !== undefined) return shellNamed(byDefault.value);
  const runsOn = textOf(host, resolveNode(get('runs-on'), document));
  return runsOn !== undefined && /^windows/i.test(runsOn.value) ? 'powershell' : undefined;
}

function shellNamed(text: string): ShellKind | undefined {
  const name = /^(?:.*[/\\])?(\w+)/.exec(text.trim())?.[1];
  switch (name) {
    case 'bash':
    case 'zsh':
    case 'sh':
    case 'cmd':
      return name;
    case 'pwsh':
    case 'powershell':
      return 'powershell';
    default:
      return undefined;
  }
}

/** Azure fills in `$(Build.SourcesDirectory)`; what has no dot in it may be the shell's. */
function maskMacros(host: HostedText): HostedText {
  const masks: Mask[] = [];
  for (const match of host.value.matchAll(/\$\((?:[A-Za-z_]\w*\.[\w.]+|[A-Z]\w*)\)/g)) {
    const absolute =
      /^\$\((?:Build\.(?:Sources|Binaries|Artifact\w*)\w*Directory|Agent\.\w*Directory|System\.DefaultWorkingDirectory|Pipeline\.Workspace|Build\.Repository\.LocalPath)\)$/i;
    const range = { start: match.index, end: match.index + match[0].length };
    masks.push({ range, kind: 'template', ...(absolute.test(match[0]) && { absolute: true }) });
  }
  return maskText(host, masks);
}
