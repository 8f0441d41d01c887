import { interpolated } from './compose-declared.js';
import { mapOf } from './compose-values.js';
import { type OmittedMount, type TakenMounts, takeMounts } from './described-mount.js';

/** What brings mounts into a service besides `volumes` and `tmpfs`, in Compose's words; its text is not interpolated yet. */
export interface ServiceExtra {
  readonly key: 'volumes_from' | 'configs' | 'secrets' | 'use_api_socket';
  readonly text: string;
}

/** The keys of a service that bring mounts besides `volumes` and `tmpfs`. */
export const EXTRA_KEYS: readonly ServiceExtra['key'][] = [
  'volumes_from',
  'configs',
  'secrets',
  'use_api_socket',
];

/** What stands at one of them. */
export function readExtra(key: ServiceExtra['key'], value: unknown): ServiceExtra[] {
  if (key === 'use_api_socket')
    return value === undefined || value === false ? [] : [{ key, text: String(value) }];
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) => ({ key, text: String(mapOf(item)['source'] ?? item) }));
}

/** What the extras of a service come to: mounts of other containers, and what is not converted. */
export function describeExtras(extras: readonly ServiceExtra[]): {
  readonly taken: readonly TakenMounts[];
  readonly omitted: readonly OmittedMount[];
} {
  const taken: TakenMounts[] = [];
  const omitted: OmittedMount[] = [];
  for (const { key, text } of extras) {
    const from = `${key}: ${text}`;
    const one = key === 'volumes_from' ? takenBy(text, from) : WHY[key];
    if (typeof one === 'string') omitted.push({ from, why: one });
    else taken.push(one);
  }
  return { taken, omitted };
}

const WHY: Readonly<Record<Exclude<ServiceExtra['key'], 'volumes_from'>, string>> = {
  configs: 'what Compose mounts or copies there is no mount of the service',
  secrets: 'what Compose mounts or copies there is no mount of the service',
  use_api_socket: "Compose mounts the engine's socket and the credentials for it by itself",
};

function takenBy(text: string, from: string): TakenMounts | string {
  const of = /^container:/.exec(text)?.[0];
  if (of === undefined) return "only Compose knows the name of a service's container";
  const taken = takeMounts(interpolated(text.slice(of.length)), from, 'compose');
  if (typeof taken === 'string' || taken.mode === undefined || taken.mode === 'rw') return taken;
  return `Compose drops the mode \`${taken.mode}\` of \`volumes_from\`: write the mount as it is meant`;
}
