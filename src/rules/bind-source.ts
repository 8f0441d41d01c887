import { readLinuxVolume } from '../dialects/docker/engine/linux-volume.js';
import { cleanPath } from '../go/path.js';
import { type MountView, showPart } from '../mount/view.js';
import type { Range } from '../text/range.js';
import type { MountContext } from './rule.js';

/** The host path of a bind mount, as docker's engine gets it. */
export interface BindSource {
  /** Absolute and cleaned. */
  readonly path: string;
  readonly target: string;
  /** In the file. */
  readonly place: Range;
  /** For a person. */
  readonly shown: string;
  readonly isRelative: boolean;
  /** The engine makes a directory there when there is nothing. */
  readonly isMade: boolean;
}

/** The host path of a flag that docker's client takes; undefined where there is none, or it is not known. */
export function bindSourceOf({ source }: MountView, context: MountContext): BindSource | undefined {
  const { dialect, site, command } = context;
  if (dialect.engineOs !== 'linux' || site?.result?.ok !== true || source?.text === undefined)
    return undefined;
  const isRelative = source.text.startsWith('.');
  if (isRelative && command?.cwd === undefined) return undefined;
  const { sent } = site.result;
  const mount = sent.slot === 'Mounts' ? sent.mount : sent.slot === 'Binds' ? ofBind(sent.bind) : undefined;
  if (mount?.Type !== 'bind' || !mount.Source?.startsWith('/')) return undefined;
  return {
    path: cleanPath(mount.Source),
    target: cleanPath(mount.Target ?? ''),
    place: source.place,
    shown: showPart(source),
    isRelative,
    isMade: sent.slot === 'Binds' || mount.BindOptions?.CreateMountpoint === true,
  };

  function ofBind(bind: string) {
    const read = readLinuxVolume(bind, null, dialect);
    return read.ok ? read.mount : undefined;
  }
}

/** Whether a path is that directory or lies in it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || directory === '/' || path.startsWith(`${directory}/`);
}
