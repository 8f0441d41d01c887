// Files that Compose reads together are judged together: what only both of them say is found, and a part is not taken for the whole.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir } from '../support/temp-dir.js';

const A = (lines: string, rest = '') => `services:\n  a:\n    image: x\n    ${lines}\n${rest}`;
const OVER = (lines: string, rest = '') => `services:\n  a:\n    ${lines}\n${rest}`;
const PARTS = 'services:\n  p:\n    image: x\n    volumes: [data:/d]\nvolumes: {data: {}}\n';

type Files = Readonly<Record<string, string>>;
const WRONG: readonly (readonly [what: string, files: Files, found: RegExp])[] = [
  [
    'a tmpfs of one file and a volume of the other on one target',
    { 'compose.yaml': A('volumes: [./a:/b]'), 'compose.override.yaml': OVER('tmpfs: [/b]') },
    /compose.* a second mount on `\/b`.* in another file/,
  ],
  [
    'a volume that neither file declares',
    { 'compose.yaml': A('volumes: [./a:/b]'), 'compose.override.yaml': OVER('volumes: [data:/d]') },
    /override.* the volume `data` is not declared: Compose refuses/,
  ],
  [
    'one service twice in volumes_from',
    {
      'compose.yaml': A('volumes_from: [b]', '  b: {image: x}\n'),
      'compose.override.yaml': OVER('volumes_from: [b]'),
    },
    /volumes_from has `b` twice/,
  ],
  [
    'external in one file and driver in the other',
    {
      'compose.yaml': A('volumes: [data:/d]', 'volumes: {data: {driver: local}}\n'),
      'compose.override.yaml': 'volumes: {data: {external: true}}\n',
    },
    /a volume that is `external` takes no `driver`/,
  ],
  [
    'a declaration that the other file takes away',
    {
      'compose.yaml': A('volumes: [data:/d]', 'volumes: {data: {}}\n'),
      'compose.override.yaml': 'volumes: {data: !reset {}}\n',
    },
    /the volume `data` is not declared/,
  ],
  [
    'volumes of a service of another file, which come without their declaration',
    {
      'compose.yaml': 'services:\n  a:\n    extends: {file: sub/base.yaml, service: p}\n',
      'sub/base.yaml': PARTS,
    },
    /compose\.yaml:3:.* the volume `data` is not declared/,
  ],
  [
    'a service that extends none',
    { 'compose.yaml': A('extends: nope') },
    /there is no service `nope` to extend/,
  ],
  [
    'a service that extends itself',
    { 'compose.yaml': A('extends: b', '  b: {extends: a}\n') },
    /extends itself/,
  ],
  [
    'services that wait for each other',
    { 'compose.yaml': A('volumes_from: [b]', '  b: {image: x, depends_on: [a]}\n') },
    /`b` waits for `a` itself/,
  ],
  [
    'a volume that no included file declares either',
    { 'compose.yaml': `include: [inc/p.yaml]\n${A('volumes: [nope:/d]')}`, 'inc/p.yaml': PARTS },
    /the volume `nope` is not declared/,
  ],
  [
    'two documents',
    { 'compose.yaml': `${A('volumes: [./a:/b]')}---\n${OVER('tmpfs: [/b]')}` },
    /a second mount on `\/b`/,
  ],
  [
    'nothing to run, where no other file is near',
    { 'compose.yaml': OVER('volumes: [./a:/b]'), 'src/main.c': '', '.git/HEAD': '' },
    /neither an image nor a build/,
  ],
  [
    'a type, next to a template that is in a text',
    { 'compose.yaml': A('command: echo {{ x }}\n    restart: 1') },
    /restart must be a string/,
  ],
];

