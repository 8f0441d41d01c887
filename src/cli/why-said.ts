import type { Unseen } from '../why/finding.js';
import type { CliIo } from './io.js';

/** How long somebody may take to hand over what the engine said, where it is not known that they will, in milliseconds. */
const PATIENCE = 2000;
/** In characters: what is longer is a log, and the engine has the last word. */
const LARGEST = 64 * 1024 * 1024;

/** What the engine said of a command, and what of it was not waited for. */
interface Said {
  readonly said: string;
  readonly unseen: readonly Unseen[];
}

/** What comes on standard input: of a pipe or a file all of it, since a writer that is left alone may be ended by that. */
export async function readSaid(io: CliIo): Promise<Said> {
  if (io.stdinIsTerminal) return { said: '', unseen: [] };
  let said = '';
  const read = async (): Promise<true> => {
    for await (const chunk of io.stdinChunks()) {
      said += chunk;
      if (said.length > 2 * LARGEST) said = said.slice(-LARGEST);
    }
    return true;
  };
  const isWhole = io.stdinEnds === true ? await read() : await inTime(read());
  if (!isWhole) io.leaveStdin?.();
  const late = { what: 'standard input', why: `it did not end within ${PATIENCE / 1000} s` };
  return { said: said.slice(-LARGEST), unseen: isWhole ? [] : [late] };
}

async function inTime(reading: Promise<true>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE);
  });
  // What is left alone may end in an error later, which nobody waits for.
  reading.catch(() => {});
  const isWhole = await Promise.race([reading, late]);
  clearTimeout(timer);
  return isWhole;
}
