import { nearest } from '../../text/nearest.js';
import type { Range } from '../../text/range.js';
import { checkShape, unknownKey } from './check-shape.js';
import { readComposeBoolean } from './compose-keys.js';
import {
  type ComposeEntry,
  type ComposeFlaw,
  type ComposeMap,
  type ComposeNode,
  type ComposeTree,
  entriesIn,
  itemsIn,
  stringIn,
  valueAt,
} from './node.js';
import type { ComposeProblem } from './problem.js';
import { SERVICE_KEYS, SERVICE_SHAPES, TOP_KEYS, TOP_SHAPES } from './shapes.js';
import { readShort } from './short.js';
import { mergedVolumes, withoutReplaced } from './unicity.js';
import { type ComposeChoice, hasFact } from './versions.js';

/** What is known of a file besides its text. */
interface FileContext {
  /** Who may read it. */
  readonly choice: ComposeChoice;
  /** Nothing else is read with it: what it does not declare is declared nowhere. */
  readonly isWhole: boolean;
  /** Lines of a template decide what is in it. */
  readonly isBranched: boolean;
}

/** What every Compose that may read the file refuses of it, as far as it is about mounts. */
export function checkComposeFile(tree: ComposeTree, context: FileContext): readonly ComposeProblem[] {
  const problems: ComposeProblem[] = [];
  const report = (problem: ComposeProblem) => problems.push(problem);
  for (const flaw of tree.flaws)
    if (!context.isBranched || flaw.kind === 'interpolation') report(flawed(flaw));
  const { root } = tree;
  if (root.kind !== 'map') return problems;
  const shape = { choice: context.choice, report };
  for (const { key, keyRange, value } of entriesIn(root)) {
    const own = TOP_SHAPES.get(key);
    if (own !== undefined) checkShape(value, own, key, shape);
    else if (!TOP_KEYS.includes(key) && !key.startsWith('x-') && valueAt(root, 'services') !== undefined)
      report({ range: keyRange, ...unknownKey(key, 'the file', TOP_KEYS, root) });
  }
  checkDeclared(valueAt(root, 'volumes'), report);
  for (const kind of ['configs', 'secrets'] as const)
    checkFileObjects(kind, valueAt(root, kind), context, report);
  const services = valueAt(root, 'services');
  if (services?.kind !== 'map') return problems;
  for (const entry of entriesIn(services)) checkService(entry, services, root, context, report);
  return problems;
}

type Report = (problem: ComposeProblem) => void;

function flawed({ kind, range, text }: ComposeFlaw): ComposeProblem {
  const base = { kind: 'yaml', range } as const;
  switch (kind) {
    case 'duplicate-key':
      return {
        ...base,
        message: `the key \`${text}\` stands twice: Compose refuses the file`,
        help: 'remove one of them',
      };
    case 'non-string-key':
      return {
        ...base,
        message: `the key \`${text}\` is no text: Compose refuses the file`,
        help: 'put it in quotes',
      };
    case 'alias':
      return {
        ...base,
        message: `\`${text}\` stands for nothing: no anchor before it has that name`,
        help: 'write the anchor, or its value',
      };
    case 'interpolation':
      return {
        ...base,
        message: `\`${text}\` is no variable that Compose can read: it refuses the file`,
        help: 'write `${NAME}` or `${NAME:-default}`, and `$$` for a dollar',
      };
  }
}

/** `external` says that the volume is there: whatever else is said of it contradicts that. */
function checkDeclared(volumes: ComposeNode | undefined, report: Report): void {
  for (const { value } of entriesIn(volumes)) {
    const external = entriesIn(value).find(({ key }) => key === 'external');
    if (external === undefined || !isTrue(external.value)) continue;
    const old = valueAt(external.value, 'name');
    const name = valueAt(value, 'name');
    if (
      old !== undefined &&
      name !== undefined &&
      stringIn(old) !== undefined &&
      stringIn(name) !== undefined &&
      stringIn(old) !== stringIn(name)
    )
      report({
        range: name.range,
        kind: 'value',
        message: 'the volume has two names, here and in `external`: Compose refuses the file',
        help: 'keep this one alone',
      });
    const other = entriesIn(value).find(
      ({ key }) => !['name', 'external'].includes(key) && !key.startsWith('x-'),
    );
    if (other !== undefined)
      report({
        range: other.keyRange,
        kind: 'value',
        message: `a volume that is \`external\` takes no \`${other.key}\`: Compose refuses the file`,
        help: 'leave it out, or let Compose make the volume',
        other: { range: external.keyRange, message: '`external`' },
      });
  }
}

