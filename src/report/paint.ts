import type { Severity } from '../text/diagnostic.js';
import { NOTHING, type Shown, show } from '../text/shown.js';

const CODES = {
  bold: '1',
  dim: '2',
  red: '1;31',
  yellow: '1;33',
  cyan: '1;36',
  green: '32',
  plainRed: '31',
  blue: '1;34',
} as const;

/** Puts a colour around a text, or does not. */
export type Paint = (style: keyof typeof CODES, text: string | Shown) => Shown;

/** The paint for a terminal that shows colour, or for one that does not. */
export function makePaint(color: boolean): Paint {
  return color
    ? (style, text) => (text === '' ? NOTHING : show`\u001b[${CODES[style]}m${text}\u001b[0m`)
    : (_, text) => show`${text}`;
}

/** The style of each severity. */
export const SEVERITY_STYLE = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  keyof typeof CODES
>;
