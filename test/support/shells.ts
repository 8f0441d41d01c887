// The shells that may be /bin/sh somewhere, as far as this machine has them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ENGINES_DIR } from './clients.js';

/** A shell's name, and the words that start a script with it. */
export const SHELLS = (
  [
    ['dash', ['dash']],
    ['bash', ['bash', '--posix']],
    ['busybox sh', ['busybox', 'sh']],
    ['busybox sh of the engines', [join(ENGINES_DIR, 'tools/bin/busybox'), 'sh']],
  ] as [string, [string, ...string[]]][]
).filter(([, [file, ...args]]) => spawnSync(file, [...args, '-c', ':']).status === 0);
