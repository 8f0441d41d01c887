import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../package/installed.js';

/** Whether a program starts. */
export const hasProgram = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Runs git as somebody; answers what it printed. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd,
    encoding: 'utf8',
  });
}

/** Clones the project as a user would, with what is not committed yet. */
export function cloneProject(clone: string): void {
  git(ROOT, 'clone', '--quiet', '--no-local', ROOT, clone);
  const changed = git(ROOT, 'ls-files', '-z', '--modified', '--others', '--exclude-standard').split('\0');
  for (const path of changed) {
    if (path === '' || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(clone, path));
  }
  git(clone, 'add', '-A');
  git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'now');
}
