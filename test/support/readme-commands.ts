// What the commands of fixtures/containers/commands.sh are typed with, and their words; for tests and for scripts/compare-containers.mjs.
import { spawnSync } from 'node:child_process';

/** What is set where the commands are typed, and where Compose runs. */
export const VARIABLES = {
  MYSQL_PW: 'a$b "c" # d',
  VPN_USER: 'me',
  VPN_PASSWORD: "it's",
  DD_API_KEY: '0123',
  HF_TOKEN: 'hf_x',
  TUNNEL_TOKEN: 'eyJ',
  GITLAB_HOME: '/srv/gitlab',
  DOCKER_GID: '998',
  DISPLAY: ':0',
  AWS_PROFILE: 'work',
  ONLY_NAME: 'here',
  model: 'bigscience/bloom',
  volume: '/srv/models',
};

/** The words that bash hands to docker for each command of a script. */
export function wordsOfCommands(
  script: string,
  env: NodeJS.ProcessEnv,
  cwd: string,
): readonly (readonly string[])[] {
  const text = `docker() { printf '%s\\0' "$@"; printf '\\1\\0'; }\nsudo() { "$@"; }\n${script}`;
  const { stdout } = spawnSync('bash', ['-c', text], { env, cwd, encoding: 'utf8' });
  return stdout
    .split('\x01\0')
    .slice(0, -1)
    .map((one) => one.split('\0').slice(0, -1));
}

/** `-d` in front of what is run, so that docker wants no terminal. */
export function detached(words: readonly string[]): readonly string[] {
  const at = words[0] === 'container' ? 1 : 0;
  return words[at] === 'run' && !words.includes('-a')
    ? [...words.slice(0, at + 1), '-d', ...words.slice(at + 1)]
    : words;
}
