import { folderOf, pathFrom } from '../../go/path.js';
import type { Range } from '../../text/range.js';
import { mergeMaps, relocate } from './merge-nodes.js';
import {
  type ComposeEntry,
  type ComposeMap,
  type ComposeNode,
  type ComposeTree,
  entriesIn,
  entryAt,
  itemsIn,
  stringIn,
  valueAt,
} from './node.js';
import type { ComposeProblem } from './problem.js';

/** The files that Compose reads together with one, where that is known. */
export interface ComposeFiles {
  /** The files that it reads by default, or those that it is given, in this order; absolute, and the judged one among them. */
  readonly layers: readonly string[];
  /** What their paths are relative to; where the first of them lies when left out. */
  readonly folder?: string;
  /** The judged one. */
  readonly here: string;
  /** The others, and what they extend and include; what could not be read is not there. */
  readonly trees: ReadonlyMap<string, readonly ComposeTree[]>;
  /** Those of them that surely cannot be read, and why. */
  readonly missing?: ReadonlyMap<string, string>;
  /** No other file that may be read together with them stands next to them: what they do not say, nobody says. */
  readonly isAll?: boolean;
  /** Whether something elsewhere in the tree may read this file together with others; asked only where it matters. */
  readonly mayBePart?: () => boolean;
  /** Others that the judged one is a part of at other times: only what is wrong with all of them is wrong with the file. */
  readonly instead?: readonly ComposeFiles[];
}

/** What the files come to together. Ranges are in the judged file; of what stands in no place of it {@link ELSEWHERE}. */
export interface Assembled {
  readonly root: ComposeNode;
  /** All of it is known. */
  readonly isComplete: boolean;
  readonly problems: readonly ComposeProblem[];
  /** What a file and one that it includes both say, each in its way: newer releases take that. */
  readonly conflicts: readonly ComposeProblem[];
}

/** The place of what another file says. */
export const ELSEWHERE: Range = { start: -1, end: -1 };

const EMPTY: ComposeMap = { kind: 'map', range: ELSEWHERE, entries: [] };
/** How many services and items are taken over: far more than in any project, and soon done. */
const MOST_TAKEN = 20_000;
const MOST_DEPTH = 50;

/** The project of a file: its documents, what they extend and include, and the files that are read with it, each laid over those before. */
export function assemble(own: readonly ComposeTree[], files: ComposeFiles | undefined): Assembled {
  const assembler = new Assembler(own, files);
  return assembler.all();
}

/** Files that a tree extends or includes together. */
interface ComposeReference {
  /** As they are written; undefined for one whose name is not known. */
  readonly paths: readonly (string | undefined)[];
  /** What the paths in them are relative to, from where those of the tree are; of the first of them where left out. */
  readonly folder?: string;
}

/** The files that a tree extends and includes. */
export function referencesIn({ root }: ComposeTree): readonly ComposeReference[] {
  const extended = entriesIn(valueAt(root, 'services')).flatMap(({ value }) => {
    const file = valueAt(valueAt(value, 'extends'), 'file');
    return file === undefined ? [] : [{ paths: [stringIn(file)] }];
  });
  const included = itemsIn(valueAt(root, 'include')).map((item) => ({
    paths: pathsIn(item),
    folder: stringIn(valueAt(item, 'project_directory')),
  }));
  return [...extended, ...included];
}

/** The files that an item of `include` names. */
function pathsIn(item: ComposeNode): readonly (string | undefined)[] {
  if (item.kind !== 'map') return [stringIn(item)];
  const path = valueAt(item, 'path');
  return path?.kind === 'list' ? path.items.map(stringIn) : [stringIn(path)];
}

/** What the paths in files are relative to that are read together; undefined where that is not known. */
export function folderOfFiles(
  from: string | undefined,
  { paths, folder }: ComposeReference,
): string | undefined {
  const first = paths[0];
  if (from === undefined || (folder ?? first) === undefined) return undefined;
  return folder === undefined ? folderOf(pathFrom(from, first!)) : pathFrom(from, folder);
}

interface Source {
  readonly file: string | undefined;
  /** What the paths in it are relative to. */
  readonly folder: string | undefined;
  readonly root: ComposeNode;
}

class Assembler {
  readonly #problems: ComposeProblem[] = [];
  readonly #reported = new Set<Range>();
  readonly #conflicts: ComposeProblem[] = [];
  #isComplete = true;
  #left = MOST_TAKEN;
  readonly #elsewhere = new Map<string, readonly ComposeTree[]>();
  constructor(
    readonly own: readonly ComposeTree[],
    readonly files: ComposeFiles | undefined,
  ) {}

