import type { Dialect } from '../dialect/dialect.js';
import { parseFor } from '../model/client-spec.js';
import { type CompiledCommand, compileInvocation, formOf } from '../model/compile.js';
import { type DockerInvocation, scanDocker, scanFlagWords } from '../model/docker-argv.js';
import { sliceEditable } from '../text/editable-text.js';
import type { CommandSource, CommandView, Site } from './site.js';

/** By what a command is judged. */
export interface ViewOptions {
  readonly dialect: Dialect;
  /** Absolute; left out when it is not known where the command will run. */
  readonly cwd?: string;
}

/** Reads a command for the rules. Mount flags alone (`-v /a:/b --mount …`, no docker in front) are read as those of `create`. */
export function viewCommand(source: CommandSource, options: ViewOptions): CommandView {
  const { dialect, cwd } = options;
  const words = source.words.slice(1);
  const scan = scanDocker(words, dialect.client);
  if (scan.kind === 'unknown') return { source, dialect, cwd, sites: [] };
  return view(source, scan, options);
}

/** Reads mount flags that stand alone; `source.words` are the flags themselves. */
export function viewFlags(source: CommandSource, options: ViewOptions): CommandView {
  // A word in front keeps the numbers alike: word 0 is docker's own.
  const padded = { ...source, words: [EMPTY, ...source.words] };
  return view(padded, scanFlagWords(source.words, options.dialect.client), options);
}

const EMPTY = { value: 'docker', map: { segments: [], endSource: 0 }, holes: [], edit: () => undefined };

function view(
  source: CommandSource,
  invocation: DockerInvocation,
  { dialect, cwd }: ViewOptions,
): CommandView {
  const compiled =
    source.engine === 'docker'
      ? compileInvocation(invocation, { dialect, cwd: cwd ?? UNKNOWN_CWD })
      : undefined;
  return {
    source,
    dialect,
    cwd,
    invocation,
    compiled,
    sites: sitesOf(source, invocation, dialect, compiled),
  };
}

// Only has to be absolute: nothing that is said of a command whose directory is unknown depends on it.
const UNKNOWN_CWD = '/';

function sitesOf(
  source: CommandSource,
  invocation: DockerInvocation,
  dialect: Dialect,
  compiled: CompiledCommand | undefined,
): Site[] {
  const results = new Map(compiled?.mounts.map(({ use, result }) => [use, result]));
  return invocation.flags.flatMap((use): Site[] => {
    const form = formOf(use);
    if (form === undefined) return [];
    const word = source.words[use.valueWord + 1]!;
    const text = sliceEditable(word, use.valueRange);
    return [{ form, text, node: parseFor(form, text.value, dialect), use, result: results.get(use) }];
  });
}
