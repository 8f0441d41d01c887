/** A docker release as one number that orders like the release does: 28.2.2 is 28_002_002. */
export type Version = number;

/** Makes a version of its three numbers. */
export function makeVersion(major: number, minor: number, patch: number): Version {
  return major * 1_000_000 + minor * 1_000 + patch;
}

/** The version as docker prints it: `28.2.2`. */
export function showVersion(version: Version): string {
  return `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1_000) % 1_000}.${version % 1_000}`;
}

/**
 * The releases that the tables were checked against, oldest first: the newest release of each line, and each one at which
 * reading a mount changed (dossier §0.1). `api` is the newest Engine API that the release speaks.
 */
export const RELEASES = [
  { version: makeVersion(20, 10, 24), api: 41 },
  { version: makeVersion(23, 0, 15), api: 42 },
  { version: makeVersion(24, 0, 4), api: 43 },
  { version: makeVersion(24, 0, 9), api: 43 },
  { version: makeVersion(25, 0, 5), api: 44 },
  { version: makeVersion(26, 0, 2), api: 45 },
  { version: makeVersion(26, 1, 5), api: 45 },
  { version: makeVersion(27, 0, 3), api: 46 },
  { version: makeVersion(27, 1, 2), api: 46 },
  { version: makeVersion(27, 2, 1), api: 47 },
  { version: makeVersion(27, 3, 1), api: 47 },
  { version: makeVersion(27, 4, 1), api: 47 },
  { version: makeVersion(27, 5, 1), api: 47 },
  { version: makeVersion(28, 0, 4), api: 48 },
  { version: makeVersion(28, 1, 1), api: 49 },
  { version: makeVersion(28, 2, 2), api: 50 },
  { version: makeVersion(28, 3, 3), api: 51 },
  { version: makeVersion(28, 4, 0), api: 51 },
  { version: makeVersion(28, 5, 2), api: 51 },
  { version: makeVersion(29, 0, 4), api: 52 },
  { version: makeVersion(29, 1, 5), api: 52 },
  { version: makeVersion(29, 2, 0), api: 53 },
  { version: makeVersion(29, 2, 1), api: 53 },
  { version: makeVersion(29, 3, 1), api: 54 },
  { version: makeVersion(29, 4, 3), api: 54 },
  { version: makeVersion(29, 5, 3), api: 54 },
  { version: makeVersion(29, 6, 2), api: 54 },
  { version: makeVersion(29, 7, 2), api: 55 },
] as const satisfies readonly { version: Version; api: number }[];

/** The oldest release that is supported. */
export const OLDEST: Version = makeVersion(20, 10, 0);

/** The newest release that the tables know. */
export const NEWEST: Version = RELEASES.at(-1)!.version;
/** The newest release of the oldest line. */
export const OLDEST_RELEASE: Version = RELEASES[0].version;

const lineOf = (version: Version): string => showVersion(version).split('.').slice(0, 2).join('.');

/** The supported releases in words: `20.10 to 29.7`. */
export const VERSION_RANGE: string = `${lineOf(OLDEST)} to ${lineOf(NEWEST)}`;

/**
 * Reads a version as a person or docker writes it: `28`, `28.2`, `28.2.2`, `v28.2.2`, `20.10.24+dfsg1`, `29.7.2-rc.1`.
 * A part that is left out means the newest known release of that line. Undefined when it is no version.
 */
export function readVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,3})(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?(?:[-+~].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch] = match;
  const numbers = [Number(major), Number(minor ?? 0), Number(patch ?? 0)] as const;
  if (patch !== undefined) return makeVersion(...numbers);
  const step = minor === undefined ? 1_000_000 : 1_000;
  const line = makeVersion(...numbers);
  const known = RELEASES.filter(({ version }) => Math.floor(version / step) === Math.floor(line / step));
  return known.at(-1)?.version ?? line;
}

/** Whether a version lies in a range: from `since` on, and before `until`. */
export function isWithin(
  { since = 0, until = Number.POSITIVE_INFINITY }: { readonly since?: Version; readonly until?: Version },
  version: Version,
): boolean {
  return version >= since && version < until;
}

/** The newest Engine API minor version (1.x) that a release speaks; of a release between two known ones, the older one's. */
export function apiOf(version: Version): number {
  return (RELEASES.findLast((release) => release.version <= version) ?? RELEASES[0]).api;
}
