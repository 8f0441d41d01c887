import { encodeNewText, type NewText, NewTextBuilder } from '../../source/new-text.js';
import { isPlainSafe } from './plain-safe.js';

/** A string as an item of a YAML list. */
export function quoteYaml(text: NewText, level: number): NewText | undefined {
  if (text.value.includes('\n')) return undefined;
  if (isPlainSafe(text.value, true)) return encodeNewText(text, level, (known) => known);
  const encoded = encodeNewText(text, level, (known) => known.replaceAll("'", "''"));
  return encoded && new NewTextBuilder().add("'").addText(encoded).add("'").build();
}
