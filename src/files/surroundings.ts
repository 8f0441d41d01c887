import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { FILE_KIND_ROWS, type FileKind } from '../source/file-kinds.js';
import type { HostView } from '../source/host.js';
import { once } from '../text/once.js';
import { ignoredBelow } from './list-files.js';
import { isMissing, isWithin, lookAt, realFolder } from './open-file.js';
import { findRepository, type Repository } from './repository.js';

/** Where what a file names may be: `own`: next to it; `above`: or in a folder above; `anywhere`: wherever the repository has it. */
type Reach = 'own' | 'above' | 'anywhere';

const REACHES: { readonly [Kind in FileKind]?: Reach } = {
  // The folder of the project is that of the first file, and this may be another.
  compose: 'above',
  devcontainer: 'own',
  // Nobody knows which folder is the context, or where a script is run.
  dockerfile: 'anywhere',
  shell: 'anywhere',
  makefile: 'anywhere',
  justfile: 'anywhere',
  'package-json': 'anywhere',
  powershell: 'anywhere',
  batch: 'anywhere',
};

/** Their commands run on machines of readers, or of a CI. */
const ELSEWHERE: ReadonlySet<FileKind> = new Set([
  ...(['markdown', 'rst', 'adoc'] as const),
  ...FILE_KIND_ROWS.flatMap(([kind, { isCi }]) => (isCi ? [kind] : [])),
]);

const SCRIPTS: ReadonlySet<FileKind> = new Set([
  'shell',
  'makefile',
  'justfile',
  'package-json',
  'powershell',
  'batch',
]);

/** A file whose surroundings are looked at. */
export interface LookedAt {
  readonly kind: FileKind;
  readonly absolute: string;
  readonly text: string;
}

/** Looks at what surrounds the files of one run. */
export class Surroundings {
  readonly #cwd: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #repositories = new Map<string, Repository | undefined>();
  readonly #tracked = new Map<string, Set<string>>();

  constructor(cwd: string, env: Readonly<Record<string, string | undefined>>) {
    this.#cwd = realFolder(cwd);
    this.#env = env;
  }

