import { gitSettings } from './git-settings.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether what a file says may be taken over, by who owns it, as git asks of a repository: this user, root, or who became root
 * by sudo. Windows knows no such owners.
 */
export function isTrusted({ uid }: { readonly uid: number | bigint }, env: Env): boolean {
  const me = process.geteuid?.();
  if (me === undefined || Number(uid) === me || Number(uid) === 0) return true;
  return me === 0 && env['SUDO_UID'] === String(uid);
}

/** Whether the user told git to trust that folder no matter who owns it: `safe.directory`. */
export function isSafeDirectory(folder: string, env: Env): boolean {
  // An empty one takes back those before it.
  const all = gitSettings('safe.directory', env);
  return all
    .slice(all.lastIndexOf('') + 1)
    .some(
      (one) => one === '*' || one === folder || (one.endsWith('/*') && folder.startsWith(one.slice(0, -1))),
    );
}
