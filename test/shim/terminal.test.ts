// The screens of a real terminal, in tmux: what the launcher says of mistakes as they are typed into bash, zsh and fish.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { tempDir } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const SHELLS: Readonly<Record<string, string>> = {
  bash: "env PS1='> ' bash --norc --noprofile",
  zsh: "env PS1='> ' zsh -f",
  fish: 'fish --no-config',
};
const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const hasTmux = spawnSync('tmux', ['-V']).status === 0;

// As they are typed, and what is offered. Shells differ in what they do with an unquoted `$PWD`: only bash cuts it.
const MISTAKES: readonly (readonly [typed: string, offered: string, only?: string])[] = [
  ["run -v '~/app:/app' alpine", "run -v '$HOME/app:/app' alpine"],
  ['run --mount type=bind, src=./src, target=/b alpine', 'run --mount type=bind,src=./src,target=/b alpine'],
  ['run -v $PWD:/src alpine ls', "run -v '$PWD:/src' alpine ls", 'bash'],
  ['run -v ./src: /b alpine', 'run -v ./src:/b alpine'],
  ['run --mount type=bind,scr=./src,dst=/b alpine', 'run --mount type=bind,src=./src,dst=/b alpine'],
  ['run -v ./src:/b:readnly alpine', 'run -v ./src:/b:ro alpine'],
  ['run -v ./scr:/b alpine', 'run -v ./src:/b alpine'],
  ['run -v src/app:/app alpine', 'run -v ./src/app:/app alpine'],
  ['run --tmpfs /t,size=64m alpine', 'run --tmpfs /t:size=64m alpine'],
  ['run -v ./src:/x,ro alpine', 'run -v ./src:/x:ro alpine'],
  ['run alpine -v ./src:/b', 'run -v ./src:/b alpine'],
];
const RIGHT = ['run -v ./src:/app alpine', 'run --mount type=bind,src=./src,dst=/app,readonly alpine', 'ps'];

describe.each([
  ['bash', 80],
  ['bash', 40],
  ['zsh', 80],
  ['fish', 40],
] as const)('%s, %s columns', (shell, columns) => {
  const reason = !CAN_FAKE_DOCKER
    ? 'this machine has no fake docker'
    : !hasTmux
      ? 'there is no tmux'
      : !has(shell)
        ? `there is no ${shell}`
        : '';
  if (reason !== '') {
    test.skip(`shows what is offered (${reason})`, () => {});
    return;
  }
  test('shows the mistake, what is offered alone on its line, and the place', {
    timeout: 240_000,
  }, async () => {
    const dir = join(tempDir(), 'my project');
    mkdirSync(join(dir, 'src/app'), { recursive: true });
    writeFileSync(join(dir, 'app.json'), '');
    const home = join(dir, 'home');
    mkdirSync(join(home, 'app'), { recursive: true });
    const fake = writeDocker(join(dir, 'bin/docker'), {
      client: '28.5.2',
      engine: '28.5.2',
      script: 'echo "(docker ran)"',
    });
    const socket = `mountc-${process.pid}-${shell}-${columns}`;
    const env = {
      PATH: `${dirname(LAUNCHER)}:${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: home,
      TERM: 'screen',
      LANG: 'C.UTF-8',
      // A shell that ends writes it into the folder that is being removed.
      HISTFILE: '/dev/null',
      MOUNTC_DOCKER: fake,
    };
    const tmux = (...args: string[]) =>
      spawnSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { cwd: dir, env, encoding: 'utf8' })
        .stdout;
    onTestFinished(() => void tmux('kill-server'));
    tmux('new-session', '-d', '-x', String(columns), '-y', '50', SHELLS[shell]!);
    let number = 0;
    const screen = async (typed: string): Promise<string> => {
      const end = `END${++number}`;
      // Cut in two, so that what is typed is not taken for its answer.
      tmux('send-keys', '-l', `clear; docker ${typed}; echo EN'D'${number}`);
      tmux('send-keys', 'Enter');
      for (let wait = 0; wait < 300; wait++) {
        const shown = tmux('capture-pane', '-p', '-J');
        if (shown.split('\n').some((line) => line.trim() === end)) {
          const lines = tmux('capture-pane', '-p');
          // Each mark stands below its place, and nothing of it is wrapped.
          for (const line of lines.split('\n').filter((one) => /^ +\^+ *$/.test(one)))
            expect(line.trimEnd().length).toBeLessThanOrEqual(columns);
          return shown;
        }
        await sleep(50);
      }
      return tmux('capture-pane', '-p');
    };
    for (const [typed, offered, only] of MISTAKES) {
      if (only !== undefined && only !== shell) continue;
      const right = offered.replaceAll('$HOME', home).replaceAll('$PWD', dir);
      const shown = await screen(typed);
      expect(shown.split('\n').map((line) => line.trim())).toContain(`docker ${right}`);
    }
    for (const typed of RIGHT) {
      const shown = await screen(typed);
      expect(shown).toContain('(docker ran)');
      expect(shown).not.toContain('mountc:');
    }
  });
});
