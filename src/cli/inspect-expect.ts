import type { CreateBody } from '../dialects/docker/client/api.js';
import { compileInvocation } from '../dialects/docker/client/compile.js';
import { scanDocker } from '../dialects/docker/client/docker-argv.js';
import type { MountDifference } from '../inspect/compare-mounts.js';
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
  const options = { dialect, cwd };
  const input: CommandInput =
    typeof command === 'string'
      ? await readTextInput(command, options)
      : await readArgvInput(command, options);
  const view = input.views.find(({ invocation }) => invocation !== undefined);
  if (view === undefined) throw new UsageError('--expect takes a docker command with mounts, or mount flags');
  const words = view.source.words.slice(1).map((word) => plainText(fill(word, cwd, io)));
  // Mount flags alone need an image behind them; what it is does not matter.
  const scan = scanDocker(
    [...words, ...(view.invocation?.image === undefined ? [plainText('image')] : [])],
    dialect.client,
  );
  if (scan.kind === 'unknown') throw new UsageError(`--expect: ${scan.problem?.reason ?? scan.why}`);
  const compiled = compileInvocation(scan, options);
  if (compiled.create !== undefined) return compiled.create;
  throw new UsageError(
    compiled.refusal === undefined
      ? `--expect: cannot know what docker would mount: ${compiled.unknown}`
      : `--expect: docker refuses the command: ${compiled.refusal.stderr}`,
  );
}

function fill(word: SpecText, cwd: string, io: CliIo): string {
  let text = '';
  let from = 0;
  for (const { range, text: written } of word.holes) {
    const value = /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)$/.test(written)
      ? cwd
      : /^(?:\$HOME|\$\{HOME\}|~)$/.test(written)
        ? io.env['HOME']
        : undefined;
    if (value === undefined)
      throw new UsageError(`--expect: what ${written} holds is not known`, 'put its value in the command');
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
  return show`${name}: mounted otherwise than expected\n${lines(told)}`;
}
