import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isWithin, lookAt, realFolder } from './open-file.js';
import { Refusal } from './refusal.js';

type Env = Readonly<Record<string, string | undefined>>;

/** One object of a repository. */
interface GitObject {
  /** Its name, in hexadecimal. */
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * The objects of a repository as `git cat-file --batch` hands them out, which looks at nothing else: no index, no attributes, and
 * so no filter or file system monitor that a repository names. Names are given on its input, where none is an option.
 */
export class GitObjects {
  readonly #child: ChildProcessWithoutNullStreams;
  #got: Buffer[] = [];
  #length = 0;
  #said = '';
  #end: string | undefined;
  #wake: () => void = () => {};

  /** `folder`: its `.git`, or what that leads to, absolute; the caller has checked that its owner is trusted. */
  constructor(git: string, folder: string, env: Env) {
    const child = spawn(git, [...FLAGS, `--git-dir=${folder}`, 'cat-file', '--batch'], {
      // No folder of a repository: Windows looks for parts of a program where that runs.
      cwd: dirname(git),
      env: { ...withoutGit(env), ...SETTINGS },
      windowsHide: true,
    });
    this.#child = child;
    child.stdout.on('data', (piece: Buffer) => {
      this.#got.push(piece);
      this.#length += piece.length;
      this.#wake();
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (this.#said.length < 4096) this.#said += piece.toString('utf8');
    });
    const stop = (why: string) => {
      this.#end ??= why;
      this.#wake();
    };
    child.on('error', () => stop('git cannot be started'));
    child.stdin.on('error', () => {});
    child.on('close', () =>
      stop(`git failed: ${this.#said.trim().split('\n').at(-1) || 'without a message'}`),
    );
  }

  /** The object of that name; undefined where there is none. One is asked for after the other. */
  async get(name: string): Promise<GitObject | undefined> {
    if (/[\0-\x1f\x7f]/.test(name)) return undefined;
    this.#child.stdin.write(`${name}\n`);
    const head = (await this.#line()).toString('utf8');
    const [, id, type, size] = /^([0-9a-f]{40}|[0-9a-f]{64}) (\w+) (\d+)$/.exec(head) ?? [];
    if (id === undefined) return undefined;
    const length = Number(size);
    if (length > LARGEST) {
      this.end();
      throw new Refusal(`holds something that is larger than ${LARGEST / 1024 / 1024} MB`);
    }
    const bytes = await this.#take(length + 1);
    return { id, type: type!, bytes: bytes.subarray(0, length) };
  }

  /** Ends the program. */
  end(): void {
    this.#end ??= 'git was stopped';
    this.#child.kill('SIGKILL');
  }

  async #line(): Promise<Buffer> {
    for (;;) {
      const at = this.#all().indexOf(0x0a);
      if (at >= 0) return this.#cut(at + 1).subarray(0, at);
      await this.#more();
    }
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#length < length) await this.#more();
    return this.#cut(length);
  }

  #all(): Buffer {
    const all = this.#got.length === 1 ? this.#got[0]! : Buffer.concat(this.#got);
    this.#got = [all];
    return all;
  }

  #cut(length: number): Buffer {
    const all = this.#all();
    this.#got = [all.subarray(length)];
    this.#length -= length;
    return all.subarray(0, length);
  }

  async #more(): Promise<void> {
    if (this.#end !== undefined) throw new Refusal(this.#end);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(() => {
        this.#end ??= `git does not respond within ${PATIENCE / 1000} s`;
        this.#child.kill('SIGKILL');
        resolve();
      }, PATIENCE);
    });
    clearTimeout(timer);
  }
}

const LARGEST = 64 * 1024 * 1024;
const PATIENCE = 20_000;

/** What a repository could name programs by is overruled; nothing goes over a network, also where objects are missing. */
const FLAGS = [
  '--no-pager',
  '--no-replace-objects',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.sshCommand=false'],
  ...['-c', 'core.gitProxy='],
  ...['-c', 'credential.helper='],
  ...['-c', 'protocol.allow=never'],
  ...['-c', 'safe.bareRepository=explicit'],
];

const SETTINGS = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  LC_ALL: 'C',
};

/** A hook's variables say which repository git is at work in; ours is another question. */
function withoutGit(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || /^GIT_/i.test(name) ? [] : [[name, value]],
    ),
  );
}

/** The git of PATH; none from a folder that is named from where we are, or lies in what is being read (absolute). */
export function findGit(env: Env, folders: readonly string[]): string | undefined {
  const isWindows = process.platform === 'win32';
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, isWindows ? 'git.exe' : 'git');
    if (lookAt(path) !== 'file') continue;
    const real = realFolder(path);
    if ([folder, real].some((one) => folders.some((other) => isWithin(one, realFolder(other))))) continue;
    try {
      accessSync(path, isWindows ? constants.F_OK : constants.X_OK);
      return path;
    } catch {
      // A file that nobody may run.
    }
  }
  return undefined;
}
