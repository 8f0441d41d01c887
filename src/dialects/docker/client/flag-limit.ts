// What docker accepts as a rule or a limit for a device or a process: `--ulimit nofile=1:2`, `--device-read-bps …`.
import { readGoDecimal } from '../../../go/number.js';
import { quoteGo } from '../../../go/text.js';
import { readSize } from '../../../go/units.js';
import type { Check, Refusal } from './flag-check.js';

/** `--device-cgroup-rule`. */
export const cgroupRule: Check = (value) =>
  /^[acb] (?:[0-9]+|\*):(?:[0-9]+|\*) [rwm]{1,3}$/.test(value)
    ? undefined
    : `invalid device cgroup format '${value}'`;

/** `--blkio-weight-device`. */
export const deviceWeight: Check = (value) =>
  refuseDevice(value, (number) => {
    const weight = /^\d+$/.test(number) ? Number(number) : -1;
    return weight === 0 || (weight >= 10 && weight <= 1000)
      ? undefined
      : `invalid weight for device: ${value}`;
  });

const POSITIVE = 'Number must be a positive integer';
/** `--device-read-bps`, `--device-write-bps`. */
export const deviceBytes: Check = (value, { goUnits }) =>
  refuseDevice(value, (number) => {
    const size = readSize(number, goUnits);
    const format = `The correct format is <device-path>:<number>[<unit>]. ${POSITIVE}. Unit is optional and can be kb, mb, or gb`;
    return typeof size === 'bigint' && size >= 0n
      ? undefined
      : `invalid rate for device: ${value}. ${format}`;
  });
/** `--device-read-iops`, `--device-write-iops`. */
export const deviceCount: Check = (value) =>
  refuseDevice(value, (number) => {
    const format = `The correct format is <device-path>:<number>. ${POSITIVE}`;
    const isCount = /^\d+$/.test(number) && BigInt(number) < 2n ** 64n;
    return isCount ? undefined : `invalid rate for device: ${value}. ${format}`;
  });

function refuseDevice(value: string, refuseNumber: (number: string) => Refusal): Refusal {
  const at = value.indexOf(':');
  if (at === -1) return `bad format: ${value}`;
  if (at === 0) return null; // in words that changed at some time
  if (!value.startsWith('/dev/')) return `bad format for device path: ${value}`;
  return refuseNumber(value.slice(at + 1));
}

const LIMITS = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  ),
);
/** What `--ulimit` says. */
interface Ulimit {
  readonly name: string;
  readonly soft: bigint;
  readonly hard?: bigint;
}

/** Reads a value of `--ulimit` as go-units does, or tells what that says of it. */
export function readUlimit(value: string): Ulimit | string {
  const at = value.indexOf('=');
  if (at === -1) return `invalid ulimit argument: ${value}`;
  const name = value.slice(0, at);
  if (!LIMITS.has(name)) return `invalid ulimit type: ${name}`;
  const parts = value.slice(at + 1).split(':');
  if (parts.length > 2)
    return `too many limit value arguments - ${value.slice(at + 1)}, can only have up to two, \`soft[:hard]\``;
  // The hard one is read first.
  for (const part of [...parts].reverse())
    if (readGoDecimal(part) === undefined)
      return `strconv.ParseInt: parsing ${quoteGo(part)}: ${/^[+-]?\d+$/.test(part) ? 'value out of range' : 'invalid syntax'}`;
  const [soft = 0n, own] = parts.map((part) => readGoDecimal(part)!);
  const hard = own ?? soft;
  if (hard !== -1n && soft === -1n)
    return `ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${hard}`;
  if (hard !== -1n && soft > hard)
    return `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`;
  return { name, soft, ...(own !== undefined && { hard: own }) };
}

/** `--ulimit`. */
export const ulimit: Check = (value) => {
  const read = readUlimit(value);
  return typeof read === 'string' ? read : undefined;
};
