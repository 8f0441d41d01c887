import { once } from '../../text/once.js';
import { makeVersion, type Version } from '../docker/tables/version.js';

/** From which release of Compose on something is so, and from which on no longer. */
interface Change {
  readonly since?: readonly number[];
  readonly until?: readonly number[];
  /** Holds also of the loader of `docker stack deploy`; without it that does not. */
  readonly stack?: true;
  /** Where it was seen: `R` ran Compose, `G` ran compose-go at the tag that it pins, `S` its sources at the tag. */
  readonly evidence: string;
}

/** How a file is read and judged: compose-go, which Compose pins, and docker's own loader of stack files. */
const LOADER = {
  /** `bind.recursive`. */
  recursive: { since: [2, 30], evidence: 'G compose-go 2.2.0 to 2.4.1' },
  /** `bind.create_host_path` as a text. */
  hostPathText: { since: [2, 29], evidence: 'G compose-go 2.1.3 to 2.1.4' },
  /** `type` is one of a few words. */
  checksType: { since: [2, 35], evidence: 'G compose-go 2.4.9 to 2.6.0' },
  /** `npipe` among them. */
  npipe: { since: [2, 36], evidence: 'G compose-go 2.6.2, R 2.40.3' },
  /** `type: image` with `image.subpath`; `volume.labels`. */
  imageMounts: { since: [2, 35], evidence: 'G compose-go 2.6.0' },
  /** Two mounts on one target. */
  refusesDoubleMounts: { since: [2, 36], evidence: 'G compose-go 2.6.1 to 2.6.2, R 2.40.3' },
  /** The target of the long syntax is cleaned when the file is read. */
  cleansTarget: { since: [2, 30], evidence: 'G compose-go 2.4.1' },
  /** `\\host\share` is a path by itself, and so is `C:\x` in the long syntax. */
  windowsPaths: { since: [2, 36], evidence: 'R 2.26.1 and 2.40.3' },
  /** `create_host_path` where there is a `bind` without it. */
  createsByDefault: { since: [5, 0, 2], evidence: 'G compose-go 2.10.1' },
  /** The mode of a config or secret as a text is octal; until then it is decimal. */
  octalGrants: { since: [2, 34], evidence: 'R 2.26.1 and 2.40.3, G compose-go 2.4.9' },
  /** Dates as values of labels and options. */
  refusesDates: { since: [2, 37, 2], until: [5, 0], evidence: 'R 2.40.3, G compose-go 2.10.0' },
  /** `tmpfs.size: "-1"`. */
  negativeSize: { since: [5, 1, 4], evidence: 'G compose-go 2.11.0' },
  /** `use_api_socket`. */
  apiSocket: { since: [2, 37, 2], evidence: 'G compose-go 2.6.5' },
  /** Devices that are asked for need `capabilities`, and take either a `count` or `device_ids`. */
  requestsChecked: { since: [2, 30], evidence: 'R 2.26.1 and 2.40.3, S compose-go 2.2.0 to 2.3.0' },
  /** `develop` takes any key next to `watch`. */
  looseDevelop: { until: [2, 30], evidence: 'S compose-go 2.2.0 to 2.3.0' },
  /** `command` of a hook. */
  hookNeedsCommand: { since: [2, 34], evidence: 'R 2.40.3, S compose-go 2.4.8 to 2.4.9' },
  /** `pull_policy` has more words: `daily`, `every_12h`. */
  pullIntervals: { since: [2, 34], evidence: 'R 2.26.1 and 2.40.3, S compose-go 2.4.8 to 2.4.9' },
  /** `label_file`. */
  labelFile: { since: [2, 32], evidence: 'G compose-go 2.4.6' },
  /** `driver_opts` of a network of a service. */
  endpointOptions: { since: [2, 28], evidence: 'G compose-go 2.1.3' },
  /** `gw_priority` of a network of a service. */
  gatewayPriority: { since: [2, 33], evidence: 'G compose-go 2.4.8' },
  /** `pre_start`. */
  preStart: { since: [5, 3], evidence: 'G compose-go 2.13.0' },
  /** Of a file that is included, what the including file has too is overridden; until then it is refused. */
  includeOverrides: { since: [5, 0], evidence: 'G compose-go 2.10.0' },
  /** The groups of a mount take any key and drop those that they do not know. */
  looseGroups: { until: [0], stack: true, evidence: 'S docker/cli config_schema_v3.13.json' },
  /** `volumes_from`, `extends`, `include` and Compose's other own keys. */
  readsCompose: { since: [0], evidence: 'S docker/cli types.go ForbiddenProperties' },
} as const satisfies Record<string, Change>;

