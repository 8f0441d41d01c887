import { CONTAINER_FLAGS, type DockerFlag, type FlagKind } from './docker-flags.js';
import { type FlagTable, makeFlagTable } from './flag-table.js';

/** Engines whose command lines are read with a table of their own. */
export type OtherEngine = 'podman' | 'nerdctl' | 'compose';

/** The flags of one engine: before the command, and after `run` or `create`. */
interface EngineFlags {
  readonly global: readonly DockerFlag[];
  readonly run: readonly DockerFlag[];
  /** After `pod create`. */
  readonly pod?: readonly DockerFlag[];
}

const rows = (kind: FlagKind, names: string): DockerFlag[] =>
  names.split(' ').map((name) => {
    const [long = '', short] = name.split('/');
    return { name: long, short, kind };
  });

// Of another engine nothing is known but whether a flag takes a value; what docker would say of the value does not count.
const lenient = (kind: FlagKind): FlagKind => (kind === 'value' || kind === 'ip' ? 'unchecked' : kind);
/** The shared flags, and on top of them an engine's own. */
function withOwn(own: readonly DockerFlag[]): DockerFlag[] {
  const names = new Set(own.map(({ name }) => name));
  const letters = new Set(own.map(({ short }) => short));
  const shared = CONTAINER_FLAGS.filter(
    ({ name, short }) => !names.has(name) && (short === undefined || !letters.has(short)),
  );
  return [...shared.map(({ name, short, kind }) => ({ name, short, kind: lenient(kind) })), ...own];
}

/** What each engine's command line has (podman-run(1) 4.3 to 5.5, nerdctl's command reference 2.0, docker compose 2.x). */
const ENGINE_FLAGS: Readonly<Record<OtherEngine, () => EngineFlags>> = {
  podman: () => ({
    global: [
      ...rows('bool', 'help noout remote/r syslog trace transient-store version/v'),
      ...rows(
        'unchecked',
        'cdi-spec-dir cgroup-manager config conmon connection/c events-backend hooks-dir identity imagestore log-level ' +
          'module namespace network-backend network-cmd-path network-config-dir out pull-option root runroot runtime ' +
          'runtime-flag ssh storage-driver storage-opt tls-ca tls-cert tls-key tmpdir url volumepath',
      ),
    ],
    pod: [
      ...rows('bool', 'help infra no-hostname no-hosts replace share-parent'),
      ...rows('volume', 'volume/v'),
      ...rows(
        'unchecked',
        'add-host blkio-weight blkio-weight-device cgroup-parent cpu-shares/c cpus cpuset-cpus cpuset-mems device ' +
          'device-read-bps device-write-bps dns dns-option dns-search exit-policy gidmap gpus hostname/h hosts-file ' +
          'infra-command infra-conmon-pidfile infra-image infra-name ip ip6 label/l label-file mac-address memory/m ' +
          'memory-swap name/n network network-alias pid pod-id-file publish/p restart security-opt share shm-size ' +
          'shm-size-systemd subgidname subuidname sysctl uidmap userns uts volumes-from',
      ),
    ],
    run: withOwn([
      ...rows(
        'bool',
        'env-host http-proxy no-hostname no-hosts passwd read-only-tmpfs replace rmi rootfs tls-verify unsetenv-all',
      ),
      ...rows(
        'unchecked',
        'arch authfile builtin-volume cert-dir cgroup-conf cgroups chrootdirs conmon-pidfile creds decryption-key ' +
          'env-merge gidmap group-entry health-log-destination health-max-log-count health-max-log-size ' +
          'health-on-failure health-startup-cmd health-startup-interval health-startup-retries ' +
          'health-startup-success health-startup-timeout hosts-file hostuser image-volume init-ctr init-path ' +
          'intel-rdt-clos-id os passwd-entry personality pidfile pod pod-id-file preserve-fd preserve-fds ' +
          'rdt-class requires retry retry-delay sdnotify seccomp-policy secret shm-size-systemd signature-policy ' +
          'subgidname subuidname systemd timeout tz uidmap umask unsetenv variant',
      ),
    ]),
  }),
  nerdctl: () => ({
    global: [
      ...rows('bool', 'debug debug-full experimental help insecure-registry kube-hide-dupe version/v'),
      ...rows(
        'unchecked',
        'address/a bridge-ip cdi-spec-dirs cgroup-manager cni-netconfpath cni-path data-root host/H host-gateway-ip ' +
          'hosts-dir namespace/n snapshotter storage-driver userns-remap',
      ),
    ],
    run: withOwn([
      ...rows('bool', 'all-platforms no-hosts rootfs stdin'),
      ...rows(
        'unchecked',
        'cgroup-conf cgroup-manager cosign-certificate-identity cosign-certificate-identity-regexp ' +
          'cosign-certificate-oidc-issuer cosign-certificate-oidc-issuer-regexp cosign-key ipfs-address log-uri ' +
          'pidfile rdt-class security-privileged snapshotter systemd umask verify',
      ),
    ]),
  }),
  compose: () => ({
    global: [
      ...rows(
        'bool',
        'all-resources compatibility debug/D dry-run help/h no-ansi skip-hostname-check tls tlsverify',
      ),
      ...rows('bool', 'verbose version/v'),
      ...rows(
        'unchecked',
        'ansi context/c env-file file/f host/H log-level/l parallel podman-args podman-path podman-run-args profile ' +
          'progress project-directory project-name/p tlscacert tlscert tlskey workdir',
      ),
    ],
    run: [
      ...rows(
        'bool',
        'build detach/d help interactive/i no-TTY/T no-deps quiet/q quiet-build quiet-pull remove-orphans rm ' +
          'service-ports/P tty/t use-aliases',
      ),
      ...rows('volume', 'volume/v'),
      ...rows(
        'unchecked',
        'cap-add cap-drop entrypoint env/e env-from-file label/l name publish/p pull user/u workdir/w',
      ),
    ],
  }),
};

interface OtherTables {
  readonly global: FlagTable;
  readonly run: FlagTable;
  readonly pod?: FlagTable;
}

const tables = new Map<OtherEngine, OtherTables>();

/** The tables of an engine, ready for looking up; built once. */
export function otherTables(engine: OtherEngine): OtherTables {
  let found = tables.get(engine);
  if (found === undefined) {
    const { global, run, pod } = ENGINE_FLAGS[engine]();
    found = {
      global: makeFlagTable(global, false),
      run: makeFlagTable(run, false),
      ...(pod !== undefined && { pod: makeFlagTable(pod, false) }),
    };
    tables.set(engine, found);
  }
  return found;
}
