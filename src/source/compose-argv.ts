import {
  type DockerInvocation,
  scanDocker,
  type UnknownInvocation,
} from '../dialects/docker/client/docker-argv.js';
import type { CommandSource } from './command-source.js';

/** Whether it is not a `docker compose …`, but docker-compose 1 or podman-compose, which have parsers of their own. */
export const isOtherCompose = ({ engine, words }: CommandSource): boolean =>
  engine === 'compose' && words[0]?.value !== 'compose';

/** The plugin's own command line, `compose` first, when docker's arguments start it; undefined for any other command. */
export function composeSource(source: CommandSource, client: number): CommandSource | undefined {
  const words = source.words.slice(1);
  const scan: DockerInvocation | UnknownInvocation = scanDocker(words, client);
  if (scan.kind !== 'unknown' || scan.problem !== undefined) return undefined;
  const last = scan.globals.at(-1);
  const at = last === undefined ? 1 : Math.max(last.word, last.valueWord) + 2;
  if (source.words[at]?.value !== 'compose') return undefined;
  const { replaceWords } = source;
  return {
    ...source,
    engine: 'compose',
    words: source.words.slice(at),
    replaceWords: replaceWords && ((from, to, fresh) => replaceWords(from + at, to + at, fresh)),
  };
}
