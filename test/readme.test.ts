import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sharedTempDir } from './support/temp-dir.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const bin = join(root, 'bin/mountc.js');
const folder = sharedTempDir();

const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
  language,
  body,
}));

/** The commands of console blocks with what they print: standard output first, then standard error. */
const commands = blocks
  .filter(({ language }) => language === 'console')
  .flatMap(({ body }) => body.split(/^\$ /m).slice(1))
  .map((part) => {
    const [command = '', ...output] = part.split('\n');
    return { command, output: output.join('\n').trim() };
  });

/** Runs a line of the README with this checkout's mountc in place of an installed one. */
function runLine(line: string): string {
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', line.replaceAll('npx mountc', `'${process.execPath}' '${bin}'`)],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  return `${stdout}${stderr}`.trim();
}

describe('README', () => {
  test.each(commands)('$command', ({ command, output }) => {
    expect(runLine(command)).toBe(output);
  });

  // That it runs in a fresh clone, `npm ci` and all: test/package/fresh-clone.test.ts.
  test('its first command does the main job', () => {
    const [first] = blocks.filter(({ language }) => language === 'sh');
    const line = first!.body.trim();
    expect(line).toMatch(/^npm ci && npx mountc /);
    expect(runLine(line.replace('npm ci && ', ''))).toMatch(/^docker run -it --mount type=bind,/);
  });

  test('every other shell line is one that a test knows', () => {
    const lines = blocks.filter(({ language }) => language === 'sh').map(({ body }) => body.trim());
    expect(lines.slice(1)).toEqual([
      'npm install --global .',
      'alias docker="$(mountc shim path)"',
      'npm ci && npm test',
    ]);
    const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<
      string,
      string
    >;
    expect(scripts).toHaveProperty('test');
    const alias =
      'shopt -s expand_aliases\nalias docker="$(npx mountc shim path)"\nMOUNTC_DOCKER=/bin/echo eval \'docker run -v /a:/b img\'';
    expect(runLine(alias)).toBe('run -v /a:/b img');
  });

  test('the library example holds', () => {
    const [example] = blocks.filter(({ language }) => language === 'js');
    const lines = example!.body
      .trim()
      .split('\n')
      .filter((line) => line.includes('; // '));
    const program = [
      `import { compile, convert, lint, parse } from ${JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href)};`,
      ...lines.map((line) => `console.log(JSON.stringify(${line.split('; // ')[0]}));`),
    ].join('\n');
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n');
    expect(JSON.parse(printed[1]!)).toMatchObject({
      ok: true,
      create: { Binds: ['/project/src:/app'], Mounts: null },
    });
    expect([printed[0], printed[2], printed[3]]).toEqual([
      '[{"value":"ro","range":{"start":6,"end":8}}]',
      '"docker run --mount type=volume,src=data,dst=/x alpine"',
      '"volume-unknown-mode"',
    ]);
  });

  test('its links lead somewhere', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !existsSync(join(root, dirname('README.md'), link)))).toEqual([]);
  });
});
