import { makeVersion, type Version } from '../docker/tables/version.js';

/**
 * What changed in how podman reads mounts: the first release that has it, or with `until` the first that no longer has it.
 * Evidence: the sources of the releases 4.0.0 to 5.8.2, and 4.3.1, 4.9.5, 5.4.2, 5.8.6 and 6.1.1 run.
 */
const CHANGES = {
  /** `--mount` has one parser for all types; until then each type has its own few keys, and the last of two sources wins. */
  oneMountParser: { since: [4, 6] },
  /** `glob`, `ramfs`; `noswap`. */
  globAndRamfs: { since: [4, 7] },
  /** A bare `rw` of an image ends podman with a panic. */
  bareImageWriteCrashes: { until: [5, 0] },
  /** `U=` is refused. */
  refusesEmptyChown: { until: [5, 0] },
  /** `no-dereference`, as a word of `-v` and a key. */
  noDereference: { since: [5, 0] },
  /** The values of `--image-volume` are `anonymous`, `tmpfs` and `ignore`, and no longer `bind`. */
  anonymousImageVolumes: { since: [5, 0] },
  /** `subpath` of an image. */
  imageSubpath: { since: [5, 1] },
  /** `bind-propagation` takes only the eight propagations. */
  checksPropagation: { since: [5, 2, 4] },
  /** `subpath` of a volume. */
  volumeSubpath: { since: [5, 4] },
  /** `ptmxmode` of devpts is spelt so; until then it is `ptxmode`. */
  ptmxmode: { since: [5, 4] },
  /** `type=artifact`. */
  artifact: { since: [5, 5] },
  /** `name` of an artifact. */
  artifactName: { since: [5, 6] },
  /** Without `type=` a mount is a volume; `dest`; `noatime` of `--tmpfs`. */
  defaultsToVolume: { since: [5, 6] },
  /** `nocreate`. */
  nocreate: { since: [6, 0] },
} as const satisfies Record<string, { since: readonly number[] } | { until: readonly number[] }>;

/** What a release of podman has, by name. */
export type PodmanFacts = { readonly [Fact in keyof typeof CHANGES]: boolean };

const release = ([major = 0, minor = 0, patch = 0]: readonly number[]): Version =>
  makeVersion(major, minor, patch);

/** The oldest release that is supported. */
const OLDEST_PODMAN: Version = makeVersion(4, 3, 0);
/** The newest release that the tables know. */
const NEWEST_PODMAN: Version = makeVersion(6, 1, 1);

/** What that release has; of one that is newer than the tables, what the newest known one has. */
export function podmanFacts(version: Version): PodmanFacts {
  return Object.fromEntries(
    Object.entries(CHANGES).map(([fact, change]) => [
      fact,
      'since' in change ? version >= release(change.since) : version < release(change.until),
    ]),
  ) as PodmanFacts;
}

/** One of each kind of podman that reads mounts in its own way, oldest first. */
export const DISTINCT_PODMANS: readonly Version[] = [
  ...new Set([
    OLDEST_PODMAN,
    ...Object.values(CHANGES).map((change) => release('since' in change ? change.since : change.until)),
    NEWEST_PODMAN,
  ]),
]
  .filter((version) => version >= OLDEST_PODMAN)
  .sort((a, b) => a - b);
