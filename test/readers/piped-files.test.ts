// What is piped into a command of docker is a file only where the command reads one from standard input.
import { expect, test } from 'vitest';
import { mountsOf } from '../support/mounts-of.js';

const COMPOSE = 'services:\n  a:\n    image: x\n    volumes: [./a:/b]\n';
const DOCKERFILE = 'FROM x\nRUN --mount=type=cache,target=/b make\n';
const piped = (command: string, text: string) => mountsOf('a.sh', `${command} <<'END'\n${text}END\n`);

test.each([
  'docker compose -f - up',
  'docker compose -p x --file - -f b.yaml up -d',
  'docker-compose --file=- up',
  'docker compose --profile x -f- config',
  'docker --context x compose -f - up',
  'docker stack deploy -c - app',
  'docker stack deploy --compose-file=- app',
])('a Compose file: %s', async (command) => {
  expect((await piped(command, COMPOSE)).mounts).toEqual(['bind ./a /b']);
});

test.each([
  'docker compose exec -T db tool -f -',
  'docker compose run --rm app cat -',
  'docker compose -f a.yaml exec db psql --file -',
  'docker stack deploy -c a.yaml -',
])('none: %s', async (command) => {
  expect((await piped(command, COMPOSE)).mounts).toEqual([]);
});

test.each(['docker build -', 'docker build -t x -f - .', 'podman build --pull -', 'buildah bud -f- .'])(
  'a Dockerfile: %s',
  async (command) => {
    expect((await piped(command, DOCKERFILE)).mounts).toEqual(['cache null /b']);
  },
);

test.each(['docker build -o - .', 'docker build -t x .'])('no Dockerfile: %s', async (command) => {
  expect((await piped(command, DOCKERFILE)).mounts).toEqual([]);
});