  all(): Assembled {
    const { layers = [undefined], folder = layers[0] && folderOf(layers[0]) } = this.files ?? {};
    let root: ComposeNode = EMPTY;
    for (const file of layers) {
      const trees = this.#treesOf(file);
      if (trees === undefined) this.#isComplete = false;
      for (const tree of trees ?? []) root = this.#layOver(root, { file, folder, root: tree.root }, []);
    }
    return { root, isComplete: this.#isComplete, problems: this.#problems, conflicts: this.#conflicts };
  }

  /** Those of the judged file as they are, those of others at no place of it. */
  #treesOf(file: string | undefined): readonly ComposeTree[] | undefined {
    if (file === this.files?.here) return this.own;
    const trees = file === undefined ? undefined : this.files?.trees.get(file);
    if (file === undefined || trees === undefined) return undefined;
    let moved = this.#elsewhere.get(file);
    if (moved === undefined) {
      moved = trees.map(({ root, flaws }) => ({ root: relocate(root, ELSEWHERE), flaws }));
      this.#elsewhere.set(file, moved);
    }
    return moved;
  }

  #layOver(before: ComposeNode, source: Source, chain: readonly string[]): ComposeNode {
    const { root } = source;
    if (root.kind !== 'map') {
      // An empty document.
      if (root.kind !== 'scalar' || root.type !== 'null') this.#isComplete = false;
      return before;
    }
    const included = this.#included(source, chain);
    const services = valueAt(root, 'services');
    const resolved: ComposeMap = {
      ...root,
      entries: root.entries.map((entry) =>
        entry.key !== 'services' || services?.kind !== 'map'
          ? entry
          : { ...entry, value: this.#extendAll(services, source) },
      ),
    };
    this.#compare(included, resolved);
    return mergeMaps(mergeMaps(before, included), resolved);
  }

  #extendAll(services: ComposeMap, source: Source): ComposeMap {
    const entries = services.entries.map((entry) =>
      entry.key === undefined || entry.tag === 'reset'
        ? entry
        : { ...entry, value: this.#extended(entry as Named, source, []) },
    );
    return { ...services, entries };
  }

