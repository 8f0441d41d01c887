import type { Range } from '../text/range.js';
import type { HoleKind } from '../text/spec-text.js';
import { TextDecoder } from './decode.js';
import { isForWindows } from './for-windows.js';
import { type Decoded, deriveText, exactSource, type HostedText } from './hosted-text.js';
import { encodeNewText } from './new-text.js';

/** A part of a text that something else fills in before the text is read. */
export interface Mask {
  readonly range: Range;
  readonly kind: HoleKind;
  readonly absolute?: boolean;
  /** Up to where the rest of its line is a blank: what stands on the next one goes on with the command. */
  readonly blankUntil?: number;
}

/** The text with one hole for each mask. Masks must be sorted; one that overlaps the mask before it is dropped. */
export function maskText(host: HostedText, masks: readonly Mask[]): HostedText {
  if (masks.length === 0) return host;
  const out = new TextDecoder(host, 0);
  let at = 0;
  for (const { range, kind, absolute, blankUntil } of masks) {
    if (range.start < at) continue;
    out.copy(at, range.start).hole(range, { kind, quoted: false, ...(absolute && { absolute }) });
    if (blankUntil !== undefined) out.atom(' ', range.end, blankUntil);
    at = blankUntil ?? range.end;
  }
  return deriveAsWritten(host, out.copy(at, host.value.length).build());
}

/** What is quoted stays; ends of lines are blanks, and what a shell takes for more than text is text. */
const OF_A_SHELL = /\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\r?\n|[;&|<>()`#]/g;

/** The text as a shell must get it to cut it as those do who know white space and quotes alone, such as Python's shlex. */
export function withoutOperators(host: HostedText): HostedText {
  const found = [...host.value.matchAll(OF_A_SHELL)].filter(({ 0: token }) => !/^["'\\]/.test(token));
  if (found.length === 0) return host;
  const out = new TextDecoder(host, 0);
  let at = 0;
  for (const { index, 0: token } of found) {
    const end = index + token.length;
    out.copy(at, index).atom(token.trim() === '' ? ' ' : `\\${token}`, index, end);
    at = end;
  }
  return deriveAsWritten(host, out.copy(at, host.value.length).build());
}

/** A text out of its host that quotes nothing of its own: what is written into it stands there as it is. */
export function deriveAsWritten(host: HostedText, decoded: Decoded): HostedText {
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
  /(?<!\$)\{#(?:[^#]|#(?!\})){0,2000}#\}/.source,
  /<%(?:[^%\n]|%(?!>)){0,500}%>/.source,
  /%%[A-Za-z_]\w{0,80}%%/.source,
  /@@?[A-Z][A-Z0-9_]{1,80}@@?/.source,
  // Autoconf's, in `run.sh.in`, and what a `sed` fills in.
  /(?<![\w@])@[a-z][a-z0-9_]{1,80}@(?![\w@])/.source,
  /(?<![\w${])__[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){0,6}__(?![\w=])/.source,
];
/** One of these is in each of them. */
const TEMPLATE_MARKS = ['{{', '[[', '{%', '{#', '<%', '%%', '@', '__'];
const TEMPLATE = new RegExp(TEMPLATES.join('|'), 'g');
// What a reader of documentation fills in: `<anything short>`, `{name}` (but `{HOME}` lacks its `$`), and dots that stand for more.
const PLACEHOLDER = [
  /(?<!<)<(?![\s<>(&%!?])(?:[^<>\n\\`$]{0,200}[^\s<>\\`$])>/.source,
  /(?<![$%{\w])\{(?!(?:HOME|PWD|USER)\})[A-Za-z\u00a1-\ud7ff][\w \u00a1-\ud7ff-]{1,80}\}(?!\})/.source,
  /(?<=\\\r?\n[ \t]{0,80})#[ \t]*(?:\.{3}|…)[^\n]{0,200}/.source,
  /(?<!\.)\.{3,12}(?!\.)|…/.source,
  // `DRIVE:\with\data`.
  /(?<=[\s"'=])(?:[A-Z][A-Z_]{2,30}|[Dd]rive(?:[_-]?[Ll]etter)?):(?=\\\w)/.source,
  // `"YOUR FOLDER"`, `xxx/data`, `key=value`, `bind|volume`.
  /(?<=["'])YOUR(?: [A-Z]+){1,4}(?=["':/])/.source,
  /(?<=[\s"'=/])[xX]{3,20}(?=[/:\s"'])/.source,
  /(?<=--mount[ =]["']?)key=value(?:,key=value)*/.source,
  /(?<=type=)(?:bind|volume|tmpfs)(?:\|(?:bind|volume|tmpfs|image|npipe|cluster))+/.source,
  // `"path to your config.yaml"`.
  /(?<=["'])(?:(?:the|your|full|absolute|local) ){0,3}path (?:to|of) [^"'\n:,;\\$`]{1,60}/.source,
].join('|');
const TEMPLATE_OR_PLACEHOLDER = new RegExp([...TEMPLATES, PLACEHOLDER].join('|'), 'g');

