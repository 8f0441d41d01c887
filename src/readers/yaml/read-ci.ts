import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { mentionsEngine } from '../../source/engine.js';
import type { ReadContext, ReadText, Sink } from '../../source/frontend.js';
import { type HostedText, joinHosted } from '../../source/hosted-text.js';
import { withoutOperators } from '../../source/mask.js';
import { append } from '../../text/append.js';
import { readExec } from '../exec.js';
import { readShell } from '../shell/read-shell.js';
import { readAnsibleModule, readPlatforms } from './ansible.js';
import { listWords, readBuildStep } from './build-step.js';
import { maskMacros, maskParameters, maskVariables } from './ci-masks.js';
import { type ScriptReader, shellIn } from './ci-shell.js';
import { CI_SYSTEMS, type CiKind, type CiSystem } from './ci-systems.js';
import { readAction, readContainers } from './container.js';
import { quoteYaml } from './quote.js';
import { readFragment } from './read-compose.js';
import { entriesOf, itemsOf, parseYaml, resolveNode, textOf } from './tree.js';
import { readWrittenFile } from './written-file.js';

/** Keys whose lists are the words of one command; Buildkite's `command` is a list of lines. */
const EXEC_KEYS = new Set(['command', 'args', 'argv', 'entrypoint']);

/** Keys of cloud-init: each item is a line of a script, or the words of one command. */
const MIXED_KEYS = new Set(['runcmd', 'bootcmd']);

const STARTS_COMMAND = /^\s*(?:sudo\s+)?(?:docker|podman|nerdctl)\s+(?:container\s+)?(?:run|create)\s/;

/** Keys below which variables of scripts are set. */
const VARIABLES = new Set(['vars', 'env', 'variables', 'environment']);

/** Ansible's modules that start a program without a shell, and what tells that a file is Ansible's. */
const CUT_KEYS = new Set(['command', 'ansible.builtin.command']);
const ANSIBLE =
  /^[ \t]*(?:-[ \t]+)?(?:hosts|gather_facts|become|register|delegate_to|changed_when|(?:ansible|community)\.[\w.]+):/m;

/** Buildkite's plugins that run containers. */
const DOCKER_PLUGIN = /(?:^|\/)docker(?:-compose)?(?:-buildkite-plugin)?(?:\.git)?#/;

interface Frame {
  readonly node: Node;
  readonly key: string;
  readonly shell: ScriptReader | undefined;
  readonly depth: number;
  /** No shell reads the strings: they are cut at white space, new lines included, as Ansible's `command` does. */
  readonly isCut?: boolean;
}

/** Reads the scripts in the YAML of CI systems, and the mounts of the containers that they run. */
export function readCi(kind: CiKind): ReadText {
  const system = CI_SYSTEMS[kind];
  return (raw, sink, context) => {
    const masked = system.fillsIn === 'macros' ? maskMacros(raw) : maskParameters(raw);
    const { host, documents } = parseYaml(masked, sink, context);
    for (const document of documents) {
      walk(host, document, system, sink, context);
      if (system.isUnknown && context.language === 'markdown') readFragment(host, document, sink);
    }
  };
}

