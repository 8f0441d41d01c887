import { RUN_MOUNT_KEY_BY_NAME, RUN_MOUNT_TYPES } from '../dialects/buildkit/run-mount-keys.js';
import { composeKeys, isComposeBoolean } from '../dialects/compose/compose-keys.js';
import type { ComposeNode } from '../dialects/compose/node.js';
import {
  SERVICE_KEYS,
  SERVICE_SHAPES,
  type Shape,
  TOP_KEYS,
  TOP_SHAPES,
} from '../dialects/compose/shapes.js';
import { MOUNT_KEYS, type MountKey, RECURSIONS } from '../dialects/docker/tables/mount-keys.js';
import { TMPFS_OPTIONS } from '../dialects/docker/tables/tmpfs-options.js';
import { PROPAGATIONS, VOLUME_MODES } from '../dialects/docker/tables/volume-modes.js';
import { KNOWN_WORDS } from '../explain/known-words.js';
import type { ViewField, ViewPart } from '../mount/view.js';
import type { Findings } from '../source/frontend.js';
import { append } from '../text/append.js';
import { contains, type Range } from '../text/range.js';
import { meaningOfKey } from './hover.js';
import { type OpenText, type PlacedMount, placeMounts } from './placed-mounts.js';

/** A word that may stand at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'mode' | 'volume' | 'path';
  /** What it does, in a line. */
  readonly detail?: string;
  /** What is put in place of `range`. */
  readonly text: string;
  /** In the text as it is. */
  readonly range: Range;
}

/** Knows what lies in a folder, which is named as it is typed, its last slash included; a name with a slash is a folder. */
export type ListFolder = (folder: string) => readonly string[];

// Stands where somebody is typing, so that a reader sees a word there; no mount has it.
const TYPED = 'qzvq';

/** What may stand at an offset. Any text gives an answer. */
export async function completeAt(
  open: OpenText,
  offset: number,
  listFolder: ListFolder = () => [],
): Promise<readonly Completion[]> {
  const { text, kind } = open;
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  const found: Completion[] = [];
  // A key of YAML is only one with its colon.
  const isAlone =
    kind === 'compose' && /^[ \t]*(?:-[ \t]+)*\w*$/.test(before.slice(before.lastIndexOf('\n') + 1));
  for (const typed of isAlone ? [`${TYPED}:`, TYPED] : [TYPED]) {
    const changed = before + typed + after;
    const { mounts, findings } = await placeMounts({ ...open, text: changed });
    const at = { start: offset, end: offset + TYPED.length };
    const placed = mounts.findLast(({ range }) => contains(range, at));
    const context = { at, findings, listFolder, text: changed, isKey: typed.endsWith(':') };
    const words = placed === undefined ? undefined : inMount(placed, context);
    const typing = words ?? (kind === 'compose' && context.isKey ? keyOfFile(context) : undefined);
    if (typing === undefined) continue;
    const at0 = typing.value.indexOf(TYPED);
    const head = typing.value.slice(0, at0);
    const tail = typing.value.slice(at0 + TYPED.length);
    // What is written differently from its value cannot be distinguished.
    if (!before.endsWith(head)) continue;
    const range = {
      start: offset - head.length,
      end: offset + (after.startsWith(tail) ? tail.length : 0),
    };
    append(
      found,
      typing.words.map((word) => ({ text: word.label, ...word, range })),
    );
  }
  const seen = new Set<string>();
  return found.filter(({ label }) => !seen.has(label) && seen.add(label));
}

interface Context {
  /** Where the typed word is, in the changed text. */
  readonly at: Range;
  readonly text: string;
  readonly findings: Findings;
  readonly listFolder: ListFolder;
  readonly isKey: boolean;
}

type Word = Omit<Completion, 'range' | 'text'> & { readonly text?: string };

/** What somebody is typing, and what it may become. */
interface Typing {
  readonly value: string;
  readonly words: readonly Word[];
}

