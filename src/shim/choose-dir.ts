import { accessSync, constants, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { ShimEngine } from '../docker/find.js';
import { whyNoPlace } from '../files/own-folder.js';
import { mapOf } from '../text/map-of.js';
import { quoteShell } from '../text/shell-quote.js';

/** Where the launcher goes when nobody says. */
interface ChosenDir {
  readonly dir: string;
  /** It is on PATH, and before the real docker. */
  readonly isInFront: boolean;
  readonly why: string;
}

/**
 * A folder of the user's own that is on PATH ahead of the real docker; then any other one that can be written to; then one of
 * mountc's, which has to be put on PATH.
 */
export function chooseDir(
  env: Readonly<Record<string, string | undefined>>,
  docker: string | undefined,
  engine: ShimEngine,
): ChosenDir {
  const home = env['HOME'] || env['USERPROFILE'];
  const delimiter = process.platform === 'win32' ? ';' : ':';
  const dirs = (env['PATH'] ?? env['Path'] ?? '').split(delimiter);
  const end = docker === undefined ? dirs.length : dirs.indexOf(dirname(docker));
  const inFront = dirs
    .slice(0, end < 0 ? dirs.length : end)
    .filter(
      (dir) => isAbsolute(dir) && isWritable(dir) && !isTemporary(dir) && whyNoPlace(dir) === undefined,
    );
  const own = home === undefined ? undefined : inFront.find((dir) => dir.startsWith(join(home, '/')));
  if (own !== undefined)
    return { dir: own, isInFront: true, why: `it is yours, and on PATH ahead of the real ${engine}` };
  const other = inFront[0];
  if (other !== undefined)
    return { dir: other, isInFront: true, why: `it is on PATH ahead of the real ${engine}` };
  const dir = join(home ?? '/', '.local', 'share', 'mountc', 'bin');
  return { dir, isInFront: false, why: `no folder on PATH ahead of the real ${engine} can be written to` };
}

// Folders that come and go with a tool: npm puts some on PATH while it runs.
function isTemporary(dir: string): boolean {
  return /[\\/](?:node_modules[\\/]\.bin|_npx|node-gyp-bin)(?:[\\/]|$)/.test(dir);
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return statSync(dir).isDirectory();
  } catch {
    return false;
  }
}

/** How to make a shell look in that folder first: lines to be pasted, in which no name is code. */
export function pathHints(dir: string, shell: string | undefined): string[] {
  const name = (shell ?? '').split('/').at(-1);
  const line = quoteShell(`export PATH=${quoteShell(dir)}:"$PATH"`);
  const hints = mapOf({
    bash: `echo ${line} >>~/.bashrc`,
    zsh: `echo ${line} >>~/.zshrc`,
    fish: `fish_add_path --move '${dir.replace(/[\\']/g, '\\$&')}'`,
  });
  if (process.platform === 'win32') return [`setx PATH "${dir};%PATH%"`];
  const hint = hints.get(name ?? '');
  return hint === undefined ? [...hints].map(([each, text]) => `${each}: ${text}`) : [hint];
}
