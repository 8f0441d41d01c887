import { makeVersion, type Version } from '../docker/tables/version.js';

/**
 * The first frontend (`docker/dockerfile:VERSION`) that has something of `RUN --mount`, or with `until` the first that no longer
 * has it. Evidence: `frontend/dockerfile/instructions/commands_runmount.go` of moby/buildkit at the tags `dockerfile/…`, all of
 * 1.0.0 to 1.26.0.
 */
const CHANGES = {
  /** `RUN --mount` itself. The `-experimental` builds had it before: the file is built with the tag `dfrunmount` until then. */
  runMount: { since: [1, 2], evidence: '906e34510' },
  /** `uid`, `gid` and `mode` of a cache. */
  cacheOwner: { since: [1, 1, 2], evidence: 'aed5e98d9' },
  /** `required` with a value. */
  requiredValue: { since: [1, 1, 2], evidence: 'add2c8db8' },
  /** Variables in values; until then `$` is a character like any other. */
  variables: { since: [1, 3], evidence: 'aa467196b' },
  /** `required` without a value, looked at before the type is known, is refused. */
  refusesBareRequired: { since: [1, 3], until: [1, 3, 1], evidence: 'aa467196b, fixed by 67352249e' },
  /** `size` of a tmpfs. */
  size: { since: [1, 4], evidence: '87e1fa7ec' },
  /** `env` of a secret. */
  env: { since: [1, 10], evidence: '96f746bca' },
} as const satisfies Record<string, Change>;

interface Change {
  readonly since: readonly number[];
  readonly until?: readonly number[];
  readonly evidence: string;
}

/** What frontends differ in. */
export type FrontendFact = keyof typeof CHANGES;

/** The frontend that a Dockerfile names, as far as its tag says which. */
interface Frontend {
  readonly version: Version;
  readonly isExperimental: boolean;
}

/** The newest release that the table knows. */
const NEWEST_FRONTEND: Version = makeVersion(1, 26, 999);

const release = ([major = 0, minor = 0, patch = 0]: readonly number[]): Version =>
  makeVersion(major, minor, patch);

// A name after the registry and its folders, which a mirror may have of its own.
const OFFICIAL = /^(?:[\w.-]+(?::\d+)?\/)*docker\/dockerfile(?:-upstream)?(?::([\w.-]+))?(?:@sha256:\w+)?$/;

/** Whether the line `# syntax=` names a program that reads Dockerfiles by rules of its own. */
export function isOtherFrontend(syntax: string | undefined): boolean {
  return syntax !== undefined && !OFFICIAL.test(syntax);
}

/** The frontend of the line `# syntax=`; undefined where it may be any: `1` and `latest` are whatever is new when it is built. */
function readFrontend(syntax: string | undefined): Frontend | undefined {
  const tag = OFFICIAL.exec(syntax ?? '')?.[1] ?? '';
  const match = /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?(-experimental|-labs)?$/.exec(tag);
  if (match === null) return undefined;
  const [, major, minor, patch, build] = match;
  // What is left out is the newest of that line.
  const version = makeVersion(Number(major), Number(minor), Number(patch ?? 999));
  return { version, isExperimental: build === '-experimental' };
}

/** Whether the frontend that a file names has something; undefined where it names none, or one that may be any. */
export function frontendHas(syntax: string | undefined, fact: FrontendFact): boolean | undefined {
  const frontend = readFrontend(syntax);
  if (frontend === undefined) return undefined;
  const { since, until }: Change = CHANGES[fact];
  const { version, isExperimental } = frontend;
  if (fact === 'runMount' && isExperimental) return true;
  return version >= release(since) && (until === undefined || version < release(until));
}

/** Whether it is newer than the table, and may have learnt anything. */
export function isNewerFrontend(syntax: string | undefined): boolean {
  const frontend = readFrontend(syntax);
  return frontend !== undefined && frontend.version > NEWEST_FRONTEND;
}

/** The first release that has it, for a person: `1.10`. */
export function firstFrontend(fact: FrontendFact): string {
  return CHANGES[fact].since.join('.');
}
