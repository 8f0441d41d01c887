// What the docker client refuses only when all flags are read: `docker: --pid: invalid PID mode`. It looks at one
// option after the other, and the mounts have their turn between the first two and the rest.
import { readGoDuration } from '../../../go/number.js';
import { quoteGo } from '../../../go/text.js';
import type { Refusal } from './flag-check.js';

/** The values of each flag by its long name, in the order of the command line. */
export type FlagValues = ReadonlyMap<string, readonly string[]>;

/** What differs between docker versions. */
export interface OptionRules {
  /** `--pull` is checked. */
  readonly checksPull: boolean;
  /** `invalid restart policy format: ` stands before the reason, and an empty count is none. */
  readonly restartFrame: boolean;
  /** `--network-alias` needs a network of one's own. */
  readonly checksAlias: boolean;
  /** `seccomp=builtin` is known, and an empty value of any option is refused. */
  readonly seccompBuiltin: boolean;
  /** `--device vendor/class=name` is a CDI device. */
  readonly cdiDevices: boolean;
  readonly conflictWords:
    | 'Conflicting options: --restart and --rm'
    | 'conflicting options: cannot specify both --restart and --rm';
}

type Check = (values: FlagValues, rules: OptionRules) => Refusal;

const last = (values: FlagValues, flag: string): string => values.get(flag)?.at(-1) ?? '';
const isSet = (values: FlagValues, flag: string): boolean =>
  /^(?:1|t|T|true|TRUE|True)$/.test(last(values, flag));

/** The first of the flag's values that is refused decides. */
const each =
  (flag: string, refuse: (value: string, rules: OptionRules) => Refusal): Check =>
  (values, rules) => {
    for (const value of values.get(flag) ?? []) {
      const refusal = refuse(value, rules);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };

/** The last value of the flag must be one of these; `container:NAME` may be, too. */
const mode =
  (flag: string, name: string, words: readonly string[], container = false): Check =>
  (values) => {
    const value = last(values, flag);
    const known = value === '' || words.includes(value) || (container && /^container:./s.test(value));
    return known ? undefined : `--${flag}: invalid ${name} mode`;
  };

const MAC =
  /^(?:[0-9a-f]{2}(?:([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?:(?:\1[0-9a-f]{2}){2}|(?:\1[0-9a-f]{2}){14})?)|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}(?:\.[0-9a-f]{4}|(?:\.[0-9a-f]{4}){7})?)$/i;
const macAddress: Check = (values) => {
  const value = last(values, 'mac-address');
  return value === '' || MAC.test(value.trim()) ? undefined : `${value} is not a valid mac address`;
};

const swappiness: Check = (values) => {
  const value = BigInt.asIntN(64, toInteger(last(values, 'memory-swappiness')) ?? -1n);
  return value < -1n || value > 100n
    ? `invalid value: ${value}. Valid memory swappiness range is 0-100`
    : undefined;
};

// A port's words depend on the packager's library; what is not plainly right is left open.
const publish = each('publish', (value) => {
  const match =
    /^(?:(?:(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]):)?(\d{0,5}):)?(\d{1,5})(?:\/(?:tcp|udp|sctp))?$/.exec(
      value,
    );
  const [, address = '', host = '0', port = ''] = match ?? ['', '', '', '65536'];
  const octets = address.includes('[') ? [] : address.split('.');
  return Number(host) < 65_536 && Number(port) < 65_536 && octets.every((octet) => Number(octet) < 256)
    ? undefined
    : null;
});
const expose = each('expose', (value) => {
  if (value.includes(':')) return `invalid port format for --expose: ${value}`;
  const [, first, end = first] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/.*)?$/s.exec(value) ?? [];
  return first !== undefined && Number(first) <= Number(end) && Number(end) < 65_536 ? undefined : null;
});

const device = each('device', (value, { cdiDevices }) => {
  if (cdiDevices && /^[^:/]+\/[^:/]+=/.test(value)) return null;
  const [source = '', target, access, ...more] = value.split(':');
  if (source === '' || more.length > 0) return `bad format for path: ${value}`;
  const isMode = (text: string): boolean => /^[rwm]+$/.test(text) && new Set(text).size === text.length;
  if (access !== undefined && !isMode(access)) return `bad mode specified: ${access}`;
  // Only the path in the container is looked at.
  const path = target === undefined || (access === undefined && isMode(target)) ? source : target;
  return path.startsWith('/') ? undefined : `${path} is not an absolute path`;
});

const restart: Check = (values, { restartFrame }) => {
  const [policy, ...count] = last(values, 'restart').split(':');
  if (count.length === 0) return undefined;
  if (restartFrame && policy === '') return 'invalid restart policy format: no policy provided before colon';
  const text = count.join(':');
  if (/^[+-]?\d{1,18}$/.test(text) || (restartFrame && text === '')) return undefined;
  if (restartFrame) return 'invalid restart policy format: maximum retry count must be an integer';
  return count.length > 1 ? 'invalid restart policy format' : 'maximum retry count must be an integer';
};

