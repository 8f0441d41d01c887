import { folderOf, pathFrom } from '../go/path.js';
import { MOST_DEPTH, valuesSoFar } from '../source/bounds.js';
import { LineIndex } from '../text/line-index.js';
import type { DeclaredVolume } from './compose-declared.js';
import { EXTRA_KEYS, type GrantFile, type Grants, type ServiceExtra } from './compose-extras.js';
import { type ComposeFile, type ComposeFound, readComposeFile } from './compose-input.js';
import { isReset, mergeDeclared, mergeExtras, mergeMounts } from './compose-merge.js';
import { mapOf } from './compose-values.js';
import type { OmittedMount } from './described-mount.js';
import type { ReadProjectFile } from './read-project-file.js';
import { asValues, mergeValues, placeFiles, type ServiceValues } from './service-values.js';

/** What Compose would make of one file or several: `extends` and `include` followed, later files laid over earlier ones. */
export interface ComposeProject
  extends Pick<ComposeFile, 'services' | 'names' | 'declared' | 'extras' | 'grants' | 'name'> {
  /** Of each service, what could not be followed: its mounts are not all known. */
  readonly unfollowed: ReadonlyMap<string, readonly OmittedMount[]>;
  /** What could not be followed and may concern any service. */
  readonly omitted: readonly OmittedMount[];
  /** All that is said of a service, not interpolated; throws {@link NotRead} where it is too much. */
  wholeOf(service: string): ServiceValues;
  /** What the top level declares of networks and volumes, not interpolated. */
  declaredThings(what: 'networks' | 'volumes'): ServiceValues;
}

interface Layer {
  things(what: 'networks' | 'volumes'): ServiceValues;
  services: ReadonlyMap<string, Service>;
  declared: ReadonlyMap<string, DeclaredVolume>;
  grants: Grants;
  name: string | undefined;
  omitted: ReadonlySet<OmittedMount>;
}

interface Service {
  readonly mounts: readonly ComposeFound[];
  readonly extras: readonly ServiceExtra[];
  readonly omitted: ReadonlySet<OmittedMount>;
  /** All that is said of it; read when somebody asks. */
  whole(): ServiceValues;
}

/**
 * Reads a project as Compose does. `files`: absolute, the first one says what relative paths are relative to. A sentence when a
 * file cannot be read.
 */
export async function readComposeProject(
  files: readonly string[],
  read: ReadProjectFile,
): Promise<ComposeProject | string> {
  const start: Reading = { files: makeFiles(read), chain: [], services: new Map(), budget: { ...BUDGET } };
  const loaded = await loadFiles(files, folderOf(files[0]!), start);
  if (typeof loaded === 'string') return loaded;
  const { services, declared, grants, name, omitted, things } = loaded;
  return {
    wholeOf: (service) => services.get(service)?.whole() ?? {},
    declaredThings: things,
    services: new Map([...services].map(([key, { mounts }]) => [key, mounts])),
    unfollowed: new Map([...services].map(([key, one]) => [key, [...one.omitted]])),
    extras: new Map([...services].map(([key, { extras }]) => [key, extras])),
    names: [...services.keys()],
    declared,
    grants,
    name,
    omitted: [...omitted],
  };
}

/** All that is said of each service, by its name; throws `NotRead` where that is more than could be written. */
export function wholesOf({
  names,
  wholeOf,
  services,
}: ComposeProject): readonly (readonly [string, ServiceValues])[] {
  const count = valuesSoFar();
  return names.map((name) => {
    const whole = wholeOf(name);
    count(whole, services.get(name)?.length);
    return [name, whole];
  });
}

/** How often files are included, and how many services and mounts are taken over: far more than in any project, and soon done. */
const BUDGET = { includes: 2000, takeovers: 100_000 };

interface Reading {
  readonly files: (path: string) => Promise<ComposeFile | string>;
  /** Files that are being included, and services that are being extended: none may come twice. */
  readonly chain: readonly string[];
  /** Those that were loaded in a file, by the folder that their paths are relative to. */
  readonly services: Map<string, Promise<Service>>;
  readonly budget: { includes: number; takeovers: number };
}

/** Each file is read once, however often it is named. */
function makeFiles(read: ReadProjectFile): Reading['files'] {
  const known = new Map<string, Promise<ComposeFile | string>>();
  return (path) => {
    const file = known.get(path) ?? readYaml(path, read);
    known.set(path, file);
    return file;
  };
}

