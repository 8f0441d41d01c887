import { nearest } from '../../text/nearest.js';
import { once } from '../../text/once.js';
import type { Range } from '../../text/range.js';
import type { Assembled } from './assemble.js';
import { type FileContext, type Named, type ProjectContext, type Report, THINGS } from './check-context.js';
import { checkConsistency, checkNamedServices, checkRun } from './check-service.js';
import { checkShape, type ShapeContext } from './check-shape.js';
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
import { isEnabled } from './profiles.js';
import { isUnsure } from './service-graph.js';
import { networksShape, otherServiceShapes, plainServiceShapes } from './service-shapes.js';
import {
  BOOLEAN,
  SERVICE_KEYS,
  SERVICE_SHAPES,
  SERVICES_SHAPE,
  STACK_KEYS,
  TOP_KEYS,
  TOP_SHAPES,
} from './shapes.js';
import { readShortItem } from './short.js';
import { mergedVolumes, withoutReplaced } from './unicity.js';
import { unknownKey } from './unknown-key.js';
import { type ComposeChoice, hasFact } from './versions.js';

/** What every Compose that may read a document of a file refuses of it by itself, as far as it is about mounts. */
export function checkDocument({ root, flaws }: ComposeTree, context: FileContext): readonly ComposeProblem[] {
  const problems: ComposeProblem[] = [];
  const report = (problem: ComposeProblem) => problems.push(problem);
  // Services that stand alone become a part of a file that has the anchors.
  const isAlone = valueAt(root, 'services') === undefined;
  for (const flaw of flaws)
    if (flaw.kind === 'interpolation' || !(context.isBranched || (isAlone && flaw.kind === 'alias')))
      report(flawed(flaw));
  if (root.kind !== 'map') {
    if (isNoFile(root, context)) report(noMap(root));
    return problems;
  }
  const isStack = isSurelyStack(root, context);
  const shape = { choice: context.choice, report, isPart: context.isLaidOver };
  const isLeft = (value: ComposeNode) =>
    context.isLaidOver && value.kind === 'scalar' && value.type === 'null';
  for (const { key, keyRange, value } of entriesIn(root)) {
    const isComposes = hasFact(context.choice, 'readsCompose') === true;
    const own = key === 'networks' && isComposes ? networksShape() : TOP_SHAPES.get(key);
    if (isStack && NOT_OF_STACKS.has(key)) {
      report(refusedByStack(key, keyRange));
      continue;
    }
    if (isLeft(value)) continue;
    if (own !== undefined)
      checkShape(key === 'services' ? value : withoutServices(value, key, report), own, key, shape);
    else if (!TOP_KEYS.includes(key) && !key.startsWith('x-') && !isAlone)
      report({ range: keyRange, ...unknownKey(key, 'the file', TOP_KEYS, root.entries) });
  }
  // Of services that stand at the top, as ten years ago, the first is reported.
  const [own] = entriesIn(root).filter(({ key }) => !TOP_KEYS.includes(key) && !key.startsWith('x-'));
  if (isAlone && context.isRun && own !== undefined) {
    const problem = unknownKey(own.key, 'the file', TOP_KEYS, root.entries);
    const help = problem.better === undefined ? 'write the services below `services:`' : problem.help;
    report({ range: own.keyRange, ...problem, help });
  }
  const services = valueAt(root, 'services');
  if (services !== undefined) checkServices(services, context, report, isLeft);
  for (const { value } of entriesIn(services)) {
    if (value.kind !== 'map') continue;
    const entries = value.entries.filter(
      ({ key, value: own }) => !isLeft(own) && !(isStack && isNotOfStack(key)),
    );
    checkService({ ...value, entries }, context, report);
    if (isStack)
      for (const { key, keyRange } of entriesIn(value))
        if (isNotOfStack(key)) report(refusedByStack(key, keyRange));
  }
  return problems;
}

