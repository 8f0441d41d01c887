import { NEWEST, OLDEST, showVersion, type Version } from '../dialects/docker/tables/version.js';
import type { KnownDocker } from '../docker/probe-cache.js';
import type { Refusal } from './refusal.js';

/** Whose words they are. */
export type KnownVersions = Pick<KnownDocker, 'client' | 'engine'> & { readonly compose?: string };

const line = (version: Version): string => showVersion(version).split('.', 2).join('.');

const WHAT = {
  client: 'would refuse this',
  compose: 'would refuse this',
  create: 'would refuse this',
  afterImage: 'would refuse this once it has the image',
  start: 'would make the container, and fail to start it',
} as const;

/** What docker would have done, in one sentence with docker's own words. */
export function refusalSentence({ by, words, afterImage }: Refusal, known: KnownVersions = {}): string {
  const what = WHAT[afterImage ? 'afterImage' : by];
  if (by === 'compose') return `docker compose ${known.compose} ${what}: ${words}`;
  const version = by === 'client' ? known.client : known.engine;
  if (version === undefined)
    return `every docker from ${line(OLDEST)} to ${line(NEWEST)} ${what}; the newest says: ${words}`;
  return `${by === 'client' ? 'docker' : "docker's engine"} ${showVersion(version)} ${what}: ${words}`;
}
