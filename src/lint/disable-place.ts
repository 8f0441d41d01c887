import { LANGUAGES } from '../readers/code/languages.js';
import { tokensOf } from '../readers/code/tokens.js';
import { commentMarks, FILE_KINDS, type FileKind } from '../source/file-kinds.js';
import type { FoundCommand } from '../source/frontend.js';
import { LineIndex } from '../text/line-index.js';
import { mapOf } from '../text/map-of.js';
import type { Range } from '../text/range.js';
import { makeRangeSet } from '../text/range-set.js';
import { sourceRange } from '../text/spec-text.js';
import { CODE_DIRECTIVE } from './directive-range.js';

/** A text in which findings are to be turned off. */
export interface DisableInput {
  readonly kind: FileKind;
  readonly path: string;
  readonly text: string;
  /** Where each command and each other mount stands. */
  readonly wholes: readonly Range[];
  readonly commands: readonly FoundCommand[];
  /** For people. */
  readonly reason?: string;
}

/** Where a comment goes: above a line, or after it. */
export interface DisablePlace {
  /** From 1. */
  readonly line: number;
  readonly isBehind: boolean;
  readonly indent: string;
}

/** Finds the places for comments about what stands at offsets of a text; why there is none, otherwise. */
export function placeFinder(
  input: DisableInput,
): (offset: number) => DisablePlace | { readonly why: string } {
  const { kind, path, text, wholes, reason = '' } = input;
  const lines = new LineIndex(text);
  const handedOn = handedOnLines(lines, kind === 'makefile');
  const strings = stringsOf(kind, text);
  const goesOn = CONTINUED.get(kind) ?? /\\$/;
  const commands = input.commands.map((one) => ({ ...sourceRange(one.host, one.range), ...one }));
  return (offset) => {
    if (commentMarks(kind) === undefined) return { why: 'this kind of file has no comments' };
    // Of what MDX has for comments, HTML's are none.
    if (/\.mdx$/i.test(path)) return { why: 'it is MDX' };
    const around = wholes.filter(({ start, end }) => start <= offset && offset < end);
    let line = lines.position(around.reduce((least, { start }) => Math.min(least, start), offset)).line;
    const inside = commands.filter(({ start, end }) => start <= offset && offset < end);
    if (kind === 'markdown') return inMarkdown(lines, line);
    if (kind === 'adoc' || kind === 'rst')
      return aboveBlock(lines, kind === 'adoc' ? listingAround(lines, line) : directiveAbove(lines, line));
    while (line > 1 && goesOn.test(lines.line(line - 1))) line--;
    const at = lines.offsetOf(line);
    if (handedOn.has(line)) return { why: 'it would be a line of a text that is passed on' };
    if (strings.overlaps({ start: at, end: at })) return { why: 'it would be inside a string' };
    const blanks = /^\ufeff?[ \t]*/.exec(lines.line(line))![0];
    // Scripts in the file that have begun by then, and would get the comment as a line of theirs.
    const begin = at + blanks.length;
    const scripts = inside.filter(
      ({ host }) => host.level > 0 && (host.map.segments[0]?.source ?? begin + 1) <= begin,
    );
    if (kind !== 'batch' && scripts.some(({ shell }) => shell === 'cmd'))
      return { why: 'it would be inside a text for cmd' };
    const depth = scripts.reduce((most, { host }) => Math.max(most, host.level), 0);
    if (depth > (isYaml(kind) ? 1 : kind === 'shell' ? 0 : depth) && /["'`$\\]/.test(reason))
      return { why: 'its reason has characters that a script in a string cannot have' };
    // What is indented in a recipe goes to the shell, which repeats it.
    const indent = kind === 'makefile' ? '' : blanks.replace('\ufeff', '');
    return { line, isBehind: false, indent };
  };
}

const CONTINUED = mapOf<RegExp>({ powershell: /`$/, batch: /\^$/ });

const isYaml = (kind: FileKind): boolean => 'isYaml' in FILE_KINDS[kind];

const HEREDOC = /(?<!<)<<-?\s*(["'\\]?)([A-Za-z_]\w*)\1/;
const DEFINE = /^ *(?:override +|export +)*(define)\b/;

/** The lines that a script hands on as they are, and those of make's variables. */
function handedOnLines(lines: LineIndex, isMake: boolean): ReadonlySet<number> {
  const handedOn = new Set<number>();
  if (!/<<|define/.test(lines.text)) return handedOn;
  for (let line = 1; line <= lines.lineCount; line++) {
    const text = lines.line(line);
    const end = isMake && DEFINE.test(text) ? 'endef' : HEREDOC.exec(text)?.[2];
    if (end === undefined) continue;
    let last = line + 1;
    while (last <= lines.lineCount && lines.line(last).trim() !== end) last++;
    if (last > lines.lineCount) continue;
    for (let own = line + 1; own <= last; own++) handedOn.add(own);
    line = last;
  }
  return handedOn;
}

/** The strings of a program; of other kinds none. */
function stringsOf(kind: FileKind, text: string): ReturnType<typeof makeRangeSet> {
  if (!(kind in LANGUAGES)) return makeRangeSet([]);
  const language = LANGUAGES[kind as keyof typeof LANGUAGES];
  return makeRangeSet([...tokensOf(text, language)].filter(({ type }) => type === 'string'));
}

/** Above a block of code, so that nobody reads it there; after a line of prose, which it would cut in two otherwise. */
function inMarkdown(lines: LineIndex, line: number): DisablePlace | { readonly why: string } {
  const fence = fenceAround(lines, line);
  if (fence !== undefined) {
    const prefix = /^(?:[ \t]|> ?)*/.exec(lines.line(fence))![0];
    if (!/^(?:`{3}|~{3})/.test(lines.line(fence).slice(prefix.length)))
      return { why: 'it would come before an item of a list' };
    return { line: fence, isBehind: false, indent: prefix };
  }
  const text = lines.line(line);
  if (text.includes('|') || /(?: {2}|\\)$/.test(text)) return { why: 'it would become part of the page' };
  return { line, isBehind: true, indent: '' };
}

