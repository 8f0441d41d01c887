import type { ApiMount, CreateBody } from '../dialects/docker/client/api.js';
import { isObject, wrongApiField } from '../forms/api-fields.js';

/** One entry of `.Mounts` of `docker inspect`: what the engine made. */
export interface MountPoint {
  readonly type: string;
  readonly name?: string;
  readonly source: string;
  readonly destination: string;
  readonly driver?: string;
  readonly mode: string;
  readonly isWritable: boolean;
  readonly propagation: string;
}

/** What of a container's `docker inspect` is about mounts. */
export interface ContainerInfo {
  readonly id: string;
  readonly name: string;
  /** As the command named it. */
  readonly image: string;
  readonly imageId: string;
  readonly os: 'linux' | 'windows';
  /** What was asked for, as the engine keeps it. `Volumes` holds those of the image too. */
  readonly body: CreateBody;
  readonly points: readonly MountPoint[];
  readonly state: ContainerState;
  readonly process: ContainerProcess;
  readonly labels: Readonly<Record<string, string>>;
  /** When it was created, in milliseconds since 1970. */
  readonly created?: number;
  /** Removed when it ends, with its anonymous volumes. */
  readonly isRemovedAtEnd: boolean;
  readonly layers: Layers;
  /** The command that made it, which podman keeps. */
  readonly command?: readonly string[];
}

/** Whether a container runs, or how it ended. Times are milliseconds since 1970. */
export interface ContainerState {
  readonly status: string;
  readonly isRunning: boolean;
  /** On the machine of the engine; 0 for one that does not run. */
  readonly pid: number;
  readonly exitCode: number;
  /** What the engine says of its last start. */
  readonly error: string;
  readonly started?: number;
  readonly finished?: number;
}

/** What a container's process may do, as it was asked for. */
export interface ContainerProcess {
  /** As `--user` or the image says it; empty for root. */
  readonly user: string;
  readonly groups: readonly string[];
  readonly isPrivileged: boolean;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly userns: string;
  readonly readOnlyRoot: boolean;
  /** SELinux labels: of its process, and of its files. */
  readonly processLabel: string;
  readonly mountLabel: string;
  readonly appArmor: string;
  readonly workDir: string;
}

/** The folders in which the engine keeps a container's or an image's own files; empty where it does not say. */
export interface Layers {
  /** All of them as one, while the container runs. */
  readonly merged?: string;
  /** What the container wrote; of an image, its last layer. */
  readonly upper?: string;
  /** The upper ones first. */
  readonly lower: readonly string[];
}

/** The `VOLUME`s of an image, by its id and names. */
export interface ImageInfo {
  readonly id: string;
  readonly names: readonly string[];
  readonly volumes: readonly string[];
  readonly created?: number;
  readonly layers: Layers;
  readonly user: string;
  readonly workDir: string;
}