/** What is sent to the engine for a mount: Compose's own. */
const SENDER = {
  /** Only binds that make their directory are `Binds`; the others lose relabelling and `recursive`. */
  bindsOnlyToCreate: { until: [2, 30], evidence: 'R 2.26.1, S 2.29.2, 2.29.7' },
  /** All are `Mounts`. */
  mountsOnly: { since: [2, 29, 3], until: [2, 29, 7], evidence: 'S f9c7a0cc0, reverted by 9c60fe67d' },
  /** All are `Mounts` once more. */
  mountsOnlyAgain: { since: [2, 35], until: [2, 35, 1], evidence: 'S 0c37c1096' },
  /** Named volumes are `Binds`, with the words for relabelling and propagation. */
  namedInBinds: { since: [2, 35, 1], evidence: 'R 2.40.3, S c83f1285a' },
  /** Images can be mounted. */
  imageOptions: { since: [2, 35], evidence: 'S 4b6419f' },
  /** The target of a config or a secret is cleaned. */
  cleansGrants: { until: [2, 30], evidence: 'R 2.26.1, S 813900180' },
  /** A secret has `BindOptions`. */
  secretBindOptions: { since: [2, 30], evidence: 'R 2.40.3, S 34b18194f' },
  /** A volume with `o: bind` is `Binds`. */
  bindVolumes: { until: [2, 30], evidence: 'R 2.26.1, S 41df35c1f' },
  /** `format: raw` of an entry of `env_file`: the loader knows formats by what Compose gives it. */
  rawEnvFile: { since: [2, 30], evidence: 'R 2.26.1 and 2.40.3, S' },
  /** `name: ""` of a volume is sent, and the engine names it. */
  sendsEmptyName: { until: [2, 35, 1], evidence: 'R 2.26.1 and 2.40.3' },
} as const satisfies Record<string, Change>;

/** The name of something that releases differ in. */
export type ComposeFact = keyof typeof LOADER | keyof typeof SENDER;

/** One Compose, or docker's loader of stack files: what it has, by name. */
interface ComposeRelease {
  readonly version: Version | 'stack';
  readonly has: Readonly<Record<ComposeFact, boolean>>;
}

const release = ([major = 0, minor = 0, patch = 0]: readonly number[]): Version =>
  makeVersion(major, minor, patch);

/** The oldest release that is supported. */
export const OLDEST_COMPOSE: Version = makeVersion(2, 26, 0);
/** The newest release that the tables know. */
export const NEWEST_COMPOSE: Version = makeVersion(5, 5, 0);

const LINES = [OLDEST_COMPOSE, NEWEST_COMPOSE].map(
  (version) => `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1_000) % 1_000}`,
);
/** The supported releases in words: `2.26 to 5.5`. */
export const COMPOSE_RANGE: string = LINES.join(' to ');

/** A release of each kind that reads or sends in its own way, oldest first. */
const distinct = (): readonly Version[] =>
  [
    ...new Set(
      [
        OLDEST_COMPOSE,
        ...[...Object.values<Change>(LOADER), ...Object.values<Change>(SENDER)].flatMap(({ since, until }) =>
          [since, until].flatMap((one) => (one ? [release(one)] : [])),
        ),
        NEWEST_COMPOSE,
      ].filter((version) => version >= OLDEST_COMPOSE),
    ),
  ].sort((a, b) => a - b);

const isSo = ({ since, until }: Change, version: Version): boolean =>
  (since === undefined || version >= release(since)) && (until === undefined || version < release(until));

