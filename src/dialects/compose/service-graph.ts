// Which services of a project run, and which of them wait for which.
import type { Range } from '../../text/range.js';
import { circlesOf } from './circles.js';
import { type ComposeMap, type ComposeNode, entriesIn, itemsIn, stringIn, valueAt } from './node.js';
import { isEnabled } from './profiles.js';

/** The circles in which services wait for one another: those of one number do. */
export function waitingCircles(services: ComposeMap): ReadonlyMap<string, number> {
  const known = knownCircles.get(services);
  if (known !== undefined) return known;
  const enabled = new Map(
    entriesIn(services).flatMap(({ key, value }) => (isEnabled(value) ? [[key, value]] : [])),
  );
  const circles = circlesOf(enabled.keys(), (name) =>
    servicesBefore(enabled.get(name)!).flatMap(({ text }) => (enabled.has(text) ? text : [])),
  );
  knownCircles.set(services, circles);
  return circles;
}

const knownCircles = new WeakMap<ComposeMap, ReadonlyMap<string, number>>();

/** A service that another one names. */
interface NamedService {
  readonly text: string;
  readonly range: Range;
  /** What `depends_on` says of it. */
  readonly value?: ComposeNode;
  /** The key that names it. */
  readonly by: string;
}

/** The services that one starts after, each where it is named. */
export function servicesBefore(service: ComposeNode): readonly NamedService[] {
  const all: NamedService[] = namesIn(valueAt(service, 'depends_on')).map((one) => ({
    ...one,
    by: 'depends_on',
  }));
  for (const { text, range } of namesIn(valueAt(service, 'links'))) {
    const parts = text.split(':');
    all.push({ text: parts.length === 2 ? parts[0]! : text, range, by: 'links' });
  }
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = valueAt(service, key);
    const text = stringIn(value);
    if (value !== undefined && text?.startsWith('service:'))
      all.push({ text: text.slice('service:'.length), range: value.range, by: key });
  }
  for (const item of itemsIn(valueAt(service, 'volumes_from'))) {
    const text = stringIn(item);
    if (text !== undefined && !text.startsWith('container:'))
      all.push({ text: text.split(':')[0]!, range: item.range, by: 'volumes_from' });
  }
  return all;
}

/** What a list of texts or the keys of a map name. */
export function namesIn(
  node: ComposeNode | undefined,
): readonly { readonly text: string; readonly range: Range; readonly value?: ComposeNode }[] {
  if (node?.kind === 'map')
    return entriesIn(node).map(({ key, keyRange, value }) => ({ text: key, range: keyRange, value }));
  return itemsIn(node).flatMap((item) => {
    const text = stringIn(item);
    return text === undefined ? [] : [{ text, range: item.range }];
  });
}

/** Whether something may be in a map that is not seen. */
export const isUnsure = (node: ComposeNode | undefined): boolean =>
  node?.kind === 'unknown' ||
  (node?.kind === 'map' && (node.isOpen === true || node.entries.some(({ key }) => key === undefined)));
