import { join } from 'node:path';
import { baseFolder } from './base-folder.js';
import { readTextFile } from './open-file.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The values that the user (never a repository) gave a setting of git, such as `safe.directory`, in order. */
export function gitSettings(name: string, env: Env): readonly string[] {
  const [section, key] = name.toLowerCase().split('.');
  return configFiles(env).flatMap((file) => {
    const read = readTextFile(file, { limit: 1024 * 1024 });
    if (!('text' in read)) return [];
    let isIn = false;
    return read.text.split(/\r?\n/).flatMap((line) => {
      const header = /^\s*\[([^\]]*)\]/.exec(line);
      if (header !== null) isIn = header[1]!.trim().toLowerCase() === section;
      const [, found, value] = /^\s*([a-zA-Z][a-zA-Z0-9-]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return isIn && found?.toLowerCase() === key ? [withoutQuotes(value!)] : [];
    });
  });
}

/** The user's folder for settings of git. */
export function gitFolder(env: Env): string | undefined {
  const base = baseFolder(env, 'XDG_CONFIG_HOME', '.config', 'APPDATA');
  return base && join(base, 'git');
}

/** The user's folder. */
export function homeOf(env: Env): string | undefined {
  return env['HOME'] || env['USERPROFILE'] || undefined;
}

function configFiles(env: Env): string[] {
  const folder = gitFolder(env);
  const home = homeOf(env);
  return ['/etc/gitconfig', folder && join(folder, 'config'), home && join(home, '.gitconfig')].filter(
    (path): path is string => path !== undefined && path !== '',
  );
}

function withoutQuotes(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? value;
}
