/** What Go's yaml takes a plain scalar for. */
export type YamlScalarType = 'string' | 'integer' | 'float' | 'boolean' | 'null' | 'time';

/** A plain scalar as Go's yaml resolves it: its type, and the value as Go prints it. */
interface ResolvedScalar {
  readonly type: YamlScalarType;
  /** Of a string as it is written, of a number as `fmt` prints it. */
  readonly text: string;
}

const WORDS = new Map<string, ResolvedScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null', text: '' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'boolean', text: 'true' }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'boolean', text: 'false' }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', text: 'NaN' }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { type: 'float', text: '+Inf' }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { type: 'float', text: '-Inf' }] as const),
]);
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DATE =
  /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt ])\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?: ?(?:Z|[-+]\d{2}:\d{2}))?)?$/;

/**
 * What go-yaml v3 makes of a plain scalar without a tag (resolve.go): `yes`, `no`, `on` and `off` are strings, a leading zero and `0o`
 * are octal, `_` may stand in numbers.
 */
export function resolvePlain(written: string): ResolvedScalar {
  const word = WORDS.get(written);
  if (word !== undefined) return word;
  const string: ResolvedScalar = { type: 'string', text: written };
  if (!/^[-+.\d]/.test(written)) return string;
  if (DATE.test(written)) return { type: 'time', text: written };
  const plain = written.replaceAll('_', '');
  const integer = readInteger(plain);
  if (integer !== undefined) return { type: 'integer', text: String(integer) };
  if (!FLOAT.test(plain)) return string;
  const float = Number(plain);
  return Number.isFinite(float) ? { type: 'float', text: printFloat(float) } : string;
}

const MOST = 2n ** 64n;
const LEAST = -(2n ** 63n);

/** `strconv.ParseInt(text, 0, 64)`, or `ParseUint`. */
function readInteger(text: string): bigint | undefined {
  const [, sign, digits = ''] = /^([-+]?)(.*)$/s.exec(text)!;
  const octal = /^0([0-7]+)$/.exec(digits)?.[1];
  const isWhole = /^(?:0|[1-9]\d*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits);
  if (octal === undefined && !isWhole) return undefined;
  const size = BigInt(octal === undefined ? digits.toLowerCase() : `0o${octal}`);
  const value = sign === '-' ? -size : size;
  return value >= LEAST && (value < MOST / 2n || (sign === '' && value < MOST)) ? value : undefined;
}

/** From this exponent on Go writes one. */
const EXPONENT_FROM = 6;

/** `fmt.Sprint` of a float64, or `strconv.FormatFloat(value, 'g', -1, 64)`: an exponent from a million on and below 1e-4. */
function printFloat(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (value === 0) return '0';
  const [digits = '', power = ''] = Math.abs(value).toExponential().split('e');
  const exponent = Number(power);
  const sign = value < 0 ? '-' : '';
  if (exponent < -4 || exponent >= EXPONENT_FROM) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const figures = digits.replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${figures}`;
  if (figures.length <= exponent + 1) return `${sign}${figures.padEnd(exponent + 1, '0')}`;
  return `${sign}${figures.slice(0, exponent + 1)}.${figures.slice(exponent + 1)}`;
}
