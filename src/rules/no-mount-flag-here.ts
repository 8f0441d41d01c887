import type { CommandSource, CommandWord } from '../source/command-source.js';
import { mapOf } from '../text/map-of.js';
import { displayText } from '../text/spec-text.js';
import { mountFlags } from './mount-flags.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** A mount given to a sub-command that makes no container. */
export const noMountFlagHere: Rule = {
  code: 'MC144',
  name: 'no-mount-flag-here',
  severity: 'error',
  engines: ['docker', 'podman', 'compose'],
  since: '0.1.0',
  summary: '-v, --volume or --mount with a sub-command that has none of them, such as build or exec',
  why:
    'Mounts are set up when a container is created: by `run` and `create`, and by `service create`. A build has `RUN --mount` in its ' +
    "Dockerfile, and `docker exec` enters a container as it is. docker reports `unknown shorthand flag: 'v' in -v`.",
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/exec/',
    'https://docs.docker.com/reference/dockerfile/#run---mount',
  ],
  valid: [
    'docker build -t a .',
    'docker exec web ls -v /a:/b',
    'docker rm -v web',
    'docker compose down -v',
    'podman build -v /a:/b .',
    'docker volume create data',
    'docker build --cache-from -v:/b .',
    'docker exec -w -v=/a:/b web ls',
    'docker buildx build --build-context -v:/b .',
  ],
  invalid: [
    'docker build -v /a:/b .',
    'docker build -t a . --volume "$PWD":/b',
    'docker buildx build --mount type=bind,src=/a,dst=/b .',
    'docker exec -it -v /a:/b web ls',
    'docker exec --mount type=bind,src=/a,dst=/b web ls',
    'docker volume create --mount type=bind,src=/a,dst=/b data',
    'docker start -v ./a:/b web',
    'docker compose up -d -v ./a:/b',
    'docker compose exec -v "$PWD":/b web ls',
    'podman exec -v /a:/b web ls',
    'docker exec -v/a:/b web ls',
  ],
  checkCommand({ source, invocation }, report) {
    const command = invocation === undefined ? commandOf(source) : undefined;
    if (command === undefined) return;
    const { name, row, next } = command;
    for (const { word, flag, value } of mountFlags(source.words, next, row.isOver))
      if (looksLikeMount(value))
        report({
          range: at(word, { start: 0, end: flag.length }),
          message: `\`${name}\` has no \`${flag}\`: ${row.why}`,
          help: row.help,
        });
  },
};

interface Row {
  readonly why: string;
  readonly help: string;
  /** What stands after the first word that is no flag is not a flag of docker's either. */
  readonly isOver?: true;
}

const BUILD: Row = {
  why: 'a build mounts nothing from the host',
  help: 'write `RUN --mount=type=bind,…` in the Dockerfile, or `--build-context name=path`',
};
const EXISTING: Row = {
  why: 'the container exists already, with the mounts that it was created with',
  help: 'give it to `run` or `create`, and recreate the container',
};
const EXEC: Row = { ...EXISTING, isOver: true };
const COMPOSE: Row = {
  why: 'the mounts of services are declared in their file',
  help: 'write it under `volumes:` of the service',
};
const VOLUME: Row = {
  why: 'a volume is mounted by the container that uses it',
  help: 'create the volume without it, and give `-v NAME:/path` to `docker run`',
};

const ROWS = mapOf<Row>({
  'docker build': BUILD,
  'docker builder build': BUILD,
  'docker image build': BUILD,
  'docker buildx build': BUILD,
  'docker exec': EXEC,
  'docker container exec': EXEC,
  'docker start': EXISTING,
  'docker container start': EXISTING,
  'docker restart': EXISTING,
  'docker container restart': EXISTING,
  'docker commit': EXISTING,
  'docker volume create': VOLUME,
  'podman exec': EXEC,
  'podman container exec': EXEC,
  'podman start': EXISTING,
  'podman restart': EXISTING,
  'podman volume create': VOLUME,
  'docker compose up': COMPOSE,
  'docker compose start': COMPOSE,
  'docker compose create': COMPOSE,
  'docker compose exec': { ...EXISTING, isOver: true },
});

/** The sub-command, where it stands right after the program. */
function commandOf(source: CommandSource): { name: string; row: Row; next: number } | undefined {
  const { engine, words } = source;
  const isCompose = engine === 'compose';
  if (isCompose && !/(?:^|[/\\])(?:docker-)?compose$/.test(words[0]?.value ?? '')) return undefined;
  const program = isCompose ? 'docker compose' : engine;
  for (const length of [2, 1]) {
    const path = words.slice(1, 1 + length);
    if (path.length < length || path.some(({ holes }) => holes.length > 0)) continue;
    const name = `${program} ${path.map(({ value }) => value).join(' ')}`;
    const row = ROWS.get(name);
    if (row !== undefined) return { name, row, next: 1 + length };
  }
  return undefined;
}

function looksLikeMount(word: CommandWord): boolean {
  return /:[/\\]|type=|[./].*:/.test(displayText(word)) || word.holes.some(({ absolute }) => absolute);
}
