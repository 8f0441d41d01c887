/** How a key of Quadlet takes the value of a flag. */
export type QuadletForm =
  | 'one' // one value; the last counts
  | 'each' // a line for each value, as it is
  | 'word' // cut into words, with quotes and escapes
  | 'plain-word' // cut into words, without escapes
  | 'yes'; // `true` or `false`

const rows = (form: QuadletForm, pairs: string) =>
  pairs.split(' ').map((pair) => {
    const [flag = '', key = ''] = pair.split(':');
    return [flag, { key, form }] as const;
  });

/** The key of `[Container]` that says what a flag of `podman run` does. */
export const KEY_OF_FLAG: ReadonlyMap<string, { readonly key: string; readonly form: QuadletForm }> = new Map(
  [
    ...rows(
      'one',
      'name:ContainerName tz:Timezone userns:UserNS ip:IP ip6:IP6 log-driver:LogDriver workdir:WorkingDir hostname:HostName ' +
        'pull:Pull pids-limit:PidsLimit shm-size:ShmSize subuidname:SubUIDMap subgidname:SubGIDMap entrypoint:Entrypoint ' +
        'stop-timeout:StopTimeout stop-signal:StopSignal cgroups:CgroupsMode memory:Memory retry:Retry retry-delay:RetryDelay ' +
        'health-cmd:HealthCmd health-interval:HealthInterval health-on-failure:HealthOnFailure health-retries:HealthRetries ' +
        'health-start-period:HealthStartPeriod health-timeout:HealthTimeout health-log-destination:HealthLogDestination ' +
        'health-max-log-count:HealthMaxLogCount health-max-log-size:HealthMaxLogSize health-startup-cmd:HealthStartupCmd ' +
        'health-startup-interval:HealthStartupInterval health-startup-retries:HealthStartupRetries ' +
        'health-startup-success:HealthStartupSuccess health-startup-timeout:HealthStartupTimeout',
    ),
    ...rows(
      'each',
      'volume:Volume tmpfs:Tmpfs publish:PublishPort expose:ExposeHostPort network:Network dns:DNS dns-option:DNSOption ' +
        'dns-search:DNSSearch ulimit:Ulimit group-add:GroupAdd network-alias:NetworkAlias add-host:AddHost',
    ),
    ...rows(
      'word',
      'mount:Mount env:Environment label:Label annotation:Annotation secret:Secret env-file:EnvironmentFile',
    ),
    ...rows(
      'plain-word',
      'cap-add:AddCapability cap-drop:DropCapability device:AddDevice log-opt:LogOpt sysctl:Sysctl uidmap:UIDMap gidmap:GIDMap',
    ),
    ...rows(
      'yes',
      'read-only:ReadOnly init:RunInit env-host:EnvironmentHost read-only-tmpfs:ReadOnlyTmpfs http-proxy:HttpProxy',
    ),
  ],
);

/** The flag that a key of `[Container]` is, where it is one alone. */
export const FLAG_OF_KEY: ReadonlyMap<string, { readonly flag: string; readonly form: QuadletForm }> =
  new Map([...KEY_OF_FLAG].map(([flag, { key, form }]) => [key, { flag, form }]));

/** Flags of keys that no docker has. */
export const IN_UNIT_ALONE: ReadonlySet<string> = new Set(
  (
    'tz subuidname subgidname cgroups retry retry-delay health-on-failure health-log-destination health-max-log-count ' +
    'health-max-log-size health-startup-cmd health-startup-interval health-startup-retries health-startup-success ' +
    'health-startup-timeout secret uidmap gidmap env-host read-only-tmpfs http-proxy'
  ).split(' '),
);

/** The keys of what `--security-opt` says, by how it begins. */
export const SECURITY_KEYS: readonly (readonly [start: string, key: string])[] = [
  ['no-new-privileges', 'NoNewPrivileges'],
  ['label=disable', 'SecurityLabelDisable'],
  ['label=nested', 'SecurityLabelNested'],
  ['seccomp=', 'SeccompProfile'],
  ['label=type:', 'SecurityLabelType'],
  ['label=filetype:', 'SecurityLabelFileType'],
  ['label=level:', 'SecurityLabelLevel'],
  ['mask=', 'Mask'],
  ['unmask=', 'Unmask'],
  ['apparmor=', 'AppArmor'],
];

/** What Quadlet does by itself. */
export const IMPLIED_FLAGS: ReadonlySet<string> = new Set(['rm', 'detach', 'replace']);

/** Flags of `docker run` that no podman has. */
export const DOCKER_ALONE: ReadonlySet<string> = new Set(
  (
    'volume-driver link link-local-ip isolation storage-opt runtime domainname use-api-socket health-start-interval ' +
    'cpu-count cpu-percent io-maxbandwidth io-maxiops'
  ).split(' '),
);
