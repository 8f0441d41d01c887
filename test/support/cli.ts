import type { CliIo, TextSink } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** What a run of the program came to. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what the program runs. */
export interface CliWorld {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: CliIo['env'];
  /** Whether what it writes goes to one, of 80 columns. */
  readonly isTerminal?: boolean;
}

/** Runs `mountc lint` in this process, in a folder, with that standard input. */
export function runLint(argv: readonly string[], world?: CliWorld): Promise<CliRun> {
  return runMountc(['lint', ...argv], world);
}

/** Runs `mountc` in this process. */
export async function runMountc(
  argv: readonly string[],
  { cwd = '/', stdin = '', env = {}, isTerminal = false }: CliWorld = {},
): Promise<CliRun> {
  const out = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof out): TextSink => ({
    write: ({ shown }) => {
      out[name] += shown;
      return true;
    },
    isTerminal,
    columns: isTerminal ? 80 : undefined,
  });
  const io: CliIo = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    readStdin: async () => Buffer.from(stdin),
    async *stdinChunks() {
      yield stdin;
    },
    stdinIsTerminal: false,
    env,
    cwd,
  };
  const code = await main(argv, io);
  return { code, ...out };
}
