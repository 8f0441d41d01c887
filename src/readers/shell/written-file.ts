import type { Command } from 'unbash';
import type { FoundWord } from '../../source/frontend.js';

/** Where a command writes what it is given: `cat > path`, `tee path`; a build reads it as the file that its program calls so. */
export function writtenPath(node: Command, words: readonly FoundWord[]): string | undefined {
  return builtAs(words) ?? redirectedTo(node) ?? teesTo(words);
}

/** `docker build -`, `podman build -f - .` */
function builtAs(words: readonly FoundWord[]): string | undefined {
  const values = words.map(({ value }) => value);
  const program = values.findIndex((value) => /^(?:docker|podman|buildah)$/.test(value));
  if (program < 0 || !values.slice(program + 1).some((value) => /^(?:-|-f-|--file=-)$/.test(value)))
    return undefined;
  const isBuild = values.slice(program + 1, program + 4).some((value) => /^(?:build|bud)$/.test(value));
  if (!isBuild) return undefined;
  return values[program] === 'docker' ? 'Dockerfile' : 'Containerfile';
}

function redirectedTo({ redirects }: Command): string | undefined {
  const [last] = redirects.filter(({ type, operator }) => type === 'Redirect' && /^>[>|]?$/.test(operator));
  return last?.type === 'Redirect' && last.target?.text !== '/dev/null' ? last.target?.value : undefined;
}

function teesTo(words: readonly FoundWord[]): string | undefined {
  const tee = words.findIndex(({ value }) => value === 'tee');
  return tee < 0 ? undefined : words.slice(tee + 1).find(({ value }) => !value.startsWith('-'))?.value;
}
