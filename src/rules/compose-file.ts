import type { MountView } from '../mount/view.js';
import type { ComposeProject, FileView } from '../source/file-view.js';
import { viewFileMount } from '../source/file-view.js';

/** The mounts of a Compose file's services that can be read, each with the name of its service. */
export function composeMounts({
  mounts,
}: Pick<FileView, 'mounts'>): { readonly view: MountView; readonly group: string }[] {
  return mounts.flatMap((mount) => {
    const view = viewFileMount(mount);
    const { group } = mount;
    return view?.program === 'compose' && view.problem === undefined ? [{ view, group }] : [];
  });
}

/** The same mounts alone. */
export const composeViews = (file: Pick<FileView, 'mounts'>): MountView[] =>
  composeMounts(file).map(({ view }) => view);

/** The project of a Compose file, in which nothing is known where there is no tree. */
export const composeProject = ({ project = UNKNOWN }: FileView): ComposeProject => project;

const UNKNOWN: ComposeProject = {
  root: { kind: 'map', range: { start: -1, end: -1 }, entries: [] },
  isComplete: false,
  problems: [],
  conflicts: [],
  instead: [],
  isWhole: () => false,
  refused: [],
};
