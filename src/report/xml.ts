import { escapeInvisible, visible } from '../text/display-width.js';
import { mapOf } from '../text/map-of.js';
import { COMMAND_MARK } from '../text/shown.js';

const ENTITIES = mapOf<string>({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
});

/**
 * The text for an XML attribute or element. What would act on a terminal or on a CI is a reference; what XML 1.0 cannot hold is
 * written as people see it elsewhere.
 */
export function escapeXml(text: string): string {
  const known = text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]|\p{Cs}/gu, visible)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES.get(char)!);
  return escapeInvisible(known, reference).replace(COMMAND_MARK, reference);
}

const reference = (char: string): string => `&#${char.codePointAt(0)};`;
