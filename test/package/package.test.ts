import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installed, installPackage, ROOT } from './installed.js';

describe.skipIf(process.platform === 'win32')('the package as npm packs it', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = installPackage();
  });
  afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));
  const mountc = (args: readonly string[]) =>
    spawnSync(join(installed.bin, 'mountc'), args, { cwd: installed.folder, encoding: 'utf8' });

  test('needs no other package and runs nothing when it is installed', () => {
    const { dependencies, scripts } = JSON.parse(
      readFileSync(join(installed.modules, 'mountc/package.json'), 'utf8'),
    ) as { dependencies?: object; scripts: Record<string, string> };
    expect(dependencies).toBeUndefined();
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
  });

  test('runs offline from where it is installed', () => {
    expect(mountc(['--version']).stdout).toMatch(/^mountc \d/);
    expect(mountc(['convert', '--to', 'mount', '-v', 'data:/x:ro']).stdout).toBe(
      '--mount type=volume,src=data,dst=/x,readonly\n',
    );
    expect(mountc(['lint', '--command', 'docker run -v /a:/b:readonly img']).status).toBe(1);
    const compose = mountc(['convert', '--to', 'compose', '--service', 'web', 'docker run -v data:/x img']);
    expect(compose.stdout).toContain('services:\n  web:\n    image: img\n');
    writeFileSync(join(installed.folder, 'a.sh'), '#!/bin/sh\ndocker run -v data:/x img\n');
    expect(mountc(['convert', '--to', 'mount', '--write', 'a.sh']).status).toBe(0);
    expect(readFileSync(join(installed.folder, 'a.sh'), 'utf8')).toBe(
      '#!/bin/sh\ndocker run --mount type=volume,src=data,dst=/x img\n',
    );
  });

  test('holds what it needs and nothing else', () => {
    const paths = installed.packed.files.map(({ path }) => path);
    expect(
      paths.filter(
        (path) =>
          !/^(?:bin|dist|schema|man)\/|^[A-Z]+\.md$|^LICENSE$|^package\.json$|^\.github\/problem-matcher\.json$/.test(
            path,
          ),
      ),
    ).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/mountc.js',
        'dist/THIRD-PARTY.txt',
        'man/mountc.1',
      ]),
    );
  });

  test('stays within its size', () => {
    expect(installed.packed.size).toBeLessThan(3_000_000);
    expect(installed.packed.unpackedSize).toBeLessThan(9_000_000);
    const sizeOf = (name: string) => installed.packed.files.find(({ path }) => path === name)!.size;
    // What every start reads.
    expect(sizeOf('dist/mountc.cjs')).toBeLessThan(12_000);
    expect(sizeOf('dist/check.cjs')).toBeLessThan(20_000);
    expect(sizeOf('dist/index.js')).toBeLessThan(470_000);
  });

  test('carries the licence of everything that is bundled', () => {
    const text = readFileSync(join(installed.modules, 'mountc/dist/THIRD-PARTY.txt'), 'utf8');
    for (const name of ['arg', 'cross-spawn', 'unbash', 'yaml', '@lezer/markdown'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC|Apache-2\\.0)\\)$`, 'm'));
    const licenses = [...text.matchAll(/^(?:@?[\w./-]+) \d+\.\d+\.\d+ \(([^)]+)\)$/gm)].map(
      (match) => match[1],
    );
    expect(licenses.length).toBeGreaterThan(10);
    expect(
      licenses.every((one) => ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause'].includes(one!)),
    ).toBe(true);
  });

  test.each(['node16', 'bundler'])('its types resolve for %s', (resolution) => {
    const consumer = join(installed.folder, `consumer-${resolution}`);
    mkdirSync(join(consumer, 'node_modules'), { recursive: true });
    symlinkSync(join(installed.modules, 'mountc'), join(consumer, 'node_modules/mountc'));
    writeFileSync(join(consumer, 'package.json'), '{"type": "module"}');
    writeFileSync(
      join(consumer, 'use.ts'),
      `import { compile, convert, lint, parse, type Mount } from 'mountc';
export const target: string | undefined = parse('volume', '/a:/b').target?.value;
export const command: string = convert(['run', '-v', 'data:/x', 'img'], 'mount').command;
export const rules: string[] = lint(['run', '-v', '/a:/b:x', 'img']).diagnostics.map(({ rule }) => rule);
export const answer = compile(['run', 'img']);
export const typeOf = (mount: Mount): string => mount.type;
// @ts-expect-error: a form that does not exist
parse('compose', '');
`,
    );
    const module = resolution === 'node16' ? 'node16' : 'esnext';
    const args = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--target', 'es2022', '--types', ''];
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/typescript/bin/tsc'),
        ...args,
        '--module',
        module,
        '--moduleResolution',
        resolution,
        'use.ts',
      ],
      { cwd: consumer, encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test('the library runs as it is', () => {
    const consumer = join(installed.folder, 'consumer-run');
    mkdirSync(join(consumer, 'node_modules'), { recursive: true });
    symlinkSync(join(installed.modules, 'mountc'), join(consumer, 'node_modules/mountc'));
    const code =
      "import { convert } from 'mountc'; console.log(convert(['run', '-v', 'data:/x', 'a'], 'mount').command);";
    expect(
      execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: consumer,
        encoding: 'utf8',
      }),
    ).toBe('docker run --mount type=volume,src=data,dst=/x a\n');
  });
});
