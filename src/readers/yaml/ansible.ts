import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { VOLUME_MODE_BY_NAME } from '../../dialects/docker/tables/volume-modes.js';
import type { Engine, FoundMount, Sink } from '../../source/frontend.js';
import { type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { maskText } from '../../source/mask.js';
import { sourceRange } from '../../text/spec-text.js';
import { joinedMount, type MountPart } from '../joined-mount.js';
import { maskVariables } from './ci-masks.js';
import { entriesOf, fieldOf, itemsOf, resolveNode, textOf } from './tree.js';

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

/** What the keys of a mount that is a map are called in `--mount`. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['type', 'type'],
  ['source', 'source'],
  ['target', 'target'],
  ['read_only', 'readonly'],
  ['propagation', 'bind-propagation'],
  ['consistency', 'consistency'],
  ['no_copy', 'volume-nocopy'],
  ['volume_driver', 'volume-driver'],
  ['tmpfs_mode', 'tmpfs-mode'],
  ['tmpfs_size', 'tmpfs-size'],
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
  if (engine !== undefined) readContainer(host, document, engine, node, sink, read);
}

/** Reads the containers of Molecule's tests, which it gives to the module of their driver, variables filled in. */
export function readPlatforms(
  host: HostedText,
  document: Document,
  root: Node | null,
  sink: Sink,
  read: Set<Node>,
): void {
  const platforms = fieldOf(root ?? undefined, 'platforms', document);
  const driver =
    platforms && textOf(host, fieldOf(fieldOf(root!, 'driver', document), 'name', document))?.value;
  if (driver !== 'docker' && driver !== 'podman') return;
  for (const one of itemsOf(platforms, document))
    readContainer(host, document, driver, one, sink, read, maskVariables);
}

function readContainer(
  host: HostedText,
  document: Document,
  engine: Engine,
  node: Node,
  sink: Sink,
  read: Set<Node>,
  fillIn = (text: HostedText): HostedText => text,
): void {
  if (!isMap(node)) return;
  const group = `container ${node.range?.[0] ?? 0}`;
  for (const entry of entriesOf(node, document)) {
    const form = FORMS.get(entry.key);
    const value = resolveNode(entry.value, document);
    if (form === undefined || value === undefined || read.has(value)) continue;
    read.add(value);
    for (const item of form === 'mount' ? itemsOf(value, document) : []) {
      const whole = isMap(item) ? mountOf(host, document, item) : undefined;
      const spec = whole && fillIn(whole);
      if (spec !== undefined)
        sink.mounts.push({ form, spec, range: sourceRange(spec), group, engine, isSentAsIs: true });
    }
    for (const item of flagTexts(value, document)) {
      const written = textOf(host, item);
      if (written === undefined) continue;
      const text = fillIn(written);
      const known =
        form === 'volume' ? withoutExpanded(engine === 'docker' ? withoutMode(text) : text) : text;
      const spec = { ...known, holes: known.holes.map((hole) => ({ ...hole, quoted: true })) };
      sink.mounts.push({ form, spec, range: sourceRange(spec), group, engine });
    }
  }
}

/** A mount that is a map, as `--mount` would have it; what that has no word for is left out. */
function mountOf(host: HostedText, document: Document, node: Node): HostedText | undefined {
  const parts = entriesOf(node, document).flatMap((entry): MountPart[] => {
    const key = KEYS.get(entry.key);
    const value = resolveNode(entry.value, document);
    const text = textOf(host, value);
    // A null is what is left out.
    if (key === undefined || text === undefined || !isScalar(value) || value.value === null) return [];
    const word = isScalar(value) ? SWITCHES.get(text.value.toLowerCase()) : undefined;
    return [{ key: `${key}=`, text, ...(SWITCH.test(key) && word !== undefined && { value: word }) }];
  });
  return joinedMount(parts, ',');
}

const SWITCH = /^(?:readonly|volume-nocopy)$/;
const SWITCHES: ReadonlyMap<string, string> = new Map([
  ...['yes', 'on', 'true', '1', 'y', 't'].map((word) => [word, 'true'] as const),
  ...['no', 'off', 'false', '0', 'n', 'f'].map((word) => [word, 'false'] as const),
]);

/** The texts of a list. A single text is split at its commas, which may be those of a mount too: only one without counts. */
function flagTexts(value: Node, document: Document): Node[] {
  if (isScalar(value)) return /^[^,\s]*:[^,\s]*$/.test(String(value.value ?? '')) ? [value] : [];
  return isSeq(value) ? itemsOf(value, document).filter((item) => isScalar(item)) : [];
}

/** Of `/data:rw` the module of docker takes the path for a target, and the words after it for its mode. */
function withoutMode(text: HostedText): HostedText {
  const [path = '', words, more] = text.value.split(':');
  const isMode = words?.split(',').every((word) => VOLUME_MODE_BY_NAME.has(word));
  return isMode && more === undefined ? sliceHosted(text, { start: 0, end: path.length }) : text;
}

/** The module makes absolute what begins with a `~` or a dot, so that the engine never sees it. */
function withoutExpanded(text: HostedText): HostedText {
  const end = /^(?:~[\w-]*|\.{1,2})(?=[/:]|$)/.exec(text.value)?.[0].length;
  if (end === undefined) return text;
  return maskText(text, [{ range: { start: 0, end }, kind: 'variable', absolute: true }]);
}
