import { dirname, resolve } from 'node:path';
import type { ComposeDeclaration } from '../dialects/compose/compose.js';
import { append } from '../text/append.js';
import { LineIndex } from '../text/line-index.js';
import { type ComposeFile, type ComposeFound, mapOf, readComposeFile } from './compose-input.js';
import { isReset, mergeDeclared, mergeMounts } from './compose-merge.js';
import type { OmittedMount } from './described-mount.js';

/** Reads a file by its absolute path, or says why not. */
export type ReadText = (path: string) => Promise<string | UnreadText>;

/** Why a file is not read. */
export interface UnreadText {
  readonly why: string;
  readonly isMissing: boolean;
}

/** What Compose would make of one file or several: `extends` and `include` followed, later files laid over earlier ones. */
export interface ComposeProject extends Pick<ComposeFile, 'services' | 'names' | 'declared' | 'name'> {
  /** Of each service, what could not be followed: its mounts are not all known. */
  readonly unfollowed: ReadonlyMap<string, readonly OmittedMount[]>;
  /** What could not be followed and may concern any service. */
  readonly omitted: readonly OmittedMount[];
}

interface Layer {
  services: Map<string, Service>;
  declared: ReadonlyMap<string, ComposeDeclaration>;
  name: string | undefined;
  omitted: OmittedMount[];
}

interface Service {
  readonly mounts: readonly ComposeFound[];
  readonly omitted: readonly OmittedMount[];
}

/**
 * Reads a project as Compose does. `files`: absolute, the first one says what relative paths are relative to. A sentence when a
 * file cannot be read.
 */
export async function readComposeProject(
  files: readonly string[],
  read: ReadText,
): Promise<ComposeProject | string> {
  const loaded = await loadFiles(files, dirname(files[0]!), { read, chain: [] });
  if (typeof loaded === 'string') return loaded;
  const { services, declared, name, omitted } = loaded;
  return {
    services: new Map([...services].map(([key, { mounts }]) => [key, mounts])),
    unfollowed: new Map([...services].map(([key, one]) => [key, one.omitted])),
    names: [...services.keys()],
    declared,
    name,
    omitted,
  };
}

interface Reading {
  readonly read: ReadText;
  /** Files that are being included, and services that are being extended: none may come twice. */
  readonly chain: readonly string[];
}

async function loadFiles(
  files: readonly string[],
  folder: string,
  reading: Reading,
): Promise<Layer | string> {
  const all: Layer = { services: new Map(), declared: new Map(), name: undefined, omitted: [] };
  for (const path of files) {
    const file = await readYaml(path, reading);
    if (typeof file === 'string') return file;
    const own = await loadFile(path, file, folder, reading);
    for (const [key, service] of own.services) {
      const before = all.services.get(key) ?? NOTHING;
      const kept = before.mounts.filter(({ form }) => !isReset(file, ['services', key, partOf(form)]));
      all.services.set(key, {
        mounts: mergeMounts(kept, service.mounts),
        omitted: [...before.omitted, ...service.omitted],
      });
    }
    const declared = [...all.declared].filter(([key]) => !isReset(file, ['volumes', key]));
    all.declared = mergeDeclared(new Map(declared), own.declared);
    all.name = own.name ?? all.name;
    append(all.omitted, own.omitted);
  }
  return all;
}

const NOTHING: Service = { mounts: [], omitted: [] };
const partOf = (form: ComposeFound['form']) => (form === 'compose-tmpfs' ? 'tmpfs' : 'volumes');

async function readYaml(path: string, { read }: Reading): Promise<ComposeFile | string> {
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
    const before = services.get(name);
    services.set(
      name,
      before === undefined
        ? own
        : { mounts: mergeMounts(before.mounts, own.mounts), omitted: [...before.omitted, ...own.omitted] },
    );
  }
  const { omitted } = included;
  return { services, declared: mergeDeclared(included.declared, file.declared), name: file.name, omitted };
}

async function loadIncluded(
  path: string,
  file: ComposeFile,
  folder: string,
  reading: Reading,
): Promise<Layer> {
  const all: Layer = { services: new Map(), declared: new Map(), name: undefined, omitted: [] };
  for (const entry of listOf(file.root['include'])) {
    const { paths, base } = readInclude(entry);
    const from = `include ${paths.join(', ')}`;
    const why = paths.map((one) => unfollowable(one)).find((one) => one !== undefined);
    const files = paths.map((one) => resolve(folder, one));
    const inner = base === undefined ? dirname(files[0] ?? folder) : resolve(folder, base);
    const chain = [...reading.chain, path];
    const isCircle = files.some((one) => chain.includes(one));
    const layer =
      why ?? (isCircle ? 'it includes itself' : await loadFiles(files, inner, { ...reading, chain }));
    if (typeof layer === 'string') {
      all.omitted.push({ from, why: layer });
      continue;
    }
    for (const [key, { mounts, omitted }] of layer.services) {
      const placed = mounts.map((mount) => ({ ...mount, folder: mount.folder ?? inner }));
      all.services.set(key, { mounts: placed, omitted });
    }
    all.declared = mergeDeclared(all.declared, layer.declared);
    append(all.omitted, layer.omitted);
  }
  return all;
}

/** Where a service stands. */
interface Place {
  readonly path: string;
  readonly file: ComposeFile;
  readonly folder: string;
}

async function loadService(place: Place, name: string, reading: Reading): Promise<Service> {
  const { file, folder } = place;
  const mounts = (file.services.get(name) ?? []).map((mount) => ({
    ...mount,
    folder: mount.folder ?? folder,
  }));
  const wanted = readExtends(mapOf(mapOf(file.root['services'])[name])['extends']);
  if (wanted === undefined) return { mounts: mergeMounts([], mounts), omitted: [] };
  const base = await loadBase(place, name, wanted, reading);
  if (typeof base === 'string') {
    const from = `extends ${[wanted.file, wanted.service].filter(Boolean).join(' ')}`;
    return { mounts: mergeMounts([], mounts), omitted: [{ from, why: base }] };
  }
  const kept = base.mounts.filter(({ form }) => !isReset(file, ['services', name, partOf(form)]));
  return { mounts: mergeMounts(kept, mounts), omitted: base.omitted };
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
  const other = wanted.file === undefined ? path : resolve(folder, wanted.file);
  if (chain.includes(`${other} ${wanted.service}`)) return 'it extends itself';
  const next = { ...reading, chain };
  const base = other === path ? file : await readYaml(other, reading);
  if (typeof base === 'string') return base;
  if (!base.names.includes(wanted.service)) return `${other} has no service \`${wanted.service}\``;
  const there = other === path ? place : { path: other, file: base, folder: dirname(other) };
  return loadService(there, wanted.service, next);
}

function unfollowable(path: string): string | undefined {
  if (path.includes('$')) return 'a part of its name is not known';
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
