import { answerCommand } from '../../src/dialects/docker/client/answer.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import type { Client } from '../support/clients.js';
import type { LosslessJson } from '../support/lossless-json.js';
import { type Answer, normalizeCreate } from './answer.js';

/** What mountc says that a client does with a command line, in the form of the client's own answers. */
export function askMountc(
  client: Pick<Client, 'version' | 'goUnits'>,
  args: readonly string[],
  cwd: string,
  engine?: string,
): Answer {
  const dialect = makeDialect({
    client: readVersion(client.version),
    engine: engine === undefined ? undefined : readVersion(engine),
    packaging: { goUnits: client.goUnits },
  });
  const answer = answerCommand(args, { dialect, cwd });
  if (answer.ok === null) return { verdict: 'unknown', why: answer.why };
  if (!answer.ok) return { verdict: 'refused', exit: answer.exit, line: answer.stderr };
  return {
    verdict: 'create',
    body: normalizeCreate(answer.create as unknown as Record<string, LosslessJson>),
  };
}