/** A map of the top level without services that stand in it, each of which is reported once, whatever its keys are. */
function withoutServices(node: ComposeNode, place: string, report: Report): ComposeNode {
  if (node.kind !== 'map') return node;
  const isService = ({ value }: ComposeEntry) =>
    entriesIn(value).some(({ key }) => key === 'image' || key === 'build');
  for (const { key, keyRange } of entriesIn({ ...node, entries: node.entries.filter(isService) }))
    report({
      range: keyRange,
      kind: 'value',
      message: `\`${key}\` has the keys of a service, but is below \`${place}\`: Compose refuses the file`,
      help: 'move it below `services`',
    });
  return { ...node, entries: node.entries.filter((entry) => !isService(entry)) };
}

/** Whether the name says that a file is deployed, and so do its services: names alone are given to files of Compose too. */
function isSurelyStack(root: ComposeNode, { choice }: FileContext): boolean {
  const services = entriesIn(valueAt(root, 'services'));
  return (
    hasFact(choice, 'readsCompose') === false &&
    services.some(({ value }) => valueAt(value, 'deploy') !== undefined)
  );
}

const isNotOfStack = (key: string | undefined): boolean =>
  key !== undefined && SERVICE_KEYS.includes(key) && !STACK_KEYS.has(key);

/** The keys of the top level that docker's loader of stack files does not know. */
const NOT_OF_STACKS: ReadonlySet<string> = new Set(['name', 'include', 'models']);

const refusedByStack = (key: string, range: Range): ComposeProblem => ({
  range,
  kind: 'value',
  message: `\`docker stack deploy\` refuses \`${key}\``,
  help:
    key === 'volumes_from'
      ? 'share a volume of the top level'
      : 'remove it, or start the file with `docker compose up`',
});

/** Whether a document says nothing that Compose can read; a list of maps may be another program's. */
function isNoFile(root: ComposeNode, { isBranched, isRun, isLaidOver, choice }: FileContext): boolean {
  // Docker's loader of stack files reads the first document alone.
  if (hasFact(choice, 'readsCompose') !== true) return false;
  if (isBranched || root.kind === 'unknown' || !(isRun || isLaidOver)) return false;
  return root.kind === 'scalar'
    ? root.text !== undefined
    : itemsIn(root).every(({ kind }) => kind === 'scalar');
}

const noMap = ({ range }: ComposeNode): ComposeProblem => ({
  range,
  kind: 'value',
  message: 'the document is not a map: Compose refuses the file',
  help: 'write `services:` with the services below it, or remove the document',
});

/** What `services` must be itself. */
function checkServices(
  services: ComposeNode,
  { choice }: FileContext,
  report: Report,
  isLeft: (value: ComposeNode) => boolean,
): void {
  const entries = services.kind === 'map' ? services.entries : undefined;
  // What is in a service is looked at by itself.
  const outline: ComposeNode =
    entries === undefined
      ? services
      : {
          ...(services as ComposeMap),
          entries: entries.map((entry) =>
            entry.value.kind === 'map' || isLeft(entry.value)
              ? { ...entry, value: { kind: 'map', range: entry.value.range, entries: [] } }
              : entry,
          ),
        };
  checkShape(outline, SERVICES_SHAPE, 'services', { choice, report });
}

/** What every Compose that may read the files refuses of what they come to together. */
export function checkProject(
  { root, problems: assembling, conflicts }: Assembled,
  context: FileContext,
): readonly ComposeProblem[] {
  const problems = new Map<string, ComposeProblem>();
  const report = (problem: ComposeProblem) => {
    const placed = placeProblem(problem);
    // What a service hands on to others is said once.
    if (placed !== undefined)
      problems.set(`${placed.range.start} ${placed.range.end} ${placed.message}`, placed);
  };
  if (hasFact(context.choice, 'readsCompose') === true) assembling.forEach(report);
  if (hasFact(context.choice, 'includeOverrides') === false) conflicts.forEach(report);
  checkDeclared(valueAt(root, 'volumes'), context, report);
  checkSomething(root, context, report);
  for (const kind of ['configs', 'secrets'] as const)
    checkFileObjects(kind, valueAt(root, kind), context, report);
  const services = valueAt(root, 'services');
  const known = new Set(context.isWhole ? THINGS.filter((kind) => !isUnsure(valueAt(root, kind))) : []);
  const byName = (kind: 'networks' | 'services') =>
    once(() => new Map(entriesIn(valueAt(root, kind)).map(({ key, value }) => [key, value])));
  const declared = { networks: byName('networks'), services: byName('services') };
  for (const entry of entriesIn(services))
    checkTogether(entry, services as ComposeMap, root, { ...context, known, declared }, report);
  return [...problems.values()];
}

