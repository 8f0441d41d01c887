import { checkComposeFile } from '../dialects/compose/check-file.js';
import type { ComposeTree } from '../dialects/compose/node.js';
import type { ComposeProblem } from '../dialects/compose/problem.js';
import { chooseReaders } from '../dialects/compose/readers.js';
import type { FileView } from '../source/file-view.js';
import { isWhole } from './compose-file.js';

const known = new WeakMap<FileView, readonly ComposeProblem[]>();

/** What every Compose that may read the file refuses of it, looked for once for all who ask. */
export function composeProblems(file: FileView): readonly ComposeProblem[] {
  let problems = known.get(file);
  if (problems === undefined) {
    problems = file.trees.flatMap((tree) => checkTree(tree, file));
    known.set(file, problems);
  }
  return problems;
}

function checkTree(tree: ComposeTree, file: FileView): readonly ComposeProblem[] {
  const { path, mounts, problems, references, trees, compose } = file;
  const isUnread = problems.some(({ scope }) => scope !== 'part');
  return checkComposeFile(tree, {
    choice: chooseReaders(tree, path, compose),
    isWhole: isWhole(file) && references.length === 0 && trees.length === 1 && !isUnread,
    isBranched: mounts.some(({ isBranched }) => isBranched === true) || isUnread,
  });
}
