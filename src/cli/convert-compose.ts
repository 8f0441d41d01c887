import { dirname, join } from 'node:path';
import { projectName, serviceMounts } from '../convert/compose-input.js';
import { type ReadText, readComposeProject } from '../convert/compose-project.js';
import type { ConvertOptions } from '../convert/convert-command.js';
import type { MountList } from '../convert/described-mount.js';
import { readDotEnv } from '../text/dot-env.js';
import type { CliIo } from './io.js';
import { UsageError } from './usage.js';

/** The mounts of a service of a Compose project; a sentence when it cannot be read. `files`: absolute. */
export async function composeMounts(
  files: readonly string[],
  service: string | undefined,
  { dialects, assume }: ConvertOptions,
  read: ReadText,
  { env }: Pick<CliIo, 'env'>,
): Promise<MountList | string> {
  const project = await readComposeProject(files, read);
  if (typeof project === 'string') return project;
  const folder = dirname(files[0]!);
  const beside = await read(join(folder, '.env'));
  // It may name the project, which is part of the names of volumes.
  if (typeof beside !== 'string' && !beside.isMissing) return `${join(folder, '.env')}: ${beside.why}`;
  const dotEnv = readDotEnv(typeof beside === 'string' ? beside : '');
  const { names, services, unfollowed, omitted } = project;
  if (names.length === 0) return `${files[0]}: has no services`;
  const name =
    service ??
    onlyOne(names) ??
    onlyOne([...services].filter(([, { length }]) => length > 0).map(([key]) => key));
  if (name === undefined || !names.includes(name)) {
    throw new UsageError(
      name === undefined ? 'the file has several services' : `the file has no service \`${name}\``,
      `say which with --service: ${names.join(', ')}`,
    );
  }
  const list = serviceMounts(project, name, {
    dialect: dialects.at(-1)!,
    assume,
    folder,
    project:
      env['COMPOSE_PROJECT_NAME'] ||
      dotEnv.get('COMPOSE_PROJECT_NAME') ||
      projectName(project.name || folder),
  });
  return { ...list, omitted: [...omitted, ...(unfollowed.get(name) ?? []), ...list.omitted] };
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
