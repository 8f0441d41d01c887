import type {
  ComposeKey,
  ComposeValue,
  ContainerField,
  FlagValues,
  ToldContainer,
  ToldService,
  Unsaid,
} from './field.js';
import { CONTAINER_FIELDS } from './fields.js';
import { hasMark, itemsIn, mapIn, OF_IMAGE, scalarText } from './kinds.js';
import { SERVICE_KEYS } from './service-keys.js';

/** A flag of `docker run` with its values; unknown parts are marks. */
export interface RunFlag {
  readonly field: ContainerField;
  readonly values: readonly string[];
}

/** A flag with what says so first: a path of the service, or of what the engine tells. */
interface SaidFlag extends RunFlag {
  readonly key: string;
}

/** What no flag says, or a flag says otherwise. */
export interface RunLoss {
  /** Where it stands: a path of the service, or of what the engine tells. */
  readonly key: string;
  readonly kind: 'none-here' | 'changed' | 'impossible';
  readonly why: string;
}

/** What `docker run` sets for a container apart from its mounts. */
export interface RunFields {
  readonly flags: readonly SaidFlag[];
  /** What goes before the command. */
  readonly words: readonly string[];
  readonly losses: readonly RunLoss[];
}

/** Every key of a service as flags; each that is none of the mounts' is among the flags or the losses. */
export function flagsOfService(
  values: Readonly<Record<string, ComposeValue>>,
  service: ToldService,
): RunFields {
  const taken = new Set<string>();
  const flags: SaidFlag[] = [];
  const words: string[] = [];
  const losses: RunLoss[] = [];
  for (const field of CONTAINER_FIELDS) {
    for (const { key: pattern, kind } of keysOf(field)) {
      const key = pattern.replace(/\{(?:network|joined)\}/, () => service.network ?? '{network}');
      const value = valueAt(
        values,
        pattern.split('.').map((one) => (one.startsWith('{') ? (service.network ?? one) : one)),
      );
      if (value === undefined || kind.fromCompose === undefined) continue;
      taken.add(key);
      const open = kind.isOpen ? undefined : textsOf(value).find(hasMark);
      const read: FlagValues | Unsaid =
        open === undefined
          ? kind.fromCompose(value, service)
          : { why: `what \`${field.isSecret ? '…' : open}\` holds is not known` };
      add(field, key, read, { flags, words, losses });
    }
  }
  const walk = (at: Readonly<Record<string, unknown>>, path: string) => {
    for (const [name, value] of Object.entries(at)) {
      const key = path + name;
      if (taken.has(key) || name.startsWith('x-')) continue;
      if ([...taken].some((one) => one.startsWith(`${key}.`))) walk(mapIn(value), `${key}.`);
      else if (SERVICE_KEYS.has(key) || key !== 'deploy') {
        const lost = untold(key, value);
        if (lost !== undefined) losses.push(lost);
      } else walk(mapIn(value), `${key}.`);
    }
  };
  walk(values, '');
  return { flags, words, losses };
}

function untold(key: string, value: unknown): RunLoss | undefined {
  const row = SERVICE_KEYS.get(key);
  if (value === null || row === 'mount') return undefined;
  const said = row === undefined ? undefined : typeof row === 'string' ? { why: row } : row;
  if (said?.unless?.(value)) return undefined;
  return { key, kind: said?.kind ?? 'impossible', why: said?.why ?? 'docker run has no flag for it' };
}

const keysOf = ({ compose, or, too = [] }: ContainerField): readonly Pick<ComposeKey, 'key' | 'kind'>[] =>
  'key' in compose ? [compose, ...(or === undefined ? [] : [or]), ...too] : too;

function valueAt(values: unknown, path: readonly string[]): ComposeValue | undefined {
  let at = values;
  for (const one of path) at = Object.hasOwn(mapIn(at), one) ? mapIn(at)[one] : undefined;
  return at === null ? undefined : (at as ComposeValue | undefined);
}

/** Adds what was read to the flags, in addition to what another key said about the same flag. */
function add(
  field: ContainerField,
  key: string,
  read: FlagValues | Unsaid,
  { flags, words, losses }: { flags: SaidFlag[]; words: string[]; losses: RunLoss[] },
): void {
  if ('why' in read) {
    losses.push({ key, kind: 'impossible', why: read.why });
    return;
  }
  const own = flags.find((one) => one.field === field);
  if (own !== undefined)
    flags[flags.indexOf(own)] = { ...own, values: [...new Set([...own.values, ...read.values])] };
  else if (read.values.length > 0) flags.push({ field, key, values: read.values });
  for (const one of read.words ?? []) words.push(one);
  for (const why of new Set(read.lost)) losses.push({ key, kind: 'changed', why });
  for (const why of new Set(read.notes)) losses.push({ key, kind: 'none-here', why });
}

/** What the engine tells of a container as flags; what only the image says is left out where the image is known. */
export function flagsOfContainer(container: ToldContainer): RunFields {
  const flags: SaidFlag[] = [];
  const words: string[] = [];
  const losses: RunLoss[] = [];
  for (const field of CONTAINER_FIELDS) {
    if ('isMount' in field.compose || field.flag === 'use-api-socket') continue;
    const key = field.inspect ?? field.api ?? field.flag;
    const read = (told: ToldContainer): FlagValues | Unsaid => {
      if (field.told !== undefined) return field.told(told);
      const kind = 'key' in field.compose ? field.compose.kind : undefined;
      const value = field.api === undefined ? undefined : told.at(field.api);
      if (value === undefined || value === null) return { values: [] };
      if (kind?.fromApi !== undefined) return kind.fromApi(value);
      return { values: isNothing(value) ? [] : [scalarText(value) ?? ''] };
    };
    const own = read(container);
    const image =
      field.absent === OF_IMAGE
        ? read({ at: (path) => container.ofImage(path), ofImage: () => undefined })
        : own;
    if ('why' in own || 'why' in image || field.absent !== OF_IMAGE) {
      add(field, key, 'why' in own ? own : usual(field, own), { flags, words, losses });
      continue;
    }
    const isSame =
      own.values.join('\0') === image.values.join('\0') && String(own.words) === String(image.words);
    const gone = image.values.filter((one) => !own.values.some((other) => nameOf(other) === nameOf(one)));
    if (isSame) continue;
    const values = field.isAdded ? own.values.filter((one) => !image.values.includes(one)) : own.values;
    add(field, key, usual(field, { ...own, values }), { flags, words, losses });
    if (gone.length > 0 && field.isAdded)
      losses.push({
        key,
        kind: 'changed',
        why: 'the image sets more of it than the container has, and a flag cannot remove anything',
      });
  }
  return { flags, words, losses };
}

const nameOf = (pair: string): string => pair.split('=', 1)[0]!;

const usual = ({ usual = [] }: ContainerField, read: FlagValues): FlagValues =>
  read.values.every((one) => usual.includes(one)) ? { ...read, values: [] } : read;

/** What the engine tells of what nobody said. */
export const isNothing = (value: unknown): boolean =>
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Every text of a value. */
function textsOf(value: unknown): readonly string[] {
  const text = scalarText(value);
  if (text !== undefined) return [text];
  return (Array.isArray(value) ? itemsIn(value) : Object.values(mapIn(value))).flatMap(textsOf);
}