async function loadFiles(
  files: readonly string[],
  folder: string,
  reading: Reading,
): Promise<Layer | string> {
  const services = new Map<string, Service>();
  const omitted = new Set<OmittedMount>();
  let declared: Layer['declared'] = new Map();
  const grants = new Map<string, GrantFile>();
  let name: string | undefined;
  let things: Layer['things'] = () => ({});
  for (const path of files) {
    const file = await reading.files(path);
    if (typeof file === 'string') return file;
    const own = await loadFile(path, file, folder, reading);
    for (const [key, service] of own.services)
      services.set(key, layOver(services.get(key), service, file, key, reading));
    const kept = [...declared].filter(([key]) => !isReset(file, ['volumes', key]));
    declared = mergeDeclared(new Map(kept), own.declared);
    for (const [key, grant] of own.grants) grants.set(key, { ...grants.get(key), ...grant });
    name = own.name ?? name;
    const before = things;
    things = (what) =>
      mergeValues(
        Object.fromEntries(Object.entries(before(what)).filter(([key]) => !isReset(file, [what, key]))),
        own.things(what),
      );
    for (const one of own.omitted) omitted.add(one);
  }
  return { services, declared, grants, name, omitted, things };
}

const NOTHING: Service = { mounts: [], extras: [], omitted: new Set(), whole: () => ({}) };

/** A service over what other files, or the service that it extends, say of it. */
function layOver(
  before: Service = NOTHING,
  service: Service,
  file: ComposeFile | undefined,
  name: string,
  { budget }: Reading,
): Service {
  const isOut = (part: string) => file !== undefined && isReset(file, ['services', name, part]);
  const reset = { tmpfs: isOut('tmpfs'), volumes: isOut('volumes') };
  const gone = new Set(EXTRA_KEYS.filter(isOut));
  const extras = mergeExtras(
    before.extras.filter(({ key }) => !gone.has(key)),
    service.extras,
  );
  const kept = before.mounts.filter(({ form }) => !reset[form === 'compose-tmpfs' ? 'tmpfs' : 'volumes']);
  const omitted = new Set([...before.omitted, ...service.omitted]);
  budget.takeovers -= kept.length + extras.length;
  if (budget.takeovers < 0) return { ...service, omitted: omitted.add(TOO_MANY) };
  const whole = () =>
    mergeValues(
      Object.fromEntries(Object.entries(before.whole()).filter(([key]) => !isOut(key))),
      service.whole(),
    );
  return { mounts: mergeMounts(kept, service.mounts), extras, omitted, whole };
}

const TOO_MANY: OmittedMount = {
  from: 'what is included and extended',
  why: 'the files and services share more than can be followed',
};

async function readYaml(path: string, read: ReadProjectFile): Promise<ComposeFile | string> {
  const text = await read(path);
  if (typeof text !== 'string') return `${path}: ${text.why}`;
  const file = await readComposeFile(text.replace(/^\ufeff/, ''), true);
  if (file.problem === undefined) return file;
  const { line, column } = new LineIndex(text).position(file.problem.range.start);
  return `${path}:${line}:${column}: ${file.problem.message}`;
}

/** One file with what it includes, its services with what they extend. */
async function loadFile(path: string, file: ComposeFile, folder: string, reading: Reading): Promise<Layer> {
  const included = await loadIncluded(path, file, folder, reading);
  const services = new Map(included.services);
  for (const name of file.names) {
    const own = await loadService({ path, file, folder }, name, reading);
    services.set(name, layOver(services.get(name), own, undefined, name, reading));
  }
  const { omitted } = included;
  const own = [...file.grants].map(([key, grant]) => [key, { folder, ...grant }] as const);
  return {
    services,
    declared: mergeDeclared(included.declared, file.declared),
    grants: new Map([...included.grants, ...own]),
    name: file.name,
    omitted,
    things: (what) => mergeValues(included.things(what), asValues(file.valueAt([what]))),
  };
}

