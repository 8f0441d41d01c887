import { dirname, relative, resolve, sep } from 'node:path';
import type { FoundFile } from '../files/discover.js';
import { findGit } from '../files/git-objects.js';
import { Revision } from '../files/git-revision.js';
import { lookAt, realFolder, statOf } from '../files/open-file.js';
import type { SourceFile } from '../files/read-source.js';
import { Refusal } from '../files/refusal.js';
import { findRepository, repositoryRoot } from '../files/repository.js';
import { onChangedLines } from '../lint/changed-lines.js';
import type { LintedText } from '../lint/lint-text.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { CliIo } from './io.js';
import type { LintArgs } from './lint-flags.js';
import { UsageError } from './usage.js';

/** Tells which findings stand on lines that were changed since a revision: `--new-from`. */
export class ChangesSince {
  readonly #name: string;
  readonly #io: CliIo;
  /** By the root of the repository. */
  readonly #revisions = new Map<string, Promise<Revision>>();

  constructor(name: string, io: CliIo) {
    this.#name = name;
    this.#io = io;
  }

  /** Opens the repositories that the words of the command line lie in, so that a revision that is none is said in any case. */
  async openAll({ paths, isWithoutPaths }: LintArgs): Promise<void> {
    for (const word of isWithoutPaths ? ['.'] : paths) {
      const path = resolve(this.#io.cwd, word);
      await this.#open(realFolder(lookAt(path) === 'folder' ? path : dirname(path)));
    }
  }

  /** What has become of a file; why that cannot be said, otherwise. */
  async forFile(file: FoundFile, { bytes }: SourceFile): Promise<FileChanges | string> {
    const folder = realFolder(dirname(file.absolute));
    const revision = await this.#open(folder);
    if (revision === undefined)
      return `is not in a readable git repository, so it is not known what is new since \`${this.#name}\``;
    const path = relative(repositoryRoot(folder)!, resolve(folder, file.absolute.split(sep).at(-1)!));
    try {
      const old = await revision.oldText(path.split(sep).join('/'), bytes);
      return new FileChanges(old);
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
  }

  /** Ends the programs that were started. */
  async end(): Promise<void> {
    for (const one of await Promise.allSettled(this.#revisions.values()))
      if (one.status === 'fulfilled') one.value.end();
  }

  async #open(folder: string): Promise<Revision | undefined> {
    const root = repositoryRoot(folder);
    if (root === undefined) return undefined;
    let opened = this.#revisions.get(root);
    if (opened === undefined) {
      const { env, cwd } = this.#io;
      const repository = findRepository(root, env);
      const stat = repository && statOf(repository.folder);
      if (repository === undefined || stat === undefined || !repository.trusts(stat)) return undefined;
      const git = findGit(env, [root, cwd]);
      if (git === undefined) throw new UsageError('--new-from asks git, and there is none on PATH');
      opened = Revision.open(repository, this.#name, git, env);
      this.#revisions.set(root, opened);
    }
    try {
      return await opened;
    } catch (error) {
      if (error instanceof Refusal) throw new UsageError(`--new-from: \`${this.#name}\` ${error.message}`);
      throw error;
    }
  }
}

type JudgeText = typeof import('#entry/judge').judgeText;

/** What has become of one file. */
export class FileChanges {
  readonly #old: string | undefined;

  constructor(old: string | undefined) {
    this.#old = old;
  }

  /** The findings on changed lines of the file's text, or of what a fix makes of it. */
  fresh(text: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
    return onChangedLines(this.#old, text, diagnostics);
  }

  /** The same findings, of which those on other lines have no fix. */
  withNewFixes(text: string, linted: LintedText): LintedText {
    const fresh = new Set(this.fresh(text, linted.diagnostics));
    const diagnostics = linted.diagnostics.map((one) => (fresh.has(one) ? one : { ...one, fix: undefined }));
    return { ...linted, diagnostics };
  }

  /** Judges what fixes make of the file. */
  judgeNew(judge: JudgeText): JudgeText {
    return async (kind, text, ...rest) => this.withNewFixes(text, await judge(kind, text, ...rest));
  }
}
