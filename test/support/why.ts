// Troubles that are built with a real engine, and what `mountc why` says of them.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CauseName } from '../../src/explain/causes.js';
import { runMountc } from './cli.js';

/** One engine that containers are made with. */
export interface RealEngine {
  readonly name: 'docker' | 'podman';
  /** Its client. */
  readonly path: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  /** What `run` and `create` need on this machine. */
  readonly runArgs: readonly string[];
}

/** The podman of this machine where it can run a container, or why it cannot. */
export function findPodman(): RealEngine | { readonly missing: string } {
  const path = ['/usr/bin/podman', '/usr/local/bin/podman'].find((one) => existsSync(one));
  if (path === undefined) return { missing: 'no podman' };
  if (process.getuid?.() !== 0) return { missing: 'not root' };
  const image = 'localhost/busybox:local';
  // What it sets by itself is more than some machines allow.
  const conf = join(mkdtempSync(join(tmpdir(), 'mountc-podman-')), 'containers.conf');
  writeFileSync(conf, '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n');
  const env = { CONTAINERS_CONF: conf };
  const ask = (...words: readonly string[]) =>
    spawnSync(path, words, {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', ...env },
      timeout: 60_000,
      encoding: 'utf8',
    });
  if (ask('image', 'exists', image).status !== 0)
    return { missing: `no image ${image}: docker save busybox:local | podman load` };
  const tried = ask('run', '--rm', '--network', 'none', image, 'true');
  return tried.status === 0
    ? { name: 'podman', path, image, env, runArgs: [] }
    : { missing: `it runs no container here: ${tried.stderr.trim()}` };
}

/** What one finding is about. */
export interface Told {
  readonly cause: CauseName;
  readonly severity: string;
  readonly target: string | null;
  readonly message: string;
  readonly help: string | null;
  readonly remedy:
    | { readonly kind: 'run'; readonly commands: readonly string[] }
    | { readonly kind: 'change'; readonly from: string; readonly to: string }
    | null;
}

/** A folder of the host and containers, gone when the work is done. */
export class Stage {
  readonly dir = mkdtempSync(join(tmpdir(), 'mountc-why-'));
  readonly #names: string[] = [];
  readonly #undo: (() => void)[] = [];
  readonly #images: string[] = [];
  readonly #made = new Map<string, string>();
  readonly #tag = `w${process.pid}-${Math.random().toString(36).slice(2, 8)}`;

  constructor(readonly engine: RealEngine) {}

  /** A name of this stage alone. */
  name(word = 'c'): string {
    return `${this.#tag}-${word}`;
  }

  /** Runs a script of the host in the folder. `$D` is the engine's client, `$C` the container, `$V` a volume, `$I` the image. */
  sh(script: string): string {
    return execFileSync('/bin/sh', ['-ec', script], {
      cwd: this.dir,
      encoding: 'utf8',
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.env(),
    });
  }

  env(): Record<string, string> {
    const { engine } = this;
    return {
      PATH: `${engine.path.slice(0, engine.path.lastIndexOf('/'))}:/usr/sbin:/usr/bin:/sbin:/bin`,
      HOME: '/root',
      ...engine.env,
      D: engine.path,
      H: this.dir,
      C: this.name(),
      V: this.name('v'),
      I: this.#images.at(-1) ?? engine.image,
    };
  }

