import { assemble, type ComposeFiles } from '../dialects/compose/assemble.js';
import { checkDocument, checkProject } from '../dialects/compose/check-file.js';
import { entriesIn, valueAt } from '../dialects/compose/node.js';
import type { ComposeProblem } from '../dialects/compose/problem.js';
import { chooseReaders } from '../dialects/compose/readers.js';
import type { ComposeProject, FileView } from '../source/file-view.js';
import { once } from '../text/once.js';

/** What is looked at of a file. */
type ComposeView = Pick<
  FileView,
  | 'path'
  | 'mounts'
  | 'problems'
  | 'references'
  | 'trees'
  | 'shown'
  | 'compose'
  | 'composeFiles'
  | 'isOverlaid'
>;

/** What is wrong with a Compose file, alone and with what is read with it, or with those that documentation shows. */
export function judgeProject(file: ComposeView): ComposeProject {
  if (file.shown.length > 0)
    return {
      ...assemble([], undefined),
      instead: [],
      isWhole: () => false,
      refused: file.shown.flatMap(misspeltIn),
    };
  const judged = judgeAs(file, true);
  // Who else may read it with others is looked for where something depends on it.
  const isWhole = once(() => judged.isWhole && file.composeFiles?.mayBePart?.() !== true);
  const isLess = judged.isWhole && judged.refused.length > 0 && !isWhole();
  return { ...(isLess ? judgeAs(file, false) : judged), isWhole };
}

/** The misspelt keys of a file of which any part may be left out; other programs have `services` too. */
function misspeltIn(tree: FileView['shown'][number]): readonly ComposeProblem[] {
  const services = entriesIn(valueAt(tree.root, 'services')).filter(({ value }) =>
    ['image', 'build'].some((key) => valueAt(value, key) !== undefined),
  );
  if (services.length === 0) return [];
  const choice = chooseReaders(tree, undefined, undefined);
  return checkDocument(tree, {
    choice,
    isWhole: false,
    isRun: false,
    isLaidOver: true,
    isBranched: true,
  }).filter(({ kind, better }) => kind === 'unknown-key' && better !== undefined);
}

/** Of a file that is read with others at one time and with others at another, only what all of those projects have is wrong. */
function judgeAs(file: ComposeView, mayBeWhole: boolean): JudgedAs {
  const first = judgeOne(file, file.composeFiles, mayBeWhole);
  const instead = (file.composeFiles?.instead ?? []).map((files) => judgeOne(file, files, mayBeWhole));
  const isIn = ({ refused }: Judged, { kind, range }: ComposeProblem) =>
    refused.some((one) => one.kind === kind && one.range.start === range.start);
  return {
    ...first,
    instead,
    isWhole: first.isWhole && instead.every(({ isWhole }) => isWhole),
    refused: first.refused.filter((problem) => instead.every((one) => isIn(one, problem))),
  };
}

type JudgedAs = Omit<ComposeProject, 'isWhole'> & { readonly isWhole: boolean };
type Judged = Omit<JudgedAs, 'instead'>;

function judgeOne(file: ComposeView, files: ComposeFiles | undefined, mayBeWhole: boolean): Judged {
  const { path, mounts, problems, references, trees, compose, isOverlaid } = file;
  const isUnread = problems.some(({ scope }) => scope !== 'part');
  const project = assemble(trees, files);
  const isAlone = files !== undefined || (isOverlaid !== true && isFirst(path));
  // The reader knows of references that are no part of a tree.
  const isOpen = files === undefined && references.length > 0;
  const isWhole = mayBeWhole && isAlone && !isOpen && project.isComplete && !isUnread && trees.length > 0;
  const isLaidOver = files === undefined ? !isFirst(path) && isPart(trees) : files.layers[0] !== files.here;
  const context = {
    isWhole,
    isRun: files?.isAll === true,
    isLaidOver,
    isBranched: [...mounts, ...trees].some(({ isBranched }) => isBranched === true) || isUnread,
  };
  const [first] = trees;
  if (first === undefined) return { ...project, isWhole, refused: [] };
  const choice = chooseReaders(first, path, compose);
  const alone = trees.flatMap((tree, i) =>
    checkDocument(tree, { ...context, choice, isLaidOver: isLaidOver || i > 0 }),
  );
  // What a file that is not known lays over it may take away again.
  const mayBeOverlaid =
    files === undefined
      ? isOverlaid === true
      : files.layers.some((one) => one !== files.here && !files.trees.has(one));
  const together = mayBeOverlaid ? [] : checkProject(project, { ...context, choice });
  return { ...project, isWhole, refused: [...alone, ...together] };
}

/** Whether the file is one that Compose reads by itself. */
function isFirst(path: string | undefined): boolean {
  return (
    path === undefined ||
    (path.toLowerCase().includes('compose.y') && /(?:^|[\\/])(?:docker-)?compose\.ya?ml$/i.test(path))
  );
}

/** Whether a service has nothing to run: what is needed stands in another file. */
function isPart(trees: FileView['trees']): boolean {
  return trees.some(({ root }) =>
    entriesIn(valueAt(root, 'services')).some(
      ({ value }) =>
        !['image', 'build', 'extends', 'provider'].some((key) => valueAt(value, key) !== undefined),
    ),
  );
}
