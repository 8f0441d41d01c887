import { mentionsEngine } from '../../source/engine.js';
import { budgetOf } from '../../source/expansion-budget.js';
import type { FileKind } from '../../source/file-kinds.js';
import type { ReadContext, Sink } from '../../source/frontend.js';
import { type HostedText, joinHosted } from '../../source/hosted-text.js';
import { findTemplates, maskText } from '../../source/mask.js';
import { groupBy } from '../../text/group-by.js';
import { type Hole, sourceRange } from '../../text/spec-text.js';
import { beginsWithFlag } from '../cut-lines.js';
import { readShell } from '../shell/read-shell.js';
import { commandArguments, shellCalls } from './call.js';
import { decodeMake } from './decode-make.js';
import { type MakeLine, scanMakefile } from './scan.js';
import { MakeVariables } from './variables.js';

/** Shells that read no POSIX text, when all recipes are theirs. */
const FOREIGN: readonly (readonly [RegExp, FileKind])[] = [
  [/^(?:.*[/\\])?(?:pwsh|powershell)(?:\.exe)?\b/i, 'powershell'],
  [/^(?:.*[/\\])?cmd(?:\.exe)?\b/i, 'batch'],
];

/** Reads the recipes of a makefile as make hands them to the shell, and commands that its variables hold. */
export function readMakefile(raw: HostedText, sink: Sink, context: ReadContext): void {
  const host = maskText(raw, findTemplates(raw.value));
  const { lines, oneShell, includes } = scanMakefile(host.value);
  const variables = new MakeVariables(host, lines, includes, budgetOf(raw, context));
  const shells = lines.filter(({ name }) => name === 'SHELL');
  const foreign = foreignKind(host, shells);
  const shell = shells.some((line) => /bash/.test(textAt(host, line))) ? 'bash' : 'sh';
  const inner = {
    ...context,
    language: 'makefile' as const,
    shell,
    expandHole: (hole: Hole) => variables.wordsOf(hole),
  } as const;
  const recipes = lines.filter((line) => line.type === 'recipe');
  for (const group of oneShell ? groupBy(recipes, ({ rule }) => rule).values() : withCutOff(host, recipes)) {
    const texts = group.map((line, index) => {
      const range = index > 0 && isCutOff(host, line) ? line.range : commandRange(host, line);
      return decodeMake(host, range, line.prefix, variables);
    });
    if (texts.length === 0) continue;
    const text = texts.length === 1 ? texts[0]! : joinHosted(texts, '\n');
    if (foreign === undefined) readShell(text, sink, inner);
    else context.readNested?.(foreign, text, context);
  }
  readComments(host, lines, sink);
  if (foreign !== undefined) return;
  for (const call of shellCalls(host.value))
    readShell(decodeMake(host, call, undefined, variables), sink, inner);
  for (const one of commandArguments(host.value))
    readShell(asArgument(decodeMake(host, one, undefined, variables)), sink, { ...inner, partial: true });
  for (const text of variables.unread()) {
    if (mentionsEngine(text.value, context.commands)) readShell(text, sink, { ...inner, partial: true });
  }
}

function readComments(host: HostedText, lines: readonly MakeLine[], sink: Sink): void {
  for (const line of lines) {
    const text = textAt(host, line);
    if (line.type !== 'comment' || !text.includes('mountc-')) continue;
    sink.comments.push({ text: text.replace(/^\s*#/, '').trim(), range: sourceRange(host, line.range) });
  }
}

/** The kind of what a foreign shell reads; one that is set for some systems only is not the one of all recipes. */
function foreignKind(host: HostedText, shells: readonly MakeLine[]): FileKind | undefined {
  const kinds = shells.map(
    (line) => FOREIGN.find(([pattern]) => pattern.test(textAt(host, line).trim()))?.[1],
  );
  const isForAll = kinds.length > 1 || shells[0]?.conditional === false;
  return isForAll && kinds.every((kind) => kind === kinds[0]) ? kinds[0] : undefined;
}

/** An argument of a call: a comma or a bracket would end it. */
function asArgument(text: HostedText): HostedText {
  return { ...text, edit: (part, fresh) => (/[(),]/.test(fresh.value) ? undefined : text.edit(part, fresh)) };
}

function textAt(host: HostedText, { range }: MakeLine): string {
  return host.value.slice(range.start, range.end);
}

/** The command without `@`, `-` and `+`, which are make's, and without the `$(Q)` that stands for one of them. */
function commandRange(host: HostedText, line: MakeLine): MakeLine['range'] {
  const marks =
    /^[ \t]*[@+\-\s]*(?:\$[({][A-Za-z]\w*[)}](?=[a-z]|\$[({]))?/.exec(textAt(host, line))?.[0].length ?? 0;
  return { start: Math.min(line.range.end, line.range.start + marks), end: line.range.end };
}

/** Each recipe line alone, but for flags that belong to the line above, which lacks its backslash. */
function withCutOff(host: HostedText, recipes: readonly MakeLine[]): MakeLine[][] {
  const groups: MakeLine[][] = [];
  for (const line of recipes) {
    const above = groups.at(-1);
    const last = above?.at(-1);
    const isNext =
      last !== undefined && /^\n[\t ]*$/.test(host.value.slice(last.range.end, line.range.start));
    if (isNext && isCutOff(host, line) && mentionsEngine(textAt(host, above![0]!), undefined))
      above!.push(line);
    else groups.push([line]);
  }
  return groups;
}

const isCutOff = (host: HostedText, line: MakeLine): boolean => beginsWithFlag(textAt(host, line));
