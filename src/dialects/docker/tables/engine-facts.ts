import { API_FACTS } from './api-facts.js';
import { isWithin, makeVersion, type Version } from './version.js';

const v = makeVersion;

/** What changed between two docker engines in how they judge and make mounts; one row a fact. */
export const ENGINE_FACTS = {
  knowsImageMounts: { since: v(28, 0, 0), evidence: '§0.2 API 1.48' },
  hasClusterMounts: { since: v(23, 0, 0), evidence: '§10.2: the manager of 20.10 refuses the type' },
  knowsSubpath: { since: v(26, 0, 0), evidence: '§0.2: an older engine silently mounts the whole volume' },
  readsTmpfsWords: { since: v(27, 0, 0), evidence: '§0.2 API 1.46: TmpfsOptions.Options' },
  knowsReadonlyRecursion: { since: v(25, 0, 0), evidence: '§0.2: an older engine silently ignores it' },
  checksOptionsFirst: {
    since: v(29, 2, 0),
    evidence: '§2.3 step 6, §3.7: options of the wrong type before the paths',
  },
  allowsReadonlyAnonymous: { since: v(29, 2, 0), evidence: '§3.7 anonymous + ReadOnly' },
  readonlyBindsRecursive: { since: v(25, 0, 0), evidence: '§3.8, with API 1.44' },
  labelsAnonymousOfVolumeFlag: { since: v(23, 0, 0), evidence: '§5.1 anonymous row (2)' },
  labelsAnonymousOfMountFlag: {
    since: v(28, 0, 0),
    evidence: '§5.1 anonymous row (2): also 25.0.8 and 27.4.0',
  },
  listsTmpfsOptionError: { until: v(23, 0, 0), evidence: '§4.1 `invalid tmpfs option ["bogus" "1"]`' },
  quotesWindowsRoot: {
    since: v(28, 0, 0),
    evidence: "§2.4 `destination path (c:\\) cannot be 'c:' or 'c:\\'`",
  },
  looseReservedNames: { until: v(23, 0, 0), evidence: '§2.4: the regular expression lacked a group' },
} as const satisfies Record<string, { since?: number; until?: number; evidence: string }>;

/** The name of a fact about docker engines. */
export type EngineFact = keyof typeof ENGINE_FACTS;

/**
 * Whether the engine makes the source of a bind with CreateMountpoint (§0.2): in the API since 23.0, but honoured only from
 * 23.0.12, 25.0.4 and 26.0 on, and never in 24.0.
 */
export const CREATE_MOUNTPOINT_ENGINES = [
  { since: v(23, 0, 12), until: v(24, 0, 0) },
  { since: v(25, 0, 4), until: undefined },
] as const;

/** Whether that engine, spoken to by that API, makes the missing source of a bind with CreateMountpoint. */
export function honoursCreateMountpoint({ engine, api }: { engine: Version; api: number }): boolean {
  return (
    api >= API_FACTS.createMountpoint.since &&
    CREATE_MOUNTPOINT_ENGINES.some((range) => isWithin(range, engine))
  );
}
