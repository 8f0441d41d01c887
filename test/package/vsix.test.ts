import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { LspClient } from '../support/lsp-client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build/vscode');

describe('the extension for VS Code', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build-vsix.mjs'], { cwd: root });
  });

  test('is one file of a size that nobody minds', () => {
    expect(statSync(join(root, 'build/mountc.vsix')).size).toBeLessThan(1_200_000);
  });

  test('asks for no network and no package', () => {
    const { dependencies, extensionDependencies } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    expect(dependencies).toBeUndefined();
    expect(extensionDependencies).toBeUndefined();
    const code = readFileSync(join(folder, 'extension.js'), 'utf8');
    expect(code).not.toMatch(/require\("(?:node:)?(?:https?|tls|dgram)"\)|\bfetch\(/);
  });

  test('has settings for what a configuration file says of all files', () => {
    const { contributes } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const schema = JSON.parse(readFileSync(join(root, 'schema/mountc.schema.json'), 'utf8'));
    const names = Object.keys(contributes.configuration.properties).map((one) => one.slice('mountc.'.length));
    for (const name of names.filter((one) => one !== 'trace.server'))
      expect(Object.keys(schema.properties)).toContain(name);
  });

  test('its server serves, without anything around it', async () => {
    const client = await LspClient.start({
      program: join(folder, 'server/mountc.cjs'),
      settings: { rules: { 'volume-unknown-mode': 'warning' }, docker: '', commands: {} },
    });
    for (const [path, text] of Object.entries({
      'a.sh': 'docker run -v /a:/b:r0 x\n',
      'compose.yaml': 'services:\n  a:\n    image: b\n    volumes: ["/a:/b:r0"]\n',
      'README.md': '```sh\ndocker run -v /a:/b:r0 x\n```\n',
      Makefile: 'a:\n\tdocker run -v /a:/b:r0 x\n',
      'a.py': 'import os\nos.system("docker run -v /a:/b:r0 x")\n',
    }))
      expect((await client.open(path, text)).map(({ code, severity }) => [code, severity])).toEqual([
        ['volume-unknown-mode', 2],
      ]);
    expect(await client.stop()).toBe(0);
    expect(client.messages).toEqual([]);
  });
});