/**
 * Finds the templates of CI systems and generators, and with `placeholders` what documentation leaves to the reader; those in
 * square brackets only where these mean nothing else (`values`: they do).
 */
export function findTemplates(text: string, placeholders: boolean | 'values' = false): Mask[] {
  const masks: Mask[] = [];
  if (!placeholders && !TEMPLATE_MARKS.some((mark) => text.includes(mark))) return masks;
  // Where the last line that is gone with its end stopped: the one after it stands in the command just so.
  let goneTo = -1;
  for (const match of text.matchAll(placeholders ? TEMPLATE_OR_PLACEHOLDER : TEMPLATE)) {
    const start = match.index;
    const word = match[0];
    const rest =
      /^(?:\.|…|#)/.test(word) || isNothing(word) ? restOfLeftOut(text, start, word.length, goneTo) : 0;
    const end = start + word.length;
    if (rest > 0) goneTo = end + rest;
    const kind = /^(?:<[^%]|\{[^{%#]|\.|…|#|[A-Za-z])/.test(word) ? 'placeholder' : 'template';
    masks.push({
      range: { start, end },
      kind,
      ...(ABSOLUTE_TEMPLATE.test(word) && { absolute: true }),
      ...(rest > 0 && { blankUntil: end + rest }),
    });
  }
  if (!placeholders) return masks;
  const more = [
    ...foreignWords(text),
    ...(placeholders === true && text.includes('[') ? optionalParts(text) : []),
    ...(placeholders === true ? namedParts(text) : []),
    ...(placeholders === true ? foreignParts(text) : []),
  ];
  return more.length === 0 ? masks : [...masks, ...more].sort((a, b) => a.range.start - b.range.start);
}

const CONTROL = /^(?:\{%|<%(?![=#])|\{\{[-~]?\s*(?:#|\/(?!\*)|(?:if|else|end|range|with)\b))/;
const COMMENT = /^(?:\{#|<%#|\{\{[-~]?\s*(?:!|\/\*))/;

/** Whether a template stands for nothing, and decides which of what follows there is. */
export function isControl(template: string): boolean {
  return CONTROL.test(template);
}

/** Whether a template stands for nothing, whatever is around it. */
export function isNothing(template: string): boolean {
  return CONTROL.test(template) || COMMENT.test(template);
}

/** How much further a line of dots goes that stands for lines of a command: with its end, since no `\\` ends it. */
function restOfLeftOut(text: string, start: number, length: number, goneTo: number): number {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const behind = text.slice(start + length, start + length + 200);
  // `docker run ...`, and further options below.
  if (/[ \t]$/.test(before) && /[.…]/.test(text[start]!) && ENGINE.test(before))
    return /^[ \t]*\r?\n(?=[ \t]*--?[A-Za-z])/.exec(behind)?.[0].length ?? 0;
  if (before.trim() !== '') return 0;
  if (lineStart !== goneTo && !/\\\r?\n$/.test(text.slice(Math.max(0, lineStart - 3), lineStart))) return 0;
  return /^[ \t]*\r?\n(?=[ \t]*\S)/.exec(behind)?.[0].length ?? 0;
}

const ENGINE = /\b(?:docker|podman|nerdctl)\b/;

/** Words that name what goes there: `HOST_DIR`, `container-path`, `src`. */
const CAPITALS = /[A-Z][A-Z0-9_-]+/.source;
const ROLE =
  /[\w\u00a1-\ud7ff-]{0,30}(?:[hH]ost|[cC]ontainer|[lL]ocal|[pP]ath|[dD]ir|[fF]older|[sS]rc|[sS]ource|[dD]est|[dD]st|[tT]arget|[vV]olume)[\w\u00a1-\ud7ff-]{0,30}/
    .source;
/** What stands where a mode does, and is none. */
const MODE = /modes?|options?|opts|flags/.source;
const NAMED_PAIR = new RegExp(
  `\\s(?:-[a-z]*v|--volume)[ =]+["']?(${CAPITALS}|${ROLE}|name):(${CAPITALS}|${ROLE})(?::(${CAPITALS}|${MODE}))?(?=["':\\s]|$)`,
  'dg',
);
const NAMED_FIELD = new RegExp(
  `[,=\\s"'](?:type|source|src|target|destination|dst)=(${CAPITALS}|[a-z]+[_-](?:path|dir|directory|folder))(?=[,"'\\s[]|$)`,
  'dg',
);

const NAMED_MODE = new RegExp(
  `\\s(?:-[a-z]*v|--volume)[ =]+["']?[^\\s:"']+:/[^\\s:"']*:(?!R[OW]["'\\s])(${CAPITALS}|${MODE})(?=["'\\s]|$)`,
  'dg',
);

const NAMED_FOLDER =
  /\s(?:-[a-z]*v|--volume)[ =]+["']?((?:[A-Z][A-Z0-9_]*)?(?:DIR|PATH|FOLDER|HOST|ROOT)[A-Z0-9_]*(?=[/:])|[a-z]+(?:[_-][a-z]+){0,3}[_-](?:dir|path|folder|directory)(?=\/))/dg;

const NAMED_TARGET = new RegExp(
  `\\s(?:-[a-z]*v|--volume)[ =]+["']?(?!\\$\\{?env:)[^\\s:"']+:(${CAPITALS}|dst|dest|container(?:[-_]?(?:path|dir|folder))?)(?=["':\\s]|$)`,
  'dg',
);

/** In `-v HOST:CONTAINER` neither is meant as it stands; a name with a path next to it may be a volume. */
function namedParts(text: string): Mask[] {
  if (!/-v|--volume|--mount/.test(text)) return [];
  return [NAMED_PAIR, NAMED_FIELD, NAMED_FOLDER, NAMED_TARGET, NAMED_MODE].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ indices = [] }) =>
      indices.slice(1).flatMap((part): Mask[] => {
        return part === undefined ? [] : [{ range: { start: part[0], end: part[1] }, kind: 'placeholder' }];
      }),
    ),
  );
}

const FOREIGN_WORD =
  /(?:(?<![\w.-])\w[\w.-]*)?(?!\p{Script=Latin})(?=[^\u0000-\u007f])\p{Alphabetic}[\w.\p{Alphabetic}\p{M}\p{N}-]*/gu;

/** `镜像ID`, `путь`: no name of docker's has letters of other scripts, and it is one that says what goes there. */
function foreignWords(text: string): Mask[] {
  if (!/[^\u0000-\u02ff]/.test(text)) return [];
  return [...text.matchAll(FOREIGN_WORD)].map(({ index: start, 0: word }): Mask => {
    return { range: { start, end: start + word.length }, kind: 'placeholder' };
  });
}

/** Documentation gives a command for each system: below a line that says Windows, `%cd%` is a folder. */
function foreignParts(text: string): Mask[] {
  return [...text.matchAll(/%cd%/gi)].flatMap(({ index, 0: { length } }): Mask[] => {
    const before = text.slice(Math.max(0, index - 300), index).split('\n');
    const command = before.pop();
    const above = before.pop() ?? '';
    if (command === undefined || /\sdocker\s.*-v/.test(above) || !isForWindows(above)) return [];
    return [{ range: { start: index, end: index + length }, kind: 'template', absolute: true }];
  });
}

const CHOICE = /\[[\w.-]+(?:\|[\w.-]+)+\]/;
// Not `[:alpha:]` or `[::1]`, and not a part that holds another one: only its own brackets are taken out.
const OPTIONAL = /\[(?!:(?:\w+:\]|:))[,:=](?:[^[\]\n]){0,80}\]/;
/** A name in brackets that are none of a glob, an index or a test. */
const NAMED = /(?<![\w$[({*?\]\\])\[[A-Za-z\u00a1-\ud7ff][\w .:/\u00a1-\ud7ff-]{2,60}\](?![\w[(*?\]])/;
const CHOICE_OR_OPTIONAL = new RegExp(`${CHOICE.source}|${OPTIONAL.source}|${NAMED.source}`, 'g');

/** `[volume|bind]` and `[your folder]` are one thing that is left to the reader; of `[, readonly]` only the brackets are. */
function optionalParts(text: string): Mask[] {
  return [...text.matchAll(CHOICE_OR_OPTIONAL)].flatMap((match): Mask[] => {
    const start = match.index;
    const end = start + match[0].length;
    if (CHOICE.test(match[0]) || NAMED.test(match[0]))
      return [{ range: { start, end }, kind: 'placeholder' }];
    return [start, end - 1].map((at) => ({ range: { start: at, end: at + 1 }, kind: 'placeholder' }));
  });
}
