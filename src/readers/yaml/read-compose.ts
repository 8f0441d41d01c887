import { type Document, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { resolvePlain } from '../../go/yaml-scalar.js';
import { NotRead } from '../../source/bounds.js';
import type { FoundField, FoundMount, ReadContext, Sink } from '../../source/frontend.js';
import { type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { kindOf } from '../../source/kind.js';
import { exactWord } from '../../source/words.js';
import { range as makeRange, type Range } from '../../text/range.js';
import { sourceRange } from '../../text/spec-text.js';
import { readExec } from '../exec.js';
import { readShell } from '../shell/read-shell.js';
import { servicesAlone } from './compose-fragment.js';
import { readComposeTree } from './compose-tree.js';
import { interpolatedText } from './interpolation.js';
import { hasNothingOfCompose, isOtherPrograms } from './other-services.js';
import { quoteYaml } from './quote.js';
import {
  entriesFor,
  entriesOf,
  fieldOf,
  isAllHole,
  itemsOf,
  parseYaml,
  resolveNode,
  textOf,
  type YamlEntry,
} from './tree.js';

/** One document of a Compose file. */
interface ComposeText {
  readonly host: HostedText;
  readonly document: Document;
  readonly sink: Sink;
  /** What was read: an anchor's mounts are reported once. */
  readonly seen: Set<Node>;
  /** Documentation shows it: entries with a comment each are often one in place of the other. */
  readonly isShown?: boolean;
}

/** Reads the mounts of a Compose file's services, its named volumes, and commands in `command:` and `entrypoint:`. */
export function readCompose(raw: HostedText, sink: Sink, context: ReadContext): void {
  const first = sink.mounts.length;
  const isBranched = BRANCH.test(raw.value);
  readDocuments(raw, sink, context, isBranched);
  // podman-compose hands its modes to podman, which knows more.
  const isPodman = /(?:^|[/\\])podman-compose[^/\\]*$/i.test(context.path ?? '');
  if (!isPodman && !isBranched) return;
  for (let i = first; i < sink.mounts.length; i++) {
    const mount = sink.mounts[i]!;
    sink.mounts[i] = { ...mount, ...(isPodman && { engine: 'podman' }), ...(isBranched && { isBranched }) };
  }
}

/** A line that decides which of the lines below the file will have: Jinja's, Go's, Handlebars' or ERB's. */
const BRANCH =
  /^[ \t]*(?:\{%[-+]?\s*(?:if|elif|else|for)\b|\{\{-?\s*(?:#(?:if|unless|each)|if|else|range|with)\b|<%-?\s*(?:if|unless|else|\w+\.each)\b)/m;

function readDocuments(raw: HostedText, sink: Sink, context: ReadContext, isBranched: boolean): void {
  const { host, documents } = parseYaml(raw, sink, { ...context, placeholders: true });
  const { path, readNested } = context;
  const isNamed = path !== undefined && kindOf(path, '') === 'compose';
  const isOther = isNamed ? hasNothingOfCompose : isOtherPrograms;
  if (readNested !== undefined && documents.some(isOther)) {
    readNested('yaml', raw, context);
    return;
  }
  const seen = new Set<Node>();
  for (const document of documents) {
    const compose = { host, document, sink, seen };
    const root = document.contents as Node | null;
    // Documentation shows parts of files.
    const trees = (context.depth ?? 0) === 0 ? sink.trees : context.placeholders ? sink.shown : undefined;
    if (document.errors.length === 0) trees?.push(readComposeTree(host, document, isBranched));
    for (const entry of entriesOf(fieldOf(root, 'volumes', document), document)) {
      const value = resolveNode(entry.value, document);
      sink.volumes.push({
        name: entry.key,
        range: rangeOf(host, entry.keyNode),
        ...(isMap(value) && { fields: fieldsOf(host, document, value, '') }),
      });
    }
    const include = fieldOf(root, 'include', document);
    if (include !== undefined) sink.references.push({ kind: 'include', range: rangeOf(host, include) });
    const services = fieldOf(root, 'services', document);
    for (const service of entriesOf(services, document)) {
      if (service.value.tag === '!reset') continue;
      const file = fieldOf(fieldOf(service.value, 'extends', document), 'file', document);
      if (file !== undefined) sink.references.push({ kind: 'extends', range: rangeOf(host, file) });
      // Each has its mounts; a command that many share is one text.
      readMounts(context.everyService ? { ...compose, seen: new Set() } : compose, service);
      readCommands(compose, service, context);
    }
    if (context.everyService) continue;
    if (services === undefined) {
      for (const service of readAlone(compose, context.language === 'markdown'))
        readCommands(compose, service, context);
    }
    // Blocks that services take over with an anchor; those that were met above are not read again.
    for (const entry of entriesOf(root, document)) {
      if (entry.key.startsWith('x-')) readService(compose, entry, context);
    }
  }
}

/** Reads the mounts that a block of documentation shows of services; its commands are those of any YAML. */
export function readFragment(host: HostedText, document: Document, sink: Sink): void {
  readAlone({ host, document, sink, seen: new Set() }, true);
}

/** Reads the mounts of services without a `services:` around them, and answers those. */
function readAlone(compose: ComposeText, isDocumentation: boolean): readonly YamlEntry[] {
  const { host, document, sink } = compose;
  const shown = { ...compose, isShown: isDocumentation };
  const services = servicesAlone(document.contents as Node | null, document, isDocumentation);
  for (const service of services) {
    readMounts(shown, service);
    // Volumes are declared elsewhere; Compose's first format has no place for it.
    sink.references.push({ kind: 'include', range: rangeOf(host, service.keyNode) });
  }
  return services;
}

function readService(compose: ComposeText, service: YamlEntry, context: ReadContext): void {
  readMounts(compose, service);
  readCommands(compose, service, context);
}

function readMounts(compose: ComposeText, { key: group, value }: YamlEntry): void {
  const before = new Set<string>();
  for (const { key, node } of unseenEntries(compose, value, MOUNT_KEYS)) {
    // A key that is there once more is another way to write it: Compose takes no file with both.
    const container = before.has(key) ? `${group} ${compose.sink.mounts.length}` : group;
    before.add(key);
    if (key === 'volumes') readVolumes(compose, node, container);
    else readTmpfs(compose, node, container);
  }
  const list = resolveNode(value, compose.document);
  if (isSeq(list) && /volume|mount/i.test(group) && !compose.seen.has(list))
    readVolumes(compose, list, group);
}

function readCommands(compose: ComposeText, { value }: YamlEntry, context: ReadContext): void {
  for (const { node } of unseenEntries(compose, value, COMMAND_KEYS)) readCommand(compose, node, context);
}

const MOUNT_KEYS = ['volumes', 'tmpfs'];
const COMMAND_KEYS = ['command', 'entrypoint'];

function* unseenEntries({ document, seen }: ComposeText, service: Node, keys: readonly string[]) {
  for (const key of keys) {
    for (const { value } of entriesFor(service, key, document)) {
      const node = resolveNode(value, document);
      // What is reset is not there.
      if (node === undefined || value.tag === '!reset' || seen.has(node)) continue;
      seen.add(node);
      yield { key, node };
    }
  }
}

function readVolumes(
  { host, document, seen, sink, isShown }: ComposeText,
  node: Node,
  service: string,
): void {
  const text = isScalar(node) ? textOf(host, node) : undefined;
  if (isScalar(node) && /^\S+$/.test(String(node.value ?? '')) && !(text && isAllHole(text))) {
    const mount = shortMount(host, node, service);
    if (mount !== undefined) sink.mounts.push({ ...mount, isNoList: true });
  }
  if (!isSeq(node)) return;
  for (const item of node.items) {
    const value = resolveNode(item as Node, document);
    // What is reset is not there.
    if (value === undefined || value.tag === '!reset' || (value !== item && seen.has(value))) continue;
    seen.add(value);
    const isOneOf = isShown === true && value.commentBefore != null;
    const group = isOneOf ? `${service} ${sink.mounts.length}` : service;
    const mount = isMap(value) ? longMount(host, document, value, group) : shortMount(host, value, group);
    if (mount !== undefined) sink.mounts.push(mount);
    // Reported for each of the services that share a list, its mounts may be any number.
    if (sink.mounts.length > MOST_MOUNTS && sink.mounts.length > host.value.length / SHORTEST_MOUNT)
      throw new NotRead('its services have more mounts than can be followed');
  }
}

const MOST_MOUNTS = 50_000;
/** `- a:b` and a line end. */
const SHORTEST_MOUNT = 6;

function shortMount(host: HostedText, node: Node, group: string): FoundMount | undefined {
  const text = textOf(host, node);
  // A number or a boolean is not an entry.
  if (text === undefined || !isScalar(node) || typeOf(node, text) !== 'string') return undefined;
  return { form: 'compose-short', spec: interpolatedText(text, true), range: rangeOf(host, node), group };
}

function longMount(host: HostedText, document: Document, node: Node, group: string): FoundMount {
  const start = node.range?.[0] ?? 0;
  const spec = sliceHosted(host, makeRange(start, start));
  return {
    form: 'compose-long',
    spec,
    range: rangeOf(host, node),
    fields: fieldsOf(host, document, node, ''),
    group,
  };
}

function fieldsOf(host: HostedText, document: Document, node: Node, prefix: string): FoundField[] {
  return entriesOf(node, document).flatMap((entry): FoundField[] => {
    const key = prefix + entry.key;
    const value = resolveNode(entry.value, document);
    const keyRange = rangeOf(host, entry.keyNode);
    if (value === undefined) return [];
    const field = { key, keyRange, valueRange: rangeOf(host, value) };
    // What `!reset` and its like leave of a value is for Compose to say.
    if (!isMap(value) && value.tag?.startsWith('!')) return [{ ...field, value: undefined, type: 'unknown' }];
    if (isMap(value)) {
      const inner = prefix.split('.').length > 4 ? [] : fieldsOf(host, document, value, `${key}.`);
      return [{ ...field, value: undefined, type: 'object' }, ...inner];
    }
    if (!isScalar(value)) return [{ ...field, value: undefined, type: 'list' }];
    const text = textOf(host, value);
    const interpolated = text && interpolatedText(text, entry.key === 'source');
    return [{ ...field, value: interpolated, type: typeOf(value, text) }];
  });
}

/** What Go's yaml takes a scalar for. */
function typeOf(node: Scalar, text: HostedText | undefined): FoundField['type'] {
  if (node.type !== 'PLAIN' || node.tag !== undefined) return node.value === null ? 'null' : 'string';
  const { type } = resolvePlain(text?.value ?? '');
  return type === 'integer' || type === 'float' ? 'number' : type === 'time' ? 'unknown' : type;
}

function readTmpfs({ host, document, sink }: ComposeText, node: Node, group: string): void {
  for (const item of itemsOf(node, document)) {
    const text = item.tag === '!reset' ? undefined : textOf(host, item);
    if (text === undefined || !isScalar(item) || typeOf(item, text) !== 'string') continue;
    const spec = interpolatedText(text, false);
    sink.mounts.push({ form: 'compose-tmpfs', spec, range: rangeOf(host, item), group });
  }
}

function readCommand({ host, document, sink }: ComposeText, node: Node, context: ReadContext): void {
  if (isScalar(node)) {
    const text = textOf(host, node);
    if (text !== undefined) readShell(interpolatedText(text, false), sink, { ...context, shell: 'sh' });
    return;
  }
  const words = itemsOf(node, document).flatMap((item) => {
    const text = textOf(host, item);
    if (text === undefined || !item.range) return [];
    const raw = { start: item.range[0], end: item.range[1] };
    return [exactWord(interpolatedText(text, false), host, raw, `y${node.range?.[0] ?? 0}`)];
  });
  readExec(words, host, sink, context, quoteYaml);
}

function rangeOf(host: HostedText, node: Node): Range {
  const [start, end] = node.range ?? [0, 0];
  const blanks = isScalar(node) ? 0 : /\s*$/.exec(host.value.slice(start, end))![0].length;
  return sourceRange(host, { start, end: Math.max(start, end - blanks) });
}
