// Whether the docker client takes a command, and the words with which it refuses: its checks in its own order.

import { isIpAddress } from '../../../go/ip-address.js';
import { quoteGo } from '../../../go/text.js';
import type { GoUnicode } from '../../../go/unicode.js';
import { hasHole } from '../../../text/spec-text.js';
import { API_FACTS } from '../tables/api-facts.js';
import { type Dialect, flagRules } from '../tables/dialect.js';
import { DOCKER_COMMANDS } from '../tables/docker-flags.js';
import type { ClientContext, ClientResult } from './client-volume.js';
import { type DockerInvocation, isFlagSet } from './docker-argv.js';
import { refuseFlagValue } from './flag-value.js';
import type { FlagUse } from './flag-word.js';
import { refuseImage } from './image-reference.js';
import type { ClientRefusal, MountUse } from './mount-use.js';
import {
  type FlagValues,
  refuseAfterMounts,
  refuseBeforeMounts,
  refusePlatform,
  refusePull,
} from './option-value.js';

/** The first refusal, `undefined` for none, or a sentence about what cannot be known. */
export function judgeCommand(
  invocation: DockerInvocation,
  mounts: readonly MountUse[],
  context: ClientContext,
): ClientRefusal | string | undefined {
  const { dialect } = context;
  const { path, flags } = invocation;
  const isService = DOCKER_COMMANDS[path].name.startsWith('service');
  const global = refuseGlobals(invocation.globals, dialect);
  if (global !== undefined) return global;
  const ofFlags = judgeFlags(invocation, mounts, dialect);
  if (ofFlags !== undefined) return ofFlags;
  if (invocation.problem !== undefined) {
    return refuseForEngine(flags, dialect) ?? refuse(125, invocation.problem.reason);
  }
  if (invocation.opaque !== undefined) return 'a word before the image is not known';
  if (isFlagSet(invocation, 'help')) return 'it prints help';
  return isService ? undefined : judgeContainer(invocation, mounts, dialect);
}

/** What is checked of a container once its flags are read. */
function judgeContainer(
  invocation: DockerInvocation,
  mounts: readonly MountUse[],
  dialect: Dialect,
): ClientRefusal | string | undefined {
  const { path, flags, words, image } = invocation;
  const foreign = refuseForEngine(flags, dialect);
  if (foreign !== undefined) return foreign;
  if (image === undefined) {
    const reason = dialect.has.quotesArgumentCount
      ? `"docker ${path}" requires at least 1 argument.`
      : `docker: 'docker ${path}' requires at least 1 argument`;
    return refuse(1, reason);
  }
  const values = flagValues(flags);
  const isRun = DOCKER_COMMANDS[path].name === 'run';
  const gated = refuseRecursion(mounts, dialect);
  const early =
    judgeOptions(values, mounts, dialect) ??
    (dialect.has.endsErrorsWithDot && gated !== undefined
      ? refuseContainer(NEEDS_RECURSION_API, dialect, gated.use)
      : undefined) ??
    (isRun && isFlagSet(invocation, 'detach') && values.has('attach') ? refuseDetach(dialect) : undefined);
  if (early !== undefined || hasHole(words[image]!)) return early;
  const bad = refuseImage(words[image]!.value, flagRules(dialect).image);
  if (bad !== undefined) return isRun ? refuseContainer(bad, dialect) : refuse(1, bad);
  if (refusePlatform(values) === null) return 'whether docker takes that platform';
  if (gated === undefined) return undefined;
  return isRun
    ? refuseContainer(NEEDS_RECURSION_API, dialect, gated.use)
    : refuse(1, NEEDS_RECURSION_API, gated.use);
}

/** The options of a container, as docker looks at them: some before the volumes, some after. */
function judgeOptions(
  values: FlagValues,
  mounts: readonly MountUse[],
  dialect: Dialect,
): ClientRefusal | string | undefined {
  const rules = flagRules(dialect).option;
  const framed = (refusal: string | null | undefined) => {
    if (refusal === null) return 'another flag is not checked';
    return refusal === undefined ? undefined : refuseContainer(refusal, dialect);
  };
  // docker looks at the volumes in random order; the first one typed stands for them.
  const volume = mounts.find(({ use, result }) => use.flag.kind === 'volume' && result?.ok === false);
  return (
    framed(refusePull(values, rules)) ??
    framed(refuseBeforeMounts(values, rules)) ??
    (volume && refuseContainer(refusalOf(volume.result) ?? '', dialect, volume.use)) ??
    framed(refuseAfterMounts(values, rules))
  );
}

function refuseDetach({ has }: Dialect): ClientRefusal {
  const reason = has.endsErrorsWithDot
    ? 'Conflicting options: -a and -d'
    : 'conflicting options: cannot specify both --attach and --detach';
  return refuse(1, reason);
}

/** A refusal in the frame that docker puts around what it says of a container. */
function refuseContainer(reason: string, { has }: Dialect, use?: FlagUse): ClientRefusal {
  return refuse(125, `docker: ${reason}${has.endsErrorsWithDot ? '.' : ''}`, use);
}

