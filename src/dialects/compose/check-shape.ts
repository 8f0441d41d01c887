import { readGoDecimal, readGoDuration, readGoFloat } from '../../go/number.js';
import { isPortSpec } from '../../go/port-spec.js';
import { readSize } from '../../go/units.js';
import { readComposeBoolean } from './compose-keys.js';
import type { ComposeEntry, ComposeNode, ComposeScalar } from './node.js';
import type { ComposeProblem } from './problem.js';
import { isOfType, type Shape, type ShapeType } from './shapes.js';
import { unknownKey } from './unknown-key.js';
import { type ComposeChoice, hasFact } from './versions.js';

/** What a value is judged by. */
export interface ShapeContext {
  readonly choice: ComposeChoice;
  readonly report: (problem: ComposeProblem) => void;
  /** Another file or service is below it: what it leaves out or empty may be there. */
  readonly isPart?: boolean;
}

/** What was judged for one report: a value that several share through an anchor is checked and reported once. */
const judged = new WeakMap<ShapeContext['report'], WeakMap<ComposeNode, Set<Shape>>>();

function isFirst(node: ComposeNode, shape: Shape, { report }: ShapeContext): boolean {
  const nodes = judged.get(report) ?? new WeakMap<ComposeNode, Set<Shape>>();
  judged.set(report, nodes);
  const shapes = nodes.get(node) ?? new Set<Shape>();
  nodes.set(node, shapes);
  const isNew = !shapes.has(shape);
  shapes.add(shape);
  return isNew;
}

/** Reports what all of the chosen Composes refuse of a value; `place` is what people call it. */
export function checkShape(node: ComposeNode, shape: Shape, place: string, context: ShapeContext): void {
  if (node.kind !== 'unknown' && !isFirst(node, shape, context)) return;
  switch (node.kind) {
    case 'unknown':
      return;
    case 'scalar':
      checkScalar(node, shape, place, context);
      return;
    case 'list':
      if (!shape.types.includes('list')) refuseType(node, shape, place, context);
      else checkList(node.items, shape, place, context);
      return;
    case 'map':
      if (!shape.types.includes('map')) refuseType(node, shape, place, context);
      else if (shape.values !== undefined) checkNames(node.entries, shape, place, context);
      else if (shape.keys !== undefined) checkKeys(node, shape, place, context);
  }
}

function checkScalar(node: ComposeScalar, shape: Shape, place: string, context: ShapeContext): void {
  const { choice, report } = context;
  const { type, text } = node;
  // What a variable holds may become another type.
  const noText =
    shape.textSince !== undefined && text !== undefined && hasFact(choice, shape.textSince) === false;
  const types = noText ? shape.types.filter((one) => one !== 'string') : shape.types;
  if (!isTaken(node, { ...shape, types }, choice)) {
    refuseType(node, { ...shape, types }, place, context);
    return;
  }
  const refused = type === 'string' ? refuseText(text, shape, choice) : refuseNumber(text, shape);
  if (refused !== undefined)
    report({ ...at(node), message: `${place}: ${refused.message}`, help: refused.help });
}

function isTaken(node: ComposeScalar, { types, reads }: Shape, choice: ComposeChoice): boolean {
  // Only in some releases dates are not strings, where labels and options are.
  if (node.type === 'time' && types.includes('string') && types.includes('number') && reads === undefined)
    return hasFact(choice, 'refusesDates') !== true;
  return types.some((wanted) => isOfType(node.type, wanted) || (wanted === 'integer' && isWholeFloat(node)));
}

const at = (node: ComposeNode) => ({ range: node.range, kind: 'value' as const });

/** Any number that is whole, such as 1e3, which then counts for nothing. */
const isWholeFloat = ({ type, text }: ComposeScalar): boolean =>
  type === 'float' && text !== undefined && Number.isInteger(Number(text));

/** Why a value is refused, and what to write. */
interface Refusal {
  readonly message: string;
  readonly help: string;
}

const MODE_HELP = 'write a number without quotes, such as `0o1777`';
const SIZE_HELP = 'write bytes, or a number with `k`, `m` or `g`, such as `64m`';

