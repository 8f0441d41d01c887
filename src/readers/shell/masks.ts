import { findTemplates, type Mask } from '../../source/mask.js';
import { append } from '../../text/append.js';
import { overlaps } from '../../text/range.js';

/** `xargs -I %`, with what it puts its input in place of. */
const XARGS_TOKEN =
  /\bxargs\b[^\n|;]{0,80}?\s(?:-[0rtxp]*[IJ]\s*|-[0rtxp]*i(?=\S)|--replace=)(["']?)([^\s"']{1,20})\1\s/g;
const BRACES = /\{\}/g;
/** What GNU parallel and fd fill in: `{}`, `{.}`, `{2}`, `{1//}`, `{#}`. */
const NUMBERED = /(?<!\$)\{(?:[+-]?\d{0,2}(?:\/\/|\/\.|\/|\.\.|\.)?|[#%])\}/g;
const RUNS_NUMBERED = /\bparallel\b|\bfd(?:find)?\s(?:[^\n]{0,200}\s)?(?:-[xX]|--exec)/;

/** Templates, and what `xargs`, `find` and their like fill in. */
export function shellMasks(text: string, placeholders: boolean): Mask[] {
  const masks = placeholders ? withPercents(text, findTemplates(text, placeholders)) : findTemplates(text);
  const isNumbered = RUNS_NUMBERED.test(text);
  if (!isNumbered && !/\bxargs\b|-exec(?:dir)?\b/.test(text)) return masks;
  const found = [...text.matchAll(isNumbered ? NUMBERED : BRACES), ...xargsTokens(text)];
  const templates = [...masks].sort((a, b) => a.range.start - b.range.start);
  let next = 0;
  let taken = 0;
  for (const { index: start, 0: token } of found.sort((a, b) => a.index - b.index)) {
    const range = { start, end: start + token.length };
    while (next < templates.length && templates[next]!.range.end <= start) next++;
    if (start < taken || (next < templates.length && overlaps(templates[next]!.range, range))) continue;
    taken = range.end;
    masks.push({ range, kind: 'placeholder' });
  }
  return masks.sort((a, b) => a.range.start - b.range.start);
}

/** `%DATA%` in documentation of what a shell of Unix reads; `%cd%` is what somebody took from Windows. */
function withPercents(text: string, masks: Mask[]): Mask[] {
  if (!text.includes('%')) return masks;
  for (const { index: start, 0: word } of text.matchAll(/(?<!%)%(?!CD%)[A-Z][A-Z0-9_]*%(?!%)/g)) {
    const range = { start, end: start + word.length };
    if (!masks.some((mask) => overlaps(mask.range, range))) masks.push({ range, kind: 'placeholder' });
  }
  return masks.sort((a, b) => a.range.start - b.range.start);
}

/** Nobody writes as many different tokens. */
const MOST_TOKENS = 100;

/** What the tokens of each `xargs -I` stand for, each place once: a script may hold thousands of them. */
function xargsTokens(text: string): RegExpExecArray[] {
  const everywhere = new Set<string>();
  const found: RegExpExecArray[] = [];
  /** How far the places of a token were looked for. */
  const lookedAt = new Map<string, number>();
  let end = -1;
  for (const { index, 2: token = '' } of text.matchAll(XARGS_TOKEN)) {
    if (index >= end) end = endOfCommand(text, index);
    // A letter stands for itself in other commands.
    if (/^\w$/.test(token) && end < text.length) {
      const from = Math.max(index + 1, lookedAt.get(token) ?? 0);
      if (from < end) append(found, occurrences(text, token, from, end));
      lookedAt.set(token, end);
    } else if (everywhere.size < MOST_TOKENS) everywhere.add(token);
  }
  for (const token of everywhere) append(found, occurrences(text, token, 0, text.length));
  return found;
}

function endOfCommand(text: string, from: number): number {
  const end = /(?<!\\)\n|$/g;
  end.lastIndex = from;
  return end.exec(text)!.index;
}

function occurrences(text: string, token: string, from: number, to: number): RegExpExecArray[] {
  const pattern = new RegExp(/^\w+$/.test(token) ? `\\b${token}\\b` : token.replace(/[^\w]/g, '\\$&'), 'g');
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = from;
  for (let one = pattern.exec(text); one !== null && one.index < to; one = pattern.exec(text))
    found.push(one);
  return found;
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
