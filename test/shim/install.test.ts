import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { windowsLaunchers } from '../../src/shim/launcher-text.js';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { tempDir } from '../support/temp-dir.js';

const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));

function world() {
  const dir = tempDir();
  const home = join(dir, 'home');
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeDocker(join(dir, 'real/docker'), { client: '28.5.2', engine: '28.5.2', script: 'printf "<%s>" "$@"' });
  const env = {
    PATH: `${home}/bin:${dir}/real:/usr/bin:/bin`,
    HOME: home,
    SHELL: '/bin/bash',
  };
  const shim = (...args: string[]) =>
    spawnSync(process.execPath, [MOUNTC, 'shim', ...args], { encoding: 'utf8', env, cwd: dir });
  const docker = (...args: string[]) => spawnSync('docker', args, { encoding: 'utf8', env });
  return { dir, home, shim, docker, env };
}

describe.skipIf(!CAN_FAKE_DOCKER)('mountc shim', () => {
  it('installs into a folder of the user ahead of docker, twice, and leaves nothing', () => {
    const { home, shim, docker } = world();
    expect(shim('status').status).toBe(1);
    const first = shim('install');
    expect(first.stdout).toContain(`${home}/bin/docker: written`);
    expect(first.stdout).toContain('mountc shim uninstall');
    const text = readFileSync(join(home, 'bin/docker'), 'utf8');
    expect(shim('install').stdout).toContain('already there');
    expect(readFileSync(join(home, 'bin/docker'), 'utf8')).toBe(text);
    const status = shim('status');
    expect(status.status).toBe(0);
    expect(status.stdout).toMatch(
      /^1\. .*home\/bin\/docker: mountc's launcher\n2\. .*real\/docker: docker\n/,
    );
    expect(docker('ps', '-a').stdout).toBe('<ps><-a>');
    expect(docker('run', '--mount', 'type=bind, src=/a, dst=/b', 'img').status).toBe(125);
    expect(shim('uninstall').stdout).toContain('removed');
    expect(readdirSync(join(home, 'bin'))).toEqual([]);
    expect(readdirSync(home).sort()).toEqual(['.cache', 'bin']);
    expect(readdirSync(join(home, '.cache'))).toEqual([]);
    expect(shim('uninstall').stdout).toContain('nothing to remove');
  });

  it('creates the folder that it is given, and takes it away again', () => {
    const { dir, shim } = world();
    const { stdout, status } = shim('install', '--dir', 'new/deep/bin');
    expect(status).toBe(0);
    expect(stdout).toContain('~/.bashrc');
    shim('install', '--dir', 'new/deep/bin');
    expect(shim('uninstall', '--dir', 'new/deep/bin').status).toBe(0);
    expect(existsSync(join(dir, 'new'))).toBe(false);
  });

  it("never writes over a file that is not mountc's", () => {
    const { dir, shim } = world();
    const { status, stderr } = shim('install', '--dir', 'real');
    expect(status).toBe(3);
    expect(stderr).toContain('mountc did not write');
    expect(readFileSync(join(dir, 'real/docker'), 'latin1')).toMatch(/^\x7fELF/);
    shim('uninstall', '--dir', 'real');
    expect(existsSync(join(dir, 'real/docker'))).toBe(true);
  });

  it('becomes a plugin of docker', () => {
    const { home, shim, env } = world();
    expect(shim('install', '--plugin').status).toBe(0);
    const plugin = join(home, '.docker/cli-plugins/docker-mountc');
    const ask = (...args: string[]) => spawnSync(plugin, args, { encoding: 'utf8', env }).stdout;
    expect(JSON.parse(ask('docker-cli-plugin-metadata'))).toMatchObject({
      SchemaVersion: '0.1.0',
      Vendor: 'mountc',
    });
    expect(ask('mountc', '--version')).toMatch(/^mountc \d/);
    shim('uninstall');
    expect(existsSync(join(home, '.docker'))).toBe(false);
  });

  it('says what is wrong with its own arguments', () => {
    const { shim } = world();
    expect(shim().status).toBe(2);
    expect(shim('instal').stderr).toContain('`instal`');
    expect(shim('--help').stdout).toContain('MOUNTC_REWRITE');
  });
});

describe('launchers for Windows', () => {
  it('pass every argument on and answer with the exit code', () => {
    const files = windowsLaunchers({ node: 'C:\\node.exe', mountc: 'C:\\m\\bin\\mountc.js', check: '' });
    expect(Object.keys(files)).toEqual(['docker.cmd', 'docker.ps1']);
    expect(files['docker.cmd']).toContain('"C:\\node.exe" -- "C:\\m\\bin\\mountc.js" docker %*');
    expect(files['docker.ps1']).toContain('exit $LASTEXITCODE');
  });
});