function refuseNumber(text: string | undefined, { reads }: Shape): Refusal | undefined {
  if (
    reads === 'port' &&
    text !== undefined &&
    Number.isInteger(Number(text)) &&
    !isPortSpec(String(Number(text)))
  )
    return {
      message: `\`${text}\` is not a port: Compose refuses the file`,
      help: 'a port is at most 65535',
    };
  if (!(Number(text) < 0)) return undefined;
  if (reads === 'size') return { message: 'a size cannot be negative', help: SIZE_HELP };
  return reads === 'mode' ? { message: 'a mode cannot be negative', help: MODE_HELP } : undefined;
}

function refuseText(text: string | undefined, shape: Shape, choice: ComposeChoice): Refusal | undefined {
  // Whatever it says.
  if (shape.reads === 'mode')
    return { message: 'it must be a number, and Compose refuses the text here', help: MODE_HELP };
  if (text === undefined) return undefined;
  const refuse = (noun: string, help: string): Refusal => ({
    message: `\`${text}\` is ${noun}: Compose refuses the file`,
    help,
  });
  if (shape.isBoolean)
    return readComposeBoolean(text) === undefined
      ? refuse('not a boolean', 'write `true` or `false`')
      : undefined;
  if (shape.words !== undefined) return refuseWord(text, shape, choice, refuse);
  switch (shape.reads) {
    case 'size':
    case 'bytes': {
      const isRead = text === '-1' ? hasFact(choice, 'negativeSize') !== false : isSize(text);
      return isRead ? undefined : refuse('not a valid size', SIZE_HELP);
    }
    case 'port':
      return isPortSpec(text)
        ? undefined
        : refuse('no port', 'write it as `8080:80` or `127.0.0.1:8080:80/udp`');
    case 'host':
      return /[=:]/.test(text) ? undefined : refuse('no host with an address', 'write it as `name=10.0.0.1`');
    case 'ssh':
      return text === 'default' || text.includes('=')
        ? undefined
        : refuse('no key of ssh', 'write `default`, or `id=path`');
    case 'pull-policy':
      return isPullPolicy(text, choice)
        ? undefined
        : refuse('no policy', 'it is one of `always`, `missing`, `build`, `never`');
    case 'octal':
      return isGrantMode(text, choice) ? undefined : refuse('not a valid mode', 'write it as `"0440"`');
    case 'duration':
      return isDuration(text) ? undefined : refuse('not a duration', 'write it as `1m30s`');
    case 'whole':
      return readGoDecimal(text) === undefined ? refuse('not a whole number', 'write a number') : undefined;
    case 'fraction':
      return typeof readGoFloat(text) === 'string' ? refuse('not a number', 'write a number') : undefined;
    case undefined:
      return undefined;
  }
}

const PULL_POLICIES: ReadonlySet<string> = new Set(['always', 'never', 'if_not_present', 'build', 'missing']);
/** Anywhere in the text: the schema's pattern has no ends. */
const PULL_PATTERN = /always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:\d+[wdhms])+/;

function isPullPolicy(text: string, choice: ComposeChoice): boolean {
  const hasIntervals = hasFact(choice, 'pullIntervals');
  return (
    (hasIntervals !== true && PULL_POLICIES.has(text)) || (hasIntervals !== false && PULL_PATTERN.test(text))
  );
}

/** Days and weeks are Compose's own. */
const isDuration = (text: string): boolean => typeof readGoDuration(text.replace(/[wd]/g, 'h')) !== 'string';

function isGrantMode(text: string, choice: ComposeChoice): boolean {
  const isOctal = hasFact(choice, 'octalGrants');
  return (isOctal !== false && /^[-+]?[0-7]+$/.test(text)) || (isOctal !== true && /^[-+]?\d+$/.test(text));
}

const isSize = (text: string): boolean =>
  (['0.4', '0.5'] as const).some((units) => typeof readSize(text, units) !== 'string');

function refuseWord(
  text: string,
  { words = [], wordsWhen }: Shape,
  choice: ComposeChoice,
  refuse: (noun: string, help: string) => Refusal,
): Refusal | undefined {
  if (words.includes(text)) return undefined;
  if (wordsWhen !== undefined) {
    if (hasFact(choice, wordsWhen.checked) !== true) return undefined;
    const also = wordsWhen.also.get(text);
    if (also !== undefined && hasFact(choice, also) !== false) return undefined;
  }
  const known = [...words, ...(wordsWhen?.also.keys() ?? [])].map((word) => `\`${word}\``).join(', ');
  return refuse('not a valid value', `use one of ${known}`);
}

const NOUNS: Readonly<Record<ShapeType, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'a boolean',
  null: 'nothing',
  map: 'a map',
  list: 'a list',
};

