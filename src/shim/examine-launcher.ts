import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { type OpenFile, withFile } from '../files/open-file.js';
import { splitQuoted } from '../text/shell-quote.js';
import { READY } from './self-test.js';

/** What is wrong with a launcher, and what fixes it. */
export interface LauncherTrouble {
  readonly what: string;
  readonly help: string;
}

// In bytes and milliseconds.
const LARGEST = 1_048_576;
const PATIENCE = 10_000;
const OLDEST_NODE = 20;

/**
 * Runs a launcher's check as the launcher would, for nothing; undefined where it answers. With it broken docker runs all the same,
 * and nothing is checked. Never throws.
 */
export function examineLauncher(
  launcher: string,
  env: Readonly<Record<string, string | undefined>>,
): LauncherTrouble | undefined {
  const trouble = (what: string, help: string) => ({ what: `${launcher} checks nothing: ${what}`, help });
  const again = 'run `mountc shim install` again';
  try {
    const text = withFile(launcher, { limit: LARGEST }, (file: OpenFile) => file.bytes().toString('utf8'));
    const said = (name: string) =>
      splitQuoted(new RegExp(`^_mountc_${name}=(.*)$`, 'm').exec(text)?.[1] ?? '')[0];
    const wanted = said('node') ?? 'node';
    const node = wanted.includes('/') && isExecutable(wanted) ? wanted : nodeOnPath(env['PATH']);
    const named = said('check') ?? '';
    // The package's own launcher names it from where it is.
    const check = named.startsWith('/') ? named : join(dirname(realpathSync(launcher)), '../dist/check.cjs');
    if (!existsSync(check)) return trouble(`${check} is gone`, `reinstall mountc, then ${again}`);
    const ask = (...args: string[]) =>
      execFileSync(node ?? '', args, {
        encoding: 'utf8',
        env: { PATH: env['PATH'], HOME: env['HOME'] },
        timeout: PATIENCE,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    let version: string;
    try {
      if (node === undefined) throw new Error('there is none');
      version = ask('-p', 'process.versions.node').trim();
    } catch {
      const which =
        node === wanted ? `\`${node}\` does not run` : `${wanted} is gone, and there is no other \`node\``;
      return trouble(which, `install Node ${OLDEST_NODE} or newer, then ${again}`);
    }
    if (Number.parseInt(version, 10) < OLDEST_NODE)
      return trouble(
        `\`${node}\` is Node ${version}, which is too old`,
        `install Node ${OLDEST_NODE} or newer, then ${again}`,
      );
    return ask(check, '--ready').startsWith(READY)
      ? undefined
      : trouble(`${check} is not a check of mountc's`, again);
  } catch {
    return trouble('its check does not run', `reinstall mountc, then ${again}`);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first of PATH; a folder that is named relative to where one stands may be a repository's. */
function nodeOnPath(path = ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, 'node')).find(isExecutable);
}
