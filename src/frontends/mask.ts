import { MapBuilder } from '../text/offset-map.js';
import type { Range } from '../text/range.js';
import { displayText, type Hole, type HoleKind, holeMark } from '../text/spec-text.js';
import { deriveText, exactSource, type HostedText } from './hosted-text.js';
import { encodeNewText } from './new-text.js';

/** A part of a text that something else fills in before the text is read. */
export interface Mask {
  readonly range: Range;
  readonly kind: HoleKind;
  readonly absolute?: boolean;
}

/** The text with one hole for each mask. Masks must be sorted and must not overlap; those that touch a hole are dropped. */
export function maskText(host: HostedText, masks: readonly Mask[]): HostedText {
  if (masks.length === 0) return host;
  const built = new MapBuilder(0);
  const holes: Hole[] = [];
  const level = host.level + 1;
  const addHole = (range: Range, hole: Omit<Hole, 'range'>) => {
    const at = built.length;
    built.atom(holeMark(holes.length), range.start, range.end - range.start);
    holes.push({ ...hole, range: { start: at, end: at + 1 } });
  };
  let at = 0;
  let next = 0;
  const copyTo = (end: number) => {
    for (; next < host.holes.length && host.holes[next]!.range.start < end; next++) {
      const hole = host.holes[next]!;
      built.copy(host.value.slice(at, hole.range.start), at);
      addHole(hole.range, hole);
      at = hole.range.end;
    }
    built.copy(host.value.slice(at, end), at);
    at = end;
  };
  for (const { range, kind, absolute } of masks) {
    if (range.start < at) continue;
    copyTo(range.start);
    const inside = host.holes[next]?.range;
    const text = displayText(host, range);
    const known = inside === undefined || inside.start >= range.end;
    addHole(range, { kind, text, quoted: false, level: known ? level : -1, ...(absolute && { absolute }) });
    while (next < host.holes.length && host.holes[next]!.range.start < range.end) next++;
    at = range.end;
  }
  copyTo(host.value.length);
  const { text, map } = built.build();
  return deriveText(host, { text, map, holes }, (part, replacement) => {
    const range = exactSource(map, part);
    const encoded = encodeNewText(replacement, level, (known) => known);
    return range && encoded && { range, text: encoded };
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
const PLACEHOLDER = /<[A-Za-z](?:[\w .:/|'-]{0,80}[\w|.'])?>|(?<![^\s])(?:\.\.\.|…)(?![^\s])/.source;
const TEMPLATE_OR_PLACEHOLDER = new RegExp([...TEMPLATES, PLACEHOLDER].join('|'), 'g');

/** Finds the templates of CI systems and generators, and with `placeholders` what documentation leaves to the reader. */
export function findTemplates(text: string, placeholders = false): Mask[] {
  const masks: Mask[] = [];
  for (const match of text.matchAll(placeholders ? TEMPLATE_OR_PLACEHOLDER : TEMPLATE)) {
    const start = match.index;
    const word = match[0];
    const kind = /^(?:<[^%]|\.|…)/.test(word) ? 'placeholder' : 'template';
    masks.push({
      range: { start, end: start + word.length },
      kind,
      ...(ABSOLUTE_TEMPLATE.test(word) && { absolute: true }),
    });
  }
  return masks;
}