/** Something must be in the files, and what they leave empty at the top level, one of them must fill. */
function checkSomething(root: ComposeNode, { choice, isRun, isWhole }: FileContext, report: Report): void {
  if (root.kind !== 'map' || root.isOpen || !isWhole) return;
  if (isRun && root.entries.every(({ key }) => key === 'version'))
    report({
      range: root.range,
      kind: 'value',
      message: 'nothing is in the file: Compose refuses it',
      help: 'write `services:` with the services below it',
    });
  for (const { key, value } of entriesIn(root)) {
    const own = TOP_SHAPES.get(key);
    if (own !== undefined && value.kind === 'scalar' && value.type === 'null')
      checkShape(value, own, key, { choice, report });
  }
}

/** The problem at its place in the judged file: at that of the other thing it is about, where it is in another file itself. */
function placeProblem({ other, ...problem }: ComposeProblem): ComposeProblem | undefined {
  const isHere = ({ start }: Range) => start >= 0;
  if (isHere(problem.range))
    return other === undefined || isHere(other.range)
      ? { ...problem, ...(other && { other }) }
      : { ...problem, message: `${problem.message}; ${other.message} is in another file` };
  if (other === undefined || !isHere(other.range)) return undefined;
  return { ...problem, range: other.range, message: `${problem.message}; it is in another file` };
}

function flawed({ kind, range, text }: ComposeFlaw): ComposeProblem {
  const base = { kind: 'yaml', range } as const;
  switch (kind) {
    case 'duplicate-key':
      return {
        ...base,
        message: `the key \`${text}\` appears twice: Compose refuses the file`,
        help: 'remove one of them',
      };
    case 'non-string-key':
      return {
        ...base,
        message: `the key \`${text}\` is not a string: Compose refuses the file`,
        help: 'put it in quotes',
      };
    case 'merge':
      return {
        ...base,
        message: 'a `<<` here must be a map: Compose refuses the file',
        help: 'write an alias of a map, or a list of aliases',
      };
    case 'alias':
      return {
        ...base,
        message: `\`${text}\` is undefined: no anchor before it has that name`,
        help: 'write the anchor, or its value',
      };
    case 'interpolation':
      return {
        ...base,
        message: `\`${text}\` is not a variable that Compose can read: it refuses the file`,
        help: 'write `${NAME}` or `${NAME:-default}`, and `$$` for a dollar',
      };
  }
}

/** `external` says that the volume is there: whatever else is said of it contradicts that. */
function checkDeclared(volumes: ComposeNode | undefined, { choice }: FileContext, report: Report): void {
  for (const { value } of entriesIn(volumes)) {
    const external = entriesIn(value).find(({ key }) => key === 'external');
    if (external === undefined || !isTrue(external.value)) continue;
    checkExternalName(value, external.value, report);
    const other = entriesIn(value).find(
      (one) =>
        !['name', 'external'].includes(one.key) &&
        !one.key.startsWith('x-') &&
        // To docker's loader of stack files, nothing in it is nothing.
        (hasFact(choice, 'readsCompose') === true || !isEmpty(one.value)),
    );
    if (other !== undefined)
      report({
        range: other.keyRange,
        kind: 'value',
        message: `a volume that is \`external\` takes no \`${other.key}\`: Compose refuses the file`,
        help: 'remove it, or let Compose create the volume',
        other: { range: external.keyRange, message: '`external`' },
      });
  }
}

