// Files that scripts, build files and CI give Compose together are one project: none is judged alone for what another says.
import { execFileSync } from 'node:child_process';
import { beforeEach, describe, expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { findComposes } from '../support/compose.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

/** The warnings and errors of Compose files. */
async function found(files: Readonly<Record<string, string>>, ...paths: string[]): Promise<string[]> {
  writeFiles(cwd, files);
  const { stdout } = await runLint(['--format', 'json', '--no-config', ...paths], { cwd, env: {} });
  return JSON.parse(stdout)
    .filter(({ severity }: { severity: string }) => severity !== 'info')
    .map(({ path, rule }: { path: string; rule: string }) => `${path} ${rule}`);
}

const service = (...volumes: string[]) =>
  `services:\n  web:\n    image: nginx\n    volumes: [${volumes.join(', ')}]\n`;
const BASE = { 'compose.yaml': service('data:/data') };
const OVER = { 'prod.yml': `${service('logs:/logs')}volumes: {data: , logs: }\n` };
const UNDECLARED = 'compose-undeclared-volume';

/** Each gives Compose `compose.yaml` and `prod.yml`, in that order. */
const WAYS: readonly (readonly [string, string])[] = [
  ['up.sh', 'docker compose -f compose.yaml -f prod.yml up -d\n'],
  ['bin/up', '#!/bin/sh\ncd "$(dirname "$0")/.."\ndocker-compose --file=compose.yaml --file prod.yml up\n'],
  ['up.sh', 'FILES="-f compose.yaml -f prod.yml"\ndocker compose $FILES --env-file prod.env up\n'],
  ['up.sh', 'files=(-f ./compose.yaml -f ./prod.yml)\ndocker compose "${files[@]}" -p x up\n'],
  ['up.sh', 'COMPOSE_FILE=compose.yaml:prod.yml docker compose up\n'],
  ['up.sh', 'export COMPOSE_FILE="compose.yaml:prod.yml"\ndocker compose up\n'],
  ['Makefile', 'DC := docker compose -f compose.yaml\nup:\n\t$(DC) -f prod.yml up\n'],
  ['justfile', 'up:\n  docker compose -f compose.yaml -f prod.yml up\n'],
  ['package.json', '{"scripts": {"up": "docker compose -f compose.yaml -f prod.yml up"}}\n'],
  [
    '.github/workflows/ci.yml',
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker compose -f compose.yaml -f prod.yml up\n',
  ],
  [
    '.gitlab-ci.yml',
    'variables:\n  COMPOSE_FILE: "compose.yaml:prod.yml"\na:\n  script: [docker compose up]\n',
  ],
  ['README.md', '```sh\n$ docker compose -f compose.yaml -f prod.yml up\n```\n'],
  ['.env', 'COMPOSE_FILE=compose.yaml:prod.yml\n'],
];

describe('files that are read together', () => {
  test.each(WAYS)('%s: %s', async (name, text) => {
    expect(await found({ ...BASE, ...OVER, [name]: text })).toEqual([]);
    expect(await found({}, 'compose.yaml')).toEqual([]);
  });

  test('are not those of another folder', async () => {
    const files = { 'a/compose.yaml': service('data:/data'), 'b/compose.yaml': service('data:/data') };
    const script = 'docker compose -f compose.yaml -f prod.yml up\n';
    expect(await found({ ...files, 'a/prod.yml': OVER['prod.yml'], 'a/up.sh': script })).toEqual([
      `b/compose.yaml ${UNDECLARED}`,
    ]);
  });

  test.each([
    ['below the script', 'deploy.sh', 'cd app && docker compose -f compose.yaml -f prod.yml up', 'app/'],
    ['next to its folder', 'ci/up.sh', 'docker compose -f ../compose.yaml -f ../prod.yml up', ''],
    ['in two folders', 'up.sh', 'docker compose -f compose.yaml -f x/../prod.yml up', ''],
  ])('%s', async (_, name, text, folder) => {
    const files = [...Object.entries(BASE), ...Object.entries(OVER)].map(([one, yaml]) => [
      folder + one,
      yaml,
    ]);
    expect(await found({ ...Object.fromEntries(files), [name]: text })).toEqual([]);
  });

  test('what none of them declares is an error in each', async () => {
    const script = { 'up.sh': 'docker compose -f compose.yaml -f prod.yml up\n' };
    const files = { ...BASE, 'prod.yml': service('logs:/logs'), ...script };
    expect(await found(files)).toEqual([`compose.yaml ${UNDECLARED}`, `prod.yml ${UNDECLARED}`]);
  });

  test('a file that is given alone is checked as a whole', async () => {
    const script = { 'up.sh': 'docker compose -f prod.yml up\n' };
    expect(await found({ 'prod.yml': service('logs:/logs'), ...script })).toEqual([`prod.yml ${UNDECLARED}`]);
  });

  test('only what is wrong each time is wrong', async () => {
    const script = {
      'up.sh': 'docker compose -f a.yml -f b.yml up\ndocker compose -f a.yml -f c.yml up\n',
    };
    const files = {
      'a.yml': service('data:/data', 'none:/none'),
      'b.yml': 'services: {web: {image: x}}\nvolumes: {data: }\n',
      'c.yml': 'services: {web: {tmpfs: [/none]}}\n',
    };
    expect(await found({ ...files, ...script })).toEqual([`a.yml ${UNDECLARED}`, 'c.yml compose-refuses']);
  });

  test.each([
    ['a variable', 'docker compose -f compose.yaml -f "$OVER" up'],
    ['a part that is a variable', 'docker compose -f compose.yaml -f docker/$ENV.yml up'],
    ['a list of options', 'docker compose $OPTS -f compose.yaml up'],
    [
      'options of some runs',
      'FILES=\n[ -n "$X" ] && FILES="-f $X"\ndocker compose $FILES -f compose.yaml up',
    ],
    ['a file elsewhere', 'docker compose -f compose.yaml -f /etc/over.yml up'],
    ['a file that is made', 'docker compose -f compose.yaml -f generated.yml up'],
    ['standard input', 'docker compose -f compose.yaml -f - up'],
    ['the folder of the script', 'docker compose -f "$ROOT/compose.yaml" -f "$ROOT/prod.yml" up'],
  ])('with %s: nothing is known of what is laid over', async (_, script) => {
    expect(await found({ ...BASE, ...OVER, 'up.sh': `${script}\n` }, 'compose.yaml')).toEqual([]);
  });

  test('one that is in a folder that is not known is alone', async () => {
    const script = { 'up.sh': 'docker compose -f "$ROOT/prod.yml" up\n' };
    expect(await found({ 'prod.yml': service('logs:/logs'), ...script })).toEqual([`prod.yml ${UNDECLARED}`]);
  });
});

const composes = findComposes();

describe.skipIf(composes.length === 0)('paths in them', () => {
  const files = {
    'base.yml': 'services: {a: {image: i}}\n',
    'sub/over.yml':
      'include: [inc.yml]\nservices: {a: {extends: {file: ext.yml, service: z}, volumes: [own:/v]}}\n',
    'ext.yml': 'services: {z: {volumes: [vol:/z]}}\n',
    'inc.yml': 'volumes: {vol: , own: }\n',
    'p/ext.yml': 'services: {z: {volumes: [vol:/z]}}\n',
    'p/inc.yml': 'volumes: {vol: }\n',
  };
  test.each([
    ['are relative to the first', ['-f', 'base.yml', '-f', 'sub/over.yml'], []],
    [
      'or to the folder that is named',
      ['--project-directory', 'p', '-f', 'base.yml', '-f', 'sub/over.yml'],
      [`sub/over.yml ${UNDECLARED}`],
    ],
  ])('%s', async (_, flags, expected) => {
    const script = { 'up.sh': `docker compose ${flags.join(' ')} up\n` };
    expect(await found({ ...files, ...script })).toEqual(expected);
    for (const { path } of composes) {
      const run = () => execFileSync(path, [...flags, 'config', '-q'], { cwd, stdio: 'pipe' });
      if (expected.length === 0) run();
      else expect(run).toThrow('undefined volume');
    }
  });
});
