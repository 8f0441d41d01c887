import { mapOf } from '../text/map-of.js';

const POWERS = mapOf<bigint>({ '': 0n, k: 1n, m: 2n, g: 3n, t: 4n, p: 5n, e: 6n });

/**
 * Reads `size=` of a tmpfs as Linux does (lib/cmdline.c memparse): decimal, 0x hex or 0 octal, one suffix k m g t p e of
 * either case. Undefined for percentages and for what the kernel refuses.
 */
export function readKernelSize(text: string): bigint | undefined {
  const match = /^(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)([kmgtpe]?)$/i.exec(text);
  if (match === null) return undefined;
  const digits = match[1]!.toLowerCase();
  const number = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  const size = number * 1024n ** POWERS.get(match[2]!.toLowerCase())!;
  return size < 2n ** 63n ? size : undefined;
}

/** The shortest exact way to write that many bytes that docker's and the kernel's readers both take: `64m`, `1536k`, `1000`. */
export function printSize(bytes: bigint): string {
  for (const [suffix, power] of [
    ['g', 3n],
    ['m', 2n],
    ['k', 1n],
  ] as const) {
    const unit = 1024n ** power;
    if (bytes > 0n && bytes % unit === 0n) return `${bytes / unit}${suffix}`;
  }
  return String(bytes);
}