function evaluate(loader: Version, sender: Version): ComposeRelease['has'] {
  return Object.fromEntries([
    ...Object.entries(LOADER).map(([name, change]) => [name, isSo(change, loader)]),
    ...Object.entries(SENDER).map(([name, change]) => [name, isSo(change, sender)]),
  ]) as ComposeRelease['has'];
}

function composeRelease(version: Version): ComposeRelease {
  return { version, has: evaluate(version, version) };
}

/** What a Compose says of its version: a release, and where a distribution built it with a newer loader, which one. */
export interface ComposeVersion {
  readonly version: Version;
  readonly loader?: Version;
}

/**
 * Builds whose loader is that of another release: Debian's 2.26.1-4 has compose-go 2.4.8, as Compose 2.33 (seen in its Built-Using,
 * and run).
 */
const BUILDS = [{ pattern: /^2\.26\.1[-+~]/, loader: makeVersion(2, 33, 0) }] as const;

/** Reads a version as people and Compose write it: `2`, `2.40`, `v2.40.3`, `2.26.1-4`. Undefined where it is none. */
export function readComposeVersion(text: string): ComposeVersion | undefined {
  const match = /^v?(\d{1,3})(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?(?:[-+~].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch] = match;
  // What is left out may be any: the newest of those.
  const version = makeVersion(Number(major), Number(minor ?? 999), Number(patch ?? 999));
  const known = minor === undefined ? newestOf(Number(major)) : version;
  const loader = BUILDS.find(({ pattern }) => pattern.test(text.trim().replace(/^v/, '')))?.loader;
  return loader === undefined ? { version: known } : { version: known, loader };
}

/** The newest release of a line: of 2 it is 2.40. */
const newestOf = (major: number): Version =>
  major === 2 ? makeVersion(2, 40, 999) : major === 5 ? NEWEST_COMPOSE : makeVersion(major, 0, 0);

const releaseOf = ({ version, loader = version }: ComposeVersion): ComposeRelease => ({
  version,
  has: evaluate(loader, version),
});

/** Docker's own loader of stack files; it sends nothing that is Compose's. */
const stack = once(
  (): ComposeRelease => ({
    version: 'stack',
    has: Object.fromEntries(
      [...Object.entries(LOADER), ...Object.entries(SENDER)].map(([name, change]) => [
        name,
        'stack' in change,
      ]),
    ) as ComposeRelease['has'],
  }),
);

/**
 * Which programs may read a file: one release, or all of them where nobody says which. `isNewer`: it is newer than the tables, and may
 * have learnt anything.
 */
export interface ComposeChoice {
  readonly releases: readonly ComposeRelease[];
  readonly isNewer?: boolean;
}

/** Every release of Compose. */
export const everyCompose: () => ComposeChoice = once(() => ({ releases: distinct().map(composeRelease) }));
/** Docker's loader of stack files alone. */
export const stackOnly: () => ComposeChoice = once(() => ({ releases: [stack()] }));

/** The choice of one version. */
export function chooseCompose(version: ComposeVersion): ComposeChoice {
  return { releases: [releaseOf(version)], ...(isNewerCompose(version) && { isNewer: true }) };
}

/** Whether it is newer than the tables: of a line that they do not know. */
export function isNewerCompose({ version }: ComposeVersion): boolean {
  return Math.floor(version / 1_000) > Math.floor(NEWEST_COMPOSE / 1_000);
}

/** The same, or docker's loader of stack files. */
export function orStack(choice: ComposeChoice): ComposeChoice {
  return { ...choice, releases: [...choice.releases, stack()] };
}

/** Whether all that may read the file have something (`true`), none of them (`false`), or some. */
export function hasFact({ releases }: ComposeChoice, fact: ComposeFact): boolean | undefined {
  const first = releases[0]?.has[fact];
  return releases.every(({ has }) => has[fact] === first) ? first : undefined;
}

/** The first release that has something, for a person: `2.32.2`. */
export function sinceOf(fact: ComposeFact): string {
  const { since }: Change =
    fact in LOADER ? LOADER[fact as keyof typeof LOADER] : SENDER[fact as keyof typeof SENDER];
  return (since ?? []).join('.');
}
