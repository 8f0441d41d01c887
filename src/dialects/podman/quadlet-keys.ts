import { once } from '../../text/once.js';
import { makeVersion, type Version } from '../docker/tables/version.js';

/**
 * The keys of each section that Quadlet reads, by the first release that has them; it refuses a unit with any other.
 * Evidence: the sources of the releases 4.4.0 to 6.1, each key of which the generators of 4.9, 5.4, 5.8 and 6.1 were given.
 */
const KEYS = {
  Container: {
    '4.4':
      'AddCapability AddDevice Annotation ContainerName DropCapability Environment EnvironmentFile EnvironmentHost Exec ExposeHostPort Group Image Label Network NoNewPrivileges Notify PodmanArgs PublishPort ReadOnly RemapGid RemapUid RemapUidSize RemapUsers RunInit SeccompProfile Timezone User VolatileTmp Volume',
    '4.5':
      'HealthCmd HealthInterval HealthOnFailure HealthRetries HealthStartPeriod HealthStartupCmd HealthStartupInterval HealthStartupRetries HealthStartupSuccess HealthStartupTimeout HealthTimeout IP IP6 LogDriver Mount Rootfs Secret SecurityLabelDisable SecurityLabelFileType SecurityLabelLevel SecurityLabelType Tmpfs UserNS',
    '4.6': 'AutoUpdate HostName Mask Pull SecurityLabelNested Sysctl Unmask WorkingDir',
    '4.7': 'DNS DNSOption DNSSearch PidsLimit ShmSize Ulimit',
    '4.8': 'ContainersConfModule GIDMap GlobalArgs ReadOnlyTmpfs SubGIDMap SubUIDMap UIDMap',
    '5.0': 'Entrypoint Pod StopTimeout',
    '5.1': 'GroupAdd',
    '5.2': 'LogOpt NetworkAlias StopSignal',
    '5.3':
      'AddHost CgroupsMode HealthLogDestination HealthMaxLogCount HealthMaxLogSize ServiceName StartWithPod',
    '5.5': 'Memory ReloadCmd ReloadSignal Retry RetryDelay',
    '5.7': 'HttpProxy',
    '5.8': 'AppArmor',
    '6.1': 'ImageVolume',
  },
  Volume: {
    '4.4': 'Copy Device Group Label Options Type User',
    '4.6': 'PodmanArgs',
    '4.7': 'VolumeName',
    '4.8': 'ContainersConfModule Driver GlobalArgs Image',
    '5.3': 'ServiceName',
    '6.0': 'GID UID',
  },
  Network: {
    '4.4': 'DisableDNS Driver Gateway IPAMDriver IPRange IPv6 Internal Label Options Subnet',
    '4.6': 'PodmanArgs',
    '4.7': 'DNS NetworkName',
    '4.8': 'ContainersConfModule GlobalArgs',
    '5.3': 'ServiceName',
    '5.5': 'NetworkDeleteOnStop',
    '5.6': 'InterfaceName',
  },
  Kube: {
    '4.4': 'ConfigMap Network PublishPort RemapGid RemapUid RemapUidSize RemapUsers Yaml',
    '4.5': 'LogDriver UserNS',
    '4.6': 'ExitCodePropagation PodmanArgs',
    '4.7': 'AutoUpdate SetWorkingDirectory',
    '4.8': 'ContainersConfModule GlobalArgs KubeDownForce',
    '5.2': 'LogOpt',
    '5.3': 'ServiceName',
  },
  Image: {
    '4.8':
      'AllTags Arch AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs Image ImageTag OS PodmanArgs TLSVerify Variant',
    '5.3': 'ServiceName',
    '5.5': 'Retry RetryDelay',
    '5.6': 'Policy',
  },
  Pod: {
    '5.0': 'ContainersConfModule GlobalArgs Network PodName PodmanArgs PublishPort Volume',
    '5.2': 'NetworkAlias',
    '5.3':
      'AddHost DNS DNSOption DNSSearch GIDMap IP IP6 RemapGid RemapUid RemapUidSize RemapUsers ServiceName SubGIDMap SubUIDMap UIDMap UserNS',
    '5.4': 'ShmSize',
    '5.5': 'HostName',
    '5.6': 'ExitPolicy Label',
    '5.7': 'StopTimeout',
  },
  Build: {
    '5.2':
      'Annotation Arch AuthFile ContainersConfModule DNS DNSOption DNSSearch Environment File ForceRM GlobalArgs GroupAdd ImageTag Label Network PodmanArgs Pull Secret SetWorkingDirectory TLSVerify Target Variant Volume',
    '5.3': 'ServiceName',
    '5.5': 'Retry RetryDelay',
    '5.7': 'BuildArg IgnoreFile',
  },
  Quadlet: {
    '5.3': 'DefaultDependencies',
  },
  Artifact: {
    '5.7':
      'Artifact AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs PodmanArgs Quiet Retry RetryDelay ServiceName TLSVerify',
  },
} as const satisfies Record<string, Record<string, string>>;

/** A section that Quadlet reads. */
type QuadletSection = keyof typeof KEYS;

const since = once(
  () =>
    new Map(
      Object.entries(KEYS).map(([section, keys]) => [
        section,
        new Map(
          Object.entries(keys).flatMap(([since, names]: [string, string]) => {
            const [major = 0, minor = 0] = since.split('.').map(Number);
            return names.split(' ').map((name) => [name, makeVersion(major, minor, 0)] as const);
          }),
        ),
      ]),
    ),
);

/** The endings of units that Quadlet reads, each with its own section. */
export const QUADLET_ENDINGS: ReadonlyMap<string, QuadletSection> = new Map([
  ['container', 'Container'],
  ['volume', 'Volume'],
  ['network', 'Network'],
  ['kube', 'Kube'],
  ['image', 'Image'],
  ['pod', 'Pod'],
  ['build', 'Build'],
  ['artifact', 'Artifact'],
]);

/** The keys of a section and the first release that has each; undefined for a section that Quadlet leaves to systemd. */
export const quadletKeys = (section: string): ReadonlyMap<string, Version> | undefined =>
  since().get(section);