function walk(
  host: HostedText,
  document: Document,
  system: CiSystem,
  sink: Sink,
  context: ReadContext,
): void {
  const { scripts, shells } = system;
  // An anchor may first be met where nothing reads it.
  const walked = new Set<Node>();
  const read = new Set<Node>();
  const written = new Set<Node>();
  const root = document.contents as Node | null;
  // Documentation shows nothing but the list of a script.
  const key = context.language === 'markdown' && isSeq(root) ? 'script' : '';
  const shell = system.defaultShell?.(host.value) ?? context.shell;
  const isAnsible = system.isUnknown === true && ANSIBLE.test(host.value);
  if (system.isUnknown) readPlatforms(host, document, root, sink, read);
  const stack: Frame[] = root === null ? [] : [{ node: root, key, shell, depth: 0 }];
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    const { node, key, shell, depth, isCut } = frame;
    const seen = scripts.has(key) ? read : walked;
    if (seen.has(node) || depth > 64) continue;
    seen.add(node);
    if (scripts.has(key) && readScript(host, document, frame, system, sink, context)) continue;
    if (isMap(node)) {
      const entries = entriesOf(node, document);
      const own = shellIn(host, document, node) ?? shell;
      if (system.containers?.has(key) || (system.isUnknown && DOCKER_PLUGIN.test(key)))
        readContainers(
          host,
          document,
          node,
          sink,
          read,
          system.fillsIn === 'variables' ? maskVariables : undefined,
        );
      if (system.hasActions) readAction(host, document, node, sink, context);
      if (system.isUnknown)
        for (const one of readBuildStep(host, document, node, sink, read, context)) read.add(one);
      if (system.isUnknown)
        for (const one of readWrittenFile(host, document, node, context, written)) walked.add(one);
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i]!;
        const value = resolveNode(entry.value, document);
        if (value === undefined) continue;
        if (system.isUnknown) readAnsibleModule(host, document, entry.key, value, sink, read);
        const inner = shells?.get(entry.key) ?? own;
        if (VARIABLES.has(key)) readCommandVariable(textOf(host, value), sink, context);
        const short = key === system.tasks && !isMap(value);
        stack.push({
          node: value,
          key: short ? 'cmds' : entry.key,
          shell: inner,
          depth: depth + 1,
          isCut: isAnsible && (CUT_KEYS.has(entry.key) || (isCut && entry.key === 'cmd')),
        });
      }
    } else if (isSeq(node)) {
      for (let i = node.items.length - 1; i >= 0; i--) {
        const value = resolveNode(node.items[i] as Node, document);
        if (value !== undefined) stack.push({ node: value, key, shell, depth: depth + 1 });
      }
    }
  }
}

/** `DOCKER_RUN: docker run --rm …`: the beginning of commands. */
function readCommandVariable(text: HostedText | undefined, sink: Sink, context: ReadContext): void {
  if (text !== undefined && STARTS_COMMAND.test(text.value))
    readShell(text, sink, { ...context, partial: true });
}

/** Reads a string, or a list of strings, that a shell gets. Answers whether that was all there is to the node. */
function readScript(
  host: HostedText,
  document: Document,
  { node, key, shell, isCut }: Frame,
  system: CiSystem,
  sink: Sink,
  context: ReadContext,
): boolean {
  if (shell === 'other') return true;
  if (shell === 'powershell' || shell === 'cmd') {
    const text = textOf(host, node);
    if (text !== undefined) context.readNested?.(shell === 'cmd' ? 'batch' : 'powershell', text, context);
    return text !== undefined;
  }
  const script = (text: HostedText) => readShell(text, sink, { ...context, ...(shell && { shell }) });
  if (isScalar(node)) {
    const text = textOf(host, node);
    if (text !== undefined) script(isCut ? withoutOperators(text) : text);
    return true;
  }
  if (!isSeq(node)) return false;
  const lists = MIXED_KEYS.has(key) ? itemsOf(node, document).filter(isSeq) : [];
  for (const list of lists)
    readExec(listWords(host, list, itemsOf(list, document)), host, sink, context, quoteYaml);
  const items = lists.length > 0 ? itemsOf(node, document).filter(isScalar) : flatten(node, document);
  if (items === undefined) return false;
  const texts = items.flatMap((item) => textOf(host, item) ?? []);
  const isLines = texts.some(
    ({ value }, i) => STARTS_COMMAND.test(value) && !/^-\w*c$/.test(texts[i - 1]?.value ?? ''),
  );
  if (system.isUnknown && EXEC_KEYS.has(key) && !isLines) {
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
      append(all, inner);
    } else return undefined;
  }
  return all;
}
