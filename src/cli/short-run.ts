import { setFlagsFromString } from 'node:v8';

/** Characters that were read when making machine code of what runs often begins to pay. */
const PAYS = 2_000_000;

// From Node 22 on there are two compilers that optimize.
const COMPILERS = Number.parseInt(process.versions.node, 10) >= 22 ? ['opt', 'maglev'] : ['opt'];

/**
 * V8 optimizes what runs often, on other threads and over again when it has guessed wrong: of a run that ends in half a second that
 * is a third of the CPU time, for nothing. It is off until more was read than such a run does.
 */
export class ShortRun {
  #left = PAYS;

  constructor() {
    for (const name of COMPILERS) setFlagsFromString(`--no-${name}`);
  }

  /** So many characters are about to be read. */
  read(length: number): void {
    if (this.#left < 0) return;
    this.#left -= length;
    if (this.#left < 0) for (const name of COMPILERS) setFlagsFromString(`--${name}`);
  }
}
