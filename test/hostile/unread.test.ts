// What is more than its reader takes is said to be not read, by name, and the other files of the run are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const DEEP = 100_000;
const nest = (open: string, close: string) => `${open.repeat(DEEP)}a${close.repeat(DEEP)}`;
const SERVICE = 'services:\n  a:\n    image: b\n    volumes: [./a:/b:rx]\n';

const TOO_DEEP: Readonly<Record<string, string>> = {
  'compose.yaml': `${SERVICE}x-a: ${nest('[', ']')}\n`,
  'maps/compose.yaml': `${SERVICE}x-a: ${nest('{a: ', '}')}\n`,
  'open/compose.yaml': `${SERVICE}x-a: ${'['.repeat(DEEP)}`,
  'dashes/compose.yaml': `${SERVICE}x-a:\n  ${'- '.repeat(DEEP)}a\n`,
  'keys/compose.yaml': `${SERVICE}${'? '.repeat(DEEP)}a\n`,
  '.github/workflows/ci.yml': `on: push\njobs: {a: {steps: [{run: docker run -v /a:/b x}, ${nest('[', ']')}]}}\n`,
  'devcontainer.json': `{"mounts": ["type=bind"], "a": ${nest('[', ']')}}`,
  'open/devcontainer.json': `{"mounts": ${'['.repeat(DEEP)}`,
  'objects/devcontainer.json': `{"runArgs": ${nest('{"a":', '}')}}`,
  'package.json': `{"scripts": {"a": "docker run -v /a:/b x"}, "b": ${nest('[', ']')}}`,
  'README.md': `docker run -v /a:/b x\n\n${'- '.repeat(DEEP)}a\n`,
  'quotes/README.md': `docker run -v /a:/b x\n\n${'> '.repeat(DEEP)}a\n`,
  'both/README.md': `docker run -v /a:/b x\n\n${'> - '.repeat(DEEP)}a\n`,
  'block/README.md': `\`\`\`yaml\n${SERVICE}x-a: ${nest('[', ']')}\n\`\`\`\n`,
};

describe('what is nested too deep', () => {
  it.each(Object.entries(TOO_DEEP))('%s', async (path, text) => {
    const cwd = tempDir();
    writeFiles(cwd, { [path]: text, 'z.sh': 'docker run -v a:b:c:d x\n' });
    const { code, stdout, stderr } = await runLint(['--format', 'compact', path, 'z.sh'], { cwd });
    expect(stdout).toContain('not read: it is nested more than 100 deep');
    expect(stdout.split('\n').filter((line) => line.startsWith(`${path}:`))).toHaveLength(1);
    expect(stdout).toContain('z.sh:1:');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await runLint(['--fix=unsafe', path], { cwd });
    expect(readFileSync(join(cwd, path), 'utf8')).toBe(text);
  });

  it('is told of a block of documentation, and the others are read', async () => {
    const cwd = tempDir();
    const fence = (text: string) => `\`\`\`yaml\n${text}\`\`\`\n\n`;
    writeFiles(cwd, { 'a.md': fence(`${SERVICE}x-a: ${nest('[', ']')}\n`) + fence(SERVICE) });
    const { stdout } = await runLint(['--format', 'compact', 'a.md'], { cwd });
    expect(stdout).toMatch(/not read.*\n.*`rx` is not a mode/);
  });

  it('is not a reason to doubt what people write', async () => {
    const cwd = tempDir();
    const text = `${SERVICE}x-a: ${'[{a: '.repeat(20)}a${'}]'.repeat(20)}\n`;
    writeFiles(cwd, {
      'compose.yaml': text,
      'a.md': `${'- '.repeat(40)}a\n\n${'> '.repeat(40)}b\n\ndocker run`,
    });
    const { stdout } = await runLint(['--format', 'compact', '.'], { cwd });
    expect(stdout).not.toContain('not read');
    expect(stdout).toContain('`rx` is not a mode');
  });

  it('a configuration', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { '.mountc.yaml': `ignore: ${'['.repeat(1000)}\n`, 'a.sh': 'docker run -v /a:/b x\n' });
    const { code, stderr } = await runLint(['a.sh'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('not read: it is nested more than 100 deep');
  });

  it.each(['inspect -f a.json', 'convert --to mount --from api -f a.json'])('%s', async (run) => {
    const cwd = tempDir();
    writeFiles(cwd, { 'a.json': `{"HostConfig": {"Binds": ["/a:/b"], "Mounts": ${nest('[', ']')}}}` });
    const { code } = await runMountc(run.split(' '), { cwd });
    expect(code).not.toBe(70);
  });
});
