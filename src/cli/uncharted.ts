import {
  COMPOSE_RANGE,
  type ComposeVersion,
  isNewerCompose,
  NEWEST_COMPOSE,
} from '../dialects/compose/versions.js';
import type { DialectInput } from '../dialects/docker/tables/dialect.js';
import {
  NEWEST,
  OLDEST,
  showVersion,
  standingOf,
  VERSION_RANGE,
  type Version,
} from '../dialects/docker/tables/version.js';
import { show } from '../text/shown.js';
import type { CliIo } from './io.js';

const told = new WeakMap<CliIo, Set<string>>();

/** Says, once for each, that a docker which the tables do not know is judged as one that they know. */
export async function tellUncharted({ client, engine }: DialectInput, io: CliIo): Promise<void> {
  const said = told.get(io) ?? new Set();
  told.set(io, said);
  for (const [what, version] of [
    ['docker', client],
    ['the engine', engine === client ? undefined : engine],
  ] as const) {
    const text = typeof version === 'number' ? sentence(what, version) : undefined;
    if (text === undefined || said.has(text)) continue;
    said.add(text);
    await io.stderr.write(show`mountc: ${text}\n`);
  }
}

/** The same of a docker compose that is newer than the tables. */
export async function tellUnchartedCompose(compose: ComposeVersion | undefined, io: CliIo): Promise<void> {
  if (compose === undefined || !isNewerCompose(compose)) return;
  const known = `docker compose ${showVersion(compose.version)} is newer than what mountc knows (${COMPOSE_RANGE})`;
  await io.stderr.write(
    show`mountc: ${known}: it is checked as ${showVersion(NEWEST_COMPOSE)}, and may accept what that refuses\n`,
  );
}

function sentence(what: string, version: Version): string | undefined {
  const standing = standingOf(version);
  if (standing === 'charted') return undefined;
  const known = `${what} ${showVersion(version)} is ${standing} than what mountc knows (${VERSION_RANGE})`;
  return standing === 'newer'
    ? `${known}: it is checked as ${showVersion(NEWEST)}, and may accept what that refuses`
    : `${known}: it is checked as ${showVersion(OLDEST)}, and may refuse what that accepts`;
}
