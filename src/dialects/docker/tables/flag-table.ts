import { CLIENT_FACTS } from './client-facts.js';
import { DOCKER_COMMANDS, type DockerCommandPath, type DockerFlag, GLOBAL_FLAGS } from './docker-flags.js';
import { isWithin, type Version } from './version.js';

/** A flag table ready for looking up. */
export interface FlagTable {
  readonly long: ReadonlyMap<string, DockerFlag>;
  readonly short: ReadonlyMap<string, DockerFlag>;
  /** How the client's pflag names a letter that it does not know, see `CLIENT_FACTS.readsLetterTwice`. */
  readonly readsLetterTwice: boolean;
}

const tables = new Map<string, FlagTable>();

/** The flags that a client of that version knows for the command; built once for each pair. */
export function flagTable(path: DockerCommandPath | 'docker', client: Version): FlagTable {
  const id = `${path} ${client}`;
  let table = tables.get(id);
  if (table === undefined) {
    const rows = path === 'docker' ? GLOBAL_FLAGS : DOCKER_COMMANDS[path].flags();
    const command = path === 'docker' ? 'docker' : DOCKER_COMMANDS[path].name;
    const known = rows.filter(
      (flag) => client >= (flag.since ?? 0) && (flag.only === undefined || flag.only === command),
    );
    table = makeFlagTable(known, isWithin(CLIENT_FACTS.readsLetterTwice, client));
    tables.set(id, table);
  }
  return table;
}

/** A table of these flags. */
export function makeFlagTable(flags: readonly DockerFlag[], readsLetterTwice: boolean): FlagTable {
  const long = new Map<string, DockerFlag>();
  const short = new Map<string, DockerFlag>();
  for (const flag of flags) {
    long.set(flag.name, flag);
    if (flag.short !== undefined) short.set(flag.short, flag);
  }
  return { long, short, readsLetterTwice };
}