function inMount(placed: PlacedMount, context: Context): Typing | undefined {
  const { view, form, flag } = placed;
  const isTyped = (part: ViewPart | undefined): part is ViewPart =>
    part !== undefined && contains(part.place, context.at) && part.value.includes(TYPED);
  for (const field of view.fields) {
    if (isTyped(field.value) && !context.isKey)
      return { value: field.value.value, words: valuesOf(field, placed, context) };
    if (!isTyped(field.key)) continue;
    const keys = keysFor(placed, field);
    return {
      value: form === 'compose-long' ? field.name.slice(field.name.lastIndexOf('.') + 1) : field.key.value,
      // What stands after the key already stays.
      words: field.value === undefined ? keys : keys.map(({ text: _, ...key }) => key),
    };
  }
  const mode = view.modes.find(({ part }) => isTyped(part));
  if (mode !== undefined) return { value: mode.part.value, words: MODES };
  const { value } = flag?.site.text ?? view.host;
  const [target = '', ...options] = value.split(/[:,]/);
  if (form === 'tmpfs' || form === 'compose-tmpfs') {
    const option = target.includes(TYPED) ? undefined : options.find((one) => one.includes(TYPED));
    return option === undefined ? undefined : { value: option, words: TMPFS_WORDS };
  }
  if (form !== 'volume' && form !== 'compose-short') return undefined;
  // One section alone is read as the target; what is being typed is the source.
  return target.includes(TYPED)
    ? { value: target, words: sources(beforeTyped(target), context, 'any') }
    : undefined;
}

const beforeTyped = (value: string): string => value.slice(0, value.indexOf(TYPED));

const MODES: readonly Word[] = VOLUME_MODES.map(({ name, summary }) => ({
  label: name,
  kind: 'mode',
  detail: summary,
}));

const TMPFS_WORDS: readonly Word[] = TMPFS_OPTIONS.map(({ name, takesValue }) => ({
  label: name,
  kind: 'mode',
  text: takesValue ? `${name}=` : name,
}));

function typeOf(placed: PlacedMount): string | undefined {
  return placed.view.type?.text?.toLowerCase();
}

function keysFor(placed: PlacedMount, typed: ViewField): Word[] {
  const { view, form } = placed;
  const used = new Set(view.fields.filter((one) => one !== typed).map(({ name }) => name));
  const type = typeOf(placed);
  if (form === 'run-mount') {
    const keys = new Set(RUN_MOUNT_KEY_BY_NAME.values());
    return [...keys]
      .filter(({ name, aliases, types }) => {
        const isUsed = [name, ...aliases].some((one) => used.has(one));
        return !isUsed && (types === undefined || type === undefined || types.includes(type));
      })
      .map(({ name, kind, summary }) => ({
        label: name,
        kind: 'key',
        detail: summary,
        text: kind === 'bool' ? name : `${name}=`,
      }));
  }
  if (form === 'compose-long') {
    const parent = typed.name.includes('.') ? typed.name.slice(0, typed.name.lastIndexOf('.')) : '';
    return (composeKeys(parent) ?? [])
      .filter((key) => !used.has(parent === '' ? key : `${parent}.${key}`))
      .filter((key) => parent !== '' || !GROUPS.has(key) || type === undefined || key === type)
      .map((key) => ({
        label: key,
        kind: 'key',
        detail: meaningOfKey(parent === '' ? key : `${parent}.${key}`, view),
        text: key,
      }));
  }
  return (MOUNT_KEYS as readonly MountKey[])
    .filter(({ name, aliases, group, removed }) => {
      const isUsed = [name, ...aliases].some((one) => used.has(one));
      return !isUsed && removed === undefined && (group === undefined || group === (type ?? 'volume'));
    })
    .map(({ name, kind, summary }) => ({
      label: name,
      kind: 'key',
      detail: summary,
      text: kind === 'bool' ? name : `${name}=`,
    }));
}

const GROUPS: ReadonlySet<string> = new Set(['bind', 'volume', 'tmpfs', 'image']);

