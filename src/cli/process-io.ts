import { fstatSync, writeSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { logicalCwd } from '../docker/logical-cwd.js';
import type { CliIo, TextSink } from './io.js';

/** The real world of this process; `onLost` hears of output that could not be written, other than to a reader that went away. */
export function processIo(onLost: (error: unknown) => void): CliIo {
  return {
    stdout: sink('stdout', onLost),
    // What cannot be said cannot be complained about either.
    stderr: sink('stderr', () => {}),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    stdinChunks: () => {
      process.stdin.setEncoding('utf8');
      return process.stdin as AsyncIterable<string>;
    },
    leaveStdin: () => {
      process.stdin.destroy();
    },
    get stdinIsTerminal() {
      return process.stdin.isTTY === true;
    },
    get stdinEnds() {
      return hasEnd(0);
    },
    env: process.env,
    get cwd() {
      return workingFolder(process.env['PWD']);
    },
  };
}

/** Where the folder that we are in is gone, what it was called: nothing is found in it, and absolute paths need none. */
function workingFolder(pwd: string | undefined): string {
  try {
    return logicalCwd(pwd);
  } catch {
    return pwd !== undefined && isAbsolute(pwd) ? pwd : '/';
  }
}

/** Writes to a file, a pipe or /dev/null without the stream that Node has for it: making that one costs more than most runs do. */
function sink(name: 'stdout' | 'stderr', onLost: (error: unknown) => void): TextSink {
  const fd = name === 'stdout' ? 1 : 2;
  let stream: StreamSink | undefined;
  let gone = false;
  let known: boolean | undefined;
  const fail = (error: unknown) => {
    // A reader that goes away (`| head`) is not an error of ours.
    if (codeOf(error) !== 'EPIPE') onLost(error);
  };
  const isStream = () => {
    known ??= mayBeTerminal(fd);
    return known;
  };
  const viaStream = () => {
    stream ??= streamSink(process[name], fail);
    return stream;
  };
  return {
    write: ({ shown, bytes }) => {
      if (gone) return false;
      if (stream !== undefined || isStream()) return viaStream().write(bytes ?? shown);
      let rest = Buffer.from(bytes ?? shown);
      try {
        while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
      } catch (error) {
        // A pipe that does not wait: the stream knows how to.
        if (codeOf(error) === 'EAGAIN') return viaStream().write(rest);
        fail(error);
        gone = true;
        return false;
      }
      return true;
    },
    get isTerminal() {
      return isStream() && process[name].isTTY === true;
    },
    get columns() {
      return isStream() ? process[name].columns : undefined;
    },
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The number of /dev/null on Linux. */
const LINUX_NULL = 0x103;

function mayBeTerminal(fd: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && !(process.platform === 'linux' && stat.rdev === LINUX_NULL);
  } catch {
    return true;
  }
}

function hasEnd(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isFile();
  } catch {
    return false;
  }
}

interface StreamSink {
  write(text: string | Uint8Array): boolean | Promise<boolean>;
}

function streamSink(stream: NodeJS.WriteStream, fail: (error: unknown) => void): StreamSink {
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
  stream.on('error', fail).on('error', leave).on('close', leave).on('drain', wake);
  return {
    write: (text) => {
      if (gone) return false;
      return stream.write(text) || new Promise((resolve) => waiting.push(resolve));
    },
  };
}