/** The flags one by one, as docker reads them. */
function judgeFlags(
  { flags, path }: DockerInvocation,
  mounts: readonly MountUse[],
  dialect: Dialect,
): ClientRefusal | string | undefined {
  const byUse = new Map(mounts.map((mount) => [mount.use, mount]));
  const isService = DOCKER_COMMANDS[path].name.startsWith('service');
  let open: string | undefined;
  for (const [index, use] of flags.entries()) {
    const { flag, value } = use;
    if (hasHole(value)) {
      open ??= `the value of --${flag.name} is not known`;
      continue;
    }
    const tail =
      flag.kind === 'mount' ? refusalOf(byUse.get(use)?.result) : refuseValue(flag, value.value, dialect);
    if (tail === null && !(isService && flag.kind === 'unchecked'))
      open ??= `whether docker takes --${flag.name} ${value.value}`;
    if (tail === undefined || tail === null) continue;
    if (open !== undefined) return open;
    const foreign = refuseForEngine(flags.slice(0, index), dialect);
    if (foreign !== undefined) return foreign;
    return refuse(125, `${invalidArgument(use, dialect.has.unicode15 ? 15 : 13)}${tail}`, use);
  }
  return open;
}

/** The end of the refusal of a value that is no mount's; `null`: not known. */
function refuseValue(flag: FlagUse['flag'], value: string, dialect: Dialect): string | null | undefined {
  if (flag.kind === 'unchecked') return null;
  if (flag.kind !== 'ip') return refuseFlagValue(flag.name, value, flagRules(dialect).value);
  return !dialect.has.checksIp || isIpAddress(value) || value === '' ? undefined : null;
}

// Asked once the flags are read, and also when one of them is wrong, before that is said: of those up to there, by name.
function refuseForEngine(flags: readonly FlagUse[], dialect: Dialect): ClientRefusal | undefined {
  const { api, engineOs } = dialect;
  const strange = flags
    .filter(({ flag }) => api < (flag.api ?? 0) || (flag.os !== undefined && flag.os !== engineOs))
    .sort((one, other) => (one.flag.name < other.flag.name ? -1 : 1));
  const use = strange[0];
  if (use === undefined) return undefined;
  const { flag } = use;
  return refuse(
    1,
    api < (flag.api ?? 0)
      ? `"--${flag.name}" requires API version 1.${flag.api}, but the Docker daemon API version is 1.${api}`
      : `"--${flag.name}" is only supported on a Docker daemon running on ${flag.os}, but the Docker daemon is running on ${engineOs}`,
    use,
  );
}

// `bind-recursive=readonly` with an engine that cannot: clients 25 to 28 refuse it themselves, in two places.
function refuseRecursion(mounts: readonly MountUse[], dialect: Dialect): MountUse | undefined {
  if (!dialect.has.gatesRecursiveReadonly || dialect.api >= API_FACTS.recursiveReadonly.since)
    return undefined;
  return mounts.find(
    ({ result }) =>
      result?.ok &&
      result.sent.slot === 'Mounts' &&
      result.sent.mount.BindOptions?.ReadOnlyForceRecursive === true,
  );
}

const NEEDS_RECURSION_API = `bind-recursive=readonly requires API v1.${API_FACTS.recursiveReadonly.since} or later`;

/** Why docker refuses the values of its own options, before the command. Endpoints and certificates are taken to be right. */
export function refuseGlobals(
  globals: readonly FlagUse[],
  dialect: Dialect,
): ClientRefusal | string | undefined {
  const rules = flagRules(dialect).value;
  for (const use of globals) {
    if (hasHole(use.value)) return `the value of --${use.flag.name} is not known`;
    const tail = refuseFlagValue(use.flag.name, use.value.value, rules);
    if (typeof tail === 'string') return refuse(125, `${invalidArgument(use)}${tail}`, use);
  }
  const level = globals.findLast(({ flag }) => flag.name === 'log-level');
  const isLevel = level === undefined || LOG_LEVELS.has(level.value.value.toLowerCase());
  return isLevel ? undefined : refuse(1, `Unable to parse logging level: ${level.value.value}`, level);
}

const LOG_LEVELS = new Set(['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace', '']);

function refusalOf(result: ClientResult | undefined): string | undefined {
  return result?.ok === false ? result.reason : undefined;
}

function invalidArgument({ flag, value }: FlagUse, unicode: GoUnicode = 15): string {
  const name = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
  return `invalid argument ${quoteGo(value.value, unicode)} for ${quoteGo(name)} flag: `;
}

function refuse(exit: number, text: string, use?: FlagUse): ClientRefusal {
  return { exit, stderr: text.split('\n', 1)[0]!, use };
}

function flagValues(flags: readonly FlagUse[]): FlagValues {
  const values = new Map<string, string[]>();
  for (const { flag, value } of flags) {
    const list = values.get(flag.name);
    if (list === undefined) values.set(flag.name, [value.value]);
    else list.push(value.value);
  }
  return values;
}
