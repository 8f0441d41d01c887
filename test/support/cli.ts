import type { CliIo, TextSink } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** What a run of the program came to. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `mountc lint` in this process, in a folder, with that standard input. */
export async function runLint(
  argv: readonly string[],
  { cwd = '/', stdin = '', env = {} }: { cwd?: string; stdin?: string; env?: CliIo['env'] } = {},
): Promise<CliRun> {
  const out = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof out): TextSink => ({
    write: (text) => {
      out[name] += text;
      return true;
    },
    isTerminal: false,
  });
  const io: CliIo = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    readStdin: async () => stdin,
    async *stdinChunks() {
      yield stdin;
    },
    stdinIsTerminal: false,
    env,
    cwd,
  };
  const code = await main(['lint', ...argv], io);
  return { code, ...out };
}