/** What `docker inspect` says: its containers and images. Everything else in it is counted. */
export interface InspectedObjects {
  readonly containers: readonly ContainerInfo[];
  readonly images: readonly ImageInfo[];
  readonly others: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the JSON of `docker inspect`: an array or one object. Undefined for what is neither. */
export function readInspected(value: unknown): InspectedObjects | undefined {
  const list = Array.isArray(value) ? value : isObject(value) ? [value] : undefined;
  if (list === undefined) return undefined;
  const containers: ContainerInfo[] = [];
  const images: ImageInfo[] = [];
  let others = 0;
  for (const item of list as unknown[]) {
    if (isObject(item) && isObject(item['HostConfig'])) containers.push(readContainer(item));
    else if (isObject(item) && ('RepoTags' in item || 'RootFS' in item)) images.push(readImage(item));
    else others++;
  }
  return { containers, images, others };
}

function readContainer(item: Json): ContainerInfo {
  const config = objectOf(item['Config']);
  const host = objectOf(item['HostConfig']);
  const mounts = listOf(host['Mounts'])
    .filter(isMount)
    .map((mount): ApiMount => ({ ...mount, Type: textOf(mount.Type) }));
  const isPodman = 'ImageName' in item || 'CreateCommand' in config;
  const tmpfs = objectOf(host['Tmpfs']);
  const volumes = Object.keys(objectOf(config['Volumes']));
  const binds = textsOf(host['Binds']).map((bind) => (isPodman ? withoutDefaults(bind) : bind));
  const from = textsOf(host['VolumesFrom']);
  return {
    id: textOf(item['Id']),
    name: textOf(item['Name']).replace(/^\//, ''),
    image: textOf(config['Image']) || textOf(item['ImageName']),
    imageId: textOf(item['Image']),
    os: item['Platform'] === 'windows' ? 'windows' : 'linux',
    body: {
      Binds: binds.length > 0 ? binds : null,
      Mounts: mounts.length > 0 ? mounts : null,
      Tmpfs:
        Object.keys(tmpfs).length > 0
          ? Object.fromEntries(
              Object.entries(tmpfs).map(([key, options]) => [
                key,
                isPodman ? ownWords(textOf(options)) : textOf(options),
              ]),
            )
          : null,
      Volumes: volumes.length > 0 ? Object.fromEntries(volumes.map((key) => [key, {}])) : null,
      VolumeDriver: textOf(host['VolumeDriver']) || null,
      VolumesFrom: from.length > 0 ? from : null,
    },
    points: listOf(item['Mounts']).filter(isObject).map(readPoint),
    state: readState(objectOf(item['State'])),
    process: {
      user: textOf(config['User']),
      groups: textsOf(host['GroupAdd']),
      isPrivileged: host['Privileged'] === true,
      capAdd: textsOf(host['CapAdd']),
      capDrop: textsOf(host['CapDrop']),
      userns: textOf(host['UsernsMode']),
      readOnlyRoot: host['ReadonlyRootfs'] === true,
      processLabel: textOf(item['ProcessLabel']),
      mountLabel: textOf(item['MountLabel']),
      appArmor: textOf(item['AppArmorProfile']),
      workDir: textOf(config['WorkingDir']),
    },
    labels: Object.fromEntries(
      Object.entries(objectOf(config['Labels'])).map(([key, value]) => [key, textOf(value)]),
    ),
    created: timeOf(item['Created']),
    isRemovedAtEnd: host['AutoRemove'] === true,
    layers: readLayers(item),
    command: Array.isArray(config['CreateCommand']) ? textsOf(config['CreateCommand']) : undefined,
  };
}

// podman writes what holds without a word, and how it binds.
const PODMAN_DEFAULTS: ReadonlySet<string> = new Set([
  'rw',
  'rprivate',
  'nosuid',
  'nodev',
  'rbind',
  'tmpcopyup',
]);

const ownWords = (options: string): string =>
  options
    .split(',')
    .filter((word) => !PODMAN_DEFAULTS.has(word))
    .join(',');

/** A mount of podman as `-v` says it: `/a:/b:ro` for `/a:/b:ro,rprivate,rbind`. */
function withoutDefaults(bind: string): string {
  const [source = '', target, options] = bind.split(':');
  // A path with a colon in it is not taken apart.
  if (target === undefined || options === undefined || bind.split(':').length > 3) return bind;
  const words = ownWords(options);
  return words === '' ? `${source}:${target}` : `${source}:${target}:${words}`;
}

function readState(state: Json): ContainerState {
  const status = textOf(state['Status']);
  return {
    status,
    isRunning: state['Running'] === true || status === 'running',
    pid: numberOf(state['Pid']),
    exitCode: numberOf(state['ExitCode']),
    error: textOf(state['Error']),
    started: timeOf(state['StartedAt']),
    finished: timeOf(state['FinishedAt']),
  };
}

function readLayers(item: Json): Layers {
  const data = objectOf(objectOf(item['GraphDriver'])['Data']);
  return {
    merged: textOf(data['MergedDir']) || undefined,
    upper: textOf(data['UpperDir']) || undefined,
    lower: textOf(data['LowerDir'])
      .split(':')
      .filter((path) => path !== ''),
  };
}

function readPoint(point: Json): MountPoint {
  return {
    type: textOf(point['Type']),
    name: textOf(point['Name']) || undefined,
    source: textOf(point['Source']),
    destination: textOf(point['Destination']),
    driver: textOf(point['Driver']) || undefined,
    mode: textOf(point['Mode']),
    isWritable: point['RW'] !== false,
    propagation: textOf(point['Propagation']),
  };
}

function readImage(item: Json): ImageInfo {
  return {
    id: textOf(item['Id']),
    names: [...textsOf(item['RepoTags']), ...textsOf(item['RepoDigests'])],
    volumes: Object.keys(objectOf(objectOf(item['Config'])['Volumes'])),
    created: timeOf(item['Created']),
    layers: readLayers(item),
    user: textOf(objectOf(item['Config'])['User']) || textOf(item['User']),
    workDir: textOf(objectOf(item['Config'])['WorkingDir']),
  };
}

const isMount = (value: unknown): value is ApiMount => isObject(value) && wrongApiField(value) === undefined;

const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Milliseconds since 1970; what never was is the year 1 to docker. */
function timeOf(value: unknown): number | undefined {
  const time = Date.parse(textOf(value));
  return time > 0 ? time : undefined;
}

const textsOf = (value: unknown): string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');
