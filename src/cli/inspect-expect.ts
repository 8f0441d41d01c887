import type { CreateBody } from '../dialects/docker/client/api.js';
import { type CompiledCommand, compileInvocation } from '../dialects/docker/client/compile.js';
import { type DockerInvocation, scanDocker } from '../dialects/docker/client/docker-argv.js';
import type { MountDifference } from '../inspect/compare-mounts.js';
import type { CommandSource } from '../source/command-source.js';
import { lines, type Shown, show } from '../text/shown.js';
import { plainText, type SpecText } from '../text/spec-text.js';
import type { ChosenDialect } from './choose-dialect.js';
import type { CliIo } from './io.js';
import { type CommandInput, readArgvInput, readTextInput } from './read-input.js';
import { UsageError } from './usage.js';

/** The create call that a command would make; `$PWD` and `$HOME` are filled in. A command that cannot be known is a usage error. */
export async function expectedBody(
  command: string | readonly string[],
  { dialect, cwd }: ChosenDialect,
  io: CliIo,
): Promise<CreateBody> {
  const filled = await fillWords(command, { dialect, cwd }, io, '--expect');
  const { compiled } = compileWords(filled, { dialect, cwd }, '--expect');
  if (compiled.create !== undefined) return compiled.create;
  throw new UsageError(
    compiled.refusal === undefined
      ? `--expect: cannot know what docker would mount: ${compiled.unknown}`
      : `--expect: docker refuses the command: ${compiled.refusal.stderr}`,
  );
}

/** The words of a command as it runs here, without the program: `$PWD` and `$HOME` are filled in. */
export interface FilledWords {
  readonly engine: CommandSource['engine'];
  readonly words: readonly string[];
  /** It has an image; mount flags alone have none. */
  readonly isWhole: boolean;
}

/** Fills in the first command with mounts; `what` asks for it. What cannot be known is a usage error. */
export async function fillWords(
  command: string | readonly string[],
  { dialect, cwd }: Pick<ChosenDialect, 'dialect' | 'cwd'>,
  io: CliIo,
  what: string,
): Promise<FilledWords> {
  const options = { dialect, cwd };
  const input: CommandInput =
    typeof command === 'string'
      ? await readTextInput(command, options)
      : await readArgvInput(command, options);
  const view = input.views.find(({ invocation }) => invocation !== undefined);
  if (view === undefined) throw new UsageError(`${what} takes a docker command with mounts, or mount flags`);
  return {
    engine: view.source.engine,
    words: view.source.words.slice(1).map((word) => fill(word, cwd, io, what)),
    isWhole: view.invocation?.image !== undefined,
  };
}

/** What docker would make of them. `invocation` counts in `words`. */
export function compileWords(
  { words, isWhole }: Pick<FilledWords, 'words' | 'isWhole'>,
  { dialect, cwd }: Pick<ChosenDialect, 'dialect' | 'cwd'>,
  what: string,
): { readonly invocation: DockerInvocation; readonly compiled: CompiledCommand } {
  // Mount flags alone need an image after them; what it is does not matter.
  const scan = scanDocker([...words, ...(isWhole ? [] : ['image'])].map(plainText), dialect.client);
  if (scan.kind === 'unknown') throw new UsageError(`${what}: ${scan.problem?.reason ?? scan.why}`);
  return { invocation: scan, compiled: compileInvocation(scan, { dialect, cwd }) };
}

function fill(word: SpecText, cwd: string, io: CliIo, what: string): string {
  let text = '';
  let from = 0;
  for (const { range, text: written } of word.holes) {
    const value = /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)$/.test(written)
      ? cwd
      : /^(?:\$HOME|\$\{HOME\}|~)$/.test(written)
        ? io.env['HOME']
        : undefined;
    if (value === undefined)
      throw new UsageError(`${what}: what ${written} holds is not known`, 'put its value in the command');
    text += word.value.slice(from, range.start) + value;
    from = range.end;
  }
  return text + word.value.slice(from);
}

/** The differences as a diff for people. */
export function differenceText(name: string, differences: readonly MountDifference[]): Shown {
  if (differences.length === 0) return show`${name}: mounted as expected\n`;
  const told = differences.flatMap(({ target, field, expected, actual }) => [
    `  ${target}${field === 'mount' ? '' : ` ${field}`}`,
    ...(expected === undefined ? [] : [`    - ${expected}  (expected)`]),
    ...(actual === undefined ? [] : [`    + ${actual}  (there)`]),
  ]);
  return show`${name}: not mounted as expected\n${lines(told)}`;
}
