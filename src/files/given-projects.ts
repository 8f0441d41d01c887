import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { scanOther } from '../dialects/docker/client/docker-argv.js';
import { readFindings } from '../readers/index.js';
import type { FileKind } from '../source/file-kinds.js';
import type { FoundCommand } from '../source/frontend.js';
import { kindOf } from '../source/kind.js';
import { holeMark, MARK } from '../text/hole-mark.js';
import type { Mentions } from './compose-mentions.js';
import { readTextFile, realFolder } from './open-file.js';
import { isRepository } from './repository.js';
import { treeOf } from './tree.js';

/** Files that somebody tells Compose to read together, in this order. */
export interface GivenProject {
  /** Absolute; one that is not known is not a path. */
  readonly layers: readonly string[];
  /** What their paths are relative to; where the first of them lies when left out. */
  readonly folder?: string;
}

/** Where a file is not known. */
const UNKNOWN = '';

/** The files of projects that scripts, build files and CI give Compose (`-f a.yaml -f b.yaml`, `COMPOSE_FILE`); each tree is looked at once. */
export class GivenProjects {
  /** What else names Compose files; looked for when it matters. */
  readonly mentions: Mentions = new Map();
  readonly #trees = new Map<string, Promise<readonly GivenProject[]>>();

  /** Those that a file (absolute) is a part of. */
  async of(path: string, cwd: string): Promise<readonly GivenProject[]> {
    const tree = treeOf(path, cwd);
    let known = this.#trees.get(tree);
    if (known === undefined) {
      known = projectsIn(tree);
      this.#trees.set(tree, known);
    }
    return (await known).filter(({ layers }) => layers.includes(path));
  }
}

/** As some text names them: an unknown part of a path has a mark. */
interface Written {
  readonly paths: readonly string[];
  readonly folder?: string;
  /** Something unknown stands among them that may be more of them. */
  readonly isOpen: boolean;
}

async function projectsIn(tree: string): Promise<readonly GivenProject[]> {
  const files = filesBelow(tree);
  const within = realFolder(tree);
  const yaml = new Set(files.filter((path) => YAML.test(path)));
  const found = new Map<string, GivenProject>();
  if (yaml.size === 0) return [];
  for (const absolute of files) {
    const path = relative(tree, absolute);
    if (!mayGive(path)) continue;
    const read = readTextFile(absolute, { within, limit: LONGEST });
    if (!('text' in read) || !isGiving(read.text)) continue;
    for (const written of await writtenIn(path, read.text))
      for (const project of placed(written, dirname(absolute), tree, yaml))
        if (found.size < MOST_PROJECTS) found.set(JSON.stringify(project), project);
  }
  return [...found.values()];
}