function aboveBlock(lines: LineIndex, line: number | undefined): DisablePlace | { readonly why: string } {
  if (line === undefined) return { why: 'it would become part of the page' };
  return { line, isBehind: false, indent: /^[ \t]*/.exec(lines.line(line))![0] };
}

/** The line that begins the listing of AsciiDoc that a line is in; what is said of it stands above. */
function listingAround(lines: LineIndex, line: number): number | undefined {
  let open: { readonly line: number; readonly mark: string } | undefined;
  for (let at = 1; at <= line; at++) {
    const mark = /^(?:-{4,}|\.{4,}|`{3,})/.exec(lines.line(at))?.[0];
    if (open === undefined) open = mark === undefined ? undefined : { line: at, mark };
    else if (mark === open.mark) open = undefined;
  }
  return open && (/^\[.*\]$/.test(lines.line(open.line - 1)) ? open.line - 1 : open.line);
}

/** The directive of reStructuredText that a line is the content of. */
function directiveAbove(lines: LineIndex, line: number): number | undefined {
  const depthOf = (at: number) => /^[ \t]*/.exec(lines.line(at))![0].length;
  let at = line - 1;
  while (at > 0 && (lines.line(at).trim() === '' || depthOf(at) >= depthOf(line))) at--;
  return CODE_DIRECTIVE.test(lines.line(at)) ? at : undefined;
}

/** The line that opens the block of code that a line is in. */
function fenceAround(lines: LineIndex, line: number): number | undefined {
  let open: { readonly line: number; readonly mark: string } | undefined;
  for (let at = 1; at <= line; at++) {
    const mark = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(`{3,}|~{3,})/.exec(lines.line(at))?.[1];
    if (open === undefined) open = mark === undefined ? undefined : { line: at, mark };
    else if (
      lines
        .line(at)
        .replace(/^[\s>]*/, '')
        .startsWith(open.mark)
    )
      open = undefined;
  }
  return open?.line;
}
