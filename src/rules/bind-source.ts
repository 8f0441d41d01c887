import { readLinuxVolume } from '../dialects/docker/engine/linux-volume.js';
import { podmanEffect } from '../dialects/podman/effect.js';
import { everyPodman } from '../dialects/podman/every.js';
import { cleanPath } from '../go/path.js';
import { type MountView, showPart } from '../mount/view.js';
import type { Range } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';
import type { MountContext } from './rule.js';

/** The host path of a bind mount, as docker's engine gets it. */
interface BindSource {
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

/** The host path of a flag that its client takes; undefined where there is none, or it is not known. */
export function bindSourceOf(view: MountView, context: MountContext): BindSource | undefined {
  if (view.program === 'podman') return podmanSource(view, context);
  const { dialect, site, command } = context;
  const { source } = view;
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

function podmanSource(view: MountView, { site, command, dialect }: MountContext): BindSource | undefined {
  if (site === undefined || hasHole(site.text)) return undefined;
  const effect = podmanEffect(site.form, site.text.value, everyPodman(dialect.podman).at(-1)!);
  // Without a source it is the target's path.
  const part = view.source ?? view.target;
  if (effect?.type !== 'bind' || effect.source === undefined || part === undefined) return undefined;
  const isRelative = !effect.source.startsWith('/');
  if (isRelative && command?.cwd === undefined) return undefined;
  return {
    path: cleanPath(isRelative ? `${command?.cwd}/${effect.source}` : effect.source),
    target: cleanPath(effect.target),
    place: part.place,
    shown: showPart(part),
    isRelative,
    isMade: false,
  };
}

/** Whether a path is that directory or lies in it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || directory === '/' || path.startsWith(`${directory}/`);
}