  /** What rules may see of those of one file; nothing for one whose folder says nothing of where its paths lead. */
  of(
    file: LookedAt,
  ): Partial<Pick<HostView, 'engineIsHere' | 'isNowhere' | 'isEmptyFolder' | 'isFolderBeside'>> {
    const { kind, absolute, text } = file;
    const reach = REACHES[kind];
    const isScript = SCRIPTS.has(kind);
    if (ELSEWHERE.has(kind)) return { engineIsHere: undefined };
    if (reach === undefined || text.length > LONGEST || isElsewhere(file)) return {};
    const folder = folderOf(kind, realFolder(dirname(absolute)));
    if (!this.#repositories.has(folder)) this.#repositories.set(folder, findRepository(folder, this.#env));
    const repository = this.#repositories.get(folder);
    const top = repository?.root ?? (isWithin(folder, this.#cwd) ? this.#cwd : folder);
    const bases = reach === 'own' ? [folder] : foldersUpTo(folder, top);
    const ignored = ignoredBelow(top, repository?.excludes);
    const isIgnored = (path: string) => isWithin(path, top) && ignored(relative(top, path).split(sep));
    const hasExample = exampleFinder();
    const mayBecome = (path: string) => !isMissing(path) || isIgnored(path) || hasExample(path);
    let left = MOST_ASKED;
    return {
      isNowhere: (path) => {
        const name = basename(path);
        if (left-- <= 0) return false;
        // Nobody commits it.
        if (/^\.env/.test(name) || /^\.{0,2}$/.test(name)) return false;
        if (isScript && makesFile(text, name)) return false;
        if (bases.some((base) => mayBecome(join(base, path)))) return false;
        return reach !== 'anywhere' || repository === undefined || !this.#isTracked(repository, path);
      },
      isEmptyFolder: (path) => left-- > 0 && bases.some((base) => isEmpty(join(base, path))),
      isFolderBeside: isScript
        ? (name) =>
            bases.some((base) => lookAt(join(base, name)) === 'folder' && !isIgnored(join(base, name)))
        : undefined,
    };
  }

  /** Whether git knows a path that ends so, as a file or as a folder. */
  #isTracked(repository: Repository, path: string): boolean {
    let names = this.#tracked.get(repository.root);
    if (names === undefined) {
      names = new Set();
      for (const one of repository.trackedPaths()) for (const name of one.split('/')) names.add(name);
      this.#tracked.set(repository.root, names);
    }
    return names.has(basename(path));
  }
}

/** Whether a file is read somewhere else than where it lies, or something runs before what it says. */
function isElsewhere({ kind, absolute, text }: LookedAt): boolean {
  const name = basename(absolute);
  if (kind === 'compose') return !/\.ya?ml$/i.test(name) || /^docker-stack/i.test(name);
  if (kind === 'devcontainer') return text.includes('initializeCommand');
  return SCRIPTS.has(kind) && MOVES.test(text.replace(OWN_FOLDER, ''));
}

/** A script goes to its own folder, wherever it is run. */
const OWN_FOLDER = /\bcd\s+(?:--\s+)?["']?\$\(\s*dirname[^\n;&|]*/g;
/** A script goes elsewhere, or gets files from elsewhere. */
const MOVES =
  /\b(?:cd|pushd|chdir|Set-Location|Push-Location|git\s+clone|curl|wget|tar|unzip|Invoke-WebRequest)\s/i;

function folderOf(kind: FileKind, folder: string): string {
  if (kind !== 'devcontainer') return folder;
  const names = folder.split(sep);
  const at = names.lastIndexOf('.devcontainer');
  return at < 0 ? folder : names.slice(0, at).join(sep) || sep;
}

function foldersUpTo(folder: string, top: string): string[] {
  const all = [folder];
  for (let at = folder; at !== top && dirname(at) !== at; at = dirname(at)) all.push(dirname(at));
  return all;
}

/** Whether a text names a file in a word that mounts nothing. */
function makesFile(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isSource = /^["']?:["']?[/\w$]/.test(text.slice(at + name.length, at + name.length + 4));
    const before = text.slice(Math.max(0, at - 300), at);
    const isTarget = /:["']?[^\s:]*\/$/.test(before);
    if (!isSource && !isTarget && !/(?:src|source|dst|destination|target)=[^\s,]*$/.test(before)) return true;
  }
  return false;
}

const EXAMPLE =
  /(?:^|[._-])(?:examples?|samples?|templates?|tmpl|tpl|dist|defaults?|in|j2|erb|skel|orig)(?:[._-]|$)/i;

/** Answers whether what is missing may come to be there: git ignores it, an example of it is next to it, or it is of a submodule. */
export function appearing(top: string): (path: string) => boolean {
  const ignored = ignoredBelow(top);
  const hasExample = exampleFinder();
  const hasModules = once(() => !isMissing(join(top, '.gitmodules')));
  return (path) =>
    (isWithin(path, top) && ignored(relative(top, path).split(sep))) ||
    hasExample(path) ||
    (hasModules() && (namesIn(dirname(path)) ?? []).length === 0);
}

/** Answers whether an example of it lies next to a file, from which it is made by hand. */
function exampleFinder(): (path: string) => boolean {
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const folder = dirname(path);
    const names = known.get(folder) ?? namesIn(folder) ?? [];
    known.set(folder, names);
    const stem = basename(path, extname(path));
    return names.some(
      (name) => name.startsWith(stem) && name !== basename(path) && EXAMPLE.test(name.slice(stem.length)),
    );
  };
}

/** Whether a folder has nothing in it, as those that docker makes. */
function isEmpty(path: string): boolean {
  return lookAt(path) === 'folder' && namesIn(path)?.length === 0;
}

function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

/** In characters: nobody writes a longer script by hand. */
const LONGEST = 1_000_000;
/** How many paths of one file are looked at. */
const MOST_ASKED = 1_000;
