import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { posixLauncher } from '../../src/shim/launcher-text.js';
import { sharedTempDir, tempDir, writeProgram } from '../support/temp-dir.js';
import { PTY_ROWS } from './pty-rows.js';
import { SIGNAL_ROWS } from './signal-rows.js';
import { ROWS, type Row } from './transparency-rows.js';
import { transparencyTable } from './transparency-table.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LAUNCHER = join(ROOT, 'bin/docker');
const OF_PODMAN = writeProgram(
  join(sharedTempDir(), 'podman'),
  posixLauncher(
    readFileSync(LAUNCHER, 'utf8'),
    { node: process.execPath, mountc: '', check: join(ROOT, 'dist/check.cjs') },
    'podman',
  ),
);
const MOUNTC = join(ROOT, 'bin/mountc.js');
/** `MOUNTC_NODE=~/.cache/mountc-engines/node/24/bin/node` runs the matrix of `mountc docker` by another release (scripts/nodes.sh). */
const NODE = process.env['MOUNTC_NODE'] ?? process.execPath;
const DOCS = join(ROOT, 'docs/shim.md');

function makeStub(dir: string, stub: Row['stub']): string {
  const path = join(dir, 'stub', 'docker');
  if (typeof stub === 'object') {
    writeProgram(path, '');
    copyFileSync(spawnSync('which', [stub.copyOf], { encoding: 'utf8' }).stdout.trim(), path);
  } else writeProgram(path, `#!/bin/sh\n${stub}\n`);
  return path;
}

function observe(row: Row, words: (docker: string) => readonly string[]) {
  const dir = tempDir();
  const docker = makeStub(dir, row.stub);
  const { stdout, stderr, status, signal } = spawnSync('sh', ['-c', row.script, 'sh', ...words(docker)], {
    cwd: dir,
    encoding: 'latin1',
    env: { PATH: '/usr/bin:/bin', HOME: dir, MOUNTC_DOCKER: docker, MOUNTC_PODMAN: docker, TMPDIR: dir },
    timeout: 60_000,
    maxBuffer: 1 << 26,
  });
  const plain = (text: string) =>
    [LAUNCHER, OF_PODMAN].reduce(
      (now, each) => now.replaceAll(each, 'DIR/stub/docker'),
      text.replaceAll(dir, 'DIR'),
    );
  return { stdout: plain(stdout), stderr: plain(stderr), status, signal };
}

describe.skipIf(process.platform !== 'linux')('transparency', { timeout: 120_000 }, () => {
  it.each(ROWS)('launcher: $name', (row) => {
    const plain = observe(row, (docker) => [docker]);
    expect(plain.stdout).not.toBe('');
    // Who sets a variable for docker's does so for docker's alone.
    const both = row.script.includes('MOUNTC_DOCKER') ? [LAUNCHER] : [LAUNCHER, OF_PODMAN];
    for (const launcher of both) {
      const behind = observe(row, () => [launcher]);
      // A difference that is documented must be one, or the documentation is wrong.
      if (row.launcher === undefined) expect(behind).toEqual(plain);
      else expect(behind.stdout).not.toEqual(plain.stdout);
    }
  });

  it.each(ROWS.filter(({ launcherOnly }) => !launcherOnly))('mountc docker: $name', (row) => {
    const plain = observe(row, (docker) => [docker]);
    const door = observe(row, () => [NODE, MOUNTC, 'docker']);
    if (row.door === undefined) expect(door).toEqual(plain);
    else expect(door.stdout).not.toEqual(plain.stdout);
  });

  it('is documented as it is', () => {
    const table = transparencyTable([...ROWS, ...SIGNAL_ROWS, ...PTY_ROWS]);
    const text = existsSync(DOCS) ? readFileSync(DOCS, 'utf8') : '';
    const now = text.replace(
      /(<!-- transparency: begin -->\n)[\s\S]*(<!-- transparency: end -->)/,
      (_all, begin: string, end: string) => `${begin}\n${table}\n${end}`,
    );
    if (process.env['UPDATE_DOCS'] && now !== text) writeFileSync(DOCS, now);
    else expect(text).toBe(now);
    expect(now).toContain(table);
  });
});
