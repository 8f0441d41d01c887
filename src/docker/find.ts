import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { type FileKind, isSameFile, readKind } from './own-file.js';

/** A program that can stand behind mountc. */
export type ShimEngine = 'docker' | 'podman';

/** What names it where PATH must not decide. */
export const VARIABLE_OF: Readonly<Record<ShimEngine, string>> = {
  docker: 'MOUNTC_DOCKER',
  podman: 'MOUNTC_PODMAN',
};
/** Holds the scripts that docker was already run through, so that one which looks for docker again does not go round for ever. */
export const VIA_VARIABLE = 'MOUNTC_VIA';

/** Where docker is looked for. */
export interface FindOptions {
  /** What is looked for; docker when left out. */
  readonly engine?: ShimEngine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Files that are this program, whatever their name. */
  readonly selves: readonly string[];
  readonly platform?: NodeJS.Platform;
  /** Nobody asked for docker to be run in this folder: what PATH names relative to it, which may be a repository's, does not count. */
  readonly isAside?: boolean;
}

/** One file named docker on PATH, in its order. */
interface Candidate {
  /** As PATH spells it. */
  readonly path: string;
  readonly what: 'docker' | 'mountc' | 'already tried';
  readonly kind: FileKind;
}

/** The docker to run, or why there is none. */
export type FoundDocker =
  | { readonly path: string; readonly kind: FileKind; readonly why: string }
  | { readonly path?: undefined; readonly missing: string };

/** Finds the docker that would be run if mountc were not there. Never throws. */
export function findDocker(options: FindOptions): FoundDocker {
  const { engine = 'docker' } = options;
  const named = options.env[VARIABLE_OF[engine]];
  if (named !== undefined && named !== '') return findNamed(named, options);
  const found = listDockers(options);
  const docker = found.find(({ what }) => what === 'docker');
  if (docker !== undefined) return { path: docker.path, kind: docker.kind, why: 'the first on PATH' };
  return {
    missing:
      found.length === 0
        ? `there is no ${engine} on PATH`
        : `there is no ${engine} on PATH but mountc's own (${found.map(({ path }) => path).join(', ')})`,
  };
}

/** Every executable file of that name on PATH, in order. */
export function listDockers(options: FindOptions, name: string = options.engine ?? 'docker'): Candidate[] {
  const { platform = process.platform, env, cwd, engine } = options;
  const windows = platform === 'win32';
  const path = windows ? win32 : posix;
  const via = (env[VIA_VARIABLE] ?? '').split(windows ? ';' : ':').filter((word) => word !== '');
  const found: Candidate[] = [];
  for (const dir of (env['PATH'] ?? env['Path'] ?? '').split(windows ? ';' : ':')) {
    // An empty entry is the working directory, as every shell has it; on Windows it is nothing.
    if (dir === '' && windows) continue;
    if (options.isAside && !path.isAbsolute(dir)) continue;
    for (const extension of windows ? extensions(env) : ['']) {
      const file = path.join(dir === '' ? '.' : dir, `${name}${extension}`);
      const full = path.isAbsolute(file) ? file : path.resolve(cwd, file);
      if (!isExecutable(full, windows)) continue;
      const kind = readKind(full, engine);
      const own = kind.own || options.selves.some((self) => isSameFile(self, full));
      const tried = via.some((script) => isSameFile(script, full));
      found.push({ path: full, kind, what: own ? 'mountc' : tried ? 'already tried' : 'docker' });
    }
  }
  return found;
}

function findNamed(named: string, options: FindOptions): FoundDocker {
  const { engine = 'docker' } = options;
  const variable = VARIABLE_OF[engine];
  const windows = (options.platform ?? process.platform) === 'win32';
  if (named.includes('/') || (windows && named.includes('\\'))) {
    const full = (windows ? win32 : posix).resolve(options.cwd, named);
    if (!isExecutable(full, windows))
      return { missing: `${variable} names ${named}, which is not a program` };
    const kind = readKind(full, engine);
    if (kind.own || options.selves.some((self) => isSameFile(self, full)))
      return { missing: `${variable} names ${named}, which is mountc itself` };
    return { path: full, kind, why: `${variable} names it` };
  }
  const found = listDockers(options, named).find(({ what }) => what === 'docker');
  if (found === undefined) return { missing: `${variable} names ${named}, which is not on PATH` };
  return { path: found.path, kind: found.kind, why: `${variable} names it` };
}

/** What to add to the environment of a docker: nothing, unless it is a script that may come back to us. */
export function viaFor(
  docker: { readonly path: string; readonly kind: FileKind },
  env: FindOptions['env'],
): Record<string, string> {
  if (!docker.kind.runsDocker) return {};
  const before = env[VIA_VARIABLE];
  return { [VIA_VARIABLE]: before ? `${before}:${docker.path}` : docker.path };
}

function isExecutable(path: string, windows: boolean): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, windows ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function extensions(env: FindOptions['env']): string[] {
  const own = (env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';');
  return own.filter((extension) => extension !== '').map((extension) => extension.toLowerCase());
}
