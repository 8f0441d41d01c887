import { dirname, relative, resolve } from 'node:path';
import type { ComposeProject, ComposeService } from '../convert/compose-output.js';

/** The project for a file in another folder: what is relative to where the command was typed is relative to the file then. */
export function moveProject(project: ComposeProject, cwd: string, file: string): ComposeProject {
  const folder = dirname(resolve(cwd, file));
  if (folder === resolve(cwd)) return project;
  const move = (path: string): string => {
    const moved = relative(folder, resolve(cwd, path));
    return /^\.\.?(?:\/|$)/.test(moved) ? moved : `./${moved}`;
  };
  return { ...project, services: project.services.map((service) => moveService(service, move)) };
}

function moveService(service: ComposeService, move: (path: string) => string): ComposeService {
  const { env_file: envFile, label_file: labelFile, ...keys } = service.keys ?? {};
  // A path that begins with a variable is most often absolute.
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value === 'string') return /^[/~$]/.test(value) ? value : move(value);
    return typeof value === 'object' && value !== null && 'path' in value
      ? { ...value, path: moved(value.path) }
      : value;
  };
  return {
    ...service,
    keys: {
      ...keys,
      ...(envFile !== undefined && { env_file: moved(envFile) }),
      ...(labelFile !== undefined && { label_file: moved(labelFile) }),
    },
    items: service.items.map((item) => {
      const { volume } = item.entry;
      if (typeof volume === 'string')
        return {
          ...item,
          entry: { ...item.entry, volume: volume.replace(/^\.\.?(?=[/:])[^:]*/, move) },
        };
      const { source } = volume ?? {};
      if (volume?.type !== 'bind' || source === undefined || !/^\.\.?(?:\/|$)/.test(source)) return item;
      return { ...item, entry: { ...item.entry, volume: { ...volume, source: move(source) } } };
    }),
  };
}
