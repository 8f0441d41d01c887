import { setFlagsFromString } from 'node:v8';
import { SHORT_RUN } from '../load-entry.js';

/** Characters that were read when making machine code of what runs often begins to pay. */
const PAYS = 2_000_000;

// From Node 22 on there are two compilers that optimize.
const COMPILERS = Number.parseInt(process.versions.node, 10) >= 22 ? ['opt', 'maglev'] : ['opt'];
const setCompilers = (prefix: '' | 'no-') => {
  for (const name of COMPILERS) setFlagsFromString(`--${prefix}${name}`);
};

/**
 * V8 optimizes what runs often, on other threads and over again when it has guessed wrong: of a run that ends in half a second that
 * is a third of the CPU time, for nothing. It is off until more was read than such a run does.
 */
export class ShortRun {
  #left = PAYS;

  constructor() {
    setCompilers('no-');
    // V8 takes a code cache only under the flags that it was made with.
    Object.assign(globalThis, {
      [SHORT_RUN]: { pause: () => setCompilers(''), resume: () => setCompilers('no-') },
    });
  }

  /** So many characters are about to be read. */
  read(length: number): void {
    this.#left -= length;
    if (this.#left < 0) this.end();
  }

  /** What comes now may be long. */
  end(): void {
    if (!(SHORT_RUN in globalThis)) return;
    Reflect.deleteProperty(globalThis, SHORT_RUN);
    setCompilers('');
  }
}
