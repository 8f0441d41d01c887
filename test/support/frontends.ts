import { readShell } from '../../src/readers/shell/read-shell.js';
import type { ShellContext } from '../../src/readers/shell/shell-context.js';
import type { FoundCommand, FoundWord } from '../../src/source/frontend.js';
import { makeSink } from '../../src/source/frontend.js';
import { fileText } from '../../src/source/hosted-text.js';
import { displayText, sourceRange } from '../../src/text/spec-text.js';

/** Reads a shell text as a file. */
export function readShellFile(text: string, context: ShellContext = {}): ReturnType<typeof makeSink> {
  const sink = makeSink();
  readShell(fileText(text), sink, context);
  return sink;
}

/** The words of each command with holes as they were written, in the order of the file. */
export function shownCommands(sink: { commands: readonly FoundCommand[] }): string[][] {
  const at = (command: FoundCommand) => sourceRange(command.host, command.range).start;
  return [...sink.commands]
    .sort((a, b) => at(a) - at(b))
    .map((command) => command.words.map((word) => displayText(word)));
}

/** What the file has where the word stands. */
export function writtenIn(text: string, word: FoundWord): string {
  const { start, end } = sourceRange(word);
  return text.slice(start, end);
}
