import { type FoundCommand, makeSink } from '../../src/frontends/frontend.js';
import type { HostedText } from '../../src/frontends/hosted-text.js';
import { readShell } from '../../src/frontends/shell/read-shell.js';

/** The engine commands of a shell text. */
export function readCommands(host: HostedText): FoundCommand[] {
  const sink = makeSink();
  readShell(host, sink, { shell: 'bash' });
  return sink.commands;
}
