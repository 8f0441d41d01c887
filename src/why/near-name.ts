import { nearest } from '../text/nearest.js';
import { type FileFacts, type FileView, factsOf } from './file-view.js';

/** What lies next to a path and is called nearly the same, and holds something. */
export function nearName(
  view: FileView | undefined,
  path: string,
  kind?: FileFacts['kind'],
): string | undefined {
  const parent = path.slice(0, path.lastIndexOf('/'));
  const own = path.slice(path.lastIndexOf('/') + 1);
  const others = (view?.names(parent === '' ? '/' : parent) ?? []).filter((name) => {
    if (name === own) return false;
    // Of names that are counted (`data1`, `data2`), none is a slip for another.
    if (name.replace(/\d/g, '') === own.replace(/\d/g, '')) return false;
    const facts = factsOf(view, `${parent}/${name}`);
    if (facts === undefined || (kind !== undefined && facts.kind !== kind)) return false;
    return facts.kind !== 'directory' || view?.names(`${parent}/${name}`)?.length !== 0;
  });
  const name = nearest(own, others);
  return name === undefined ? undefined : `${parent}/${name}`;
}
