import { execFileSync, spawnSync } from 'node:child_process';

/** Whether this machine has bash, the judge of shell words. */
export const hasBash = spawnSync('bash', ['-c', 'exit 0']).status === 0;

/**
 * The words that real bash passes to `docker` in each script. The scripts run in one bash, in an empty environment and
 * an empty folder-less place: nothing but the function `docker` can be run, and `bash` with a script on its input.
 */
export function bashWords(scripts: readonly string[]): string[][][] {
  const runs = scripts.map((script) => `( set -f\n${script}\n) 2>/dev/null </dev/null\nprintf 'E\\0'\n`);
  const setup =
    "PATH=/nonexistent\ndocker() { printf 'W%s\\0' docker \"$@\"; printf 'C\\0'; }\n" +
    'bash() { IFS= read -r -d \'\' given; eval "$given"; }\n';
  const result = spawnSync('bash', ['--norc', '--noprofile', '-s'], {
    input: setup + runs.join(''),
    env: { HOME: '/home/me', LC_ALL: 'C.UTF-8' },
    maxBuffer: 1 << 28,
  });
  const all: string[][][] = [];
  let commands: string[][] = [];
  let words: string[] = [];
  for (const record of result.stdout.toString('utf8').split('\0')) {
    if (record.startsWith('W')) words.push(record.slice(1));
    else if (record === 'C') {
      commands.push(words);
      words = [];
    } else if (record === 'E') {
      all.push(commands);
      commands = [];
    }
  }
  return all;
}

/** The words that a shell hands to docker for one command, which it does not run. */
export function shellWords(line: string): readonly string[] {
  const script = `docker() { printf '%s\\0' "$@"; }\n${line}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}