function isTrue(node: ComposeNode): boolean {
  if (node.kind === 'map') return true;
  if (node.kind !== 'scalar' || node.text === undefined) return false;
  return node.type === 'boolean'
    ? node.text === 'true'
    : node.type === 'string' && readComposeBoolean(node.text) === true;
}

const CONTENTS = { configs: ['file', 'environment', 'content'], secrets: ['file', 'environment'] } as const;

function checkFileObjects(
  kind: keyof typeof CONTENTS,
  all: ComposeNode | undefined,
  { choice }: FileContext,
  report: Report,
): void {
  if (hasFact(choice, 'readsCompose') !== true) return;
  for (const { key, keyRange, value } of entriesIn(all)) {
    if (value.kind !== 'map' || value.isOpen || value.entries.some((one) => one.key === undefined)) continue;
    const given = entriesIn(value).filter((one) => (CONTENTS[kind] as readonly string[]).includes(one.key));
    const words = CONTENTS[kind].map((one) => `\`${one}\``).join(', ');
    if (given.length > 1)
      report({
        range: given[1]!.keyRange,
        kind: 'value',
        message: `${kind}.${key} takes one of ${words}: Compose refuses the file`,
        help: 'keep one of them',
      });
    const isElsewhere = entriesIn(value).some((one) => one.key === 'external' || one.key === 'driver');
    if (given.length === 0 && !isElsewhere)
      report({
        range: keyRange,
        kind: 'value',
        message: `${kind}.${key} says none of ${words}: Compose refuses the file`,
        help: 'write where it comes from',
      });
  }
}

/** The keys of a service that another file may have, which is not read here. */
const fromElsewhere = (service: ComposeNode): boolean => valueAt(service, 'extends') !== undefined;

function checkService(
  { key: name, value: service }: ComposeEntry & { readonly key: string },
  services: ComposeMap,
  root: ComposeNode,
  context: FileContext,
  report: Report,
): void {
  if (service.kind !== 'map') return;
  const { choice } = context;
  const shape = { choice, report };
  for (const { key, keyRange, value } of entriesIn(service)) {
    const own = SERVICE_SHAPES.get(key);
    if (own !== undefined && (own.since === undefined || hasFact(choice, own.since) !== false))
      checkShape(withoutReplaced(key, value), own, key, shape);
    else if (key.startsWith('x-')) continue;
    else if (
      own !== undefined ||
      !SERVICE_KEYS.includes(key) ||
      (key === 'pre_start' && hasFact(choice, 'preStart') === false)
    )
      report({ range: keyRange, ...unknownKey(key, 'a service', SERVICE_KEYS, service) });
  }
  checkVolumes(withoutReplaced('volumes', valueAt(service, 'volumes')), report);
  checkGrantNames(service, root, context, report, !isEnabled(service, context));
  if (!isEnabled(service, context)) return;
  checkFrom(name, service, services, context, report);
  if (!fromElsewhere(service) && hasFact(choice, 'refusesDoubleMounts') === true)
    checkDoubles(service, report);
}

/** A service of a profile runs when somebody asks for it: what it refers to is looked for only then. */
function isEnabled(service: ComposeNode, { isBranched }: FileContext): boolean {
  const profiles = valueAt(service, 'profiles');
  return !isBranched && (profiles === undefined || (profiles.kind === 'list' && profiles.items.length === 0));
}

function checkVolumes(volumes: ComposeNode | undefined, report: Report): void {
  for (const item of itemsIn(volumes)) {
    if (item.kind === 'scalar') {
      const problem =
        item.type === 'string' && item.text !== undefined ? readShort(item.text).problem : undefined;
      if (problem !== undefined)
        report({
          range: item.range,
          kind: 'value',
          message: `\`${item.text}\` is no mount: ${problem}; Compose refuses the file`,
          help: 'write `SOURCE:TARGET`, or `SOURCE:TARGET:ro`',
        });
      continue;
    }
    if (item.kind !== 'map' || item.isOpen || item.entries.some(({ key }) => key === undefined)) continue;
    const target = valueAt(item, 'target');
    if (target === undefined)
      report({
        range: item.range,
        kind: 'value',
        message: 'no target: Compose does not know where in the container the mount goes',
        help: 'add `target: /path/in/the/container`',
      });
    if (stringIn(valueAt(item, 'type')) === 'bind' && valueAt(item, 'source') === undefined)
      report({
        range: item.range,
        kind: 'value',
        message: 'a bind needs a source: Compose refuses the file',
        help: 'add `source:`',
      });
  }
}

