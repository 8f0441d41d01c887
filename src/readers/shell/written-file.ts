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
  if (name === undefined) return undefined;
  const behind = (pattern: RegExp) => {
    const at = values.slice(program, program + 4).findIndex((value) => pattern.test(value));
    return at < 0 ? undefined : values.slice(program + at + 1);
  };
  const compose = behind(/^(?:docker-)?compose$/);
  if (compose !== undefined) {
    if (!readsInput(optionsOf(compose), /^(?:-f|--file)$/)) return undefined;
    return name === 'podman' ? 'podman-compose.yaml' : 'compose.yaml';
  }
  const stack = behind(/^stack$/);
  if (stack !== undefined)
    return readsInput(stack, /^(?:-c|--compose-file)$/) ? 'docker-stack.yml' : undefined;
  const build = behind(/^(?:build|bud)$/);
  if (build === undefined || !readsInput(build, /^(?!-o$|--output$)/)) return undefined;
  return name === 'docker' ? 'Dockerfile' : 'Containerfile';
}

/** The options before the sub-command of Compose; one after it means something else. */
function optionsOf(values: readonly string[]): readonly string[] {
  const end = values.findIndex((value, i) => !/^-./.test(value) && !/^-[^=]+$/.test(values[i - 1] ?? ''));
  return end < 0 ? values : values.slice(0, end);
}

const ATTACHED = /^(?:-[fc]-|--(?:compose-)?file=-)$/;

/** Whether a file is read from standard input: `-` after one of these. */
function readsInput(values: readonly string[], flag: RegExp): boolean {
  return values.some((value, i) => ATTACHED.test(value) || (value === '-' && flag.test(values[i - 1] ?? '')));
}

function redirectedTo({ redirects }: Command): string | undefined {
  const [last] = redirects.filter(({ type, operator }) => type === 'Redirect' && /^>[>|]?$/.test(operator));
  return last?.type === 'Redirect' && last.target?.text !== '/dev/null' ? last.target?.value : undefined;
}

function teesTo(words: readonly FoundWord[]): string | undefined {
  const tee = words.findIndex(({ value }) => value === 'tee');
  return tee < 0 ? undefined : words.slice(tee + 1).find(({ value }) => !value.startsWith('-'))?.value;
}
