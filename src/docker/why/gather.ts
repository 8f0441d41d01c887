import { makeDialect } from '../../dialects/docker/tables/dialect.js';
import type { ContainerInfo, ImageInfo } from '../../inspect/container-json.js';
import { containerMounts } from '../../inspect/container-mounts.js';
import { quoteShell } from '../../text/shell-quote.js';
import { plannedCredentials, runtimeOf } from '../../why/credentials.js';
import type { EngineFacts } from '../../why/engine-facts.js';
import { type Evidence, nameOf } from '../../why/evidence.js';
import { type FileView, isWithin, moveBelow } from '../../why/file-view.js';
import type { Unseen } from '../../why/finding.js';
import { type MountLine, mountOver } from '../../why/mount-lines.js';
import { hostView } from '../host-view.js';
import { ownMounts } from '../own-mounts.js';
import { seeProcess } from './container-process.js';
import { layeredFiles } from './layered-files.js';
import { localFiles } from './local-files.js';
import { makeReach, type Reach } from './reachable.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The engine that is asked. */
export interface Engine {
  readonly name: 'docker' | 'podman';
  readonly path: string;
}

/** The files and mounts of the machine of an engine, or why nobody can know them; `reach`: of this machine. */
export type EngineFiles = { readonly reach: Reach } & (
  | { readonly host: FileView; readonly hostMounts?: readonly MountLine[] }
  | { readonly why: string; readonly elsewhere?: Evidence['elsewhere'] }
);

/** Whether the engine's files are those of this machine, or why nobody can know. */
export function engineFiles(engine: Engine, env: Env, { rootless }: EngineFacts): EngineFiles {
  if (rootless !== undefined) {
    const reach = makeReach(rootless.mounts, rootless.root);
    return { host: localFiles(rootless.root, reach), hostMounts: rootless.mounts, reach };
  }
  const hostMounts = ownMounts();
  const reach = makeReach(hostMounts);
  const files = localFiles('', reach);
  const here = { host: files, hostMounts, reach };
  const unknown = (why: string) => ({ why, reach });
  if (process.platform !== 'linux') return unknown('the engine runs in a machine of its own');
  if (engine.name === 'podman')
    return env['CONTAINER_HOST'] || env['CONTAINER_CONNECTION']
      ? unknown('podman is asked on another machine')
      : here;
  const view = hostView({ env, docker: engine.path });
  const { remote, isInContainer } = view;
  if (remote !== undefined || isInContainer) {
    const why =
      remote === undefined
        ? 'this is a container, and the engine runs outside of it'
        : `the engine runs on ${remote}`;
    const isShared = (path: string) => isInContainer === true && view.isShared?.(path) === true;
    return { ...unknown(why), elsewhere: { here: files, why, isShared } };
  }
  return view.engineIsHere === true ? here : unknown('the engine may run in a machine of its own');
}

/** The files of whose machine nobody knows. */
export function recordedFiles(): EngineFiles {
  return { why: 'this was read from a file', reach: makeReach([]) };
}

/** What was found out before. */
export interface Asked extends Pick<Evidence, 'said' | 'service'> {
  readonly cwd: string;
  readonly facts: EngineFacts;
  readonly unseen?: readonly Unseen[];
}

/** Looks at all that a container's troubles may come from; changes nothing. */
export function gather(
  engine: Engine,
  info: ContainerInfo,
  images: readonly ImageInfo[],
  files: EngineFiles,
  { cwd, said, service, facts, unseen: before = [] }: Asked,
): Evidence {
  const dialect = makeDialect({ engineOs: info.os });
  // Of what cannot be read as a mount, what was made of it says where it is.
  const mounts = containerMounts(info, images, dialect).filter(
    ({ asked, point }) => point !== undefined || asked?.mount !== undefined,
  );
  const host = 'host' in files ? files.host : undefined;
  const seen = seeProcess(info);
  const hostMounts = 'host' in files ? files.hostMounts : undefined;
  const own = host && ownFiles(info, host, seen?.insideMounts, hostMounts);
  const unseen: Unseen[] = [...before];
  if (mounts.length > 0 && 'why' in files)
    unseen.push({
      what: 'the files of the host',
      why: files.why,
      ...(info.name !== '' && { command: `run there: mountc why ${quoteShell(info.name)}` }),
    });
  else if (info.state.isRunning && seen?.inside === undefined && mounts.length > 0)
    unseen.push({
      what: 'what the container sees',
      why: 'only root may look into its process',
      command: `sudo mountc why ${quoteShell(nameOf(info))}`,
    });
  return {
    engine: engine.name,
    info,
    mounts,
    image: images.find(({ id }) => id === info.imageId),
    host,
    hostMounts,
    isEnforcing: host !== undefined && host.text('/sys/fs/selinux/enforce')?.trim() === '1',
    elsewhere: 'elsewhere' in files ? files.elsewhere : undefined,
    inside: seen?.inside,
    insideMounts: seen?.insideMounts,
    own,
    written: writtenFiles(info, host),
    who: info.state.isRunning ? seen?.who : plannedCredentials(info.process, own, facts.users),
    helpers: seen?.helpers,
    runtime: runtimeOf(facts.users),
    behind: facts.behind,
    rootless: facts.rootless,
    sudo: process.getuid?.() === 0 ? '' : 'sudo ',
    unseen,
    silentMounts: () => [...files.reach.silent, ...(seen?.reach?.silent ?? [])],
    said,
    service,
    cwd: info.labels['com.docker.compose.project.working_dir'] ?? cwd,
  };
}

/** The container's own files without its mounts, where the engine keeps them in folders. */
function ownFiles(
  { layers, state }: ContainerInfo,
  host: FileView,
  insideMounts: readonly MountLine[] | undefined,
  hostMounts: readonly MountLine[] | undefined,
): FileView | undefined {
  const hasAny = (folder: string) => (host.names(folder)?.length ?? 0) > 0;
  if (state.isRunning) {
    if (layers.merged !== undefined && hasAny(layers.merged)) return localFiles(layers.merged);
    // Without overlays the root of the container is a folder of a file system.
    const top = insideMounts && mountOver(insideMounts, '/');
    const under =
      top !== undefined && top.fsType !== 'overlay'
        ? hostMounts?.find(
            (line) => line.device === top.device && (line.root === '/' || isWithin(top.root, line.root)),
          )
        : undefined;
    const folder = top && under && moveBelow(top.root, under.root, under.point);
    return folder !== undefined && folder !== '/' && hasAny(folder) ? localFiles(folder) : undefined;
  }
  const all = [...(layers.upper === undefined ? [] : [layers.upper]), ...layers.lower];
  return all.some(hasAny) ? layeredFiles(all) : undefined;
}

function writtenFiles({ layers }: ContainerInfo, host: FileView | undefined): FileView | undefined {
  const { upper } = layers;
  return upper !== undefined && host?.names(upper) !== undefined ? localFiles(upper) : undefined;
}
