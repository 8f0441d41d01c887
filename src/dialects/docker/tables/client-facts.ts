import { ANY_DOT_SINCE, DOT_SLASH_SINCE } from './dot-sources.js';
import { makeVersion, type Version } from './version.js';

/** What changed between two docker clients in how they read mounts: on from `since`, off again from `until`. */
interface Fact {
  readonly since?: Version;
  readonly until?: Version;
  /** Where it was read or seen; § are sections of docs/semantics/docker.md, which names sources and runs. */
  readonly evidence: string;
}

const v = makeVersion;

/** One row a fact; everything that the compiler asks about a client's version is asked of this table. */
export const CLIENT_FACTS = {
  // -v
  refusesBadVolume: {
    since: v(24, 0, 5),
    evidence: '§2.1 docker/cli#4415: before, a parse error was swallowed',
  },
  expandsDotSlash: { since: DOT_SLASH_SINCE, evidence: '§2.1 step 5, §3.5: `.` and `./…` are made absolute' },
  expandsAnyDot: { since: ANY_DOT_SINCE, evidence: '§2.1 step 5, §3.5: every source that starts with a dot' },
  // --mount
  dropsEmptyMapKeys: { since: v(23, 0, 0), evidence: '§3.3 volume-label, volume-opt without a key' },
  strictMount: {
    since: v(29, 2, 1),
    evidence: '§3.2: trims the value; no whitespace, no empty value, four booleans',
  },
  requiresTarget: { until: v(29, 2, 1), evidence: '§3.4 row 2' },
  sendsEmptyDriverConfig: { until: v(29, 2, 1), evidence: '§3.3 touching any volume-* key' },
  checksImageOptions: { since: v(28, 0, 0), evidence: "§3.4 row 3 'image-*'" },
  goUnits05: { since: v(23, 0, 0), evidence: '§3.6' },
  gatesRecursiveReadonly: {
    since: v(25, 0, 0),
    until: v(29, 0, 0),
    evidence: '§3.4 last paragraph: API < 1.44',
  },
  // texts and order
  endsErrorsWithDot: { until: v(28, 0, 0), evidence: '§2.2, §7' },
  quotesArgumentCount: { until: v(28, 0, 0), evidence: '§7 `"docker run" requires at least 1 argument.`' },
  warnsVolumeDriverWithMount: { until: v(28, 0, 0), evidence: '§0.2 last row' },
  pingsBeforeParsing: { since: v(29, 2, 0), evidence: '§1.6 step 2' },
  // other flags
  apiSocketIsClients: { since: v(28, 1, 0), until: v(28, 3, 2), evidence: '§1.1 --use-api-socket' },
  checksIp: { since: v(29, 0, 0), evidence: '§1.1 --ip, --ip6: addresses, where any text went before' },
  checksPull: { since: v(23, 0, 0), evidence: 'run with 26.1.5 and 28.2.2; not in 20.10.24' },
  unicode15: {
    since: v(25, 0, 0),
    evidence: 'built with Go 1.21 or newer; run with 20.10.24 (13) and 26.1.5',
  },
  readsLetterTwice: {
    since: v(29, 0, 0),
    evidence:
      'spf13/pflag 1.0.7: the unknown letter of `-日` is a byte made text and cut again; run with a build that links it',
  },
  newerReferences: {
    since: v(25, 0, 0),
    evidence: 'texts and image names: run with 20.10.24 (off) and 26.1.5 (on); between them taken as 25.0',
  },
} as const satisfies Record<string, Fact>;

/** The name of a fact about docker clients. */
export type ClientFact = keyof typeof CLIENT_FACTS;
