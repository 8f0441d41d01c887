// What a Compose file names that cannot be read, and documents that say nothing: what the real releases refuse is found, nothing else.
import { expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const A = 'services:\n  a:\n    image: i\n';
const extending = (what: string) => `services:\n  a:\n    extends: ${what}\n`;

type Files = Readonly<Record<string, string>>;

const REFUSED: readonly Files[] = [
  { 'compose.yaml': `include: [nope.yaml]\n${A}` },
  { 'compose.yaml': `include: [sub]\n${A}`, 'sub/compose.yaml': A },
  { 'compose.yaml': `include: [{path: 5}]\n${A}` },
  { 'compose.yaml': extending('{file: nope.yaml, service: b}') },
  { 'compose.yaml': extending('{file: base.yaml, service: b}'), 'base.yaml': 'b:\n  image: i\n' },
  {
    'compose.yaml': extending('{file: base.yaml, service: b}'),
    'base.yaml': 'services:\n  b:\n    image: i\n    extends: {file: compose.yaml, service: a}\n',
  },
  { 'compose.yaml': A, 'compose.override.yaml': 'services:\n' },
  { 'compose.yaml': A, 'compose.override.yaml': 'volumes:\n' },
  { 'compose.yaml': A, 'compose.override.yaml': '- a\n' },
  { 'compose.yaml': `${A}---\n` },
  { 'compose.yaml': 'version: "3"\n' },
  { 'compose.yaml': 'a:\n  image: i\n  volumes: [./x:/t]\n' },
];

const TAKEN: readonly Files[] = [
  { 'compose.yaml': `include: [null, {path: more.yaml, other: 1}]\n${A}`, 'more.yaml': 'services: {}\n' },
  { 'compose.yaml': `include: [own.yaml]\n${A}`, '.gitignore': 'own.yaml\n' },
  { 'compose.yaml': `include: [own.yaml]\n${A}`, 'own.yaml.example': A },
  { 'compose.yaml': `include: [part/compose.yaml]\n${A}`, '.gitmodules': '[submodule "part"]\n' },
  { 'compose.yaml': `include: ["$\{OWN:-own}.yaml", "https://a.example/b.git"]\n${A}` },
  { 'compose.yaml': A, 'compose.override.yaml': '{}\n' },
  { 'compose.yaml': 'services:\n  a: {image: i, volumes: [data:/t]}\nvolumes: {data}\n' },
  { 'compose.yaml': 'services:\n  a: {image: i, profiles: [dev, dev]}\n' },
];

const errorsIn = async (files: Files): Promise<readonly string[]> => {
  const cwd = tempDir();
  writeFiles(cwd, files);
  const { stdout } = await runLint(['--format', 'json', '--no-config'], { cwd, env: {} });
  return JSON.parse(stdout)
    .filter(({ severity }: { severity: string }) => severity === 'error')
    .map(({ message }: { message: string }) => message);
};

test.each(REFUSED)('%j is refused', async (files) => {
  expect(await errorsIn(files)).toHaveLength(1);
});

test.each(TAKEN)('%j is not', async (files) => {
  expect(await errorsIn(files)).toEqual([]);
});
