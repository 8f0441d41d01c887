import { parseMount } from '../spec/parse.js';

/** The fields of a record as the flags that take CSV read it; undefined where the record is broken or empty. */
export function readCsvFields(text: string): readonly string[] | undefined {
  const { fields, problem } = parseMount(text);
  if (problem !== undefined || fields.length === 0) return undefined;
  return fields.map(({ key, value }) => (value === undefined ? key.value : `${key.value}=${value.value}`));
}

/** `key=value` cut at its first `=`; no value where there is none. */
export function cutPair(field: string): readonly [key: string, value: string | undefined] {
  const at = field.indexOf('=');
  return at < 0 ? [field, undefined] : [field.slice(0, at), field.slice(at + 1)];
}
