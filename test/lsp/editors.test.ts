import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sharedTempDir } from '../support/temp-dir.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const docs = readFileSync(join(root, 'docs/editors.md'), 'utf8');
const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const home = sharedTempDir();

/** The last block of that language: what the documentation tells people to write into their settings. */
const settings = (language: string): string =>
  [...docs.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].at(-1)![1]!;

/** The first of those programs that is there, and its version. */
function program(name: string, isEnough: (version: number) => boolean): string | undefined {
  return [join(engines, 'editors-trixie', name), name].find((path) => {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    const version = /(\d+\.\d+)/.exec(stdout ?? '')?.[1];
    return version !== undefined && isEnough(Number(version.replace(/\.(\d)$/, '.0$1')));
  });
}

const EDITORS = [
  {
    name: 'Neovim',
    path: program('nvim', (version) => version >= 0.1),
    language: 'lua',
    args: (init: string) => [
      '--headless',
      '-u',
      init,
      '-n',
      '-l',
      join(root, 'test/support/editors/neovim.lua'),
    ],
  },
  {
    name: 'Emacs with Eglot',
    path: program('emacs', (version) => version >= 29),
    language: 'elisp',
    args: () => ['--batch', '-l', join(root, 'test/support/editors/emacs.el')],
  },
];

describe.each(EDITORS)('$name', ({ path, language, args }) => {
  test.skipIf(path === undefined)(
    `with the settings of the documentation shows a finding, mends it and says what a mount does (${path ?? 'not here: scripts/engines.sh editors'})`,
    () => {
      const init = join(home, `init.${language}`);
      writeFileSync(init, settings(language));
      const mountc = join(home, 'mountc');
      writeFileSync(mountc, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/mountc.js')}' "$@"\n`);
      chmodSync(mountc, 0o755);
      const file = join(home, 'run.sh');
      writeFileSync(file, '#!/bin/bash\necho ä𝄞; docker run -v /srv/ä:/b:readonly alpine\n');
      const printed = execFileSync(path!, args(init), {
        encoding: 'utf8',
        timeout: 90_000,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {
          ...process.env,
          PATH: `${home}:${process.env['PATH']}`,
          HOME: home,
          XDG_CONFIG_HOME: home,
          XDG_STATE_HOME: home,
          XDG_DATA_HOME: home,
          TRY_FILE: file,
          TRY_INIT: init,
        },
      });
      const { rules, text, hover } = JSON.parse(printed.slice(printed.indexOf('{')));
      expect(rules).toEqual(['volume-unknown-mode']);
      expect(text.trimEnd()).toBe('#!/bin/bash\necho ä𝄞; docker run -v /srv/ä:/b:ro alpine');
      expect(hover).toContain('the container cannot write there');
    },
    100_000,
  );
});
