// Stack files as docker's own loader reads them: `docker stack config` takes and refuses these, and where a docker is here, is asked.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { lintText } from '../../src/lint/lint-text.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const A = 'services:\n  a:\n    image: i\n    deploy: {replicas: 2}\n';
const entry = (text: string) => `${A}    volumes: [${text}]\n`;
const options = (text: string) => `${A}    volumes: [data:/d]\nvolumes:\n  data: ${text}\n`;

const TAKEN = [
  entry('{type: bind, source: /a, target: /b, bind: {create_host_path: nope, selinux: y, recursive: true}}'),
  entry('{type: tmpfs, target: /b, tmpfs: {mode: rwx, size: 64}}'),
  options('{external: true, driver_opts: {}, labels: {}}'),
  `${A}---\n`,
];

const REFUSED = [
  entry('{type: tmpfs, target: /b, tmpfs: {size: 64m}}'),
  options('{external: "true"}'),
  `${A}    configs: [{source: c, mode: "0440"}]\nconfigs: {c: {file: ./c}}\n`,
  `${A}    configs: [c]\nconfigs: {c: {content: x}}\n`,
  `${A}    secrets: [s]\nsecrets: {s: {external: {name: a}, name: b}}\n`,
  `${A}    user: 1000\n`,
  `${A}    mem_limit: 1g\n`,
  `${A}    volumes_from: [a]\n`,
  `name: x\n${A}`,
];

const hasDocker = spawnSync('docker', ['stack', 'config', '--help']).status === 0;

const rows = [
  ...TAKEN.map((text) => [text, false] as const),
  ...REFUSED.map((text) => [text, true] as const),
];

describe('a stack file', () => {
  test.each(rows)('%j: refused %s', async (text, isRefused) => {
    const { diagnostics } = await lintText('compose', text, 'docker-stack.yml', {
      dialect: makeDialect(),
      rules: {},
    });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.length > 0, JSON.stringify(errors)).toBe(isRefused);
  });

  test('may be a file of Compose, whatever its name says', async () => {
    const text = 'name: x\nservices:\n  a: {image: i, mem_limit: 1g, profiles: [b]}\n';
    const { diagnostics } = await lintText('compose', text, 'elk-stack.yml', {
      dialect: makeDialect(),
      rules: {},
    });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.skipIf(!hasDocker)('docker says the same', () => {
    const cwd = tempDir();
    for (const [text, isRefused] of rows) {
      writeFiles(cwd, { 'docker-stack.yml': text });
      const { status, stderr } = spawnSync('docker', ['stack', 'config', '-c', 'docker-stack.yml'], { cwd });
      expect(status !== 0, `${text}${stderr}`).toBe(isRefused);
    }
  });
});
