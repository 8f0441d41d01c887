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

function sentence(what: string, version: Version): string | undefined {
  const standing = standingOf(version);
  if (standing === 'charted') return undefined;
  const known = `${what} ${showVersion(version)} is ${standing} than what mountc knows (${VERSION_RANGE})`;
  return standing === 'newer'
    ? `${known}: it is judged as ${showVersion(NEWEST)}, and may take what that refuses`
    : `${known}: it is judged as ${showVersion(OLDEST)}, and may refuse what that takes`;
}
