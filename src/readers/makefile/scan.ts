import type { Range } from '../../text/range.js';

/** One logical line of a makefile, continued lines included. */
export interface MakeLine {
  readonly type: 'recipe' | 'assignment' | 'comment' | 'other';
  /** For a recipe the command, after its prefix; for an assignment the value. */
  readonly range: Range;
  /** What begins each line of a recipe. */
  readonly prefix: string;
  readonly name: string;
  readonly operator: string;
  /** It stands between `ifeq` and `endif`, or is set for one target. */
  readonly conditional: boolean;
  /** The number of the rule that it belongs to. */
  readonly rule: number;
}

const ASSIGNMENT =
  /^[ \t]*(?:(?:export|override|private|unexport)[ \t]+)*([^\s:=#?+!$]+(?:[ \t]+[^\s:=#?+!$]+)*[ \t]*::?[ \t]*)?(?:(?:export|override|private)[ \t]+)*([\w.@%/-]+)[ \t]*(::?:?=|[?+!]?=)[ \t]*/;

/** A file of settings and one that a compiler writes hold no variables of make's own kind. */
const INCLUDE = /^ *(?:-|s)?include[ \t]+(?![^\n#]*\.(?:env|d)[ \t]*(?:#|$))/m;

/** The first line of a `define` that holds flags, and not a command with make's `-` before it. */
const FLAGS = /^\s*-(?:-\w|\w(?:\s|$))/;

/** Splits a makefile into its logical lines. */
export function scanMakefile(text: string): {
  readonly lines: readonly MakeLine[];
  readonly oneShell: boolean;
  /** It takes in another makefile, where anything may be set. */
  readonly includes: boolean;
} {
  const lines: MakeLine[] = [];
  let prefix = '\t';
  let depth = 0;
  let inDefine = false;
  let defined: string | undefined;
  let rule = 0;
  let oneShell = false;
  for (let at = 0; at < text.length; ) {
    const end = logicalEnd(text, at);
    const line = text.slice(at, end);
    const common = { prefix, conditional: depth > 0, rule, name: '', operator: '' };
    const assignment = ASSIGNMENT.exec(line);
    if (inDefine) {
      const name = FLAGS.test(line) ? defined : undefined;
      defined = undefined;
      if (/^\s*endef\b/.test(line)) inDefine = false;
      else if (name !== undefined)
        lines.push({ ...common, type: 'assignment', name, operator: '=', range: { start: at, end } });
      else lines.push({ ...common, type: 'recipe', range: { start: at, end }, rule: rule + 1 });
    } else if (/^\s*(?:override\s+|export\s+)*define\b/.test(line) && !line.startsWith(prefix)) {
      inDefine = true;
      defined = /\bdefine\s+([\w.-]+)/.exec(line)?.[1];
      rule += 2;
    } else if (line.startsWith(prefix) && rule > 0) {
      lines.push({ ...common, type: 'recipe', range: { start: at + prefix.length, end } });
    } else if (/^\s*#/.test(line)) {
      lines.push({ ...common, type: 'comment', range: { start: at, end } });
    } else if (/^\s*(?:ifeq|ifneq|ifdef|ifndef)\b/.test(line)) depth++;
    else if (/^\s*endif\b/.test(line)) depth = Math.max(0, depth - 1);
    else if (assignment !== null) {
      const [all, target, name, operator] = assignment;
      if (name === '.RECIPEPREFIX') prefix = prefixOf(line, operator!);
      const range = { start: at + all.length, end: valueEnd(text, at + all.length, end) };
      const conditional = depth > 0 || target !== undefined;
      lines.push({ ...common, type: 'assignment', name: name!, operator: operator!, range, conditional });
    } else if (/^[^\s#][^=]*:/.test(line) || /^\s+\S[^=]*:(?!=)/.test(line)) {
      rule += 2;
      oneShell ||= /^\.ONESHELL\s*:/.test(line);
      const semicolon = line.indexOf(';');
      if (semicolon >= 0) {
        lines.push({ ...common, type: 'recipe', rule, range: { start: at + semicolon + 1, end } });
      }
    }
    at = end + 1;
  }
  return { lines, oneShell, includes: INCLUDE.test(text) };
}

/** `+=` and `$(.RECIPEPREFIX) ` are two ways to say a blank. */
function prefixOf(line: string, operator: string): string {
  const value = line.slice(line.indexOf(operator) + operator.length);
  if (operator === '+=' || /^\s*\$[({]\.RECIPEPREFIX[)}] $/.test(value)) return ' ';
  return value.trimStart()[0] ?? '\t';
}

/** The end of a line and of those that a backslash continues it with. */
function logicalEnd(text: string, from: number): number {
  let start = from;
  while (true) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    let slashes = 0;
    while (end - 1 - slashes >= start && text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0 || found < 0) return end;
    start = end + 1;
  }
}

/** The end of a value: a `#` begins a comment. */
function valueEnd(text: string, start: number, end: number): number {
  const comment = /(?<!\\)#/.exec(text.slice(start, end));
  return comment === null ? end : start + comment.index;
}
