import { readShell } from '../../src/readers/shell/read-shell.js';
import { type FoundCommand, makeSink } from '../../src/source/frontend.js';
import type { HostedText } from '../../src/source/hosted-text.js';

/** The engine commands of a shell text. */
export function readCommands(host: HostedText): FoundCommand[] {
  const sink = makeSink();
  readShell(host, sink, { shell: 'bash' });
  return sink.commands;
}
