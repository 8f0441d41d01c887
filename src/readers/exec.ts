import type { FoundWord, ReadContext, Sink } from '../source/frontend.js';
import type { HostedText } from '../source/hosted-text.js';
import type { NewText } from '../source/new-text.js';
import { listCommand } from './make-command.js';
import { nestedScripts } from './shell/nested.js';
import { readShell } from './shell/read-shell.js';
import { findEngine } from './shell/wrappers.js';

/** Reads a command that is given as a list of words: an engine's command, or a shell with a script. */
export function readExec(
  words: readonly FoundWord[],
  host: HostedText,
  sink: Sink,
  context: ReadContext,
  quote: (word: NewText, level: number) => NewText | undefined,
): void {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return;
  const found = findEngine(words, new Map(), context.commands);
  if (found !== undefined) {
    const own = words.slice(found.index);
    sink.commands.push(
      listCommand(
        {
          engine: found.engine,
          shell: 'exec',
          language: context.language ?? 'shell',
          words: own,
          host,
          range: { start: first.raw.start, end: last.raw.end },
          conditional: false,
          ...(found.isOpen && { partial: true }),
        },
        quote,
      ),
    );
  }
  for (const nested of nestedScripts(words)) {
    readShell(nested.text, sink, { ...context, depth: (context.depth ?? 0) + 1, shell: nested.shell });
  }
}
