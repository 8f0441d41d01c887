import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Engine, FoundMount, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { maskText } from '../../source/mask.js';
import { sourceRange } from '../../text/spec-text.js';
import { entriesOf, itemsOf, resolveNode, textOf } from './tree.js';

/** Ansible's modules that make containers, and whose they are. */
const MODULES: ReadonlyMap<string, Engine> = new Map([
  ['docker_container', 'docker'],
  ['community.docker.docker_container', 'docker'],
  ['community.general.docker_container', 'docker'],
  ['podman_container', 'podman'],
  ['containers.podman.podman_container', 'podman'],
]);

/** What holds mounts as the engine's flags have them; the module of podman has a second name for each. */
const FORMS: ReadonlyMap<string, FoundMount['form']> = new Map([
  ['volumes', 'volume'],
  ['volume', 'volume'],
  ['tmpfs', 'tmpfs'],
  ['mount', 'mount'],
  ['mounts', 'mount'],
]);

/**
 * Reads the mounts of a container that Ansible makes, when that key names a module which makes one; lists that were `read` not
 * once more.
 */
export function readAnsibleModule(
  host: HostedText,
  document: Document,
  key: string,
  node: Node,
  sink: Sink,
  read: Set<Node>,
): void {
  const engine = MODULES.get(key);
  if (engine === undefined || !isMap(node)) return;
  const group = `container ${node.range?.[0] ?? 0}`;
  for (const entry of entriesOf(node, document)) {
    const form = FORMS.get(entry.key);
    const value = resolveNode(entry.value, document);
    if (form === undefined || value === undefined || read.has(value)) continue;
    read.add(value);
    for (const item of flagTexts(value, document)) {
      const text = textOf(host, item);
      if (text === undefined) continue;
      const known = form === 'volume' ? withoutExpanded(text) : text;
      const spec = { ...known, holes: known.holes.map((hole) => ({ ...hole, quoted: true })) };
      sink.mounts.push({ form, spec, range: sourceRange(spec), group, engine });
    }
  }
}

/** The texts of a list. A single text is split at its commas, which may be those of a mount too: only one without counts. */
function flagTexts(value: Node, document: Document): Node[] {
  if (isScalar(value)) return /^[^,\s]*:[^,\s]*$/.test(String(value.value ?? '')) ? [value] : [];
  return isSeq(value) ? itemsOf(value, document).filter((item) => isScalar(item)) : [];
}

/** The module makes absolute what begins with a `~` or a dot, so that the engine never sees it. */
function withoutExpanded(text: HostedText): HostedText {
  const end = /^(?:~[\w-]*|\.{1,2})(?=[/:]|$)/.exec(text.value)?.[0].length;
  if (end === undefined) return text;
  return maskText(text, [{ range: { start: 0, end }, kind: 'variable', absolute: true }]);
}
