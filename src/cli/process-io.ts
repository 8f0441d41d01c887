import { logicalCwd } from '../docker/logical-cwd.js';
import type { CliIo, TextSink } from './io.js';

/** The real world of this process. */
export function processIo(): CliIo {
  return {
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    stdinChunks: () => {
      process.stdin.setEncoding('utf8');
      return process.stdin as AsyncIterable<string>;
    },
    get stdinIsTerminal() {
      return process.stdin.isTTY === true;
    },
    env: process.env,
    get cwd() {
      return logicalCwd(process.env['PWD']);
    },
  };
}

function sink(stream: NodeJS.WriteStream): TextSink {
  // A reader that goes away (`| head`) is no error of ours.
  let gone = false;
  let waiting: ((ok: boolean) => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve(!gone);
  };
  const leave = () => {
    gone = true;
    wake();
  };
  stream.on('error', leave).on('close', leave).on('drain', wake);
  return {
    write: (text) => {
      if (gone) return false;
      return stream.write(text) || new Promise((resolve) => waiting.push(resolve));
    },
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
  };
}