const isEmpty = (node: ComposeNode): boolean =>
  node.kind === 'map' ? node.entries.length === 0 : node.kind === 'list' && node.items.length === 0;

/** An `external` that is a map may say the name too. */
function checkExternalName(value: ComposeNode, external: ComposeNode, report: Report): void {
  const [old, name] = [valueAt(external, 'name'), valueAt(value, 'name')];
  const [first, second] = [stringIn(old), stringIn(name)];
  if (name !== undefined && first !== undefined && second !== undefined && first !== second)
    report({
      range: name.range,
      kind: 'value',
      message: 'it has two names, here and in `external`: Compose refuses the file',
      help: 'keep this one alone',
    });
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
  { choice, isLaidOver }: FileContext,
  report: Report,
): void {
  for (const { key, keyRange, value } of entriesIn(all)) {
    const external = valueAt(value, 'external');
    if (external !== undefined) checkExternalName(value, external, report);
    if (hasFact(choice, 'readsCompose') !== true) continue;
    if (value.kind !== 'map' || value.isOpen || value.entries.some((one) => one.key === undefined)) continue;
    const given = entriesIn(value).filter((one) => (CONTENTS[kind] as readonly string[]).includes(one.key));
    // Of a secret, what says nothing is not given.
    const saysNothing = kind === 'secrets' && given.length === 1 && isBlank(given[0]!);
    const words = CONTENTS[kind].map((one) => `\`${one}\``).join(', ');
    if (given.length > 1)
      report({
        range: given[1]!.keyRange,
        kind: 'value',
        message: `${kind}.${key} must be one of ${words}: Compose refuses the file`,
        help: 'keep one of them',
      });
    const isElsewhere = external !== undefined && !(kind === 'secrets' && isFalse(external));
    if ((given.length === 0 || saysNothing) && !isElsewhere && !isLaidOver)
      report({
        range: keyRange,
        kind: 'value',
        message: `${kind}.${key} has none of ${words}: Compose refuses the file`,
        help: 'write where it comes from',
      });
  }
}

/** Words of an entry are read as booleans before a later entry takes its place. */
function checkCasts(item: ComposeNode, context: ShapeContext): void {
  const words = {
    read_only: valueAt(item, 'read_only'),
    'volume.nocopy': valueAt(valueAt(item, 'volume'), 'nocopy'),
  };
  for (const [key, value] of Object.entries(words))
    if (value !== undefined && stringIn(value) !== undefined)
      checkShape(value, BOOLEAN, `an item of volumes.${key}`, context);
}

/** `file: ""` is the folder of the project. */
const isBlank = ({ key, value }: ComposeEntry): boolean => key !== 'file' && stringIn(value) === '';

const isFalse = (node: ComposeNode): boolean =>
  node.kind === 'scalar' && node.text !== undefined && readComposeBoolean(node.text) === false;

function checkService(service: ComposeMap, { choice, isLaidOver }: FileContext, report: Report): void {
  const shape = { choice, report, isPart: isLaidOver || valueAt(service, 'extends') !== undefined };
  // Docker's loader of stack files has types of its own.
  const isComposes = hasFact(choice, 'readsCompose');
  const others = isComposes === true ? otherServiceShapes() : plainServiceShapes();
  for (const { key, keyRange, value } of entriesIn(service)) {
    const own = SERVICE_SHAPES.get(key) ?? others.get(key);
    if (own !== undefined && (own.since === undefined || hasFact(choice, own.since) !== false)) {
      // Booleans are read before a later entry takes the place of one.
      if (key === 'volumes') for (const item of itemsIn(value)) checkCasts(item, shape);
      checkShape(withoutReplaced(key, value), own, key, shape);
    } else if (key.startsWith('x-')) continue;
    else if (
      own !== undefined ||
      !SERVICE_KEYS.includes(key) ||
      (key === 'pre_start' && hasFact(choice, 'preStart') === false)
    )
      report({ range: keyRange, ...unknownKey(key, 'a service', SERVICE_KEYS, service.entries) });
  }
  checkVolumes(withoutReplaced('volumes', valueAt(service, 'volumes')), report);
}

