import type { ParseError } from 'unbash';
import { unread } from '../../source/bounds.js';
import type { FoundProblem, ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { problemScope } from '../../source/problem-scope.js';
import { sourceRange } from '../../text/spec-text.js';

/** Dialects that the parser does not know. */
const OTHER_SHELL = /^#![^\n]*\b(?:zsh|ksh|mksh|fish|bats|csh|tcsh|rc)\b/;
const OTHER_NAME = /\.(?:zsh|ksh|fish|bats|zshrc|zprofile|command)$/i;
/** After such a line may be anything: an archive, or another language that the shell hands the file to. */
const LEAVES = /^(?:'''|""")?(?:exit|exec)\b/m;

/** `DIR=<where it lies>`: an example that somebody fills in first. */
const PLACEHOLDER = /[=:\s"'/]<[A-Za-z][^<>|&;()$`\n]{0,120}[^\s<>|&;()$`]>/;

/** Whether one is what the parser stumbles over. */
function isAtPlaceholder(text: string, at: number): boolean {
  const lines = `${text.slice(0, at).split('\n').slice(-2).join('\n')}${text.slice(at).split('\n', 1)[0]}`;
  return PLACEHOLDER.test(lines);
}

/** How the parser says that it does not go on. */
const TOO_DEEP_TO_PARSE = /^maximum .* nesting depth exceeded$/;
const TOO_DEEP = 'it is nested more than 250 deep';

/** What makes a shell refuse a file; undefined when nothing does, or when the file may be meant for something else. */
export function shellProblem(
  host: HostedText,
  errors: readonly ParseError[] | undefined,
  context: ReadContext,
): FoundProblem | undefined {
  const text = host.value;
  const deep = errors?.find(({ message }) => TOO_DEEP_TO_PARSE.test(message));
  if (deep !== undefined) return unread(host, TOO_DEEP, { start: deep.pos, end: deep.pos });
  // The parser wants a blank before `]]` where bash does without.
  const error = errors?.find(({ message }) => !message.includes(']]'));
  if (error === undefined || error !== errors?.[0]) return undefined;
  if (OTHER_SHELL.test(text) || OTHER_NAME.test(context.path ?? '') || text.includes('@test'))
    return undefined;
  const at = Math.min(Math.max(0, error.pos), text.length);
  if (LEAVES.test(text.slice(0, at))) return undefined;
  return {
    message: `the shell cannot read this: ${error.message}`,
    range: sourceRange(host, { start: at, end: Math.min(text.length, at + 1) }),
    scope: host.holes.length > 0 || isAtPlaceholder(text, at) ? 'template' : problemScope(text, context),
  };
}
