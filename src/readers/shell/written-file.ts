import type { Command } from 'unbash';
import type { FoundWord } from '../../source/frontend.js';

/** Where a command writes what it is given: `cat > path`, `tee path`; a build reads it as the file that its program calls so. */
export function writtenPath(node: Command, words: readonly FoundWord[]): string | undefined {
  return builtAs(words) ?? redirectedTo(node) ?? teesTo(words);
}

/** `docker build -`, `podman build -f - .`, `docker compose -f - up`, `docker stack deploy -c - app` */
function builtAs(words: readonly FoundWord[]): string | undefined {
  const values = words.map(({ value }) => value);
  const program = values.findIndex((value) => /^(?:docker|podman|buildah|docker-compose)$/.test(value));
  const name = values[program];
  if (name === undefined || !values.slice(program + 1).some((value) => INPUT.test(value))) return undefined;
  const isOne = (pattern: RegExp) => values.slice(program, program + 4).some((value) => pattern.test(value));
  if (isOne(/^(?:docker-)?compose$/)) return name === 'podman' ? 'podman-compose.yaml' : 'compose.yaml';
  if (isOne(/^stack$/)) return 'docker-stack.yml';
  if (!isOne(/^(?:build|bud)$/)) return undefined;
  return name === 'docker' ? 'Dockerfile' : 'Containerfile';
}

/** What says that a file is read from standard input. */
const INPUT = /^(?:-|-[fc]-|--(?:compose-)?file=-)$/;

function redirectedTo({ redirects }: Command): string | undefined {
  const [last] = redirects.filter(({ type, operator }) => type === 'Redirect' && /^>[>|]?$/.test(operator));
  return last?.type === 'Redirect' && last.target?.text !== '/dev/null' ? last.target?.value : undefined;
}

function teesTo(words: readonly FoundWord[]): string | undefined {
  const tee = words.findIndex(({ value }) => value === 'tee');
  return tee < 0 ? undefined : words.slice(tee + 1).find(({ value }) => !value.startsWith('-'))?.value;
}
