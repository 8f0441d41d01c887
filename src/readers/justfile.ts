import { readComments } from '../source/comments.js';
import { mentionsEngine } from '../source/engine.js';
import type { ReadContext, ShellKind, Sink } from '../source/frontend.js';
import type { HostedText } from '../source/hosted-text.js';
import { findTemplates, maskText } from '../source/mask.js';
import type { Range } from '../text/range.js';
import { beginsWithFlag, cutLines, isBlank, linesOf, lineText } from './cut-lines.js';
import { readShell } from './shell/read-shell.js';

const HEADER = /^@?[A-Za-z_][\w-]*(?:[ \t][^:\n]*)?:(?!=)/;
const SHELL = /^set[ \t]+shell[ \t]*:=[ \t]*\[[ \t]*["'](?:[\w./-]*\/)?([\w.]+)["']/m;
const KNOWN: ReadonlySet<string> = new Set<ShellKind>(['sh', 'bash', 'zsh', 'fish']);

/** Reads the recipes of a justfile: a shell for each line, or one script that begins with `#!`. */
export function readJustfile(raw: HostedText, sink: Sink, context: ReadContext): void {
  const host = maskText(raw, findTemplates(raw.value));
  readComments(host, /^[ \t]*#(?=[ \t]*mountc-)/gm, sink);
  const named = SHELL.exec(host.value)?.[1] ?? 'sh';
  const shell = KNOWN.has(named) ? (named as ShellKind) : undefined;
  const inner = { ...context, language: 'justfile' as const };
  const lines = linesOf(host.value);
  for (let i = 0; i < lines.length; i++) {
    if (!HEADER.test(lineText(host, lines[i]!))) continue;
    let end = i + 1;
    while (end < lines.length && (isBlank(host, lines[end]!) || /^[ \t]/.test(lineText(host, lines[end]!))))
      end++;
    readRecipe(host, lines.slice(i + 1, end), shell, sink, inner);
    i = end - 1;
  }
}

function readRecipe(
  host: HostedText,
  lines: readonly Range[],
  shell: ShellKind | undefined,
  sink: Sink,
  context: ReadContext,
): void {
  const first = lines[0] && lineText(host, lines[0]);
  if (first === undefined) return;
  const indent = /^[ \t]*/.exec(first)![0].length;
  const program = /^[ \t]+#!(.*)/.exec(first)?.[1];
  if (program !== undefined) {
    if (/\b(?:ba|da|z|k|fi)?sh\b/.test(program)) readShell(cutLines(host, lines, indent), sink, context);
    return;
  }
  if (shell === undefined) return;
  for (let i = 0; i < lines.length; i++) {
    const start = i;
    const text = lineText(host, lines[start]!);
    // Flags on the next line belong to a command that lacks its backslash.
    const isEngine = mentionsEngine(text, context.commands);
    while (
      i + 1 < lines.length &&
      (host.value[lines[i]!.end - 1] === '\\' || (isEngine && beginsWithFlag(lineText(host, lines[i + 1]!))))
    )
      i++;
    // What just takes for itself: no echo, no matter whether it fails.
    const prefix = /^[ \t]*[@-]{0,2}/.exec(text)![0].length;
    if (/^\s*#/.test(text)) continue;
    const head = { start: lines[start]!.start + prefix, end: lines[start]!.end };
    readShell(cutLines(host, [head, ...lines.slice(start + 1, i + 1)], 0), sink, { ...context, shell });
  }
}