async function loadIncluded(
  path: string,
  file: ComposeFile,
  folder: string,
  reading: Reading,
): Promise<Layer> {
  const services = new Map<string, Service>();
  const omitted = new Set<OmittedMount>();
  let declared: Layer['declared'] = new Map();
  const grants = new Map<string, GrantFile>();
  let things: Layer['things'] = () => ({});
  // The same files from the same folder add nothing a second time.
  const done = new Set<string>();
  for (const entry of listOf(file.included)) {
    const { paths, base } = readInclude(entry);
    const files = paths.map((one) => pathFrom(folder, one));
    const inner = base === undefined ? folderOf(files[0] ?? folder) : pathFrom(folder, base);
    const key = [inner, ...files].join('\0');
    if (done.has(key)) continue;
    done.add(key);
    const chain = [...reading.chain, path];
    const why =
      paths.map((one) => unfollowable(one)).find((one) => one !== undefined) ??
      (files.some((one) => chain.includes(one)) ? 'it includes itself' : undefined) ??
      (chain.length > MOST_DEPTH || reading.budget.includes-- <= 0
        ? 'too many files are included'
        : undefined);
    const layer = why ?? (await loadFiles(files, inner, { ...reading, chain }));
    if (typeof layer === 'string') {
      omitted.add({ from: `include ${paths.join(', ')}`, why: layer });
      continue;
    }
    for (const [name, service] of layer.services) {
      reading.budget.takeovers -= 1 + service.mounts.length;
      if (reading.budget.takeovers < 0) {
        omitted.add(TOO_MANY);
        break;
      }
      const mounts = service.mounts.map((mount) => ({ ...mount, folder: mount.folder ?? inner }));
      services.set(name, { ...service, mounts });
    }
    declared = mergeDeclared(declared, layer.declared);
    const before = things;
    things = (what) => mergeValues(before(what), layer.things(what));
    for (const [key, grant] of layer.grants) grants.set(key, grant);
    for (const one of layer.omitted) omitted.add(one);
  }
  return { services, declared, grants, name: undefined, omitted, things };
}

/** Where a service stands. */
interface Place {
  readonly path: string;
  readonly file: ComposeFile;
  readonly folder: string;
}

/** A service with what it extends; each is put together once. */
function loadService(place: Place, name: string, reading: Reading): Promise<Service> {
  const key = [place.path, place.folder, name].join('\0');
  const known = reading.services.get(key);
  if (known !== undefined) return known;
  const made = makeService(place, name, reading);
  reading.services.set(key, made);
  return made;
}

async function makeService(place: Place, name: string, reading: Reading): Promise<Service> {
  const { file, folder } = place;
  const mounts = (file.services.get(name) ?? []).map((mount) => ({
    ...mount,
    folder: mount.folder ?? folder,
  }));
  const extras = mergeExtras([], file.extras.get(name) ?? []);
  const whole = () => placeFiles(withoutReset(file, name), folder);
  const own = { mounts: mergeMounts([], mounts), extras, omitted: new Set<OmittedMount>(), whole };
  const wanted = readExtends(file.extended.get(name));
  if (wanted === undefined) return own;
  const base = await loadBase(place, name, wanted, reading);
  if (typeof base !== 'string') return layOver(base, own, file, name, reading);
  const from = `extends ${[wanted.file, wanted.service].filter(Boolean).join(' ')}`;
  return { ...own, omitted: own.omitted.add({ from, why: base }) };
}

/** What a file says of a service, without what it says is not to count. */
function withoutReset(file: ComposeFile, name: string): ServiceValues {
  const values = asValues(file.valueAt(['services', name]));
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => file.tagAt(['services', name, key]) !== '!reset'),
  );
}

/** The service that another one extends, of its own file or another, never of an included one; a sentence when it cannot be had. */
async function loadBase(
  place: Place,
  name: string,
  wanted: { readonly file?: string; readonly service: string },
  reading: Reading,
): Promise<Service | string> {
  const { path, file, folder } = place;
  const chain = [...reading.chain, `${path} ${name}`];
  const why = unfollowable(wanted.file ?? '') ?? unfollowable(wanted.service);
  if (why !== undefined) return why;
  const other = wanted.file === undefined ? path : pathFrom(folder, wanted.file);
  if (chain.includes(`${other} ${wanted.service}`)) return 'it extends itself';
  if (chain.length > MOST_DEPTH) return `it extends more than ${MOST_DEPTH} others`;
  const next = { ...reading, chain };
  const base = other === path ? file : await reading.files(other);
  if (typeof base === 'string') return base;
  if (!base.extended.has(wanted.service)) return `${other} has no service \`${wanted.service}\``;
  const there = other === path ? place : { path: other, file: base, folder: folderOf(other) };
  return loadService(there, wanted.service, next);
}

function unfollowable(path: string): string | undefined {
  if (path.includes('$')) return 'part of its name is not known';
  return /^[a-z]+:\/\/|^git@|\.git(?:#|$)|^oci:/.test(path) ? 'it is not on this machine' : undefined;
}

function readExtends(value: unknown): { file?: string; service: string } | undefined {
  if (typeof value === 'string') return { service: value };
  const { file, service } = mapOf(value);
  if (typeof service !== 'string') return undefined;
  return typeof file === 'string' ? { file, service } : { service };
}

function readInclude(value: unknown): { paths: string[]; base?: string } {
  const { path, project_directory: base } = typeof value === 'string' ? { path: value } : mapOf(value);
  const paths = listOf(path).map(String);
  return typeof base === 'string' ? { paths, base } : { paths };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