function checkGrantNames(
  service: ComposeNode,
  root: ComposeNode,
  { isWhole, choice }: FileContext,
  report: Report,
  isOff: boolean,
): void {
  for (const kind of ['configs', 'secrets'] as const) {
    const declared = entriesIn(valueAt(root, kind)).map(({ key }) => key);
    const isOpen =
      !isWhole ||
      isOff ||
      hasFact(choice, 'readsCompose') !== true ||
      valueAt(root, 'include') !== undefined ||
      isUnsure(valueAt(root, kind));
    for (const item of itemsIn(withoutReplaced(kind, valueAt(service, kind)))) {
      if (
        item.kind === 'map' &&
        !item.isOpen &&
        valueAt(item, 'source') === undefined &&
        item.entries.every(({ key }) => key !== undefined) &&
        !isOpen
      )
        report({
          range: item.range,
          kind: 'undefined',
          message: `no source: Compose does not know which of the ${kind} is meant`,
          help: 'add `source:`',
        });
      const source = item.kind === 'map' ? valueAt(item, 'source') : item;
      const text = stringIn(source);
      if (isOpen || text === undefined || source === undefined || declared.includes(text)) continue;
      const better = nearest(text, declared);
      report({
        range: source.range,
        kind: 'undefined',
        message: `\`${text}\` is not among the top-level ${kind}: Compose refuses the file`,
        help: better === undefined ? `declare it under \`${kind}:\`` : `did you mean \`${better}\`?`,
      });
    }
  }
}

/** Whether something may be in a map that is not seen. */
const isUnsure = (node: ComposeNode | undefined): boolean =>
  node?.kind === 'unknown' ||
  (node?.kind === 'map' && (node.isOpen === true || node.entries.some(({ key }) => key === undefined)));

function checkFrom(
  name: string,
  service: ComposeNode,
  services: ComposeMap,
  { isWhole, choice }: FileContext,
  report: Report,
): void {
  const from = valueAt(service, 'volumes_from');
  if (from !== undefined && hasFact(choice, 'readsCompose') === false)
    report({
      range: from.range,
      kind: 'value',
      message: '`docker stack deploy` refuses `volumes_from`',
      help: 'share a volume of the top level',
    });
  if (!isWhole || isUnsure(services) || hasFact(choice, 'readsCompose') !== true) return;
  for (const item of itemsIn(from)) {
    const text = stringIn(item);
    if (text === undefined || text.startsWith('container:')) continue;
    const other = text.split(':')[0]!;
    const found = valueAt(services, other);
    if (other === name)
      report({
        range: item.range,
        kind: 'undefined',
        message: 'the service takes volumes from itself: Compose refuses the file',
        help: 'remove it',
      });
    else if (found === undefined || (found.kind === 'map' && itemsIn(valueAt(found, 'profiles')).length > 0))
      report({
        range: item.range,
        kind: 'undefined',
        message: `there is no service \`${other}\`: Compose refuses the file`,
        help: 'name a service of the file, or write `container:NAME`',
      });
  }
}

/** Two mounts on one target, after those of one list on one target were merged. */
function checkDoubles(service: ComposeNode, report: Report): void {
  const places = new Map<string, Range>();
  const take = (target: string, range: Range) => {
    const first = places.get(target);
    if (first === undefined) places.set(target, range);
    else
      report({
        range,
        kind: 'double',
        message: `a second mount on \`${target}\`: Compose refuses the file`,
        help: 'mount one of them elsewhere, or leave it out',
        other: { range: first, message: 'the first' },
      });
  };
  const tmpfs = valueAt(service, 'tmpfs');
  for (const item of tmpfs?.kind === 'scalar' ? [tmpfs] : itemsIn(withoutReplaced('tmpfs', tmpfs))) {
    const text = stringIn(item);
    if (text !== undefined) take(text.split(':')[0]!, item.range);
  }
  for (const { node, target } of mergedVolumes(itemsIn(valueAt(service, 'volumes'))))
    if (target !== undefined) take(target, node.range);
}
