import { makeVersion, readVersion, type Version } from '../docker/tables/version.js';

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

// More than any line has.
const ANY_PATCH = 99;

/** The oldest release that is supported. */
export const OLDEST_PODMAN: Version = makeVersion(4, 3, 0);
/** The newest release that the tables know. */
export const NEWEST_PODMAN: Version = makeVersion(6, 1, 1);

/** The newest releases of each line with a number of its own: what `5` means. */
const NEWEST_OF: readonly Version[] = [
  makeVersion(4, 9, ANY_PATCH),
  makeVersion(5, 8, ANY_PATCH),
  NEWEST_PODMAN,
];

/** Reads a version as a person or podman writes it; a part that is left out means the newest of that line. */
export function readPodman(text: string): Version | undefined {
  const version = readVersion(text);
  if (version === undefined || /^v?\d+\.\d+\./.test(text.trim())) return version;
  const line = makeVersion(Math.floor(version / 1_000_000), Math.floor(version / 1_000) % 1_000, ANY_PATCH);
  if (text.includes('.')) return line;
  return NEWEST_OF.find((one) => Math.floor(one / 1_000_000) === Math.floor(line / 1_000_000)) ?? line;
}

/** The release that a podman says it is; undefined for one that is not in the tables for certain, as a preview. */
export function knownPodman(text: string): Version | undefined {
  // One that is newer than the tables may have learnt anything; a preview may be either.
  if (/[-~](?:dev|rc|alpha|beta)/.test(text)) return undefined;
  const version = readPodman(text);
  const isKnown = version !== undefined && version >= OLDEST_PODMAN && version <= NEWEST_PODMAN;
  return isKnown ? version : undefined;
}

/** The version as podman prints it: `5.4.2`; `5.4` where any of that line is meant. */
export function showPodman(version: Version): string {
  const [major, minor, patch] = [
    Math.floor(version / 1_000_000),
    Math.floor(version / 1_000) % 1_000,
    version % 1_000,
  ];
  return patch === ANY_PATCH ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

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
const DISTINCT_PODMANS: readonly Version[] = [
  ...new Set([
    OLDEST_PODMAN,
    ...Object.values(CHANGES).map((change) => release('since' in change ? change.since : change.until)),
    NEWEST_PODMAN,
  ]),
]
  .filter((version) => version >= OLDEST_PODMAN)
  .sort((a, b) => a - b);

/** The podmans that are meant: the one that was named, or one of each kind, oldest first. */
export const podmansOf = (podman: Version | undefined): readonly Version[] =>
  podman === undefined ? DISTINCT_PODMANS : [podman];

/** The supported releases in words. */
export const PODMAN_RANGE = '4.3 to 6.1';
