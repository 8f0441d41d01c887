import { SHORT_RUN } from '../load-entry.js';

/** Characters that were read when it pays to turn the compilers off: asking for that takes as long as reading a small file. */
const SMALL = 10_000;
/** Characters that were read when making machine code of what runs often begins to pay. */
const PAYS = 2_000_000;

// From Node 22 on there are two compilers that optimize.
const COMPILERS = Number.parseInt(process.versions.node, 10) >= 22 ? ['opt', 'maglev'] : ['opt'];

/**
 * V8 optimizes what runs often, on other threads and over again when it has guessed wrong: of a run that ends in half a second that
 * is a third of the CPU time, for nothing. It is off from where more was read than a small file until more was than such a run reads.
 */
export class ShortRun {
  #read = 0;
  #state: 'small' | 'short' | 'long' = 'small';
  #setCompilers: (prefix: '' | 'no-') => void = () => undefined;

  /** So many characters are about to be read. */
  async read(length: number): Promise<void> {
    this.#read += length;
    if (this.#read > PAYS) this.end();
    else if (this.#state === 'small' && this.#read > SMALL) await this.#begin();
  }

  async #begin(): Promise<void> {
    this.#state = 'short';
    const { setFlagsFromString } = await import('node:v8');
    const set = (prefix: '' | 'no-') => {
      for (const name of COMPILERS) setFlagsFromString(`--${prefix}${name}`);
    };
    this.#setCompilers = set;
    set('no-');
    // V8 takes a code cache only under the flags that it was made with.
    Object.assign(globalThis, { [SHORT_RUN]: { pause: () => set(''), resume: () => set('no-') } });
  }

  /** What comes now may be long. */
  end(): void {
    this.#state = 'long';
    if (!(SHORT_RUN in globalThis)) return;
    Reflect.deleteProperty(globalThis, SHORT_RUN);
    this.#setCompilers('');
  }
}
