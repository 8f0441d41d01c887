import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import type { FoundField } from '../source/frontend.js';
import type { HoleTable } from './described-mount.js';

/**
 * A mount that is written as an object, as plain data; texts have their holes as marks of the table. `readText` says what a text
 * means that is not for itself; undefined when a part is not known.
 */
export function fieldObject(
  fields: readonly FoundField[],
  table: HoleTable,
  readText: (key: string, text: string) => string | boolean | undefined = (_key, text) => text,
): Record<string, unknown> | undefined {
  const out: Record<string, unknown> = Object.create(null);
  for (const { key, value, type } of fields) {
    if (type === 'object') continue;
    if (value === undefined) return undefined;
    const text = table.absorb(value);
    const plain = type === 'string' ? readText(key, text) : plainValue(text, type);
    if (plain === undefined && type !== 'null') return undefined;
    const path = key.split('.');
    let at = out;
    for (const name of path.slice(0, -1)) {
      at[name] ??= Object.create(null);
      at = at[name] as Record<string, unknown>;
    }
    if (plain !== undefined) at[path.at(-1)!] = plain;
  }
  return out;
}

function plainValue(text: string, type: FoundField['type']): number | bigint | boolean | undefined {
  switch (type) {
    case 'boolean':
      return readComposeBoolean(text) === true;
    case 'number': {
      // Go reads a leading zero as octal, as YAML 1.1 does.
      const octal = /^0o?([0-7]+)$/.exec(text)?.[1];
      if (octal !== undefined) return Number.parseInt(octal, 8);
      if (!/^(?:\d+|0x[0-9a-f]+)$/i.test(text)) return undefined;
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : BigInt(text);
    }
    default:
      return undefined;
  }
}
