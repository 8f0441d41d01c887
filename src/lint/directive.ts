import type { FoundComment } from '../source/frontend.js';
import { nearest } from '../text/nearest.js';
import type { Range } from '../text/range.js';

/** What a directive is for. */
type DirectiveScope = 'next-line' | 'line' | 'file' | 'start' | 'end';

/** One directive: which rules it turns off, and where it stands. */
export interface Directive {
  readonly scope: DirectiveScope;
  /** As they were written; empty for all rules. */
  readonly rules: readonly NamedRule[];
  /** The comment. */
  readonly range: Range;
}

/** A rule's name in a directive. */
export interface NamedRule {
  readonly name: string;
  readonly range: Range;
}

/** A directive, or what a comment that looks like one says instead. */
type ReadDirective = { readonly directive: Directive } | { readonly unknown: string; readonly range: Range };

const SCOPES: ReadonlyMap<string, DirectiveScope> = new Map([
  ['disable-next-line', 'next-line'],
  ['disable-line', 'line'],
  ['disable-file', 'file'],
  ['disable', 'start'],
  ['enable', 'end'],
  // What people type who come from other linters.
  ['ignore-next-line', 'next-line'],
  ['ignore-line', 'line'],
  ['ignore-file', 'file'],
  ['ignore', 'start'],
]);

const MEANT = /^(?:disable|enable|ignore|suppress|skip|allow|off|on|no|next|line|file)(?:-|$)/i;

/** Every word after `mountc-` that is a directive; the plain spelling of each. */
export const DIRECTIVE_WORDS = [
  'disable-next-line',
  'disable-line',
  'disable-file',
  'disable',
  'enable',
] as const;

/** Reads a comment; undefined when it is none of ours. What follows ` -- ` is a reason for people. */
export function readDirective(comment: FoundComment, text: string): ReadDirective | undefined {
  const match = /^mountc-([a-z-]*)(?=[\s:,]|$):?/i.exec(comment.text);
  if (match === null) return undefined;
  const scope = SCOPES.get(match[1]!.toLowerCase());
  if (scope === undefined) {
    // Other things may be called after the program.
    const isMeant = MEANT.test(match[1]!) || nearest(match[1]!, DIRECTIVE_WORDS) !== undefined;
    return isMeant ? { unknown: `mountc-${match[1]}`, range: comment.range } : undefined;
  }
  const list = comment.text.slice(match[0].length).split(/\s--(?:\s|$)|^--(?:\s|$)/)[0]!;
  // The comment's text is the file's, but for the marks around it.
  const body = text.slice(comment.range.start, comment.range.end);
  let at = comment.range.start + Math.max(0, body.indexOf(match[0])) + match[0].length;
  const rules: NamedRule[] = [];
  for (const name of list.split(/[\s,]+/)) {
    if (name === '') continue;
    const found = text.indexOf(name, at);
    const start = found < 0 || found >= comment.range.end ? comment.range.start : found;
    rules.push({ name, range: { start, end: start + name.length } });
    at = start + name.length;
  }
  return { directive: { scope, rules, range: comment.range } };
}
