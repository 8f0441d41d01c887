// The Engine API's own shapes (moby api/types/mount, container), as the client fills them in. A field is absent where Go
// leaves it out of the JSON.

/** `BindOptions` of the Engine API. */
export interface ApiBindOptions {
  Propagation?: string;
  NonRecursive?: boolean;
  CreateMountpoint?: boolean;
  ReadOnlyNonRecursive?: boolean;
  ReadOnlyForceRecursive?: boolean;
}

/** `VolumeOptions` of the Engine API. */
export interface ApiVolumeOptions {
  NoCopy?: boolean;
  Labels?: Record<string, string>;
  Subpath?: string;
  DriverConfig?: { Name?: string; Options?: Record<string, string> };
}

/** `TmpfsOptions` of the Engine API. `SizeBytes` is an int64: a number while that is exact, a bigint above. */
export interface ApiTmpfsOptions {
  SizeBytes?: number | bigint;
  /** The permission bits, as a number. */
  Mode?: number;
  /** `exec` or `noexec`, each a list of one: from API 1.46 on, and no client sends it. */
  Options?: string[][];
}

/** One entry of `HostConfig.Mounts`. */
export interface ApiMount {
  Type: string;
  Source?: string;
  Target?: string;
  ReadOnly?: boolean;
  Consistency?: string;
  BindOptions?: ApiBindOptions;
  VolumeOptions?: ApiVolumeOptions;
  ImageOptions?: { Subpath?: string };
  TmpfsOptions?: ApiTmpfsOptions;
}

/** What of a create call is about mounts; null where the command says nothing of the kind. */
export interface CreateBody {
  /** `HostConfig.Binds`; docker sends them in random order. */
  Binds: string[] | null;
  Mounts: ApiMount[] | null;
  Tmpfs: Record<string, string> | null;
  /** `Config.Volumes`: the anonymous volumes. */
  Volumes: Record<string, Record<string, never>> | null;
  VolumeDriver: string | null;
  VolumesFrom: string[] | null;
}

/** What one flag puts into the create call. */
export type Sent =
  | { readonly slot: 'Binds'; readonly bind: string }
  | { readonly slot: 'Volumes'; readonly target: string }
  | { readonly slot: 'Tmpfs'; readonly target: string; readonly options: string }
  | { readonly slot: 'Mounts'; readonly mount: ApiMount };

/** JSON as docker would write it: like `JSON.stringify`, with bigints as the integers they are. */
export function stringifyApi(value: unknown, indent?: number): string {
  const integers: string[] = [];
  const text = JSON.stringify(
    value,
    (_key, item: unknown) =>
      typeof item === 'bigint' ? `\u0000${integers.push(item.toString()) - 1}\u0000` : item,
    indent,
  );
  return integers.length === 0
    ? text
    : text.replace(/"\\u0000(\d+)\\u0000"/g, (_all, index: string) => integers[Number(index)]!);
}
