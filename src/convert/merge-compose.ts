import { type Document, isMap, isNode, isScalar, type Node, type Pair, YAMLMap } from 'yaml';
import type { Loss } from '../forms/loss.js';
import { parseYamlDocuments } from '../source/parse-yaml.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
import { type ComposeProject, composeText, type Declared } from './compose-output.js';
import { mapOf, plainReader } from './compose-values.js';

/** What became of a file that services were added to. */
type Merged =
  | { readonly text: string; readonly losses: readonly { readonly from: string; readonly loss: Loss }[] }
  | { readonly why: string };

const SECTIONS = ['services', 'networks', 'volumes'] as const;
type Section = (typeof SECTIONS)[number];

/** Adds services, and what they need, to a Compose file; every line that was in it stays as it is. */
export function mergeCompose(text: string, project: ComposeProject): Merged {
  const before = readMap(text);
  if ('why' in before) return before;
  const twice = project.services.find(({ name }) => keysIn(before.map, 'services').has(name));
  if (twice !== undefined)
    return { why: `it has a service \`${twice.name}\`: name the new one with --service` };
  const losses: { from: string; loss: Loss }[] = [];
  const missing = (
    section: 'networks' | 'volumes',
    one: string,
    from: string,
  ): ReadonlyMap<string, Declared> => {
    const there = keysIn(before.map, section);
    return new Map(
      [...project[section]].filter(([name, { name: called }]) => {
        if (!there.has(name)) return true;
        if (nameOf(name, there.get(name)) !== called)
          losses.push({
            from: `${from} ${name}`,
            loss: {
              field: section,
              kind: 'changed',
              why: `the file has a ${one} \`${name}\` that is not docker's \`${String(called)}\`: say \`name: ${String(called)}\` there if it is meant`,
            },
          });
        return false;
      }),
    );
  };
  const fresh: ComposeProject = {
    services: project.services,
    networks: missing('networks', 'network', '--network'),
    volumes: missing('volumes', 'volume', 'volume'),
  };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const inserted: Insertion[] = [];
  let appended = '';
  for (const section of SECTIONS) {
    if (sizeOf(fresh, section) === 0) continue;
    const added = addTo(text, before.map, section, fresh, eol);
    if (typeof added === 'string') return { why: added };
    if (added.at === undefined) appended += added.text;
    else inserted.push({ at: added.at, text: added.text });
  }
  // The line that ends the document stays after all of it.
  const foot = /^\.\.\.(?!\S)/m.exec(text)?.index ?? text.length;
  // What goes into the last section stands before new ones.
  const end = inserted.find(({ at }) => at === foot);
  const tail = (end?.text ?? '') + appended;
  const edits: TextEdit[] = [
    ...inserted.filter((one) => one !== end),
    ...(tail === ''
      ? []
      : [{ at: foot, text: (/(?:^\uFEFF?|\n)$/.test(text.slice(0, foot)) ? '' : eol) + tail }]),
  ].map(({ at, text: one }) => ({ range: { start: at, end: at }, text: one }));
  edits.sort((x, y) => x.range.start - y.range.start);
  const merged = applyEdits(text, edits);
  const after = merged === undefined ? undefined : readMap(merged);
  if (
    merged === undefined ||
    after === undefined ||
    'why' in after ||
    !isSum(before.document, fresh, after.document)
  )
    return { why: 'what would be written there does not read back as it is meant' };
  return { text: merged, losses };
}

const sizeOf = (project: ComposeProject, section: Section): number =>
  section === 'services' ? project.services.length : project[section].size;

/** What a Compose file has at its top, apart from `x-…`. A file without any of it may be one of the first version. */
const TOP = /^(?:services|networks|volumes|secrets|configs|name|version|include|models|x-.*)$/s;

function readMap(
  text: string,
): { readonly map: YAMLMap; readonly document: Document.Parsed } | { readonly why: string } {
  const read = parseYamlDocuments(text, { version: '1.1', merge: true }, true);
  if ('why' in read) return { why: read.why };
  const [document, ...more] = read.documents;
  if (document === undefined || more.length > 0) return { why: 'it holds several documents' };
  const [error] = document.errors;
  if (error !== undefined) return { why: `it is not YAML: ${error.message}` };
  const { contents } = document;
  // A file that is still empty, but for comments.
  if (contents === null || (isScalar(contents) && contents.source === ''))
    return { map: new YAMLMap(), document };
  if (!isMap(contents) || contents.flow === true) return { why: 'it is not a map of keys, one on each line' };
  const map = contents as YAMLMap;
  const stray = map.items.find(({ key }) => isScalar(key) && !TOP.test(String(key.value)));
  if (pairOf(map, 'services') === undefined && stray !== undefined)
    return { why: `it has no \`services\`, and \`${String(stray.key)}\`, which Compose does not know there` };
  return { map, document };
}

