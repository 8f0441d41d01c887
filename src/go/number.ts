// How Go's strconv and time packages read numbers: what is refused, and in which words.

import { mapOf } from '../text/map-of.js';
import { byteLength, quoteGo } from './text.js';

const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^[01_]+$/,
  8: /^[0-7_]+$/,
  10: /^[0-9_]+$/,
  16: /^[0-9a-f_]+$/i,
};

/** strconv.ParseInt or ParseUint with base 0: the number, or the reason in Go's words. */
export function readGoInteger(text: string, bits: 16 | 64, signed: boolean): bigint | string {
  const refuse = (why: string): string =>
    `strconv.${signed ? 'ParseInt' : 'ParseUint'}: parsing ${quoteGo(text)}: ${why}`;
  const sign = signed ? (/^[+-]/.exec(text)?.[0] ?? '') : '';
  const body = text.slice(sign.length);
  const value = readMagnitude(body);
  if (value === undefined) return refuse('invalid syntax');
  const limit = 1n << BigInt(signed ? bits - 1 : bits);
  const tooBig = sign === '-' ? value > limit : value >= limit;
  return tooBig ? refuse('value out of range') : sign === '-' ? -value : value;
}

/** strconv.ParseInt with base 10 for 64 bits; undefined for what it refuses. */
export function readGoDecimal(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

// Base prefixes, and underscores only between digits or after the prefix.
function readMagnitude(body: string): bigint | undefined {
  const prefix = /^0[box]/i.exec(body)?.[0].toLowerCase() ?? '';
  const octal = prefix === '' && body.length > 1 && body.startsWith('0');
  const base = prefix === '0b' ? 2 : prefix === '0o' || octal ? 8 : prefix === '0x' ? 16 : 10;
  const digits = body.slice(prefix.length);
  if (!DIGITS[base]!.test(digits) || /__|_$/.test(digits)) return undefined;
  if (digits.startsWith('_') && prefix === '') return undefined;
  const plain = digits.replaceAll('_', '');
  return BigInt(base === 10 ? plain : base === 8 ? `0o${plain}` : `${prefix}${plain}`);
}

const UNITS = mapOf<bigint>({
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
});
const MAX_INT64 = (1n << 63n) - 1n;

/** time.ParseDuration: nanoseconds, or the reason in Go's words. */
export function readGoDuration(text: string): bigint | string {
  const invalid = `time: invalid duration ${quoteTime(text)}`;
  const negative = text.startsWith('-');
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0n;
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const [number = '', whole = '', , part = ''] = /^(\d*)(\.(\d*))?/.exec(rest) ?? [];
    if (!/\d/.test(number)) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^.0-9]*/.exec(rest)![0];
    if (unit === '') return `time: missing unit in duration ${quoteTime(text)}`;
    const scale = UNITS.get(unit);
    if (scale === undefined) return `time: unknown unit ${quoteTime(unit)} in duration ${quoteTime(text)}`;
    rest = rest.slice(unit.length);
    const digits = part.slice(0, 18);
    total += BigInt(whole || '0') * scale + (BigInt(digits || '0') * scale) / 10n ** BigInt(digits.length);
    if (total > MAX_INT64 + (negative ? 1n : 0n)) return invalid;
  }
  return negative ? -total : total;
}

// The time package quotes by itself: everything but printable ASCII as bytes in hexadecimal.
function quoteTime(text: string): string {
  let out = '"';
  for (const character of text) {
    if (character === '"' || character === '\\') out += `\\${character}`;
    else if (byteLength(character) === 1 && character >= ' ') out += character;
    else
      for (const byte of new TextEncoder().encode(character))
        out += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `${out}"`;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL = /^(?:[+-]?(?:inf|infinity)|nan)$/i;
const HEX = /^[+-]?0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d+)$/i;

/** strconv.ParseFloat for 64 bits: the number, or the reason in Go's words. */
export function readGoFloat(text: string): number | string {
  const refuse = (why: string): string => `strconv.ParseFloat: parsing ${quoteGo(text)}: ${why}`;
  if (SPECIAL.test(text)) return /nan/i.test(text) ? Number.NaN : text.startsWith('-') ? -Infinity : Infinity;
  const value = readFloat(text);
  if (value === undefined) return refuse('invalid syntax');
  return Number.isFinite(value) ? value : refuse('value out of range');
}

function readFloat(text: string): number | undefined {
  const plain = withoutUnderscores(text);
  if (plain === undefined) return undefined;
  if (DECIMAL.test(plain)) return Number(plain);
  const [, whole = '', part = '', exponent = ''] = HEX.exec(plain) ?? [];
  if (whole + part === '') return undefined;
  return (
    (plain.startsWith('-') ? -1 : 1) *
    hexValue(BigInt(`0x${whole}${part}`), Number(exponent) - 4 * part.length)
  );
}

// Number() rounds a bigint correctly; scaling by a power of two is exact but for subnormal results.
function hexValue(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  if (exponent >= 0 && exponent < 1100) return Number(mantissa << BigInt(exponent));
  if (exponent >= 1100) return Infinity;
  const scaled = Number(mantissa);
  return exponent < -1000
    ? scaled * 2 ** -1000 * 2 ** Math.max(exponent + 1000, -2000)
    : scaled * 2 ** exponent;
}

// An underscore stands between two digits, or between the base prefix and a digit.
function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text;
  const body = text.replace(/^[+-]/, '');
  const isWrong = /^0x/i.test(body) ? /(?<![0-9a-f]|^0x)_|_(?![0-9a-f])/i : /(?<![0-9])_|_(?![0-9])/;
  return isWrong.test(body) ? undefined : text.replaceAll('_', '');
}

/** strconv.ParseUint(value, 8, 32); undefined for what it refuses. */
export function readOctal(value: string): number | undefined {
  if (!/^[0-7]+$/.test(value)) return undefined;
  const digits = value.replace(/^0+(?=.)/, '');
  const number = digits.length > 11 ? Number.POSITIVE_INFINITY : Number.parseInt(digits, 8);
  return number <= 0xffffffff ? number : undefined;
}
