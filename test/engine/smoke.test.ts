// The daemons that the other engine suites build on: they answer, and they run a container with each kind of mount.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findClients } from '../support/clients.js';
import { runDocker, wantedDaemons } from '../support/daemons.js';

const client = findClients()[0];

describe.each(await wantedDaemons())('docker engine $version', (daemon) => {
  if ('missing' in daemon || client === undefined) {
    test.skip(`runs a container (${'missing' in daemon ? daemon.missing : 'no docker client'})`, () => {});
    return;
  }

  test('runs a container with a bind, a volume and a tmpfs', () => {
    const dir = mkdtempSync(join(tmpdir(), 'mountc-smoke-'));
    const volume = `mountc-smoke-${process.pid}`;
    try {
      const script = 'echo hi >/bind/out; cut -d" " -f2 /proc/mounts';
      const mounts = ['-v', `${dir}:/bind`, '--mount', `src=${volume},dst=/vol`, '--tmpfs', '/tmp:size=64k'];
      const run = ['run', '--rm', '--network', 'none', ...mounts, 'busybox:local', 'sh', '-c', script];
      const targets = runDocker(daemon, client.path, run).split('\n');
      expect(targets).toEqual(expect.arrayContaining(['/bind', '/vol', '/tmp']));
      expect(readFileSync(join(dir, 'out'), 'utf8')).toBe('hi\n');
    } finally {
      runDocker(daemon, client.path, ['volume', 'rm', '-f', volume]);
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
