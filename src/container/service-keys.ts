/** What a key of a service that no flag has comes to. */
interface ServiceKey {
  readonly why: string;
  /** Dropped when left out. */
  readonly kind?: 'none-here' | 'changed';
  /** A value that says nothing. */
  readonly unless?: (value: unknown) => boolean;
}

const note = (why: string): ServiceKey => ({ why, kind: 'none-here' });
const SWARM = note('only a swarm reads it: Compose does nothing about it');
const isOne = (value: unknown): boolean => String(value) === '1';

/**
 * The keys of a service that are no flag of `docker run`, by their path, with what becomes of them; `mount`: `mount/fields.ts` has
 * them. A key that is in no table is dropped with a word.
 */
export const SERVICE_KEYS: ReadonlyMap<string, ServiceKey | string | 'mount'> = new Map<
  string,
  ServiceKey | string
>([
  ['image', 'mount'],
  ['command', 'mount'],
  ['extends', 'mount'],
  ['volumes', 'mount'],
  ['tmpfs', 'mount'],
  ['volumes_from', 'mount'],
  ['configs', 'mount'],
  ['secrets', 'mount'],
  ['use_api_socket', 'mount'],
  [
    'build',
    'docker run builds nothing: `docker build -t IMAGE` first, with the name of the image in the command',
  ],
  ['depends_on', 'docker run waits for no other container: start them first'],
  ['profiles', note('docker run has no profiles: the command starts the service in any case')],
  ['develop', 'only `docker compose watch` watches files'],
  ['provider', 'docker run starts no provider: Compose calls another program instead of a container'],
  ['models', 'docker run starts no models'],
  ['post_start', 'docker run runs nothing besides: `docker exec` after it does'],
  ['pre_stop', 'docker run runs nothing besides: `docker exec` before `docker stop` does'],
  ['pre_start', 'docker run runs nothing before the container'],
  ['scale', { why: 'docker run makes one container: run it again under other names', unless: isOne }],
  ['attach', note('it chooses whose output `docker compose up` shows')],
  ['credential_spec', 'write it as `--security-opt credentialspec=…`'],
  [
    'deploy.replicas',
    { why: 'docker run makes one container: run it again under other names', unless: isOne },
  ],
  ['deploy.mode', SWARM],
  ['deploy.endpoint_mode', SWARM],
  ['deploy.labels', SWARM],
  ['deploy.placement', SWARM],
  ['deploy.update_config', SWARM],
  ['deploy.rollback_config', SWARM],
  ['deploy.resources.reservations.cpus', SWARM],
  ['deploy.resources.reservations.generic_resources', SWARM],
]);