function valuesOf({ name, value }: ViewField, placed: PlacedMount, context: Context): Word[] {
  const { form } = placed;
  const words = (all: Iterable<string>): Word[] =>
    [...all].map((label) => ({ label, kind: 'value', detail: KNOWN_WORDS.get(label)?.[0]?.summary }));
  const last = name.split('.').at(-1)!;
  if (last === 'type') return words(form === 'run-mount' ? RUN_MOUNT_TYPES : TYPES);
  if (last === 'sharing') return words(['shared', 'private', 'locked']);
  if (last === 'from' && form === 'run-mount') return words(stagesIn(context.text));
  if (last === 'selinux') return words(['z', 'Z']);
  if (/propagation$/.test(last)) return words(PROPAGATIONS);
  if (/recursive$/.test(last) && last !== 'bind-nonrecursive') return words(RECURSIONS);
  if (last === 'consistency') return words(['consistent', 'cached', 'delegated']);
  if (last === 'source' || last === 'src') {
    const type = typeOf(placed) ?? (form === 'run-mount' ? 'bind' : 'volume');
    return sources(value === undefined ? '' : beforeTyped(value.value), context, type);
  }
  const key = (MOUNT_KEYS as readonly MountKey[]).find(
    (one) => one.name === last || one.aliases.includes(last),
  );
  const isSwitch =
    form === 'compose-long'
      ? isComposeBoolean(name)
      : (form === 'run-mount' ? RUN_MOUNT_KEY_BY_NAME.get(last)?.kind : key?.kind) === 'bool';
  return isSwitch ? words(['true', 'false']) : [];
}

const TYPES = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'];

const stagesIn = (text: string): string[] =>
  [...text.matchAll(/^[ \t]*FROM[ \t].*[ \t]AS[ \t]+([\w.-]+)/gim)].map(([, name]) => name!);

/** The volumes of the file, and paths where one is begun. */
function sources(typed: string, { findings, listFolder }: Context, type: string): Word[] {
  const found: Word[] = [];
  const isPath = /^[./~]/.test(typed);
  if (type !== 'bind' && !isPath)
    for (const { name } of findings.volumes)
      found.push({ label: name, kind: 'volume', detail: 'a volume that this file declares' });
  if (type === 'volume' || (type === 'any' && typed !== '' && !isPath)) return found;
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1) || './';
  for (const name of listFolder(folder)) found.push({ label: `${folder}${name}`, kind: 'path' });
  return found;
}

/** Keys of a Compose file outside of the long syntax, whose own reader knows those. */
function keyOfFile({ at, findings }: Context): Typing | undefined {
  for (const { root } of findings.trees) {
    const found = findKey(root, at, []);
    if (found === undefined) continue;
    const { path, value, used } = found;
    const words: Word[] = [];
    for (const label of keysAt(path) ?? []) {
      if (used.has(label)) continue;
      const known = KNOWN_WORDS.get(label)?.find(({ noun }) => noun.includes('key of Compose'));
      words.push({ label, kind: 'key', detail: known?.summary });
    }
    return { value, words };
  }
  return undefined;
}

function findKey(
  node: ComposeNode,
  at: Range,
  path: readonly string[],
):
  | { readonly path: readonly string[]; readonly value: string; readonly used: ReadonlySet<string> }
  | undefined {
  if (node.kind === 'list') {
    for (const item of node.items) {
      const found = contains(item.range, at) ? findKey(item, at, [...path, '[]']) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (node.kind !== 'map') return undefined;
  for (const { key, keyRange, value } of node.entries) {
    if (key === undefined) continue;
    if (contains(keyRange, at) && key.includes(TYPED))
      return { path, value: key, used: new Set(node.entries.map((one) => one.key ?? '')) };
    const found = findKey(value, at, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The keys that Compose knows below a path of keys. */
function keysAt([top, name, ...rest]: readonly string[]): Iterable<string> | undefined {
  if (top === undefined) return TOP_KEYS;
  if (name === undefined) return undefined;
  if (top === 'services') {
    const [key, ...deeper] = rest;
    return key === undefined ? SERVICE_KEYS : below(SERVICE_SHAPES.get(key), deeper);
  }
  return below(TOP_SHAPES.get(top)?.values, rest);
}

function below(shape: Shape | undefined, path: readonly string[]): Iterable<string> | undefined {
  const [key, ...rest] = path;
  if (shape === undefined) return undefined;
  if (key === undefined) return shape.keys?.keys();
  return below(key === '[]' ? shape.items : (shape.keys?.get(key) ?? shape.values), rest);
}
