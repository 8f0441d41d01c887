import { overlaps } from '../../text/range.js';
import { findTemplates, type Mask } from '../mask.js';

/** `xargs -I %`, with what it puts its input in place of. */
const XARGS_TOKEN =
  /\bxargs\b[^\n|;]{0,80}?\s(?:-[0rtxp]*[IJ]\s*|-[0rtxp]*i(?=\S)|--replace=)(["']?)([^\s"']{1,20})\1\s/g;
const BRACES = /\{\}/g;
/** What GNU parallel and fd fill in: `{}`, `{.}`, `{2}`, `{1//}`, `{#}`. */
const NUMBERED = /(?<!\$)\{(?:[+-]?\d{0,2}(?:\/\/|\/\.|\/|\.\.|\.)?|[#%])\}/g;
const RUNS_NUMBERED = /\bparallel\b|\bfd(?:find)?\s(?:[^\n]*\s)?(?:-[xX]|--exec)/;

/** Templates, and what `xargs`, `find` and their like fill in. */
export function shellMasks(text: string, placeholders: boolean): Mask[] {
  const masks = findTemplates(text, placeholders);
  const isNumbered = RUNS_NUMBERED.test(text);
  if (!isNumbered && !/\bxargs\b|-exec(?:dir)?\b/.test(text)) return masks;
  const found = [...text.matchAll(isNumbered ? NUMBERED : BRACES), ...xargsTokens(text)];
  for (const { index: start, 0: token } of found.sort((a, b) => a.index - b.index)) {
    const range = { start, end: start + token.length };
    if (!masks.some((mask) => overlaps(mask.range, range))) masks.push({ range, kind: 'placeholder' });
  }
  return masks.sort((a, b) => a.range.start - b.range.start);
}

function xargsTokens(text: string): RegExpExecArray[] {
  return [...text.matchAll(XARGS_TOKEN)].flatMap(({ index, 2: token = '' }) => {
    const found = [...text.matchAll(tokenPattern(token))];
    // A letter stands for itself in other commands.
    const end = /^\w$/.test(token) ? /(?<!\\)\n|$/.exec(text.slice(index))!.index + index : text.length;
    return end < text.length ? found.filter((one) => index < one.index && one.index < end) : found;
  });
}

function tokenPattern(token: string): RegExp {
  return new RegExp(/^\w+$/.test(token) ? `\\b${token}\\b` : token.replace(/[^\w]/g, '\\$&'), 'g');
}

/** bats writes `@test "name" {`: for a shell that is a function, as long as the offsets stay. */
export function maskBats(text: string): string {
  if (!text.includes('@test')) return text;
  return text.replace(
    /^([ \t]*)(@test\b[^\n]*?)(\{[ \t]*)$/gm,
    (_all, indent: string, title: string, brace: string) => {
      return `${indent}${`f${'_'.repeat(Math.max(1, title.length - 3))}`}()${brace}`;
    },
  );
}
