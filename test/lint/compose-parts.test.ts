// A Compose file that something elsewhere in the repository reads together with others is not held for whole.
import { describe, expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const cwd = tempDir();
  writeFiles(cwd, files);
  const { stdout } = await runLint(['--format', 'json', '--no-config'], { cwd, env: {} });
  return JSON.parse(stdout)
    .filter(({ severity }: { severity: string }) => severity !== 'info')
    .map(({ path, rule }: { path: string; rule: string }) => `${path} ${rule}`);
}

/** It lacks an image, a network and a volume. */
const PART = 'services:\n  web:\n    networks: [back]\n    volumes: ["data:/data"]\n';
const PATH = 'deploy/common/docker-compose.yml';

const PARTS: readonly (readonly [string, string])[] = [
  [
    'apps/shop/compose.yaml',
    'services:\n  shop:\n    image: shop\n    extends:\n      file: ../../deploy/common/docker-compose.yml\n      service: web\n',
  ],
  ['apps/shop/stack.yml', 'include:\n  - path: ["../../deploy/common/docker-compose.yml", "own.yml"]\n'],
  ['tests/conftest.py', 'FILES = ["deploy/common/docker-compose.yml", "tests/docker-compose.test.yml"]\n'],
  ['settings/up.toml', 'files = [\n  "deploy/common/docker-compose.yml",\n  "deploy/prod.yml",\n]\n'],
  [
    'src/it/ShopIT.java',
    'new ComposeContainer(new File("deploy/common/docker-compose.yml"), new File("deploy/it-compose.yml"));\n',
  ],
  ['deploy/common/docker-compose.override.yml.example', 'services:\n  web:\n    image: nginx\n'],
];

/** None of these reads it with others. */
const NONE: readonly (readonly [string, string])[] = [
  ['README.md', '- docker-compose.yml\n\nSee `deploy/common/docker-compose.yml`.\n'],
  ['up.sh', 'docker compose -f deploy/common/docker-compose.yml up\n'],
  ['apps/shop/compose.yaml', 'services:\n  shop:\n    image: shop\n    # deploy/common/docker-compose.yml\n'],
];

describe('a Compose file that may be a part', () => {
  test.each(PARTS)('of %s', async (name, text) => {
    const rules = await found({ [PATH]: PART, [name]: text });
    expect(rules.filter((one) => one.startsWith(PATH))).toEqual([]);
  });

  test.each(NONE)('is not one for %s: %s', async (name, text) => {
    const rules = await found({ [PATH]: PART, [name]: text });
    expect(rules).toContain(`${PATH} compose-undeclared-volume`);
    expect(rules).toContain(`${PATH} compose-refuses`);
  });
});
