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
}

/** The `VOLUME`s of an image, by its id and names. */
export interface ImageInfo {
  readonly id: string;
  readonly names: readonly string[];
  readonly volumes: readonly string[];
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
  const tmpfs = objectOf(host['Tmpfs']);
  const volumes = Object.keys(objectOf(config['Volumes']));
  const binds = textsOf(host['Binds']);
  const from = textsOf(host['VolumesFrom']);
  return {
    id: textOf(item['Id']),
    name: textOf(item['Name']).replace(/^\//, ''),
    image: textOf(config['Image']),
    imageId: textOf(item['Image']),
    os: item['Platform'] === 'windows' ? 'windows' : 'linux',
    body: {
      Binds: binds.length > 0 ? binds : null,
      Mounts: mounts.length > 0 ? mounts : null,
      Tmpfs:
        Object.keys(tmpfs).length > 0
          ? Object.fromEntries(Object.entries(tmpfs).map(([key, options]) => [key, textOf(options)]))
          : null,
      Volumes: volumes.length > 0 ? Object.fromEntries(volumes.map((key) => [key, {}])) : null,
      VolumeDriver: textOf(host['VolumeDriver']) || null,
      VolumesFrom: from.length > 0 ? from : null,
    },
    points: listOf(item['Mounts']).filter(isObject).map(readPoint),
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
  };
}

const isMount = (value: unknown): value is ApiMount => isObject(value) && wrongApiField(value) === undefined;

const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');
