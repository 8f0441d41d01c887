import { overlaps } from '../../text/range.js';
import { findTemplates, type Mask } from '../mask.js';

/** Templates, and the `{}` that `xargs` and `find` fill in. */
export function shellMasks(text: string, placeholders: boolean): Mask[] {
  const masks = findTemplates(text, placeholders);
  if (!/\bxargs\b|\bparallel\b|-exec(?:dir)?\b/.test(text)) return masks;
  const tokens = [...text.matchAll(/\bxargs\b[^\n|;]{0,80}?\s-I\s*(["']?)([^\s"']{1,20})\1\s/g)].map(
    (match) => match[2]!,
  );
  const all = new Set(['{}', ...tokens.filter((token) => token.length > 1 || !/\w/.test(token))]);
  const pattern = [...all].map(tokenPattern).join('|');
  for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
    const range = { start: match.index, end: match.index + match[0].length };
    if (!masks.some((mask) => overlaps(mask.range, range))) masks.push({ range, kind: 'placeholder' });
  }
  return masks.sort((a, b) => a.range.start - b.range.start);
}

function tokenPattern(token: string): string {
  return /^\w+$/.test(token) ? `\\b${token}\\b` : token.replace(/[^\w]/g, '\\$&');
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
