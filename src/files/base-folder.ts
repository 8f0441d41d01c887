import { isAbsolute, join } from 'node:path';

/**
 * A folder of the user's as the XDG Base Directory Specification has it: what the variable names, or one of the home; on Windows
 * what another variable names. One that is not absolute counts for nothing, as there. Undefined where there is no home.
 */
export function baseFolder(
  env: Readonly<Record<string, string | undefined>>,
  variable: 'XDG_CACHE_HOME' | 'XDG_CONFIG_HOME' | 'XDG_DATA_HOME',
  inHome: string,
  onWindows: string,
): string | undefined {
  const home = env['HOME'];
  const named = [env[variable], home && join(home, inHome), env[onWindows]];
  return named.find((folder) => folder !== undefined && isAbsolute(folder));
}

/** Where mountc keeps what can be had again: answers of docker, compiled code; undefined where there is no home. */
export function cacheDir(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const base = baseFolder(env, 'XDG_CACHE_HOME', '.cache', 'LOCALAPPDATA');
  return base ? join(base, 'mountc') : undefined;
}
