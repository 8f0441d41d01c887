// Programs hand on the names of files: with --files none of them is taken for a flag, whatever it looks like. Nor is a name that
// a file gives to an image or a network, in the commands and units that are made of it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";

describe('names that look like flags', () => {
  test.each([
    '--fix.sh',
    '--fix',
    '-',
    '--',
    '-q',
    '--help',
    '--files',
    '--config=c.sh',
    '--format=json:out.sh',
    '--command',
    '--stdin-filename=x.sh',
    '-v a:b.sh',
    'docker run -v a:b x.sh',
    '--docker=auto',
  ])('%j', async (name) => {
    const cwd = tempDir();
    const text = `#!/bin/sh\n${BAD}`;
    writeFiles(cwd, { [name]: text, 'a.sh': BAD });
    const { code, stdout, stderr } = await runLint(['--format', 'json', '--files', name, 'a.sh'], { cwd });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).map((one: { path: string }) => one.path)).toEqual([name, 'a.sh']);
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
    expect(existsSync(join(cwd, 'out.sh'))).toBe(false);
  });

  test('none are none', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'a.sh': BAD });
    expect(await runLint(['--format', 'compact', '--files'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(await runLint(['--command', 'docker run x', '--files', 'a.sh'], { cwd })).toMatchObject({
      code: 2,
    });
    expect(await runLint(['a.sh', '--format', 'compact', '--files'], { cwd })).toMatchObject({ code: 1 });
  });

  test('the hooks for pre-commit use it', () => {
    const hooks = readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8');
    expect(hooks.match(/^ {2}args: \[--files\]$/gm)).toHaveLength(hooks.match(/^- id:/gm)!.length);
  });
});

describe('an image or a network that looks like a flag', () => {
  const COMPOSE = `services:
  web:
    image: --privileged
    command: [evil]
    networks: [net]
    volumes: [vol:/v]
  other:
    image: nginx
networks:
  net: {name: --driver=evil}
volumes:
  vol: {name: --driver=evil}
`;
  const convert = async (to: string, name: string, text: string) => {
    const cwd = tempDir();
    writeFiles(cwd, { [name]: text });
    return runMountc(['convert', '--to', to, '-f', name], { cwd });
  };

  test('stands behind `--` in the command that is made of a Compose file', async () => {
    const { stdout } = await convert('run', 'compose.yaml', COMPOSE);
    expect(stdout).toContain('docker network create -- --driver=evil\n');
    expect(stdout).toMatch(/^docker run .* -- --privileged evil$/m);
  });

  test('stands behind `--` in the command that is made of a container', async () => {
    const json = JSON.stringify([
      { Name: '/c', Config: { Image: '--privileged', Cmd: ['evil'] }, HostConfig: {} },
    ]);
    const { stdout } = await convert('run', 'c.json', json);
    expect(stdout).toMatch(/^docker run .* -- --privileged evil$/m);
  });

  test('is in no unit', async () => {
    const { stdout, stderr } = await convert('quadlet', 'compose.yaml', COMPOSE);
    expect(stdout).not.toMatch(/^(?:Image|NetworkName|PodmanArgs)=-/m);
    expect(stderr).toContain('podman would take the image for a flag');
    const { stdout: unit } = await convert(
      'quadlet',
      'compose.yaml',
      COMPOSE.replace('--privileged', 'nginx'),
    );
    expect(unit).toContain('Image=nginx\n');
    expect(unit).not.toMatch(/^(?:NetworkName|VolumeName)=-/m);
  });
});