  /** Runs a container in the background; `flags` in shell words. Its start may fail. */
  run(flags: string, command = 'sleep 600', name = 'c'): void {
    const words = `run -d --network none --stop-timeout 0 ${this.engine.runArgs.join(' ')} --name ${this.name(name)} ${flags} "$I" ${command}`;
    this.#made.set(this.name(name), words);
    if (!this.#names.includes(this.name(name))) this.#names.push(this.name(name));
    spawnSync('/bin/sh', ['-c', `"$D" ${words}`], {
      cwd: this.dir,
      env: this.env(),
      timeout: 60_000,
      stdio: 'ignore',
    });
  }

  /** Waits for a container to end; not for one that goes on. */
  wait(name = 'c'): void {
    spawnSync(this.engine.path, ['wait', this.name(name)], {
      env: this.env(),
      timeout: 10_000,
      stdio: 'ignore',
    });
  }

  /** Makes an image of this stage from its image, by what a script does; containers that follow are made of it. */
  image(script: string, change = ''): void {
    const { path, image } = this.engine;
    const name = `${this.#tag.toLowerCase()}:i${this.#images.length}`;
    const from = this.#images.at(-1) ?? image;
    const made = this.name('image');
    const run = (words: readonly string[]) =>
      execFileSync(path, words, { env: this.env(), timeout: 60_000, stdio: ['ignore', 'ignore', 'pipe'] });
    run(['run', '--network', 'none', ...this.engine.runArgs, '--name', made, from, 'sh', '-ec', script]);
    run(['commit', ...(change === '' ? [] : ['--change', change]), made, name]);
    run(['rm', '-f', made]);
    this.#images.push(name);
  }

  /** Has the container of that name removed at the end, which a script has made. */
  keep(name = 'c'): void {
    this.#names.push(this.name(name));
  }

  /** Does what a finding offers, as somebody would: its commands, or the container once more with the other words. */
  mend({ remedy }: Told, name = 'c'): void {
    if (remedy === null) throw new Error('nothing is offered');
    if (remedy.kind === 'run') {
      for (const command of remedy.commands) this.sh(command);
      return;
    }
    const words = this.#made.get(this.name(name))!;
    const from = remedy.from.replaceAll(this.dir, '"$H"').replaceAll(this.name('v'), '"$V"');
    const to = remedy.to.replaceAll(this.dir, '"$H"').replaceAll(this.name('v'), '"$V"');
    const changed = words.replace(from, () => to);
    if (changed === words) throw new Error(`\`${from}\` is not in \`${words}\``);
    this.sh(`"$D" rm -f "$C"; "$D" ${changed}`);
  }

  /** Something to undo at the end, such as a mount. */
  finally(script: string): void {
    this.#undo.push(() => this.sh(`${script} || true`));
  }

  async why(...words: readonly string[]): Promise<{ told: Told[]; code: number; stderr: string }> {
    return this.#ask(words.length === 0 ? [this.name()] : words);
  }

  /** What is said of a command; `stdin`: what it said itself. */
  async whyOf(flags: string, command: string, stdin = ''): Promise<{ told: Told[]; code: number }> {
    const words = this.sh(`printf '%s\\n' run ${this.engine.runArgs.join(' ')} ${flags} "$I" ${command}`);
    return this.#ask(['--', this.engine.name, ...words.trimEnd().split('\n')], stdin);
  }

  /** Runs a command to its end, and what it says on stderr. */
  stderrOf(flags: string, command: string): string {
    const words = `run --rm --network none ${this.engine.runArgs.join(' ')} ${flags} "$I" ${command}`;
    const { stderr } = spawnSync('/bin/sh', ['-c', `"$D" ${words}`], {
      cwd: this.dir,
      env: this.env(),
      timeout: 60_000,
      encoding: 'utf8',
    });
    return stderr;
  }

  async #ask(given: readonly string[], stdin = '') {
    const { stdout, stderr, code } = await runMountc(
      ['why', '--engine', this.engine.name, '--format', 'json', ...given],
      { cwd: this.dir, env: this.env(), stdin },
    );
    const told = (JSON.parse(stdout || '[]') as { findings: Told[] }[]).flatMap(({ findings }) => findings);
    return { told, code, stderr };
  }

  end(): void {
    const volumes = [this.name('v'), this.name('v2')];
    for (const words of [
      ['rm', '-f', '-v', ...this.#names],
      ['volume', 'rm', '-f', ...volumes],
      ['rmi', '-f', ...this.#images],
    ])
      if (words.length > 2)
        spawnSync(this.engine.path, words, { env: this.env(), timeout: 60_000, stdio: 'ignore' });
    for (const undo of this.#undo.reverse()) undo();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
