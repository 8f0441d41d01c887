import { cleanPath } from '../../go/path.js';
import { mapOf } from '../../text/map-of.js';
import { type ComposeNode, itemsIn, stringIn, valueAt } from './node.js';
import { readShortItem } from './short.js';

/** The last item of each key, at the place of the first; those without a key all stay. */
function lastOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Item[] {
  const out: Item[] = [];
  const places = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const place = key === undefined ? undefined : places.get(key);
    if (place === undefined) {
      if (key !== undefined) places.set(key, out.length);
      out.push(item);
    } else out[place] = item;
  }
  return out;
}

/** What makes two items of a list of a service one (compose-go override/uncity.go), as they are written. */
const KEYS = mapOf<(item: ComposeNode) => string | undefined>({
  volumes: (item) =>
    item.kind === 'map' ? stringIn(valueAt(item, 'target')) : shortTarget(item, (target) => target),
  tmpfs: (item) => stringIn(item)?.split('=')[0],
  configs: (item) => grantKey(item, ''),
  secrets: (item) => grantKey(item, '/run/secrets'),
});

/** The list without the items that a later one replaces: nobody looks at those again. */
export function withoutReplaced<Node extends ComposeNode | undefined>(key: string, list: Node): Node {
  const keyOf = KEYS.get(key);
  if (list?.kind !== 'list' || keyOf === undefined) return list;
  return { ...list, items: lastOfEach(list.items, keyOf) };
}

/** The entries of `volumes` that are left, with the target that each is compared by in the end. */
export function mergedVolumes(
  items: readonly ComposeNode[],
): readonly { readonly node: ComposeNode; readonly target: string | undefined }[] {
  const first = lastOfEach(items, KEYS.get('volumes')!);
  // The short syntax has become the long one by now, and its target clean.
  const second = lastOfEach(first, (item) =>
    item.kind === 'map' ? stringIn(valueAt(item, 'target')) : shortTarget(item, clean),
  );
  return second.map((node) => {
    const long = stringIn(valueAt(node, 'target'));
    return {
      node,
      target:
        node.kind === 'map' ? (long === undefined ? undefined : cleanPath(long)) : shortTarget(node, clean),
    };
  });
}

const clean = (target: string): string => (target === '' ? '' : cleanPath(target));

function shortTarget(item: ComposeNode, write: (target: string) => string): string | undefined {
  const read = readShortItem(item);
  return read === undefined || read.problem !== undefined ? undefined : write(read.target);
}

function grantKey(item: ComposeNode, folder: string): string | undefined {
  const short = stringIn(item);
  if (short !== undefined) return `${folder}/${short}`;
  if (item.kind !== 'map') return undefined;
  const target = valueAt(item, 'target');
  if (target !== undefined) return stringIn(target);
  const source = stringIn(valueAt(item, 'source'));
  return source === undefined ? undefined : `${folder}/${source}`;
}

/** Where the entries start that services mount: no later one replaces them, and they stand in no block that nothing takes over. */
export function mountedIn(services: readonly ComposeNode[]): ReadonlySet<number> {
  // What services share by an anchor is one list.
  const lists = new Set(services.map((service) => valueAt(service, 'volumes')));
  return new Set(
    [...lists].flatMap((list) => mergedVolumes(itemsIn(list)).map(({ node }) => node.range.start)),
  );
}
