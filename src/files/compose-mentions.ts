import { basename, dirname, join, relative } from 'node:path';
import { listFiles } from './list-files.js';
import { readTextFile } from './open-file.js';
import { treeOf } from './tree.js';

/** What a file of a tree says of another one that may be Compose's. */
interface Mention {
  /** The last name of the path, and the one before it; undefined where there is none, or only a variable knows. */
  readonly name: string;
  readonly parent: string | undefined;
  /** Relative to the tree. */
  readonly from: string;
}

/** By tree, what its files say of Compose files that are read together with others. */
export type Mentions = Map<string, readonly Mention[] | undefined>;

/**
 * Whether a file of the same tree extends or includes this one, or a command of one lays others over it or below it: then what it
 * does not say may be said elsewhere. Nobody knows in a tree that is too large to be looked through.
 */
export function mayBePart(path: string, cwd: string, known: Mentions): boolean {
  const tree = treeOf(path, cwd);
  if (!known.has(tree)) known.set(tree, mentionsIn(tree));
  const mentions = known.get(tree);
  if (mentions === undefined) return true;
  const own = relative(tree, path);
  const [name, parent] = [basename(path), basename(dirname(path))];
  const isTop = dirname(own) === '.';
  return mentions.some(
    (one) =>
      one.name === name &&
      one.from !== own &&
      (one.parent === undefined || one.parent === parent || (isTop && one.parent === '..')),
  );
}

const MOST_FILES = 20_000;
const MOST_READ = 4_000;
const LONGEST = 256 * 1024;

/** Files in which people say which Compose files are read: other Compose files, scripts, CI, settings, documentation. */
const MAY_MENTION =
  /(?:\.(?:ya?ml|(?:ba|z)?sh|fish|mk|md|rst|adoc|txt|json|toml|env|py|[jt]sx?|rb|go|java|kt|ps1|bat|cmd|groovy|gradle|j2|cfg|ini)|(?:^|\/)(?:GNU)?[Mm]akefile|(?:^|\/)[Jj]ustfile|(?:^|\/)Jenkinsfile\S*|(?:^|\/)\.env[^/]*|(?:^|\/)[\w-]+)$/;

function mentionsIn(tree: string): readonly Mention[] | undefined {
  const { real, paths } = listFiles(tree, {}, () => {});
  const worth = paths.length > MOST_FILES ? [] : paths.filter((path) => MAY_MENTION.test(path));
  if (paths.length > MOST_FILES || worth.length > MOST_READ) return undefined;
  return worth.flatMap((path) => {
    const file = readTextFile(join(real, path), { within: real });
    return 'text' in file && file.text.length < LONGEST ? mentionsOf(file.text, path) : [];
  });
}

const YAML_PATH = /(?:[\w.$(){}@~-]+\/)*[\w.$(){}-]+\.ya?ml(?!\w)/g;
const FILE_FLAG = /(?<![\w-])(?:-f|--file)(?=[\s=:"',])/;

function mentionsOf(text: string, from: string): readonly Mention[] {
  if (!/\.ya?ml/.test(text)) return [];
  const isCompose = /compose[^/]*\.ya?ml$/i.test(from) || /^(?:services|include):/m.test(text);
  const isDevcontainer = /devcontainer[^/]*\.json$/.test(from);
  return text
    .replace(/\\\r?\n/g, '  ')
    .split('\n')
    .flatMap((line) => {
      if (line.length > LONGEST_LINE || !/\.ya?ml/.test(line)) return [];
      const found = line.match(YAML_PATH) ?? [];
      const isRead = isCompose ? !/^\s*#/.test(line) : isDevcontainer || isTogether(line, found, from);
      return isRead ? found.map((path) => mentionOf(path, from)) : [];
    });
}

const LONGEST_LINE = 5_000;
const DOCUMENTATION = /\.(?:md|rst|adoc|txt)$/;

/** Whether a line names several files, or is an item of a list; what Compose is given by its flags is looked at elsewhere. */
function isTogether(line: string, found: readonly string[], from: string): boolean {
  if (DOCUMENTATION.test(from) || FILE_FLAG.test(line) || line.includes('COMPOSE_FILE')) return false;
  if (found.filter((path) => /compose/i.test(path)).length > 1) return true;
  return /^\s*(?:-\s+)?["']?[^\s"']+\.ya?ml["']?,?\s*$/.test(line);
}

function mentionOf(path: string, from: string): Mention {
  const names = path.split('/');
  const parent = names.at(-2);
  return {
    name: names.at(-1)!,
    parent: parent === undefined || parent === '.' || /[$({~]/.test(parent) ? undefined : parent,
    from,
  };
}