// A seccomp profile is a file; that it is there and sound is taken for granted.
const securityOpt = each('security-opt', (value, { seccompBuiltin }) => {
  const at = value.search(/[=:]/);
  if (/^no-new-privileges(?:$|=)/.test(value) || (at > 0 && at < value.length - 1)) return undefined;
  if (at === -1) return `Invalid --security-opt: ${quoteGo(value)}`;
  return seccompBuiltin && value.endsWith('=') && at === value.length - 1
    ? `Invalid --security-opt: ${quoteGo(value)}`
    : null;
});
const storageOpt = each('storage-opt', (value) =>
  value.includes('=') ? undefined : 'invalid storage option',
);
const logging: Check = (values) =>
  last(values, 'log-driver') === 'none' && values.has('log-opt')
    ? 'invalid logging opts for driver none'
    : undefined;

const health: Check = (values) => {
  const flags = ['interval', 'timeout', 'start-period', 'retries', 'start-interval'].map(
    (name) => `health-${name}`,
  );
  const amounts = flags.map((flag) => toInteger(last(values, flag)) ?? 0n);
  if (isSet(values, 'no-healthcheck')) {
    const conflict = last(values, 'health-cmd') !== '' || amounts.some((amount) => amount !== 0n);
    return conflict ? '--no-healthcheck conflicts with --health-* options' : undefined;
  }
  const negative = flags.find((_flag, index) => amounts[index]! < 0n);
  return negative === undefined ? undefined : `--${negative} cannot be negative`;
};

const removal: Check = (values, { conflictWords }) => {
  const [policy = ''] = last(values, 'restart').split(':');
  return isSet(values, 'rm') && policy !== '' && policy !== 'no' ? conflictWords : undefined;
};

const BUILT_IN = /^(?:default|bridge|host|none|container:.*)$/s;
const networks: Check = (values, { checksAlias }) => {
  const typed = [...(values.get('network') ?? []), ...(values.get('net') ?? [])];
  const named = typed.map((text) => text.replace(/^name=/, ''));
  if (typed.includes('')) return 'no name set for network';
  // How several networks get along is not looked into.
  if (named.length > 1 && (named.some((name) => BUILT_IN.test(name)) || new Set(named).size < named.length))
    return null;
  const builtIn = named.length === 0 ? checksAlias : BUILT_IN.test(named[0]!);
  if (builtIn && values.has('link') && named.length > 0 && !/^(?:default|bridge)$/.test(named[0]!))
    return null;
  if (!builtIn || !(values.has('network-alias') || values.has('net-alias'))) return undefined;
  return 'network-scoped aliases are only supported for user-defined networks';
};

const BEFORE_MOUNTS: readonly Check[] = [macAddress, swappiness];
const AFTER_MOUNTS: readonly Check[] = [
  publish,
  expose,
  device,
  mode('pid', 'PID', ['host'], true),
  mode('uts', 'UTS', ['host']),
  mode('userns', 'USER', ['host']),
  mode('cgroupns', 'CGROUP', ['host', 'private']),
  restart,
  logging,
  securityOpt,
  storageOpt,
  health,
  removal,
  networks,
];

/** Why `--pull` is refused, before anything else is looked at. */
export function refusePull(values: FlagValues, rules: OptionRules): Refusal {
  const value = last(values, 'pull');
  const known = ['', 'always', 'missing', 'never'].includes(value) || !rules.checksPull;
  return known ? undefined : `invalid pull option: '${value}': must be one of "always", "missing" or "never"`;
}

/** Why `--platform` is refused, once the image is known to be well named; null for all but the plainest values. */
export function refusePlatform(values: FlagValues): Refusal {
  const known = /^(?:(?:linux|windows|darwin|freebsd)(?:\/[a-z0-9]+){0,2})?$/.test(last(values, 'platform'));
  return known ? undefined : null;
}

/** Why an option is refused before docker reads `-v`, without `docker: ` in front. */
export function refuseBeforeMounts(values: FlagValues, rules: OptionRules): Refusal {
  return firstRefusal(BEFORE_MOUNTS, values, rules);
}

/** Why an option is refused once docker has read `-v`. */
export function refuseAfterMounts(values: FlagValues, rules: OptionRules): Refusal {
  return firstRefusal(AFTER_MOUNTS, values, rules);
}

function firstRefusal(checks: readonly Check[], values: FlagValues, rules: OptionRules): Refusal {
  for (const check of checks) {
    const refusal = check(values, rules);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

// Only values that the flag's own check has accepted come here.
function toInteger(text: string): bigint | undefined {
  if (text === '') return undefined;
  const duration =
    /[a-z\u00b5\u03bc]$/i.test(text) && !/^[+-]?0x/i.test(text) ? readGoDuration(text) : undefined;
  if (typeof duration === 'bigint') return duration;
  const sign = text.startsWith('-') ? -1n : 1n;
  const digits = text
    .replace(/^[+-]/, '')
    .replaceAll('_', '')
    .replace(/^0(?=\d)/, '0o');
  return sign * BigInt(digits);
}
