import type { ComposeValue } from '../container/field.js';
import { pathFrom } from '../go/path.js';
import { mapOf } from './compose-values.js';

/** What stands at the keys of a service, or of what a file declares. */
export type ServiceValues = Readonly<Record<string, ComposeValue>>;

/** The value as a map of such values: numbers in Go's words. */
export const asValues = (value: unknown): ServiceValues => plainOf(mapOf(value)) as ServiceValues;

function plainOf(value: unknown): ComposeValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plainOf);
  const entries = Object.entries(mapOf(value));
  // A number of Go's is an object, too.
  if (entries.length === 0 && String(value) !== '[object Object]') return String(value);
  return Object.fromEntries(entries.map(([key, one]) => [key, plainOf(one)]));
}

/** Lists that a later file takes the place of. */
const WHOLE: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck.test']);
/** Lists of `key=value` that are maps as well. */
const PAIRED: ReadonlySet<string> = new Set([
  'environment',
  'labels',
  'annotations',
  'sysctls',
  'storage_opt',
  'driver_opts',
  'args',
]);
/** Lists of names that are maps as well. */
const NAMED: ReadonlySet<string> = new Set(['networks', 'depends_on']);
/** A text there is a list of one. */
const MANY: ReadonlySet<string> = new Set(['env_file', 'label_file', 'dns', 'dns_search', 'tmpfs']);

/** The values of two files, the later one over the earlier one, as Compose merges them. */
export function mergeValues(base: ServiceValues, over: ServiceValues, path = ''): ServiceValues {
  const merged = new Map(Object.entries(base));
  for (const [key, own] of Object.entries(over)) {
    const at = path + key;
    const before = merged.get(key);
    if (before === undefined || before === null) merged.set(key, own);
    else if (own !== null) merged.set(key, mergeTwo(asItems(before, at), asItems(own, at), at));
  }
  return Object.fromEntries(merged);
}

function mergeTwo(before: ComposeValue, own: ComposeValue, at: string): ComposeValue {
  if (WHOLE.has(at)) return own;
  if (Array.isArray(before) && Array.isArray(own))
    return [
      ...new Map([...before, ...own].map((one) => [JSON.stringify(one), one as ComposeValue])).values(),
    ];
  if (isMap(before) && isMap(own)) return mergeValues(before, own, `${at}.`);
  return own;
}

const isMap = (value: ComposeValue): value is ServiceValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value in the one form that two of its key can be merged in. */
function asItems(value: ComposeValue, at: string): ComposeValue {
  if (MANY.has(at) && typeof value === 'string') return [value];
  if (!Array.isArray(value)) return value;
  if (NAMED.has(at)) return Object.fromEntries(value.map((one) => [String(one), null]));
  if (!PAIRED.has(at.split('.').at(-1)!)) return value;
  return Object.fromEntries(
    value.map((one) => {
      const text = String(one);
      const eq = text.indexOf('=');
      return eq < 0 ? [text, null] : [text.slice(0, eq), text.slice(eq + 1)];
    }),
  );
}

/** The service with the files, and the build's folder, that it names in the folder of its own file. */
export function placeFiles(values: ServiceValues, folder: string): ServiceValues {
  const place = (file: ComposeValue): ComposeValue => {
    if (typeof file === 'string') return /^[$~/]/.test(file) ? file : pathFrom(folder, file);
    if (Array.isArray(file)) return file.map(place);
    return isMap(file) && file['path'] !== undefined ? { ...file, path: place(file['path']) } : file;
  };
  const placeBuild = (build: ComposeValue): ComposeValue => {
    if (typeof build === 'string') return isRemote(build) ? build : place(build);
    return isMap(build) && build['context'] !== undefined
      ? { ...build, context: placeBuild(build['context']) }
      : build;
  };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      key === 'env_file' || key === 'label_file' ? place(value) : key === 'build' ? placeBuild(value) : value,
    ]),
  );
}

/** A build's folder that is on no disk here. */
export const isRemote = (context: string): boolean => /:\/\/|^git@|^github\.com\//.test(context);
