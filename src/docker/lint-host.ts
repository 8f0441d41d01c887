import { join } from 'node:path';
import type { LookedAt, Surroundings } from '../files/surroundings.js';
import type { HostView } from '../source/host.js';

/** Where somebody asks. */
interface Asking {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What rules may see of this machine where somebody asks for `--check-paths`; of a command's, the folder that it runs in. */
export class LintHost {
  readonly #io: Asking;
  #view: HostView | undefined;
  #surroundings: Surroundings | undefined;

  constructor(io: Asking) {
    this.#io = io;
  }

  /** For a command that is given here. */
  async ofCommand(): Promise<HostView> {
    const view = await this.#ofMachine();
    const { cwd } = this.#io;
    return { ...view, isFolderBeside: (name) => view.pathState(join(cwd, name)) === 'directory' };
  }

  /** For the commands and mounts of a file. */
  async ofFile(file: LookedAt): Promise<HostView> {
    const { Surroundings } = await import('../files/surroundings.js');
    this.#surroundings ??= new Surroundings(this.#io.cwd, this.#io.env);
    return { ...(await this.#ofMachine()), ...this.#surroundings.of(file) };
  }

  async #ofMachine(): Promise<HostView> {
    const { env, cwd } = this.#io;
    // Loaded when it is asked for: looking at docker's contexts takes node:crypto.
    const { hostView } = await import('./host-view.js');
    const { findDocker } = await import('./find.js');
    this.#view ??= hostView({ env, docker: findDocker({ env, cwd, selves: [], isAside: true }).path });
    return this.#view;
  }
}
