// What docker's flags accept as a value, and in which words they refuse: the part of `invalid argument "x" for
// "--flag" flag: …` after the flag. Flags that are not here take any text, or are read in `model` (mounts).

import { isIpAddress } from '../../../go/ip-address.js';
import { readGoDuration, readGoInteger } from '../../../go/number.js';
import { parseGoBool, quoteGo } from '../../../go/text.js';
import { readSize } from '../../../go/units.js';
import type { Check, Refusal, ValueRules } from './flag-check.js';
import { cgroupRule, deviceBytes, deviceCount, deviceWeight, ulimit } from './flag-limit.js';

const refused = (result: bigint | number | string): Refusal =>
  typeof result === 'string' ? result : undefined;
const bool: Check = (value) =>
  parseGoBool(value) === undefined
    ? `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`
    : undefined;
const int: Check = (value) => refused(readGoInteger(value, 64, true));
const uint: Check = (value) => refused(readGoInteger(value, 64, false));
const uint16: Check = (value) => refused(readGoInteger(value, 16, false));
const duration: Check = (value) => refused(readGoDuration(value));
const bytes: Check = (value, { goUnits }) => refused(readSize(value, goUnits));
const bytesOrMinusOne: Check = (value, rules) => (value === '-1' ? undefined : bytes(value, rules));

// big.Rat reads much more than this; what is neither surely a number nor surely none is left open.
const cpus: Check = (value) => {
  if (/^[+-]?\d+(?:\.\d{0,9})?$/.test(value)) return undefined;
  if (/^[+-]?\d+\.\d*$/.test(value)) return /\.\d{9}0*$/.test(value) ? undefined : 'value is too precise';
  return /^[+-]?[0-9.]/.test(value) ? null : `failed to parse ${value} as a rational number`;
};

const STREAMS = ['stdin', 'stdout', 'stderr'];
const attach: Check = (value) =>
  STREAMS.includes(value.toLowerCase()) ? undefined : 'valid streams are STDIN, STDOUT and STDERR';

const env: Check = (value) => (/^(?:=|$)/.test(value) ? `invalid environment variable: ${value}` : undefined);

const label: Check = (value) => {
  const key = value.split('=', 1)[0]!.replace(/^[ \t]+/, '');
  if (key === '') return `invalid label '${value}': empty name`;
  return /[ \t]/.test(key) ? `label '${key}' contains whitespaces` : undefined;
};

const link: Check = (value) => {
  if (value === '') return 'empty string specified for links';
  return value.split(':').length > 2 ? `bad format for links: ${value}` : undefined;
};

const addHost: Check = (value, rules) => {
  const at = rules.addHostEquals && value.includes('=') ? value.indexOf('=') : value.indexOf(':');
  if (at <= 0 || (rules.addHostEquals && value.slice(0, at).includes(':'))) {
    return `bad format for add-host: ${quoteGo(value)}`;
  }
  const written = value.slice(at + 1);
  if (written === 'host-gateway') return undefined;
  const address = rules.addHostEquals && /^\[.+\]$/s.test(written) ? written.slice(1, -1) : written;
  return isIpAddress(address) ? undefined : `invalid IP address in add-host: ${quoteGo(address)}`;
};

const dns: Check = (value, { dnsWords }) => {
  if (isIpAddress(value)) return undefined;
  return dnsWords === 'not an address'
    ? `${value} is not an ip address`
    : `IP address is not correctly formatted: ${value}`;
};

const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
// The library's groups begin with `(:?`, meant as `(?:`: a colon is allowed before each part.
const DOMAIN = new RegExp(`^(:?${LABEL}(?:\\.:?${LABEL})*)\\.?\\s*$`);
const dnsSearch: Check = (written) => {
  const value = written.replace(/^ +| +$/g, '');
  if (value === '.') return undefined;
  if (value.includes(':')) return null;
  const match = /[a-zA-Z]/.test(value) ? DOMAIN.exec(value) : null;
  return match !== null && match[1]!.length < 255 ? undefined : `${value} is not a valid domain`;
};

const SYSCTLS = new Set([
  'msgmax',
  'msgmnb',
  'msgmni',
  'sem',
  'shmall',
  'shmmax',
  'shmmni',
  'shm_rmid_forced',
]);
const sysctl: Check = (value, { sysctlWord }) => {
  const key = value.split('=', 1)[0]!;
  const known =
    /^(?:net\.|fs\.mqueue\.)/.test(key) || (key.startsWith('kernel.') && SYSCTLS.has(key.slice(7)));
  return known && value.includes('=') ? undefined : `sysctl '${value}' is not ${sysctlWord}`;
};

// CSV of keys that grew over the versions: only the plainest values are surely accepted.
const network: Check = (value) =>
  /^[^=,"\s]+$/.test(value) || /^name=[^=,"\s]+$/.test(value) ? undefined : value === '' ? undefined : null;
const gpus: Check = (value) => (/^(?:all|-?\d{1,9})$/.test(value) ? undefined : value === '' ? 'EOF' : null);

// The checks, and the flags that each is for.
const CHECKS: readonly (readonly [Check, string])[] = [
  [
    bool,
    'detach interactive tty publish-all quiet rm init privileged read-only no-healthcheck oom-kill-disable',
  ],
  [bool, 'sig-proxy disable-content-trust use-api-socket help debug tls tlsverify version'],
  [int, 'cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares health-retries'],
  [int, 'memory-swappiness oom-score-adj pids-limit stop-timeout'],
  [uint, 'io-maxiops'],
  [uint16, 'blkio-weight'],
  [duration, 'health-interval health-start-interval health-start-period health-timeout'],
  [bytes, 'memory memory-reservation shm-size kernel-memory io-maxbandwidth'],
  [bytesOrMinusOne, 'memory-swap'],
  [cpus, 'cpus'],
  [attach, 'attach'],
  [env, 'env'],
  [label, 'label'],
  [link, 'link'],
  [addHost, 'add-host'],
  [dns, 'dns'],
  [dnsSearch, 'dns-search'],
  [sysctl, 'sysctl'],
  [cgroupRule, 'device-cgroup-rule'],
  [deviceWeight, 'blkio-weight-device'],
  [deviceBytes, 'device-read-bps device-write-bps'],
  [deviceCount, 'device-read-iops device-write-iops'],
  [ulimit, 'ulimit'],
  [network, 'network net'],
  [gpus, 'gpus'],
];

let checkOf: Map<string, Check> | undefined;

// Made for the first value: many commands have none.
function findCheck(flag: string): Check | undefined {
  if (checkOf === undefined) {
    checkOf = new Map();
    for (const [check, names] of CHECKS) for (const name of names.split(' ')) checkOf.set(name, check);
  }
  return checkOf.get(flag);
}

/** Why `--flag value` is refused, by the flag's long name. Flags without a rule take any text. */
export function refuseFlagValue(flag: string, value: string, rules: ValueRules): Refusal {
  return findCheck(flag)?.(value, rules);
}
