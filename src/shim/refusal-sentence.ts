import { showVersion } from '../dialects/docker/tables/version.js';
import type { KnownDocker } from '../docker/known-docker.js';
import type { Refusal } from './refusal.js';

/** Who would say no. */
export type KnownVersions = Pick<KnownDocker, 'client' | 'engine'> & {
  readonly compose?: string;
  readonly podman?: string;
};

const WHAT = {
  client: 'would refuse this',
  compose: 'would refuse this',
  podman: 'would refuse this',
  create: 'would refuse this',
  afterImage: 'would refuse this once it has the image',
  start: 'would create the container, and fail to start it',
} as const;

/** What docker would have done, in one sentence with docker's own words. */
export function refusalSentence({ by, words, afterImage }: Refusal, known: KnownVersions): string {
  const what = WHAT[afterImage ? 'afterImage' : by];
  if (by === 'compose') return `docker compose ${known.compose} ${what}: ${words}`;
  if (by === 'podman') return `podman ${known.podman} ${what}: ${words}`;
  const version = showVersion((by === 'client' ? known.client : known.engine) ?? 0);
  return `${by === 'client' ? 'docker' : "docker's engine"} ${version} ${what}: ${words}`;
}
