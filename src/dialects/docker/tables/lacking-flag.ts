import type { Dialect } from './dialect.js';
import { CONTAINER_FLAGS } from './docker-flags.js';
import { makeVersion, showVersion, type Version } from './version.js';

const SINCE: ReadonlyMap<string, Version> = new Map(
  CONTAINER_FLAGS.flatMap(({ name, since }) => (since === undefined ? [] : [[name, since] as const])),
);

/** Since when a flag may stand several times (docker/cli 25.0, `--network`); before, one counts. */
const SEVERAL: ReadonlyMap<string, Version> = new Map([['network', makeVersion(25, 0, 0)]]);

/** Which of some dockers lack a flag of `docker run`, or take it only once. */
interface LackingFlag {
  /** `25.0.0`. */
  readonly since: string;
  readonly all: boolean;
  /** They have it, but once. */
  readonly isOne: boolean;
}

/** Since which docker all of these can be given this way; undefined where each of them can. */
export function lackingFlag(
  name: string,
  isSeveral: boolean,
  dialects: readonly Dialect[],
): LackingFlag | undefined {
  const since = SINCE.get(name) ?? (isSeveral ? SEVERAL.get(name) : undefined);
  if (since === undefined) return undefined;
  const lacking = dialects.filter(({ client }) => client < since);
  if (lacking.length === 0) return undefined;
  return { since: showVersion(since), all: lacking.length === dialects.length, isOne: !SINCE.has(name) };
}