/** What a service comes to with all that is laid over it. */
function checkTogether(
  entry: Named,
  services: ComposeMap,
  root: ComposeNode,
  context: ProjectContext,
  report: Report,
): void {
  const { value: service } = entry;
  const { choice, isBranched } = context;
  checkSameFrom(valueAt(service, 'volumes_from'), choice, report);
  if (isBranched || !isEnabled(service)) return;
  checkGrantNames(service, root, context, report);
  if (context.known.has('volumes')) checkVolumeNames(service, root, context, report);
  if (hasFact(choice, 'readsCompose') === true) {
    checkNamedServices(entry, services, context, report);
    checkConsistency(service, report);
    if (context.isRun) checkRun(entry, context, report);
  }
  if (service.kind === 'map' && !service.isOpen) checkDoubles(service, context, report);
}

/** Two files may name the same service. */
function checkSameFrom(from: ComposeNode | undefined, choice: ComposeChoice, report: Report): void {
  const shape = SERVICE_SHAPES.get('volumes_from');
  if (from === undefined || shape === undefined) return;
  const twice = (problem: ComposeProblem) => {
    if (problem.other !== undefined) report(problem);
  };
  checkShape(from, shape, 'volumes_from', { choice, report: twice });
}

/** Volumes that no file declares, and those without a name. */
function checkVolumeNames(
  service: ComposeNode,
  root: ComposeNode,
  { choice }: FileContext,
  report: Report,
): void {
  const volumes = valueAt(root, 'volumes');
  for (const { node } of mergedVolumes(itemsIn(valueAt(service, 'volumes')))) {
    const name = volumeNameIn(node);
    if (name === undefined) continue;
    const own = valueAt(volumes, name);
    const given = stringIn(valueAt(own, 'name'));
    if (own === undefined)
      report({
        range: node.range,
        kind: 'undeclared-volume',
        message: `the volume \`${name}\` is not declared: Compose refuses the file`,
        help: `add \`${name}:\` under the top-level \`volumes:\``,
      });
    else if (given === '' && hasFact(choice, 'sendsEmptyName') === false)
      report({
        range: valueAt(own, 'name')!.range,
        kind: 'value',
        message: 'the name of the volume is empty: Compose does not make it',
        help: 'write a name, or leave `name` out',
      });
  }
}

/** The volume that an entry mounts; undefined where it is none, or where its name is not known. */
function volumeNameIn(item: ComposeNode): string | undefined {
  if (item.kind === 'map')
    return stringIn(valueAt(item, 'type')) === 'volume'
      ? stringIn(valueAt(item, 'source')) || undefined
      : undefined;
  const read = readShortItem(item);
  return read === undefined || read.problem !== undefined || read.isBind ? undefined : read.source;
}

