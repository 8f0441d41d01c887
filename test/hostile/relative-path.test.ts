// A PATH with relative entries: no program of the folder that one stands in is run by what only reads.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

const PROGRAM = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const COMMANDS = [
  'lint --podman auto .',
  'lint --compose auto .',
  'lint --docker auto .',
  'convert --to podman-run --podman auto -- docker run -v /a:/b x',
  'explain --podman auto /a:/b',
  'explain --compose auto /a:/b',
  'doctor',
  'inspect web',
  'why web',
  'shim status',
];

describe.skipIf(process.platform === 'win32').each(['', './sub'])('PATH with %j', (entry) => {
  it.each(COMMANDS)('%s', (command) => {
    const cwd = tempDir();
    const ran = join(cwd, 'ran');
    writeFiles(cwd, {
      'a.sh': 'podman run -v a:b:c:d x\n',
      'compose.yaml': 'services: {a: {image: x}}\n',
      'sub/x': '',
    });
    for (const name of ['docker', 'podman', 'docker-compose', 'git'])
      for (const folder of [cwd, join(cwd, 'sub')])
        writeProgram(join(folder, name), `#!/bin/sh\n: > '${ran}'\necho podman version 5.4.2\n`);
    const env = { PATH: [entry, '/nowhere'].join(delimiter), HOME: cwd };
    const { status } = spawnSync(process.execPath, [PROGRAM, ...command.split(' ')], { cwd, env });
    expect(status).toBeLessThan(4);
    expect(existsSync(ran)).toBe(false);
  });
});
