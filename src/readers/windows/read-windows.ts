import { readComments } from '../../source/comments.js';
import { mentionsEngine } from '../../source/engine.js';
import { budgetOf } from '../../source/expansion-budget.js';
import type { FoundWord, ReadContext, ShellKind, Sink } from '../../source/frontend.js';
import { type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { findTemplates, maskText } from '../../source/mask.js';
import { MARK } from '../../text/hole-mark.js';
import type { Range } from '../../text/range.js';
import { shellCommand } from '../make-command.js';
import { nestedScripts } from '../shell/nested.js';
import { readShell } from '../shell/read-shell.js';
import { findEngine } from '../shell/wrappers.js';
import { BATCH_QUOTING, scanBatch } from './batch.js';
import { innerLine } from './inner.js';
import { POWERSHELL_QUOTING, scanPowershell } from './powershell.js';
import { quoteWindows, type WindowsQuoting } from './word.js';
import { unwrap } from './wrappers.js';

/** Reads the engine commands of a PowerShell text. */
export function readPowershell(raw: HostedText, sink: Sink, context: ReadContext): void {
  const host = maskText(raw, findTemplates(raw.value, context.placeholders));
  readComments(host, /#/g, sink);
  const lines = /^PS[ :>]/m.test(host.value) ? withoutPrompts(host, /^>> ?/, ' ') : host;
  const text = withoutPrompts(lines, /^PS(?:[ :][^>\n]*)?> ?/, ';');
  readLines(text, host, {
    shell: 'powershell',
    language: 'powershell',
    quoting: POWERSHELL_QUOTING,
    sink,
    context: { ...context, budget: budgetOf(raw, context) },
  });
}

/** The commands of a text, and those in the `$(…)` of their words. */
function readLines(text: HostedText, host: HostedText, reading: Reading): void {
  const { context } = reading;
  const inside: Range[] = [];
  for (const words of scanPowershell(text, budgetOf(text, context), inside))
    readCommand(words, host, reading);
  const depth = (context.depth ?? 0) + 1;
  if (depth >= 8) return;
  // What turned out to be no list is read twice.
  for (const range of new Map(inside.map((one) => [one.start, one])).values()) {
    const inner = sliceHosted(text, range);
    if (mentionsEngine(inner.value, context.commands))
      readLines(inner, host, { ...reading, context: { ...context, depth } });
  }
}

/** Reads the engine commands of a batch file. */
export function readBatch(raw: HostedText, sink: Sink, context: ReadContext): void {
  const host = maskText(raw, findTemplates(raw.value, context.placeholders));
  readComments(host, /^[ \t]*(?:rem|::)/gim, sink);
  for (const words of scanBatch(withoutPrompts(host, /^[A-Za-z]:\\[^>\n]*> ?/, '&'))) {
    readCommand(words, host, { shell: 'cmd', language: 'batch', quoting: BATCH_QUOTING, sink, context });
  }
}

/** Prompts of a console block are masked, each by what separates commands. */
function withoutPrompts(host: HostedText, prompt: RegExp, separator: string): HostedText {
  const masks = [...host.value.matchAll(new RegExp(prompt.source, 'gm'))].map((match) => {
    return {
      range: { start: match.index, end: match.index + match[0].length },
      kind: 'placeholder' as const,
    };
  });
  const masked = maskText(host, masks);
  if (masks.length === 0) return masked;
  const value = masked.value.replace(new RegExp(`^${MARK}`, 'gmu'), separator);
  return { ...masked, value, holes: masked.holes.filter(({ range }) => value[range.start] !== separator) };
}

/** What reads the words of a command, and where what is found goes. */
interface Reading {
  readonly shell: ShellKind;
  readonly language: 'batch' | 'powershell';
  readonly quoting: WindowsQuoting;
  readonly sink: Sink;
  readonly context: ReadContext;
  readonly isPartial?: boolean;
}

function readCommand(words: readonly FoundWord[], host: HostedText, reading: Reading): void {
  const { shell, language, quoting, sink, context } = reading;
  const { from, script } = unwrap(words);
  const found = findEngine(words.slice(from), new Map(), context.commands);
  const text = words[0]?.host ?? host;
  if (found !== undefined) {
    const own = words.slice(from + found.index);
    const range = { start: words[0]!.raw.start, end: words.at(-1)!.raw.end };
    const { engine } = found;
    const partial = reading.isPartial && { partial: true };
    sink.commands.push(
      shellCommand(
        { engine, shell, language, words: own, host: text, range, conditional: false, ...partial },
        (word, level) => quoteWindows(quoting, word, level),
      ),
    );
  }
  const depth = (context.depth ?? 0) + 1;
  if (depth >= 8) return;
  const inner = { ...context, depth };
  const line = innerLine(words, text, context);
  if (line !== undefined) {
    const { isExec, isPartial } = line;
    const read = {
      ...reading,
      quoting: BATCH_QUOTING,
      context: inner,
      ...(isExec && { shell: 'exec' as const }),
    };
    for (const own of scanBatch(line.text))
      readCommand(own, line.text, { ...read, ...(isPartial && { isPartial }) });
  }
  if (script !== undefined) context.readNested?.(script.kind, script.word, inner);
  for (const nested of nestedScripts(words)) readShell(nested.text, sink, { ...inner, shell: nested.shell });
}