const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);

function keysIn(map: YAMLMap, section: Section): ReadonlyMap<string, unknown> {
  const value = pairOf(map, section)?.value;
  if (!isMap(value)) return new Map();
  return new Map(
    value.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair.value]),
  );
}

/** The name that a declared thing has in docker, where the file says it; what the project does not make is called as its key. */
function nameOf(key: string, value: unknown): unknown {
  if (!isMap(value)) return undefined;
  const { name, external } = value.toJSON() as Record<string, unknown>;
  if (typeof external === 'object') return mapOf(external)['name'] ?? name;
  return name ?? (external === true ? key : undefined);
}

/** Lines to be put before that offset; at the end of the file, as a section of its own, where there is none. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** What adds the entries of a section to it; a sentence where its layout does not allow for that. */
function addTo(
  text: string,
  map: YAMLMap,
  section: Section,
  project: ComposeProject,
  eol: string,
): (Partial<Insertion> & { readonly text: string }) | string {
  const pair = pairOf(map, section);
  const value = pair?.value;
  const items = isMap(value) ? value.items : [];
  if (isMap(value) && (value.flow === true || items.length === 0))
    return `its \`${section}\` are in braces, where no line can be added`;
  if (value !== null && value !== undefined && !isMap(value) && !(isScalar(value) && value.value === null))
    return `its \`${section}\` are not a map`;
  const first = items[0] === undefined ? undefined : columnOf(text, items[0].key);
  const lines = composeText({ ...EMPTY, [section]: project[section] }, first ?? stepOf(text, map))
    .trimEnd()
    .split('\n');
  // Without `services: {}`, which stands there where there is none to write.
  const block = lines.slice(lines.indexOf(`${section}:`) + 1);
  const blank = (isThere: boolean) => (isThere ? [''] : []);
  if (pair === undefined)
    return { text: [...blank(/\n[ \t]*\r?\n\S/.test(text)), `${section}:`, ...block, ''].join(eol) };
  const isApart = section === 'services' && items[1] !== undefined && isBehindBlank(text, items[1]);
  return { at: lineEnd(text, endOf(pair)), text: [...blank(isApart), ...block, ''].join(eol) };
}

const EMPTY: ComposeProject = { services: [], networks: new Map(), volumes: new Map() };

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
const columnOf = (text: string, node: unknown): number =>
  startOf(node) - (text.lastIndexOf('\n', startOf(node) - 1) + 1);

/** After the last thing of a pair that is not a comment. */
function endOf({ key, value }: Pair): number {
  if (isMap(value) && value.items.length > 0 && value.flow !== true) return endOf(value.items.at(-1)!);
  const end = (node: unknown) => (isNode(node) ? ((node as Node).range?.[1] ?? 0) : 0);
  return Math.max(end(key), end(value));
}

/** The start of the next line, unless it is one already. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** How far the file goes in: by the first key of its first section that has any. */
function stepOf(text: string, map: YAMLMap): number {
  for (const { value } of map.items) {
    const inner = isMap(value) && value.flow !== true ? value.items[0] : undefined;
    if (inner === undefined) continue;
    return Math.max(2, columnOf(text, inner.key));
  }
  return 2;
}

/** Whether a blank line stands in front. */
function isBehindBlank(text: string, { key }: Pair): boolean {
  const before = text.slice(0, text.lastIndexOf('\n', startOf(key) - 1) + 1);
  return /\n[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*$/.test(before);
}

/** Whether the file holds what it held, and what was added, and nothing else. */
function isSum(before: Document.Parsed, fresh: ComposeProject, after: Document.Parsed): boolean {
  const added = readMap(composeText(fresh));
  if ('why' in added) return false;
  try {
    const old = plainOf(before);
    const sum: Record<string, unknown> = { ...old };
    for (const [section, value] of Object.entries(plainOf(added.document))) {
      const entries = { ...mapOf(old[section]), ...mapOf(value) };
      if (Object.keys(entries).length > 0) sum[section] = entries;
    }
    return stable(sum) === stable(plainOf(after));
  } catch {
    return false;
  }
}

/** What a document says, what its aliases stand for included; throws where that is too much. */
const plainOf = (document: Document.Parsed): Record<string, unknown> =>
  mapOf(plainReader(document)((document.contents ?? undefined) as Node | undefined));

const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : one,
  );
