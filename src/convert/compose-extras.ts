import { isPath } from '../dialects/compose/compose-keys.js';
import { cleanPath, pathFrom } from '../go/path.js';
import { interpolated } from './compose-declared.js';
import { mapOf } from './compose-values.js';
import { type DescribedMount, type OmittedMount, type TakenMounts, takeMounts } from './described-mount.js';

/** What brings mounts into a service besides `volumes` and `tmpfs`, in Compose's words; its text is not interpolated yet. */
export interface ServiceExtra {
  readonly key: 'volumes_from' | 'configs' | 'secrets' | 'use_api_socket';
  readonly text: string;
  /** Where a config or a secret is mounted, where that is said. */
  readonly target?: string;
}

/** The file of a config or a secret; undefined for one that is not a file. */
export interface GrantFile {
  readonly file?: string;
  /** What a relative one is relative to. */
  readonly folder?: string;
}

/** What the top level says of configs and secrets, by `configs NAME`. */
export type Grants = ReadonlyMap<string, GrantFile>;

/** What stands at the top level under `configs` or `secrets`. */
export function readGrants(
  key: 'configs' | 'secrets',
  value: unknown,
): readonly (readonly [string, GrantFile])[] {
  return Object.entries(mapOf(value)).map(([name, one]) => {
    const { file } = mapOf(one);
    return [`${key} ${name}`, typeof file === 'string' ? { file } : {}] as const;
  });
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
  return items.map((item) => {
    const { source, target } = mapOf(item);
    return { key, text: String(source ?? item), ...(typeof target === 'string' && { target }) };
  });
}

/** Tells what the container of a service is called; undefined where nobody knows. */
export type ContainerOf = (service: string) => Pick<TakenMounts, 'container' | 'holes'> | undefined;

/** What is around a service. */
interface Around {
  /** Of the project. */
  readonly folder?: string;
  readonly containerOf?: ContainerOf;
}

/** What the extras of a service come to: mounts of files, mounts of other containers, and what is not converted. */
export function describeExtras(
  extras: readonly ServiceExtra[],
  grants: Grants,
  around: Around,
): {
  readonly mounts: readonly DescribedMount[];
  readonly taken: readonly TakenMounts[];
  readonly omitted: readonly OmittedMount[];
} {
  const mounts = new Map<string, DescribedMount>();
  const taken: TakenMounts[] = [];
  const omitted: OmittedMount[] = [];
  // A secret hides a config on its target, and of two the last counts.
  const isSecret = ({ key }: ServiceExtra) => key === 'secrets';
  for (const extra of [...extras.filter((one) => !isSecret(one)), ...extras.filter(isSecret)]) {
    const { key, text } = extra;
    const from = `${key}: ${text}`;
    const one = describeExtra(extra, grants, around, from);
    if (typeof one === 'string') omitted.push({ from, why: one });
    else if ('mount' in one) mounts.set(one.mount.target, one);
    else taken.push(one);
  }
  return { mounts: [...mounts.values()], taken, omitted };
}

function describeExtra(
  extra: ServiceExtra,
  grants: Grants,
  { folder, containerOf }: Around,
  from: string,
): DescribedMount | TakenMounts | string {
  const { key, text } = extra;
  switch (key) {
    case 'volumes_from':
      return takenBy(text, from, containerOf);
    case 'use_api_socket':
      return "Compose mounts the engine's socket and the credentials for it by itself";
    default:
      return grantMount({ ...extra, key }, grants, folder, from);
  }
}

const FOLDERS = { configs: '/', secrets: '/run/secrets/' } as const;

/** The file of a config or secret as Compose mounts it; a sentence for one that it copies, or that nobody knows. */
function grantMount(
  { key, text, target }: ServiceExtra & { readonly key: 'configs' | 'secrets' },
  grants: Grants,
  project: string | undefined,
  from: string,
): DescribedMount | string {
  const { file, folder = project } = grants.get(`${key} ${text}`) ?? {};
  if (file === undefined) return 'what Compose copies there is no mount of the service';
  const source = interpolated(file);
  const place = interpolated(target || text);
  if (source.holes.length > 0 || place.holes.length > 0 || source.value.startsWith('~'))
    return 'where its file is, or where it goes, is not known';
  const isAbsolute = /^\/|^[A-Za-z]:[\\/]/.test(place.value);
  const path = isPath(source.value) && !source.value.startsWith('.');
  return {
    from,
    form: 'compose',
    mount: {
      type: 'bind',
      source: path || folder === undefined ? source.value : pathFrom(folder, source.value),
      target: cleanPath(isAbsolute ? place.value : FOLDERS[key] + place.value),
      readOnly: true,
      createSource: false,
      recursion: [],
    },
    holes: new Map(),
  };
}

function takenBy(text: string, from: string, containerOf: ContainerOf | undefined): TakenMounts | string {
  const of = /^container:/.exec(text)?.[0];
  if (of === undefined) {
    const [service = '', mode = 'rw'] = text.split(':');
    const container = containerOf?.(service);
    if (container === undefined) return "only Compose knows the name of a service's container";
    const why = `Compose itself drops the mode \`${mode}\`, and mounts read-write`;
    return {
      from,
      ...container,
      ...(mode !== 'rw' && { lost: [{ field: 'mode', kind: 'none-here', why }] }),
    };
  }
  const taken = takeMounts(interpolated(text.slice(of.length)), from, 'compose');
  if (typeof taken === 'string' || taken.mode === undefined || taken.mode === 'rw') return taken;
  return `Compose drops the mode \`${taken.mode}\` of \`volumes_from\`: write the intended mount`;
}
