import type { Shown } from '../text/shown.js';

/** What a sub-command may touch of the world; tests give their own. */
export interface CliIo {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** All of standard input. */
  readStdin(): Promise<Buffer>;
  /** Standard input in pieces, for what must not hold it all. */
  stdinChunks(): AsyncIterable<string>;
  /** Waits for no more of it. */
  leaveStdin?(): void;
  readonly stdinIsTerminal: boolean;
  /** Standard input is a pipe or a file: its writer comes to an end. */
  readonly stdinEnds?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory as a shell shows it: `$PWD` where that names it. */
  readonly cwd: string;
}

/** Where text goes. */
export interface TextSink {
  /** Resolves to false when the reader has gone away. */
  write(text: Shown): boolean | Promise<boolean>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined elsewhere. */
  readonly columns?: number;
}

/** One sub-command: its arguments (its own name left out) to an exit code. */
export type Command = (argv: readonly string[], io: CliIo) => Promise<number>;

/** Whether to colour what goes to that sink: `--color` first, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(sink: TextSink, env: CliIo['env'], flag?: string): boolean {
  if (flag === 'always') return true;
  if (flag === 'never') return false;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return sink.isTerminal && env['TERM'] !== 'dumb';
}

/** Where a patch goes that is printed. */
export const patchSink = ({ stdout, env }: Pick<CliIo, 'stdout' | 'env'>, flag?: string) => ({
  isTerminal: stdout.isTerminal,
  color: wantsColor(stdout, env, flag),
});
