import { dirname, relative, resolve, sep } from 'node:path';
import { showPath } from '../files/discover.js';
import type { LoadedConfig } from '../files/find-config.js';
import { isWithin, lookAt, readTextFile, realFolder } from '../files/open-file.js';
import { repositoryRoot } from '../files/repository.js';
import { Baseline } from '../lint/baseline.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { FileReport } from '../text/file-report.js';
import { show } from '../text/shown.js';
import type { CliIo } from './io.js';
import { tellProblems } from './lint-config.js';
import type { LintArgs } from './lint-flags.js';

/** In bytes; what is read of JSON at most. */
const LARGEST = 4 * 1024 * 1024;

/** A baseline, and where it is. */
interface Open {
  /** Absolute. */
  readonly file: string;
  readonly baseline: Baseline;
  /** Empty where there is no file yet. */
  readonly text: string;
}

/** What is known of one file of a run. */
export interface KnownFindings {
  /** The findings that are not known; none where they are made known. To be asked also of a file without any. */
  fresh(text: string, diagnostics: readonly Diagnostic[]): Diagnostic[];
}

/** The baselines of a run: that of `--baseline`, or those that configurations name. */
export class Baselines {
  readonly #args: LintArgs;
  readonly #io: CliIo;
  /** By path; undefined where one is broken. */
  readonly #open = new Map<string, Open | undefined>();

  constructor(args: LintArgs, io: CliIo) {
    this.#args = args;
    this.#io = io;
  }

  /** Whether the file of `--baseline` is broken, which is said then: also where there is no file that it is for. */
  async isGivenBroken(): Promise<boolean> {
    return typeof this.#args.baseline === 'string' && (await this.#openFor(undefined)) === 'broken';
  }

  /** What is known of a file (absolute) that this configuration is for; undefined without a baseline. */
  async forFile(
    absolute: string,
    config: LoadedConfig | undefined,
  ): Promise<KnownFindings | undefined | 'broken'> {
    const open = await this.#openFor(config);
    if (open === undefined || open === 'broken') return open;
    const { file, baseline } = open;
    const path = relative(dirname(file), absolute).split(sep).join('/');
    return {
      fresh: (text, diagnostics) => {
        if (!this.#args.writesBaseline) return baseline.fresh(path, text, diagnostics);
        baseline.record(path, text, diagnostics);
        return [];
      },
    };
  }

  /** Whether a file (absolute) is one of them. */
  isOne(absolute: string): boolean {
    return this.#open.has(absolute);
  }

  /** What is known and was not found; of a file that was not looked at, where it `isGone` (absolute). */
  stale(isGone: (absolute: string) => boolean): FileReport[] {
    return this.#all().map(({ file, baseline, text }) => ({
      path: showPath(file, this.#io.cwd),
      text,
      diagnostics: baseline
        .stale((path) => isGone(resolve(dirname(file), path)))
        .map(({ path, rule, found, known, range }) => ({
          code: 'MC992',
          rule: 'stale-baseline',
          severity: 'warning',
          message: `\`${rule}\` is found ${howOften(found, known)} in \`${path}\``,
          help: 'remove it, or rewrite the baseline with --write-baseline',
          range,
        })),
    }));
  }

  /** Writes them; answers why one could not be. */
  async write(isGone: (absolute: string) => boolean): Promise<readonly string[]> {
    const errors: string[] = [];
    for (const { file, baseline, text } of this.#all()) {
      baseline.forget((path) => isGone(resolve(dirname(file), path)));
      const fresh = baseline.print();
      const shown = showPath(file, this.#io.cwd);
      const { replaceText, writeFile } = await import('../files/write-file.js');
      const bytes = Buffer.from(fresh);
      const failed =
        bytes.length > LARGEST
          ? 'would be larger than 4 MB: fix some findings first, or turn rules off'
          : fresh === text
            ? undefined
            : text === ''
              ? writeFile(file, bytes, { cwd: this.#io.cwd, isExclusive: true })
              : replaceText(file, { text, bytes: Buffer.from(text) }, fresh, this.#io.cwd);
      if (failed !== undefined) errors.push(`${shown}: ${failed}`);
      else if (!this.#args.isQuiet) {
        const { findings, files } = baseline.count();
        const count = `${findings} ${findings === 1 ? 'finding' : 'findings'} in ${files} ${files === 1 ? 'file' : 'files'}`;
        await this.#io.stderr.write(
          show`mountc lint: ${shown}: ${count} ${findings === 1 ? 'is' : 'are'} known now\n`,
        );
      }
    }
    return errors;
  }

  /** Whether there is any. */
  get isEmpty(): boolean {
    return this.#all().length === 0;
  }

  #all(): Open[] {
    return [...this.#open.values()].filter((one) => one !== undefined);
  }

  async #openFor(config: LoadedConfig | undefined): Promise<Open | undefined | 'broken'> {
    const { baseline } = this.#args;
    if (baseline === false) return undefined;
    const named = baseline ?? config?.config.baseline;
    if (named === undefined) return undefined;
    const file = resolve(baseline === undefined ? dirname(config!.file) : this.#io.cwd, named);
    if (!this.#open.has(file))
      this.#open.set(file, await this.#read(file, baseline === undefined ? config : undefined));
    return this.#open.get(file) ?? 'broken';
  }

  /** A configuration, which may be a stranger's, names a file of its repository only. */
  async #read(file: string, config: LoadedConfig | undefined): Promise<Open | undefined> {
    const folder = config && realFolder(dirname(config.file));
    const within = folder && (repositoryRoot(folder) ?? folder);
    const read =
      config !== undefined &&
      within !== undefined &&
      !isWithin(resolve(folder!, relative(dirname(config.file), file)), within)
        ? { why: `is outside of \`${within}\``, isMissing: false }
        : readTextFile(file, { limit: LARGEST, within });
    if ('text' in read) {
      const result = Baseline.read(read.text);
      if ('baseline' in result) return { file, text: read.text, baseline: result.baseline };
      await tellProblems({ file, text: read.text }, { errors: result.problems }, this.#args, this.#io);
      return undefined;
    }
    if (read.isMissing && this.#args.writesBaseline) return { file, text: '', baseline: new Baseline() };
    const help = read.isMissing ? '; --write-baseline makes it' : '';
    await this.#io.stderr.write(show`mountc lint: ${showPath(file, this.#io.cwd)}: ${read.why}${help}\n`);
    return undefined;
  }
}

function howOften(found: number, known: number): string {
  return found === 0 ? 'no more' : `${found} ${found === 1 ? 'time' : 'times'} and not ${known}`;
}

/**
 * Whether a file is gone that was not looked at: it lies in a folder that was gone through. `unread` (absolute) are those that are
 * there, and could not be read.
 */
export function goneIn(
  args: LintArgs,
  cwd: string,
  unread: ReadonlySet<string>,
): (absolute: string) => boolean {
  const words = args.isWithoutPaths ? ['.'] : args.paths;
  const folders = words.map((word) => resolve(cwd, word)).filter((path) => lookAt(path) === 'folder');
  return (absolute) => !unread.has(absolute) && folders.some((folder) => isWithin(absolute, folder));
}