function checkVolumes(volumes: ComposeNode | undefined, report: Report): void {
  for (const item of itemsIn(volumes)) {
    if (item.kind === 'scalar') {
      const problem = readShortItem(item)?.problem;
      if (problem !== undefined)
        report({
          range: item.range,
          kind: 'value',
          message: `\`${item.text}\` is not a mount: ${problem}; Compose refuses the file`,
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
    const type = stringIn(valueAt(item, 'type'));
    if ((type === 'bind' || type === 'image') && valueAt(item, 'source') === undefined)
      report({
        range: item.range,
        kind: 'value',
        message: `${type === 'bind' ? 'a bind' : 'an image that is mounted'} needs a source: Compose refuses it`,
        help: 'add `source:`',
      });
  }
}

function checkGrantNames(
  service: ComposeNode,
  root: ComposeNode,
  { known, choice }: ProjectContext,
  report: Report,
): void {
  for (const kind of ['configs', 'secrets'] as const) {
    const all = valueAt(root, kind);
    const isOpen = !known.has(kind) || hasFact(choice, 'readsCompose') !== true;
    const ofBuild = kind === 'secrets' ? itemsIn(valueAt(valueAt(service, 'build'), kind)) : [];
    for (const item of [...itemsIn(withoutReplaced(kind, valueAt(service, kind))), ...ofBuild]) {
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
      if (text !== undefined && !ofBuild.includes(item)) checkUsed(kind, valueAt(all, text), choice, report);
      if (isOpen || text === undefined || source === undefined || valueAt(all, text) !== undefined) continue;
      const better = nearest(
        text,
        entriesIn(all).map(({ key }) => key),
      );
      report({
        range: source.range,
        kind: 'undefined',
        message: `\`${text}\` is not among the top-level ${kind}: Compose refuses the file`,
        help: better === undefined ? `declare it under \`${kind}:\`` : `did you mean \`${better}\`?`,
      });
    }
  }
}

/** What only Swarm has: Compose refuses it when a service asks for it. */
function checkUsed(
  kind: keyof typeof CONTENTS,
  own: ComposeNode | undefined,
  choice: ComposeChoice,
  report: Report,
): void {
  if (hasFact(choice, 'readsCompose') !== true) return;
  const entries = entriesIn(own);
  const external = entries.find(({ key, value }) => key === 'external' && isTrue(value));
  const driver = entries.find(({ key }) => SWARM_ONLY[kind].includes(key));
  const wrong = external ?? driver;
  if (wrong !== undefined)
    report({
      range: wrong.keyRange,
      kind: 'value',
      message: `Compose has no ${kind} with \`${wrong.key}\`, which are Swarm's: it refuses a service that asks for one`,
      help: `write \`file:\` with the path of the ${kind.slice(0, -1)}, or deploy the file with \`docker stack deploy\``,
    });
}

const SWARM_ONLY = { configs: ['template_driver'], secrets: ['driver', 'template_driver'] };

/** Two mounts on one target, after those of one list on one target were merged. */
function checkDoubles(service: ComposeNode, { choice }: FileContext, report: Report): void {
  const isRefused = hasFact(choice, 'refusesDoubleMounts');
  const places = new Map<string, { readonly range: Range; readonly key: string }>();
  const take = (target: string, range: Range, key: string) => {
    const first = places.get(target);
    if (first === undefined) places.set(target, { range, key });
    // Docker's loader of stack files asks for no `tmpfs`, and of one list older ones keep the last.
    else if (isRefused === true || (first.key !== key && hasFact(choice, 'readsCompose') === true))
      report({
        range,
        kind: 'double',
        message: `a second mount on \`${target}\`: ${DOUBLE[String(isRefused) as keyof typeof DOUBLE]}`,
        help: 'mount one of them elsewhere, or remove it',
        other: { range: first.range, message: 'the first' },
        ...(isRefused !== true && { severity: 'warning' }),
      });
  };
  const tmpfs = valueAt(service, 'tmpfs');
  for (const item of tmpfs?.kind === 'scalar' ? [tmpfs] : itemsIn(withoutReplaced('tmpfs', tmpfs))) {
    const text = stringIn(item);
    if (text !== undefined) take(text.split(':')[0]!, item.range, 'tmpfs');
  }
  for (const { node, target } of mergedVolumes(itemsIn(valueAt(service, 'volumes'))))
    if (target !== undefined) take(target, node.range, 'volumes');
}

/** What becomes of them, by whether Compose refuses them. */
const DOUBLE = {
  true: 'Compose refuses the file',
  false: 'the engine refuses the container, or one of them is not seen',
  undefined:
    'Compose refuses the file since 2.36; before that the engine refuses the container, or one of them is not seen',
} as const;
