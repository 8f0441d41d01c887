// Sizes as docker/go-units reads them (`64m`, `1.5GiB`). The packaged library decides, not the docker version.

import { mapOf } from '../text/map-of.js';
import { readGoFloat } from './number.js';

/** 0.4: upstream 20.10 and Debian's 26.1.5; 0.5: upstream since 23.0. */
export type GoUnits = '0.4' | '0.5';

const POWERS = mapOf<number>({ k: 1, m: 2, g: 3, t: 4, p: 5 });
const OLD_SIZE = /^(\d+(?:\.\d+)*) ?([kmgtp])?i?b?$/i;
const INT64 = 2n ** 63n;

/** units.RAMInBytes: the bytes, or the reason in the library's words. */
export function readSize(text: string, units: GoUnits): bigint | string {
  return units === '0.4' ? readOldSize(text) : readNewSize(text);
}

function readOldSize(text: string): bigint | string {
  const [, number, unit = ''] = OLD_SIZE.exec(text) ?? [];
  if (number === undefined) return `invalid size: '${text}'`;
  const size = readGoFloat(number);
  return typeof size === 'string' ? size : toInt64(size * 1024 ** (POWERS.get(unit.toLowerCase()) ?? 0));
}

function readNewSize(text: string): bigint | string {
  const split = text.search(/[0-9. ](?=[^0-9. ]*$)/);
  if (split === -1) return `invalid size: '${text}'`;
  const number = text.slice(0, text[split] === ' ' ? split : split + 1);
  const suffix = text.slice(split + 1);
  const size = readGoFloat(number);
  if (typeof size === 'string') return size;
  if (size < 0) return `invalid size: '${text}'`;
  const power = suffixPower(suffix);
  return power === undefined ? `invalid suffix: '${shownSuffix(suffix)}'` : toInt64(size * 1024 ** power);
}

function suffixPower(suffix: string): number | undefined {
  const [, unit, rest = ''] = /^([kmgtp])?((?:i?b)?)$/i.exec(suffix) ?? [];
  if (unit === undefined) return suffix === '' || /^b$/i.test(suffix) ? 0 : undefined;
  return rest === undefined ? undefined : POWERS.get(unit.toLowerCase());
}

// The library lower-cases a suffix once it knows that it is no longer than three bytes.
function shownSuffix(suffix: string): string {
  return new TextEncoder().encode(suffix).length > 3 ? suffix : suffix.toLowerCase();
}

// A float64 becomes an int64 by cutting off; out of range, amd64 gives the smallest one.
function toInt64(size: number): bigint {
  if (Number.isNaN(size) || size >= Number(INT64) || size < -Number(INT64)) return -INT64;
  return BigInt(Math.trunc(size));
}
