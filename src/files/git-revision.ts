import { createHash } from 'node:crypto';
import { extname, join, posix } from 'node:path';
import { similarity } from '../text/similarity.js';
import { GitObjects } from './git-objects.js';
import { lookAt, statOf } from './open-file.js';
import { Refusal } from './refusal.js';
import type { Repository } from './repository.js';
import { decodeText } from './text-bytes.js';

/** An entry of a folder in a repository's object. */
interface TreeEntry {
  readonly name: string;
  readonly id: string;
  readonly what: 'file' | 'folder' | 'other';
}

interface OldFile {
  readonly path: string;
  readonly id: string;
}

/** The files of a repository as they were at a revision. */
export class Revision {
  readonly #objects: GitObjects;
  readonly #root: string;
  readonly #tree: string;
  readonly #folders = new Map<string, readonly TreeEntry[]>();
  #gone: readonly OldFile[] | undefined;

  private constructor(objects: GitObjects, root: string, tree: string) {
    this.#objects = objects;
    this.#root = root;
    this.#tree = tree;
  }

  /** Throws a {@link Refusal} where there is no such revision, or git cannot say. */
  static async open(
    repository: Repository,
    name: string,
    git: string,
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<Revision> {
    const objects = new GitObjects(git, repository.folder, env);
    try {
      const tree = await objects.get(`${name}^{tree}`);
      if (tree?.type === 'tree') return new Revision(objects, repository.root, tree.id);
      const isShallow = lookAt(join(repository.common, 'shallow')) === 'file';
      const why = isShallow ? ', which is a shallow clone: fetch that revision first' : '';
      throw new Refusal(`is not a revision of the repository ${repository.root}${why}`);
    } catch (error) {
      objects.end();
      throw error;
    }
  }

  /** What a file (relative to the root, slashes forward) was, under its name of then; undefined for a new one. `bytes`: of now. */
  async oldText(path: string, bytes: Buffer): Promise<string | undefined> {
    const id = (await this.#find(path)) ?? (await this.#renamed(path, bytes));
    if (id === undefined) return undefined;
    const object = await this.#objects.get(id);
    if (object?.type === 'blob') return decodeText(object.bytes);
    throw new Refusal(
      'its old text is not in this clone, which holds only a part: fetch that revision first',
    );
  }

  /** Ends the program that reads the objects. */
  end(): void {
    this.#objects.end();
  }

  async #find(path: string): Promise<string | undefined> {
    let id = this.#tree;
    const names = path.split('/');
    for (const [index, name] of names.entries()) {
      const entry = (await this.#entries(id)).find((one) => one.name === name);
      if (entry?.what !== (index < names.length - 1 ? 'folder' : 'file')) return undefined;
      id = entry.id;
    }
    return id;
  }

  async #entries(id: string): Promise<readonly TreeEntry[]> {
    const known = this.#folders.get(id);
    if (known !== undefined) return known;
    const object = await this.#objects.get(id);
    const entries = object?.type === 'tree' ? readTree(object.bytes, id.length / 2) : [];
    this.#folders.set(id, entries);
    return entries;
  }

  /** The file that this one was, where that has gone: the same bytes, or at least half of the lines. */
  async #renamed(path: string, bytes: Buffer): Promise<string | undefined> {
    this.#gone ??= await this.#goneFiles();
    const names = new Set([idOf(bytes, this.#tree.length), idOf(withoutCr(bytes), this.#tree.length)]);
    const same = this.#gone.find(({ id }) => names.has(id));
    if (same !== undefined) return same.id;
    const base = posix.basename(path);
    const alike = this.#gone
      .filter((one) => extname(one.path) === extname(path))
      .sort((a, b) => Number(posix.basename(b.path) === base) - Number(posix.basename(a.path) === base))
      .slice(0, MOST_COMPARED);
    let best: { id: string; share: number } | undefined;
    for (const { id } of alike) {
      const object = await this.#objects.get(id);
      if (object?.type !== 'blob') continue;
      const share = similarity(decodeText(object.bytes), decodeText(bytes));
      if (share >= ALIKE && share > (best?.share ?? 0)) best = { id, share };
    }
    return best?.id;
  }

  async #goneFiles(): Promise<OldFile[]> {
    const gone: OldFile[] = [];
    const waiting = [{ path: '', id: this.#tree }];
    let count = 0;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const { name, id, what } of await this.#entries(next.id)) {
        // What holds itself a thousand times is made to keep its reader busy.
        if (++count > MOST_FILES || ODD_NAME.test(name)) return gone;
        const path = next.path === '' ? name : `${next.path}/${name}`;
        if (path.length > LONGEST_PATH) return gone;
        if (what === 'folder') waiting.push({ path, id });
        else if (what === 'file' && statOf(join(this.#root, path)) === undefined) gone.push({ path, id });
      }
    }
    return gone;
  }
}

const MOST_FILES = 100_000;
const LONGEST_PATH = 4096;
const MOST_COMPARED = 50;
const ALIKE = 0.5;
/** No name of a file in an honest tree. */
const ODD_NAME = /^\.{0,2}$|[/\\]/;

/** Each entry: its mode, a blank, its name, a zero byte, and the bytes of the name of its object. */
function readTree(bytes: Buffer, nameLength: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, blank);
    if (blank < 0 || zero < 0 || zero + 1 + nameLength > bytes.length) return entries;
    const mode = bytes.toString('latin1', at, blank);
    at = zero + 1 + nameLength;
    entries.push({
      name: bytes.toString('utf8', blank + 1, zero),
      id: bytes.toString('hex', zero + 1, at),
      what: /^100/.test(mode) ? 'file' : /^0?40000$/.test(mode) ? 'folder' : 'other',
    });
  }
  return entries;
}

function idOf(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

function withoutCr(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
