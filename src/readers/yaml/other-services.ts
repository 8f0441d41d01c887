import { type Document, isMap, isSeq, type Node } from 'yaml';
import { SERVICE_KEYS, TOP_KEYS } from '../../dialects/compose/shapes.js';
import { nearest } from '../../text/nearest.js';
import { entriesOf, fieldOf, itemsOf, resolveNode } from './tree.js';

/**
 * Whether a text with `services` is another program's, which has words of its own: Lando's, Okteto's, a gateway's, a chart's
 * values. A word that is one of Compose with a slip in it is a mistake of Compose's.
 */
export function isOtherPrograms(document: Document): boolean {
  const root = document.contents as Node | null;
  const services = fieldOf(root, 'services', document);
  if (services === undefined) return false;
  const isOwn = (key: string) => key.startsWith('x-') || key === '<<' || nearest(key, TOP_KEYS) !== undefined;
  if (entriesOf(root, document).some(({ key }) => !isOwn(key))) return true;
  let known = 0;
  let foreign = 0;
  for (const { value } of entriesOf(services, document).slice(0, MOST_SERVICES)) {
    const service = resolveNode(value, document);
    if (!isMap(service)) continue;
    for (const { key } of entriesOf(service, document)) {
      if (COMPOSES.has(key)) known++;
      else if (!key.startsWith('x-') && key !== '<<' && nearest(key, COMPOSES) === undefined) foreign++;
    }
    // Those of Kubernetes have names, and no targets.
    const volumes = fieldOf(service, 'volumes', document);
    const isVolume = (item: Node) => isMap(item) && fieldOf(item, 'name', document) !== undefined;
    if (isMap(volumes) || (isSeq(volumes) && itemsOf(volumes, document).some(isVolume))) foreign++;
  }
  return foreign * COMMON > known;
}

/**
 * Whether a file that has Compose's name is another program's all the same: it has none of Compose's words at its top, and
 * nothing below those that it has could be a service.
 */
export function hasNothingOfCompose(document: Document): boolean {
  const entries = entriesOf(document.contents as Node | null, document);
  const named = entries.filter(({ key }) => key !== 'version' && key !== 'name');
  return (
    named.length > 0 &&
    named.every(({ key, value }) => {
      if (key.startsWith('x-') || key === '<<' || nearest(key, TOP_KEYS) !== undefined) return false;
      const node = resolveNode(value, document);
      const services = isMap(node) ? [node, ...entriesOf(node, document).map((one) => one.value)] : [];
      return !services.some((one) => entriesOf(one, document).some((inner) => COMPOSES.has(inner.key)));
    })
  );
}

const COMPOSES = new Set(SERVICE_KEYS);
/** Of that many words that Compose knows, one that it does not know may be a mistake. */
const COMMON = 3;
const MOST_SERVICES = 50;
