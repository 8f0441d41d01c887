/** Why an engine refuses something; stable names for rules to tell cases apart. */
export type EngineRefusalKind =
  | 'api-version'
  | 'volume-spec'
  | 'mode'
  | 'wrong-options'
  | 'target-empty'
  | 'target-root'
  | 'target-relative'
  | 'target-invalid'
  | 'target-reserved'
  | 'source-empty'
  | 'source-given'
  | 'source-relative'
  | 'source-missing'
  | 'source-kind'
  | 'propagation'
  | 'read-only'
  | 'read-only-recursion'
  | 'subpath'
  | 'mount-type'
  | 'volume-name'
  | 'volume-options'
  | 'volumes-from'
  | 'duplicate-target'
  | 'daemon-root'
  | 'tmpfs-option'
  | 'tmpfs-value';

/** Where in the create call something stands: a list index, or the key of a map. */
export type EnginePlace =
  | { readonly slot: 'Binds' | 'Mounts' | 'VolumesFrom'; readonly index: number }
  | { readonly slot: 'Tmpfs' | 'Volumes'; readonly key: string };

/** What an engine says no to, in its own words (without `Error response from daemon: `). */
export interface EngineRefusal {
  readonly kind: EngineRefusalKind;
  readonly reason: string;
  readonly place: EnginePlace;
  /** The other of two that collide. */
  readonly other?: EnginePlace;
  /** The engine's message contains `reason`, and what stands around it depends on its runtime, kernel or machine. */
  readonly isPart?: true;
}

/** What a check found, before it is known where it stands. */
export type Problem = Omit<EngineRefusal, 'place' | 'other'>;

/** Something that decides whether the engine refuses, and that only the engine's machine knows. */
export interface OpenQuestion {
  readonly place: EnginePlace;
  readonly about:
    | 'source'
    | 'propagation'
    | 'volume'
    | 'volume-driver'
    | 'subpath'
    | 'image'
    | 'container'
    | 'daemon-root';
}

/** The engine's verdict on one thing of the create call, as if it stood alone. */
export interface ItemVerdict {
  readonly place: EnginePlace;
  readonly create?: EngineRefusal;
  readonly start?: EngineRefusal;
}

/** The engine's verdict: what it refuses for certain when the container is created, and when it is started. */
export interface EngineVerdict {
  readonly create?: EngineRefusal;
  /** Only when create is not refused. */
  readonly start?: EngineRefusal;
  readonly items: readonly ItemVerdict[];
  /** What could still make the engine refuse. */
  readonly open: readonly OpenQuestion[];
}