const RIGHT: readonly (readonly [what: string, files: Files])[] = [
  [
    'what the other file declares',
    {
      'compose.yaml': A('volumes: [data:/d]'),
      'compose.override.yaml': 'volumes: {data: {}}\n',
    },
  ],
  [
    'an entry that the other file replaces',
    { 'compose.yaml': A('volumes: [nope:/b]'), 'compose.override.yaml': OVER('volumes: [./c:/b]') },
  ],
  [
    'a list that the other file resets',
    {
      'compose.yaml': A('volumes: [./a:/b]\n    tmpfs: /b'),
      'compose.override.yaml': OVER('tmpfs: !reset []'),
    },
  ],
  [
    'a list that the extended service resets itself',
    {
      'compose.yaml': `${A('extends: base\n    volumes: []\n    tmpfs: /b')}  base:\n    image: i\n    volumes: !reset ['./a:/b']\n`,
    },
  ],
  [
    'what the other file leaves empty',
    { 'compose.yaml': A('volumes: [./a:/b]'), 'compose.override.yaml': OVER('volumes:') },
  ],
  [
    'what an included file declares',
    { 'compose.yaml': `include: [inc/p.yaml]\n${A('volumes: [data:/d]')}`, 'inc/p.yaml': PARTS },
  ],
  [
    'an included file that git ignores and that is not there',
    { 'compose.yaml': `include: [inc/p.yaml]\n${A('volumes: [data:/d]')}`, '.gitignore': 'inc/\n' },
  ],
  [
    'a part of which nobody knows what it is laid over',
    { 'prod.yaml': OVER('volumes: [data:/d]\n    tmpfs:', 'configs: {c: {}}\n') },
  ],
  [
    'what lines of a template stand for',
    {
      'docker-compose.yml.j2':
        'services:\n  a:\n    image: x\n    environment:\n      {{ env | to_nice_yaml | indent(6) }}\n    networks:\n      {{ nets }}\n',
    },
  ],
  [
    'what a line of a template may declare',
    {
      'docker-compose.yml':
        'services:\n  a:\n    image: x\n    networks: [n]\n    depends_on: [db]\n{{ services | indent(2) }}\n',
    },
  ],
  [
    'branches of a template in a file without mounts',
    {
      'docker-compose.yml.j2': A(
        '{% if p %}\n    ports: [1]\n    {% else %}\n    ports: [2]\n    {% endif %}',
      ),
    },
  ],
  [
    'what somebody fills in',
    { 'compose.yaml': A('labels:\n      <your labels>\n    ports:\n      @PORTS@') },
  ],
  [
    'a template that is all of a value, in the quotes that Ansible asks for',
    { 'vars.yml': A('environment: "{{ env }}"\n    volumes: "{{ vols }}"') },
  ],
  [
    'a file that an editor lays over another one',
    {
      '.devcontainer/docker-compose.yml': OVER('volumes: [..:/w]\n    networks: [n]'),
      '.devcontainer/devcontainer.json': '{"dockerComposeFile": ["../compose.yaml", "docker-compose.yml"]}',
    },
  ],
  [
    'a file for which another one is in a folder of its own',
    { 'compose.yaml': OVER('networks: [n]'), 'dev/compose.dev.yaml': A('ports: []') },
  ],
  [
    'services that are none of Compose',
    {
      'config/services.yaml':
        'parameters: {}\nservices:\n  _defaults: {autowire: true}\n  App\\: {resource: ../src/}\n',
    },
  ],
  [
    'extends with a file that is null',
    { 'compose.yaml': A('extends: {service: b, file: }', '  b: {image: x}\n') },
  ],
  ['a service of a profile', { 'compose.yaml': A('volumes: [nope:/d]\n    profiles: [p]') }],
];

async function lint(files: Files, ...more: string[]): Promise<string> {
  const folder = tempDir();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const args = ['--no-config', '--compose', '2.40', '--format', 'compact', ...more, '.'];
  const { stdout, stderr } = await runLint(args, { cwd: folder });
  return stdout + stderr;
}

test.each(WRONG)('%s', async (_what, files, found) => {
  expect(await lint(files)).toMatch(found);
});

test.each(RIGHT)('says nothing of %s', async (_what, files) => {
  expect(await lint(files)).not.toMatch(/error/);
});

test('who turns a rule off hears nothing of it from another one', async () => {
  const undeclared = WRONG.filter(([, , found]) => found.source.includes('not declared'));
  expect(undeclared.length).toBeGreaterThan(3);
  for (const [, files] of undeclared)
    expect(await lint(files, '--rule', 'compose-undeclared-volume=off')).not.toMatch(/not declared/);
});
