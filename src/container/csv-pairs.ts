import { parseMount } from '../spec/parse.js';

/** A record of `key=value` as the flags that take CSV read it; undefined where the record is broken. Keys are in lower case. */
export function readCsvPairs(
  text: string,
): readonly (readonly [key: string, value: string | undefined])[] | undefined {
  const { fields, problem } = parseMount(text);
  if (problem !== undefined || fields.length === 0) return undefined;
  return fields.map(({ key, value }) => [key.value.trim().toLowerCase(), value?.value.trim()] as const);
}
