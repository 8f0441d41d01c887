import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import { resolvePlain } from '../go/yaml-scalar.js';
import type { FoundField } from '../source/frontend.js';
import type { HoleTable } from './described-mount.js';

/**
 * A mount that is written as an object, as plain data; texts have their holes as marks of the table. `readText` says what a text
 * means that is not for itself; undefined when a part is not known. Keys are as they stand, but where `groups` has objects in it.
 */
export function fieldObject(
  fields: readonly FoundField[],
  table: HoleTable,
  readText: (key: string, text: string) => string | boolean | undefined = (_key, text) => text,
  groups: (key: string) => boolean = () => false,
): Record<string, unknown> | undefined {
  const out: Record<string, unknown> = Object.create(null);
  for (const { key, value, type } of fields) {
    if (type === 'object') {
      // A group says something by being there.
      if (groups(key)) out[key] ??= Object.create(null);
      continue;
    }
    if (value === undefined) return undefined;
    const text = table.absorb(value);
    const plain = type === 'string' ? readText(key, text) : plainValue(key, text, type);
    if (plain === undefined && type !== 'null') return undefined;
    const path = pathOf(key, groups);
    let at = out;
    for (const name of path.slice(0, -1)) {
      if (typeof at[name] !== 'object') at[name] = Object.create(null);
      at = at[name] as Record<string, unknown>;
    }
    if (plain !== undefined) at[path.at(-1)!] = plain;
  }
  return out;
}

/** `bind.propagation` is two keys; a label may have dots of its own. */
function pathOf(key: string, groups: (key: string) => boolean): readonly string[] {
  const dot = key.indexOf('.');
  const [head, rest] = [key.slice(0, dot), key.slice(dot + 1)];
  if (dot < 0 || !groups(head)) return [key];
  return rest.startsWith('labels.') ? [head, 'labels', rest.slice('labels.'.length)] : [head, rest];
}

function plainValue(
  key: string,
  text: string,
  type: FoundField['type'],
): number | bigint | boolean | undefined {
  switch (type) {
    case 'boolean':
      return readComposeBoolean(text) === true;
    case 'number': {
      const plain = resolvePlain(text);
      const number = Number(plain.text);
      // Compose counts a mode in 32 bits.
      if (key === 'tmpfs.mode' && plain.type === 'integer')
        return Number(BigInt.asUintN(32, BigInt(plain.text)));
      if (plain.type === 'integer') return Number.isSafeInteger(number) ? number : BigInt(plain.text);
      // Of a size that is no integer Compose makes none, of a mode the whole part.
      return plain.type !== 'float' ? undefined : key === 'tmpfs.size' ? 0 : Math.trunc(number);
    }
    default:
      return undefined;
  }
}
