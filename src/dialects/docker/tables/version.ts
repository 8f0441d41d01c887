/** A docker release as one number that orders like the release does: 28.2.2 is 28_002_002. */
export type Version = number;

/** Makes a version of its three numbers. */
export function makeVersion(major: number, minor: number, patch: number): Version {
  return major * 1_000_000 + minor * 1_000 + patch;
}

/** The version as docker prints it: `28.2.2`. */
export function showVersion(version: Version): string {
  const major = Math.floor(version / 1_000_000);
  // Until 19.03 it was a month.
  const minor = String(Math.floor(version / 1_000) % 1_000).padStart(major < 20 ? 2 : 1, '0');
  return `${major}.${minor}.${version % 1_000}`;
}

/**
 * The releases that the tables were checked against, oldest first: the newest release of each line, and each one at which
 * reading a mount changed (docs/semantics/docker.md §0.1). `api` is the newest Engine API that the release speaks.
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
  { version: makeVersion(29, 8, 0), api: 55 },
] as const satisfies readonly { version: Version; api: number }[];

/** The oldest release that is supported. */
export const OLDEST: Version = makeVersion(20, 10, 0);

/** The newest release that the tables know. */
export const NEWEST: Version = RELEASES.at(-1)!.version;
/** The newest release of the oldest line. */
export const OLDEST_RELEASE: Version = RELEASES[0].version;

/**
 * Where a docker stands to the tables. Only of one that is `charted` is it certain what it takes: one that is newer may have
 * learnt anything, one that is older may never have heard of it, and of one that is `unknown` nobody knows which it is.
 */
export type Standing = 'charted' | 'newer' | 'older' | 'unknown';

/** Where a release stands. Those of a line that the tables know are charted: what a docker can say comes with a new line. */
export function standingOf(version: Version | 'unknown'): Standing {
  if (version === 'unknown') return 'unknown';
  if (version < OLDEST) return 'older';
  return Math.floor(version / 1_000) > Math.floor(NEWEST / 1_000) ? 'newer' : 'charted';
}

/** Whether a version as docker prints it is a preview of a release, which may have what that has, or not yet: `29.0.0-rc.1`. */
export function isPreview(text: string): boolean {
  return /[-~.](?:alpha|beta|dev|nightly|pre|rc|tp)\b/i.test(text);
}

const lineOf = (version: Version): string => showVersion(version).split('.').slice(0, 2).join('.');

/** The supported releases in words: `20.10 to 29.8`. */
export const VERSION_RANGE: string = `${lineOf(OLDEST)} to ${lineOf(NEWEST)}`;

/**
 * Reads a version as a person or docker writes it: `28`, `28.2`, `28.2.2`, `v28.2.2`, `20.10.24+dfsg1`, `29.7.2-rc.1`.
 * A part that is left out means the newest known release of that line. Undefined when it is not a version.
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

/** Two releases, the older one first: `20.10-29.8`. A part that is left out means the oldest known release of the first line. */
export function readVersionRange(
  text: string,
): { readonly since: Version; readonly client: Version } | undefined {
  const [, from, to] = /^v?(\d[\d.]*)-v?(\d[\d.]*)$/.exec(text.trim()) ?? [];
  const since = from === undefined ? undefined : readVersion(from);
  const client = to === undefined ? undefined : readVersion(to);
  if (since === undefined || client === undefined || since > client) return undefined;
  const isWhole = from!.includes('.');
  const line = Math.floor(since / 1_000_000);
  const oldest = isWhole
    ? undefined
    : RELEASES.find(({ version }) => Math.floor(version / 1_000_000) === line);
  return { since: oldest?.version ?? since, client };
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
