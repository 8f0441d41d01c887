// Each example of --help is a command that mountc takes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasBash } from '../support/bash.js';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const INSPECTED = JSON.stringify([
  { Name: '/web', Config: { Image: 'nginx' }, HostConfig: { Binds: ['data:/data'] } },
]);
const RUN = '#!/bin/sh\ndocker run --rm -v data:/data alpine\n';
const FILES = {
  'scripts/a.sh': RUN,
  'start-containers.sh': RUN,
  Makefile: 'a:\n\tdocker run --rm -v data:/data alpine\n',
  'docs/a.md': `\`\`\`sh\n${RUN}\`\`\`\n`,
  'compose.yaml': 'services:\n  web:\n    image: nginx\n    volumes: ["data:/data"]\nvolumes:\n  data:\n',
  'web.container': '[Container]\nImage=nginx\nVolume=data:/data\n',
  'inspected.json': INSPECTED,
  'home/.config/containers/systemd/other.container': '[Container]\nImage=other\n',
};

describe.skipIf(!hasBash)('an example of', () => {
  test.each(['', 'lint', 'convert', 'explain', 'inspect', 'completion'])(
    'mountc %s --help',
    { timeout: 120_000 },
    async (command) => {
      const { stdout } = await runMountc([...(command === '' ? [] : [command]), '--help']);
      const examples = /^Examples:\n((?: {2}.*\n)+)/m.exec(stdout)?.[1]?.trimEnd().split('\n') ?? [];
      expect(examples.length).toBeGreaterThan(1);
      const wrong: unknown[] = [];
      for (const example of examples.filter(
        (line) => !/^ *mountc (?:docker|inspect)|PowerShell|Out-String/.test(line),
      )) {
        const cwd = tempDir();
        writeFiles(cwd, FILES);
        const script = [
          `mountc() { '${process.execPath}' '${MOUNTC}' "$@"; }`,
          // What a docker would answer, and nothing of a real one.
          'docker() { cat inspected.json; }; xargs() { cat; }; fpath=(. .)',
          'git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a && git branch -q origin/main',
          example.trim(),
        ].join('\n');
        const { status, stderr } = spawnSync('bash', ['-c', script], {
          cwd,
          env: { PATH: process.env['PATH'], HOME: join(cwd, 'home'), SHELL: '/bin/bash' },
          encoding: 'utf8',
        });
        if (status !== 0 && status !== 1) wrong.push({ example, status, stderr });
      }
      expect(wrong).toEqual([]);
    },
  );
});
