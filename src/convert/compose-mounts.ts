import { pathFrom } from '../go/path.js';
import { readDotEnv } from '../text/dot-env.js';
import { projectName, serviceMounts } from './compose-input.js';
import { readComposeProject } from './compose-project.js';
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

/** The mounts of a service of a Compose project. The first of `files` says what relative paths are relative to. */
export async function composeMounts(
  files: readonly string[],
  { service, project: given }: ComposeChoice,
  { dialects, assume, compose }: ConvertOptions,
  read: ReadProjectFile,
): Promise<MountList | NoMounts> {
  const project = await readComposeProject(files, read);
  if (typeof project === 'string') return { why: project };
  const folder = pathFrom(files[0]!, '..');
  const env = pathFrom(folder, '.env');
  const beside = await read(env);
  // It may name the project, which is part of the names of volumes.
  if (typeof beside !== 'string' && !beside.isMissing) return { why: `${env}: ${beside.why}` };
  const dotEnv = readDotEnv(typeof beside === 'string' ? beside : '');
  const { names, services, unfollowed, omitted } = project;
  if (names.length === 0) return { why: `${files[0]}: has no services` };
  const name =
    service ??
    onlyOne(names) ??
    onlyOne([...services].filter(([, { length }]) => length > 0).map(([key]) => key));
  if (name === undefined || !names.includes(name))
    return {
      why: name === undefined ? 'the file has several services' : `the file has no service \`${name}\``,
      hint: `say which with --service: ${names.join(', ')}`,
    };
  // Of a folder without a name nobody knows what Compose makes.
  const named = project.name || (folder === '.' || folder.endsWith('..') ? undefined : folder);
  const list = serviceMounts(project, name, {
    dialect: dialects.at(-1)!,
    assume,
    compose,
    folder,
    project: given || dotEnv.get('COMPOSE_PROJECT_NAME') || (named && projectName(named)),
  });
  return { ...list, omitted: [...omitted, ...(unfollowed.get(name) ?? []), ...list.omitted] };
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