  /** A service over the one that it extends; `from`: where the judged file says that. */
  #extended(
    { key: name, value: service }: Named,
    source: Source,
    chain: readonly string[],
    from?: Range,
  ): ComposeNode {
    const wanted = valueAt(service, 'extends');
    if (service.kind !== 'map' || wanted === undefined) return service;
    const place = wanted.range.start < 0 ? (from ?? wanted.range) : wanted.range;
    const own: ComposeMap = { ...service, entries: service.entries.filter(({ key }) => key !== 'extends') };
    // What it lacks was to come from what it extends.
    const unfilled: ComposeMap = { ...own, isOpen: true };
    const open = (): ComposeMap => {
      this.#isComplete = false;
      return unfilled;
    };
    const file = valueAt(wanted, 'file');
    const fileName = file === undefined ? undefined : stringIn(file);
    const base = stringIn(wanted.kind === 'map' ? valueAt(wanted, 'service') : wanted);
    if (isNoService(wanted)) {
      this.#report(place, '`extends` names no service: Compose refuses the file', 'write `service: NAME`');
      return unfilled;
    }
    // Where this file is not known, neither is the other one.
    const isElsewhere = file !== undefined && (fileName === undefined || source.folder === undefined);
    if (base === undefined || isElsewhere) return open();
    const path = fileName === undefined ? source.file : source.folder && pathFrom(source.folder, fileName);
    const isSame = path === source.file;
    const there = `${path} ${base}`;
    if (chain.includes(there) || (isSame && base === name)) {
      this.#report(place, `\`${name}\` extends itself: Compose refuses the file`, 'remove `extends`');
      return unfilled;
    }
    if (chain.length > MOST_DEPTH) return open();
    // In which of the documents, only Compose knows.
    const folder = isSame ? source.folder : path && folderOf(path);
    const trees = isSame ? [source] : this.#treesOf(path);
    if (trees === undefined)
      this.#reportMissing(path, file !== undefined && file.range.start >= 0 ? file.range : place);
    if (trees === undefined || trees.length !== 1) return open();
    const { root } = trees[0]!;
    const services = valueAt(root, 'services');
    const found = services?.kind === 'map' ? entryAt(services, base) : undefined;
    if (found === undefined || found.tag === 'reset') {
      if (mayHaveMore(services ?? root)) return open();
      this.#report(
        place,
        `there is no service \`${base}\` to extend${isSame ? '' : ` in \`${fileName}\``}: Compose refuses the file`,
        'name a service of the file, or write `file:` next to it',
      );
      return unfilled;
    }
    const taken = this.#extended(
      found as Named,
      { file: path, folder, root },
      [...chain, `${source.file} ${name}`, there],
      place,
    );
    this.#left -= entriesIn(taken).reduce((sum, { value }) => sum + 1 + itemsIn(value).length, 1);
    if (this.#left < 0) return open();
    // What is wrong with what it takes over is said where it does.
    return mergeMaps(isSame ? taken : relocate(taken, wanted.range), own, ['services', name]);
  }

  /** What the files that a source includes come to; what is wrong with them together stands where they are included. */
  #included({ file, folder, root }: Source, chain: readonly string[]): ComposeNode {
    const include = valueAt(root, 'include');
    if (include === undefined) return EMPTY;
    if (include.kind !== 'list') this.#isComplete = false;
    let all: ComposeNode = EMPTY;
    for (const item of itemsIn(include)) {
      // Several of one item are laid over each other.
      let one: ComposeNode = EMPTY;
      const paths = pathsIn(item);
      const project = valueAt(item, 'project_directory');
      const isPlaced = project === undefined || stringIn(project) !== undefined;
      const inside = isPlaced ? folderOfFiles(folder, { paths, folder: stringIn(project) }) : undefined;
      for (const name of paths) {
        const path = name === undefined || folder === undefined ? undefined : pathFrom(folder, name);
        if (path !== undefined && (path === file || chain.includes(path))) {
          this.#report(item.range, 'the file includes itself: Compose refuses it', 'remove it');
          continue;
        }
        const trees = path === undefined ? undefined : this.#treesOf(path);
        if (trees === undefined) this.#reportMissing(path, item.range);
        if (trees === undefined || chain.length > MOST_DEPTH || this.#left-- < 0) this.#isComplete = false;
        else
          for (const { root: inner } of trees)
            one = this.#layOver(one, { file: path, folder: inside, root: relocate(inner, item.range) }, [
              ...chain,
              file!,
            ]);
      }
      all = mergeMaps(all, one);
    }
    return all;
  }

  /** What a file says of something that one that it includes says too. */
  #compare(included: ComposeNode, own: ComposeNode): void {
    for (const kind of ['services', 'volumes', 'configs', 'secrets']) {
      for (const { key, keyRange, value } of entriesIn(valueAt(own, kind))) {
        const other = valueAt(valueAt(included, kind), key);
        if (other !== undefined && differs(other, value))
          this.#conflicts.push({
            range: keyRange,
            kind: 'value',
            message: `a file that is included has ${kind}.${key} too, with another value: Compose refuses that`,
            help: 'set it in one of them, or in a file that is merged over it (`include: [{path: [FILE, OVER]}]`)',
          });
      }
    }
  }

  #reportMissing(path: string | undefined, range: Range): void {
    const why = path === undefined ? undefined : this.files?.missing?.get(path);
    if (why !== undefined && range.start >= 0)
      this.#report(range, `what it names ${why}: Compose refuses the file`, 'name a file that is there');
  }

  #report(range: Range, message: string, help: string): void {
    if (this.#reported.has(range)) return;
    this.#reported.add(range);
    this.#problems.push({ range, kind: 'undefined', message, help });
  }
}

/** Whether something may be in `services`, or in a file without them, that is not seen. */
function mayHaveMore(node: ComposeNode): boolean {
  if (node.kind === 'map') return node.isOpen === true || node.entries.some(({ key }) => key === undefined);
  return node.kind !== 'scalar' || node.type !== 'null';
}

type Named = ComposeEntry & { readonly key: string };

/** Whether it is surely no name of a service. */
function isNoService(wanted: ComposeNode): boolean {
  if (wanted.kind === 'unknown') return false;
  if (wanted.kind !== 'map') return wanted.kind === 'list' || wanted.type !== 'string';
  const service = valueAt(wanted, 'service');
  if (service === undefined)
    return wanted.isOpen !== true && wanted.entries.every(({ key }) => key !== undefined);
  return service.kind !== 'unknown' && (service.kind !== 'scalar' || service.type !== 'string');
}

/** Whether two values are surely not the same; where paths are in them, nobody can tell. */
function differs(a: ComposeNode, b: ComposeNode): boolean {
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.isOpen || b.isOpen || [...a.entries, ...b.entries].some(({ key }) => key === undefined))
      return false;
    const [one, two] = [entriesIn(a), entriesIn(b)];
    return (
      one.length !== two.length ||
      one.some(({ key, value }) => {
        const other = valueAt(b, key);
        return other === undefined || (key !== 'device' && key !== 'file' && differs(value, other));
      })
    );
  }
  if (a.kind !== 'scalar' || b.kind !== 'scalar') return false;
  return a.type === b.type && a.text !== undefined && b.text !== undefined && a.text !== b.text;
}
