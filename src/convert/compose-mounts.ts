import type { ComposeChoice as ComposeReaders } from '../dialects/compose/versions.js';
import { pathFrom } from '../go/path.js';
import { readDotEnv } from '../text/dot-env.js';
import { projectName, serviceMounts } from './compose-input.js';
import { type ComposeProject, readComposeProject } from './compose-project.js';
import { refusedOf } from './compose-trees.js';
import type { ConvertOptions } from './convert-command.js';
import type { MountList } from './described-mount.js';
import type { ReadProjectFile } from './read-project-file.js';

/** Why there is no list of mounts; `hint`: what to say instead. */
export interface NoMounts {
  readonly why: string;
  readonly hint?: string;
}

/** Whose mounts are meant. */
export interface ComposeChoice {
  /** The only one, or the only one with mounts, when left out. */
  readonly service?: string;
  /** The project's name where something else than its files says it. */
  readonly project?: string;
}

/** A project, and where and as what Compose runs it. */
export interface OpenProject {
  readonly project: ComposeProject;
  readonly folder: string;
  /** Its name, before those of volumes, networks and containers; may hold variables, undefined where nobody knows it. */
  readonly name?: string;
  /** What `.env` next to it says. */
  readonly dotEnv: ReadonlyMap<string, string>;
}

/** Reads a project. The first of `files` says what relative paths are relative to. */
export async function openProject(
  files: readonly string[],
  given: string | undefined,
  read: ReadProjectFile,
  compose?: ComposeReaders,
): Promise<OpenProject | NoMounts> {
  const found = await readComposeProject(files, read);
  if (typeof found === 'string') return { why: found };
  const refused = await refusedOf(files, compose, read);
  const project = { ...found, omitted: [...refused, ...found.omitted] };
  const folder = pathFrom(files[0]!, '..');
  const env = pathFrom(folder, '.env');
  const beside = await read(env);
  // It may name the project, which is part of the names of volumes.
  if (typeof beside !== 'string' && !beside.isMissing) return { why: `${env}: ${beside.why}` };
  const dotEnv = readDotEnv(typeof beside === 'string' ? beside : '');
  if (project.names.length === 0) return { why: `${files[0]}: has no services` };
  // Of a folder without a name nobody knows what Compose makes.
  const named = project.name || (folder === '.' || folder.endsWith('..') ? '' : folder.replaceAll('$', ''));
  const name = given || dotEnv.get('COMPOSE_PROJECT_NAME') || projectName(named) || undefined;
  return { project, folder, dotEnv, ...(name !== undefined && { name }) };
}

/** Why a service cannot be found. */
export const noService = (service: string | undefined, names: readonly string[]): NoMounts => ({
  why: service === undefined ? 'the file has several services' : `the file has no service \`${service}\``,
  hint: `choose one with --service: ${names.join(', ')}`,
});

/** The mounts of a service of a Compose project. The first of `files` says what relative paths are relative to. */
export async function composeMounts(
  files: readonly string[],
  { service, project: given }: ComposeChoice,
  { dialects, assume, compose }: ConvertOptions,
  read: ReadProjectFile,
): Promise<MountList | NoMounts> {
  const open = await openProject(files, given, read, compose);
  if ('why' in open) return open;
  const { project, folder } = open;
  const { names, services, unfollowed, omitted } = project;
  const name =
    service ??
    onlyOne(names) ??
    onlyOne([...services].filter(([, { length }]) => length > 0).map(([key]) => key));
  if (name === undefined || !names.includes(name)) return noService(name, names);
  const list = serviceMounts(project, name, {
    dialect: dialects.at(-1)!,
    assume,
    compose,
    folder,
    project: open.name,
  });
  return { ...list, omitted: [...omitted, ...(unfollowed.get(name) ?? []), ...list.omitted] };
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