function refuseType(node: ComposeNode, { types }: Shape, place: string, { report }: ShapeContext): void {
  const wanted = types.map((type) => NOUNS[type]).join(' or ');
  const isPlain = node.kind === 'scalar' && types.includes('string');
  report({
    ...at(node),
    message: `${place} must be ${wanted}, not ${nounOf(node)}: Compose refuses the file`,
    help:
      node.kind === 'scalar' && node.type === 'null'
        ? 'write a value, or remove the key'
        : isPlain
          ? 'put it in quotes'
          : `write ${wanted}`,
  });
}

function nounOf(node: ComposeNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'unknown') return 'this';
  switch (node.type) {
    case 'integer':
    case 'float':
      return 'a number';
    case 'time':
      return 'a date';
    case 'null':
      return 'nothing';
    default:
      return node.type === 'string' ? 'a string' : `a ${node.type}`;
  }
}

function checkList(items: readonly ComposeNode[], shape: Shape, place: string, context: ShapeContext): void {
  // Items are not parts of others: they are put after those.
  const alone = context.isPart === true ? { ...context, isPart: false } : context;
  if (shape.items !== undefined)
    for (const item of items) checkShape(item, shape.items, `an item of ${place}`, alone);
  if (!shape.isUnique) return;
  const seen = new Map<string, ComposeNode>();
  for (const item of items) {
    if (item.kind !== 'scalar' || item.type !== 'string' || item.text === undefined) continue;
    const first = seen.get(item.text);
    if (first === undefined) seen.set(item.text, item);
    else
      context.report({
        ...at(item),
        message: `${place} has \`${item.text}\` twice: Compose refuses the file`,
        help: 'remove one of them',
        other: { range: first.range, message: 'the first' },
      });
  }
}

function checkNames(
  entries: readonly ComposeEntry[],
  { values, names }: Shape,
  place: string,
  context: ShapeContext,
): void {
  for (const { key, keyRange, value, tag } of entries) {
    if (key === undefined || tag === 'reset' || isLeft(value, context)) continue;
    if (names !== undefined && !names.test(key))
      context.report({
        range: keyRange,
        kind: 'value',
        message: `${place}: \`${key}\` is not a name: Compose refuses the file`,
        help: 'use letters, digits, `.`, `_` and `-`',
      });
    else if (values !== undefined) checkShape(value, values, `${place}.${key}`, context);
  }
}

/** Nothing says nothing over what is below. */
const isLeft = (value: ComposeNode, { isPart }: ShapeContext): boolean =>
  isPart === true && value.kind === 'scalar' && value.type === 'null';

const NO_KEYS: ReadonlyMap<string, Shape> = new Map();

function checkKeys(
  node: ComposeNode & { readonly kind: 'map' },
  shape: Shape,
  place: string,
  context: ShapeContext,
): void {
  const { keys: known = NO_KEYS, openWhen, required = [], needs, exclusive } = shape;
  const { choice, report } = context;
  const isOpen = openWhen !== undefined && hasFact(choice, openWhen) !== false;
  for (const { key, keyRange, value, tag } of node.entries) {
    if (key === undefined || tag === 'reset' || key.startsWith('x-')) continue;
    if (isLeft(value, context)) continue;
    const inner = known.get(key);
    if (inner === undefined || (inner.since !== undefined && hasFact(choice, inner.since) === false)) {
      if (!isOpen) report({ range: keyRange, ...unknownKey(key, place, known.keys(), node.entries) });
    } else checkShape(value, inner, place === '' ? key : `${place}.${key}`, context);
  }
  const has = (wanted: string) => node.entries.some(({ key, tag }) => key === wanted && tag !== 'reset');
  const [one, other] = exclusive?.keys ?? [];
  if (exclusive && hasFact(choice, exclusive.since) === true && has(one!) && has(other!))
    report({
      ...at(node),
      message: `${place} has both \`${one}\` and \`${other}\`: Compose refuses the file`,
      help: 'remove one of them',
    });
  if (context.isPart === true || node.isOpen || node.entries.some(({ key }) => key === undefined)) return;
  if (needs !== undefined && hasFact(choice, needs) !== true) return;
  const missing = required.find((key) => !has(key));
  if (missing !== undefined)
    report({
      ...at(node),
      message: `${place} has no \`${missing}\`: Compose refuses the file`,
      help: `write \`${missing}\``,
    });
}
