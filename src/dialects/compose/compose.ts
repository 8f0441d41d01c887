// The shapes of mounts in a Compose file (compose-go types.ServiceVolumeConfig, types.VolumeConfig).

/** One entry of a service's `volumes`, long syntax. Unset keys are absent. */
export interface ComposeVolume {
  readonly type: string;
  readonly source?: string;
  readonly target?: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: {
    readonly propagation?: string;
    readonly create_host_path?: boolean;
    readonly recursive?: string;
    readonly selinux?: string;
  };
  readonly volume?: {
    readonly nocopy?: boolean;
    readonly subpath?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  /** `size` in bytes, or as text with a unit. */
  readonly tmpfs?: { readonly size?: number | bigint | string; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

/** What the top level says of a named volume. */
export interface ComposeDeclaration {
  readonly name?: string;
  readonly external?: boolean;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** One mount as a Compose file says it: an entry of `volumes` or one of `tmpfs`, and what it needs at the top level. */
export interface ComposeMount {
  /** A text is the short syntax. */
  readonly volume?: ComposeVolume | string;
  readonly tmpfs?: string;
  readonly declares?: { readonly key: string; readonly volume: ComposeDeclaration };
}
