import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { type ChosenVersions, chooseVersions, type DialectArgs } from './dialect-flags.js';
import type { CliIo } from './io.js';

/** What the flags chose, with its dialect. */
export interface ChosenDialect extends ChosenVersions {
  readonly dialect: Dialect;
}

/** Reads the dialect flags as `chooseVersions` does. By itself, since the tables behind a dialect take time to start. */
export async function chooseDialect(flags: DialectArgs, io: CliIo): Promise<ChosenDialect> {
  const chosen = await chooseVersions(flags, io);
  return { ...chosen, dialect: makeDialect(chosen.versions) };
}
