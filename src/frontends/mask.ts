import type { Range } from '../text/range.js';
import type { HoleKind } from '../text/spec-text.js';
import { TextDecoder } from './decode.js';
import { deriveText, exactSource, type HostedText } from './hosted-text.js';
import { encodeNewText } from './new-text.js';

/** A part of a text that something else fills in before the text is read. */
export interface Mask {
  readonly range: Range;
  readonly kind: HoleKind;
  readonly absolute?: boolean;
}

/** The text with one hole for each mask. Masks must be sorted; one that overlaps the mask before it is dropped. */
export function maskText(host: HostedText, masks: readonly Mask[]): HostedText {
  if (masks.length === 0) return host;
  const out = new TextDecoder(host, 0);
  let at = 0;
  for (const { range, kind, absolute } of masks) {
    if (range.start < at) continue;
    out.copy(at, range.start).hole(range, { kind, quoted: false, ...(absolute && { absolute }) });
    at = range.end;
  }
  const decoded = out.copy(at, host.value.length).build();
  return deriveText(host, decoded, (part, replacement) => {
    const range = exactSource(decoded.map, part);
    const text = encodeNewText(replacement, host.level + 1, (known) => known);
    return range && text && { range, text };
  });
}

const ABSOLUTE_TEMPLATE =
  /^\$\{\{\s*(?:github\.workspace|github\.action_path|github\.event_path|runner\.(?:temp|tool_cache|workspace)|env\.(?:GITHUB_WORKSPACE|HOME|PWD|RUNNER_TEMP))\s*\}\}$/;

const TEMPLATES = [
  // GitHub, and its look-alikes: strings inside may hold braces.
  /\$\{\{(?:'[^'\n]{0,300}'|[^}'\n]|\}(?!\})){0,500}\}\}/.source,
  /\$\[\[[^\]\n]{0,500}\]\]/.source,
  /\{\{(?:[^{}\n]|\}(?!\})){0,500}\}\}/.source,
  /\{%(?:[^%\n]|%(?!\})){0,500}%\}/.source,
  /<%(?:[^%\n]|%(?!>)){0,500}%>/.source,
  /%%[A-Za-z_]\w{0,80}%%/.source,
  /@@?[A-Z][A-Z0-9_]{1,80}@@?/.source,
];
const TEMPLATE = new RegExp(TEMPLATES.join('|'), 'g');
const PLACEHOLDER =
  /<[A-Za-z](?:[\w .:/|'-]{0,80}[\w|.'])?>|(?<![$%{\w])\{[A-Za-z][\w -]{1,80}\}(?!\})|(?<![^\s])(?:\.\.\.|…)(?![^\s])/
    .source;
const TEMPLATE_OR_PLACEHOLDER = new RegExp([...TEMPLATES, PLACEHOLDER].join('|'), 'g');

/** Finds the templates of CI systems and generators, and with `placeholders` what documentation leaves to the reader. */
export function findTemplates(text: string, placeholders = false): Mask[] {
  const masks: Mask[] = [];
  for (const match of text.matchAll(placeholders ? TEMPLATE_OR_PLACEHOLDER : TEMPLATE)) {
    const start = match.index;
    const word = match[0];
    const kind = /^(?:<[^%]|\{[^{%]|\.|…)/.test(word) ? 'placeholder' : 'template';
    masks.push({
      range: { start, end: start + word.length },
      kind,
      ...(ABSOLUTE_TEMPLATE.test(word) && { absolute: true }),
    });
  }
  if (!placeholders || !text.includes('[')) return masks;
  return [...masks, ...optionalParts(text)].sort((a, b) => a.range.start - b.range.start);
}

const CHOICE = /\[[\w.-]+(?:\|[\w.-]+)+\]/;
// Not `[:alpha:]`, and not a part that holds another one: only its own brackets are taken out.
const OPTIONAL = /\[(?!:\w+:\])[,:=](?:[^[\]\n]){0,80}\]/;
const CHOICE_OR_OPTIONAL = new RegExp(`${CHOICE.source}|${OPTIONAL.source}`, 'g');

/** `[volume|bind]` is one thing that is left to the reader; of `[, readonly]` only the brackets are. */
function optionalParts(text: string): Mask[] {
  return [...text.matchAll(CHOICE_OR_OPTIONAL)].flatMap((match): Mask[] => {
    const start = match.index;
    const end = start + match[0].length;
    if (CHOICE.test(match[0])) return [{ range: { start, end }, kind: 'placeholder' }];
    return [start, end - 1].map((at) => ({ range: { start: at, end: at + 1 }, kind: 'placeholder' }));
  });
}
