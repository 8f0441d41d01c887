import { readVolume } from '../dialects/docker/client/client-volume.js';
import { isFlagSet } from '../dialects/docker/client/docker-argv.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { argvSource } from '../source/argv-source.js';
import { composeSource } from '../source/compose-argv.js';
import { viewCommand } from '../source/view-command.js';
import type { Refusal } from './refusal.js';

/** What `docker compose run` refuses, and which project it is about. */
export interface ComposeRun {
  /** Absent when nothing is known to be wrong. */
  readonly refusal?: Refusal;
  /** The values of `--file`. */
  readonly files: readonly string[];
  /** Where the project is, or whether it is, is said in a way that is not followed. */
  readonly isElsewhere: boolean;
}

/** Reads docker's arguments as `compose run`; undefined for any other command, and for flags that are not known. Pure. */
export function readComposeRun(args: readonly string[], cwd: string): ComposeRun | undefined {
  const dialect = makeDialect();
  const source = composeSource(argvSource(['docker', ...args]).source, dialect.client);
  if (source === undefined) return undefined;
  const { invocation, sites } = viewCommand(source, { dialect, cwd });
  if (invocation === undefined || invocation.problem !== undefined || isFlagSet(invocation, 'help'))
    return undefined;
  const globals = invocation.globals.map(({ flag, value }) => ({ name: flag.name, value: value.value }));
  if (globals.some(({ name }) => name === 'help' || name === 'version')) return undefined;
  // Newer releases hide colons in `${…}`.
  if (args.some((word) => word.includes('\ufffd') || word.includes('${'))) return undefined;
  return {
    refusal: refusalOf(sites, { dialect, cwd }),
    files: globals.filter(({ name }) => name === 'file').map(({ value }) => value),
    isElsewhere: globals.some(({ name }) => name === 'project-directory'),
  };
}

function refusalOf(
  sites: ReturnType<typeof viewCommand>['sites'],
  context: Parameters<typeof readVolume>[1],
): Refusal | undefined {
  for (const { node } of sites) {
    // Compose reads it with the parser of docker's client, and takes any mode.
    const result =
      node.kind === 'volume' && node.problem !== undefined ? readVolume(node, context) : undefined;
    if (result?.ok === false) return { by: 'compose', words: result.reason, aboutMount: true };
  }
  return undefined;
}
