// The package as npm packs it, run by other releases of Node than the one that runs the tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { wantedNodes } from '../support/nodes.js';
import { type Installed, installPackage } from './installed.js';
import { readmeSessions, sortedLines } from './readme-sessions.js';

const GOOD = [20, 22, 24];
const OLD = [16, 18];
const isPosix = process.platform !== 'win32';

describe.runIf(isPosix)('the package', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = installPackage();
    mkdirSync(join(installed.folder, 'work'));
    const script = 'printf "<%s>" "$@"; exit 7';
    writeDocker(join(installed.folder, 'real/docker'), { client: '28.5.2', engine: '28.5.2', script });
    mkdirSync(join(installed.folder, 'node_modules'));
    symlinkSync(join(installed.modules, 'mountc'), join(installed.folder, 'node_modules/mountc'));
  });
  afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

  /** A shell line with this Node, and only it, as `node`. */
  const shell = (node: string, line: string) => {
    const { folder, bin } = installed;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
      cwd: join(folder, 'work'),
      encoding: 'utf8',
      env: {
        PATH: [join(folder, 'real'), dirname(node), bin, '/usr/bin:/bin'].join(':'),
        HOME: join(folder, 'home'),
        NO_COLOR: '1',
      },
    });
    return { status, stdout, stderr };
  };

  describe.each(runnable(GOOD))('with Node $major', (node) => {
    if ('missing' in node) {
      test.skip(`runs (${node.missing})`, () => {});
      return;
    }
    const { path } = node;

    test.each(readmeSessions())('$command', ({ command, output }) => {
      const { stdout } = shell(path, `{ ${command.replaceAll('npx mountc', 'mountc')}\n} 2>&1`);
      expect(sortedLines(stdout)).toEqual(sortedLines(output));
    });

    test('files are linted, fixed and converted', () => {
      const file = join(installed.folder, 'work/a.sh');
      writeFileSync(file, '#!/bin/sh\ndocker run -v /a:/b:readonly -v data:/x img\n');
      expect(shell(path, 'mountc lint a.sh').status).toBe(1);
      expect(shell(path, 'mountc lint --fix a.sh').status).toBe(0);
      expect(shell(path, 'mountc convert --to mount --write a.sh').status).toBe(0);
      expect(readFileSync(file, 'utf8')).toContain('--mount type=volume,src=data,dst=/x img\n');
      writeFileSync(join(installed.folder, 'work/compose.yaml'), 'services: {a: {volumes: ["/a:/b:ro"]}}\n');
      expect(shell(path, 'mountc convert --to volume -f compose.yaml').stdout).toBe('-v /a:/b:ro\n');
      expect(shell(path, 'mountc lint').stderr).toBe('');
    });

    test.skipIf(!CAN_FAKE_DOCKER)('the launcher and `mountc docker` check, and run docker', () => {
      const dir = join(installed.folder, `shim-${node.major}`);
      expect(shell(path, `mountc shim install --dir '${dir}'`).status).toBe(0);
      for (const docker of [`'${dir}/docker'`, 'mountc docker']) {
        expect(shell(path, `${docker} run -v /a:/b img`)).toMatchObject({
          status: 7,
          stdout: '<run><-v></a:/b><img>',
        });
        const refused = shell(path, `${docker} run --mount 'type=bind, src=/a, dst=/b' img`);
        expect(refused).toMatchObject({ status: 125, stdout: '' });
        expect(refused.stderr).toContain('whitespace');
      }
      expect(shell(path, `mountc shim uninstall --dir '${dir}'`).status).toBe(0);
    });

    test.each([
      ['import', "import { convert } from 'mountc'", 'module'],
      ['require', "const { convert } = require('mountc')", 'commonjs'],
    ])('the library by %s', (_name, load, type) => {
      const code = `${load}; console.log(convert(["run", "-v", "data:/x", "a"], "mount").command)`;
      const run = shell(path, `node --input-type=${type} -e '${code.replaceAll("'", '"')}'`);
      expect(run).toEqual({
        status: 0,
        stdout: 'docker run --mount type=volume,src=data,dst=/x a\n',
        stderr: '',
      });
    });
  });

  describe.each(wantedNodes(OLD))('with Node $major, which is too old', (node) => {
    if ('missing' in node) {
      test.skip(`says so (${node.missing})`, () => {});
      return;
    }
    const says = `mountc needs Node 20 or newer; this is ${node.version} (${node.path})`;

    test('says so', () => {
      const { status, stdout, stderr } = shell(node.path, 'mountc lint');
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toBe(`${says}\ninstall a newer one: https://nodejs.org\n`);
    });

    test('`mountc docker` runs docker all the same', () => {
      expect(shell(node.path, 'mountc docker run -v /a:/b img')).toEqual({
        status: 7,
        stdout: '<run><-v></a:/b><img>',
        stderr: `${says}; docker runs unchecked\n`,
      });
    });

    test('the launcher runs docker and says nothing', () => {
      const launcher = join(installed.modules, 'mountc/bin/docker');
      const expected = { status: 7, stdout: '<run><--mount><type=bind, src=/a><img>', stderr: '' };
      expect(shell(node.path, `'${launcher}' run --mount 'type=bind, src=/a' img`)).toEqual(expected);
    });
  });
});

/** The Node that runs the tests counts too. */
function runnable(majors: readonly number[]): ReturnType<typeof wantedNodes> {
  const version = process.versions.node;
  const own = { major: Number.parseInt(version, 10), version, path: process.execPath };
  return wantedNodes(majors).map((node) => (node.major === own.major ? own : node));
}
