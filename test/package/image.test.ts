// The image, built of the Dockerfile without a registry: its base is a fresh Debian with Node, under the name that it asks for.
//   MOUNTC_IMAGE=1 npx vitest run --project package test/package/image.test.ts
// It takes minutes, root, a network for npm, buildah and podman.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneProject } from '../support/clone-project.js';
import { makeDir, tempDir, writeFiles } from '../support/temp-dir.js';
import { ROOT } from './installed.js';
import { readmeSessions, sortedLines } from './readme-sessions.js';

const MINUTES = 60_000;
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const [, BASE = ''] = /^ARG NODE=(.*)$/m.exec(dockerfile)!;
const [, MAJOR = ''] = /^node:(\d+)-/.exec(BASE)!;

describe.skipIf((process.env['MOUNTC_IMAGE'] ?? '') === '')('the image (MOUNTC_IMAGE=1)', () => {
  const folder = makeDir();
  // A hundred thousand files.
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 10 * MINUTES);
  const storage = [
    '--root',
    join(folder, 'root'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  const conf = join(folder, 'containers.conf');
  const sh = (script: string) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      encoding: 'utf8',
      maxBuffer: 100_000_000,
      env: { ...process.env, B: `buildah ${storage.join(' ')}`, CONTAINERS_CONF: conf },
    });
    if (status !== 0) throw new Error(`${status}: ${stdout.slice(-2000)}${stderr.slice(-4000)}`);
    return stdout.trim();
  };
  const run = (options: readonly string[], ...words: readonly string[]) => {
    const args = [...storage, 'run', '--rm', '--network', 'none', ...options, 'localhost/mountc', ...words];
    const { status, stdout, stderr } = spawnSync('podman', args, {
      encoding: 'utf8',
      env: { ...process.env, CONTAINERS_CONF: conf },
    });
    return { status, stdout, stderr };
  };

  beforeAll(() => {
    // What podman sets by itself is more than some machines allow.
    writeFileSync(conf, '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n');
    cloneProject(join(folder, 'clone'));
    sh(`'${ROOT}/scripts/fresh-debian.sh' tree '${folder}/tree' ${MAJOR}
      chroot '${folder}/tree' useradd --create-home --uid 1000 node
      base=$($B from scratch)
      cp -a '${folder}/tree/.' "$($B mount $base)/"
      $B config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\
        --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt $base
      $B commit --quiet --rm $base docker.io/library/${BASE}
      $B bud --isolation chroot --pull-never --tag mountc '${folder}/clone'`);
  }, 60 * MINUTES);

  test('runs as a user who is not root, and starts with a code cache', { timeout: 5 * MINUTES }, () => {
    const script = 'id -u; ls /usr/local/lib/node_modules/mountc/dist/code-cache; node --version';
    const [uid, cache, version] = run(['--entrypoint', 'sh'], '-c', script).stdout.split('\n');
    expect(uid).toBe('1000');
    expect(cache).toContain(`-${version}-`);
  });

  test('prints what the README shows', { timeout: 10 * MINUTES }, () => {
    const sessions = readmeSessions();
    const script = sessions
      .map(({ command }) => `{ ${command.replaceAll('npx mountc', 'mountc')}\n} 2>&1; echo '==='`)
      .join('\n');
    const { stdout } = run(['--entrypoint', 'bash'], '-c', `cd /tmp\n${script}`);
    const printed = stdout.split('===\n');
    for (const [index, { command, output }] of sessions.entries())
      expect(sortedLines(printed[index]!), command).toEqual(sortedLines(output));
  });

  const BAD = '#!/bin/sh\ndocker run --mount "type=bind, src=/a,dst=/b" alpine\n';
  const repository = (owner: number) => {
    const dir = tempDir();
    writeFiles(dir, { 'a.sh': BAD, 'secret.sh': BAD, '.mountc.yaml': 'rules:\n  MC101: warning\n' });
    spawnSync('git', ['init', '-q', dir]);
    chmodSync(dir, 0o755);
    mkdirSync(join(dir, 'locked'));
    chmodSync(join(dir, 'locked'), 0o700);
    chmodSync(join(dir, 'secret.sh'), 0o600);
    for (const name of ['.', '.git', 'a.sh', '.mountc.yaml']) chownSync(join(dir, name), owner, owner);
    return dir;
  };

  test('lints what is mounted at /src, and names what it may not read', { timeout: 5 * MINUTES }, () => {
    const dir = repository(1001);
    // As docs/ci.md has it.
    const { status, stdout, stderr } = run(['-v', `${dir}:/src:ro`], 'lint', '--format', 'compact');
    expect(stdout).toMatch(/^a\.sh:2:\d+: warning/m);
    expect(stderr).toContain('secret.sh');
    expect(stderr).not.toContain('belongs to another user');
    expect(status).toBe(3);
  });

  test('fixes as the owner of the files, and nothing as another', { timeout: 5 * MINUTES }, () => {
    const dir = repository(1001);
    const other = run(['-v', `${dir}:/src`], 'lint', '--fix', 'a.sh');
    expect(other.status).toBe(3);
    expect(other.stderr).toContain('a.sh');
    expect(readFileSync(join(dir, 'a.sh'), 'utf8')).toBe(BAD);
    const own = run(['--user', '1001:1001', '-v', `${dir}:/src`], 'lint', '--fix', 'a.sh');
    expect(own, own.stderr).toMatchObject({ status: 0 });
    expect(readFileSync(join(dir, 'a.sh'), 'utf8')).toBe(BAD.replace(', ', ','));
  });
});