const YAML = /\.ya?ml(?:\.\w+)?$/i;
const COMPOSE_FILE = /\bCOMPOSE_FILE\b["']?\s*(?:[:?]?=|:)\s*["']?([^\s"'#;,]+)/g;
/** In bytes: nobody writes a longer script by hand. */
const LONGEST = 500_000;
const MOST_PROJECTS = 500;
/** Of a repository; what such files lie in is seldom deep. */
const MOST_FOLDERS = 1_000;
/** Of a folder that is not a repository: it may be somebody's home. */
const MOST_FOLDERS_ELSEWHERE = 50;
const MOST_FILES = 10_000;

/** Whether a text may tell Compose which files to read: many name Compose, and few a file of YAML after a flag. */
const isGiving = (text: string): boolean =>
  /compose/i.test(text) && (text.includes('COMPOSE_FILE') || GIVEN.test(text));
// Bounded: a hostile text has any number of either.
const GIVEN = /[\s"'](?:-f|--file)[\s=,"'\\]{1,20}[^\s"']{0,300}\.ya?ml/;

/** Programs, of which there may be thousands. */
const CODE: ReadonlySet<FileKind> = new Set(['javascript', 'go', 'java', 'kotlin', 'csharp', 'rust', 'php']);

/** Whether a file may hold commands, by its name. */
function mayGive(path: string): boolean {
  const name = basename(path);
  if (/^\.env(?:rc)?\b/.test(name)) return true;
  const kind = kindOf(path, '');
  return kind === undefined ? !name.includes('.') : !CODE.has(kind) && kind !== 'compose';
}

/** The files below a folder, those of the upper folders first; links are not followed. */
function filesBelow(tree: string): readonly string[] {
  const files: string[] = [];
  const folders = [tree];
  const most = isRepository(tree) ? MOST_FOLDERS : MOST_FOLDERS_ELSEWHERE;
  for (let at = 0; at < folders.length && at < most && files.length < MOST_FILES; at++) {
    let entries: Dirent[];
    try {
      entries = readdirSync(folders[at]!, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      const path = join(folders[at]!, entry.name);
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && !OTHERS.has(entry.name)) folders.push(path);
    }
  }
  return files;
}

/** What is not the repository's own. */
const OTHERS = new Set(['.git', '.hg', '.svn', 'node_modules', 'vendor', '.venv', 'venv', '__pycache__']);

/** What a text gives Compose at a time. */
async function writtenIn(path: string, text: string): Promise<Written[]> {
  const all: Written[] = [];
  for (const [, value = ''] of text.matchAll(COMPOSE_FILE)) {
    const paths = value.split(':').map((one) => one.replace(/.*[$`{}%][^/]*/s, holeMark(0)));
    all.push({ paths, isOpen: false });
  }
  const kind = kindOf(path, text);
  if (kind === undefined) return all;
  const { commands } = await readFindings(kind, text, { path });
  return [...all, ...commands.flatMap((command) => writtenBy(command) ?? [])];
}

/** The files that a command of Compose names. */
function writtenBy({ engine, words }: FoundCommand): Written | undefined {
  if (engine !== 'compose') return undefined;
  const scan = scanOther(words.slice(1), 'compose');
  const named = (flag: string) =>
    scan.globals.filter((use) => use.flag.name === flag).map(({ value }) => value.value);
  const paths = named('file');
  if (paths.length === 0) return undefined;
  // Not there in each run, or more of them.
  const isOpen =
    scan.opaque !== undefined ||
    scan.globals.some(({ word, uncertain }) => uncertain === true || words[word + 1]?.conditional === true);
  return { paths, folder: named('project-directory').at(-1), isOpen };
}

/** The projects that may be meant: where a command is run, only who runs it knows. */
function placed(
  { paths, folder, isOpen }: Written,
  own: string,
  tree: string,
  yaml: ReadonlySet<string>,
): readonly GivenProject[] {
  if (!isOpen && paths.every(isLiteral)) {
    const bases = new Set<string>();
    for (let at = own; ; at = dirname(at)) {
      bases.add(at);
      if (at === tree || dirname(at) === at) break;
    }
    for (const path of paths) {
      const clean = join(sep, path);
      if (!path.startsWith('..'))
        for (const one of yaml) if (one.endsWith(clean)) bases.add(one.slice(0, -clean.length) || sep);
    }
    const whole = [...bases]
      .map((base) => ({ base, layers: paths.map((path) => join(base, path)) }))
      .filter(({ layers }) => layers.every((one) => yaml.has(one)));
    if (whole.length > 0 && (folder === undefined || isLiteral(folder)))
      return whole.map(({ base, layers }) => ({ layers, ...(folder && { folder: join(base, folder) }) }));
  }
  // Any file of that name, and what is read with it is not known.
  return paths.flatMap((path, i) => {
    const tail = tailOf(path);
    const ones = tail === undefined ? [] : [...yaml].filter((one) => one.endsWith(tail));
    const around = isOpen ? [UNKNOWN] : [];
    return ones.map((one) => ({
      layers: [...around, ...paths.map((_, at) => (at === i ? one : UNKNOWN)), ...around],
    }));
  });
}

/** Whether a path is known, and below some folder of the tree. */
const isLiteral = (path: string): boolean =>
  path !== '-' && !/^[/~]|^\w+:|[$`%]|\{\{/.test(path) && !HOLE.test(path);

const HOLE = new RegExp(MARK, 'u');

/** The names at the end of a path that are known. */
function tailOf(path: string): string | undefined {
  const names = path.split(/[/\\]/);
  const known = names.slice(names.findLastIndex((name) => name === '..' || HOLE.test(name)) + 1);
  const tail = known.filter((name) => name !== '' && name !== '.').join(sep);
  return tail === '' ? undefined : `${sep}${tail}`;
}
