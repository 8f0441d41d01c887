import { beforeEach, expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const put = (files: Readonly<Record<string, string | Buffer>>) => writeFiles(cwd, files);

async function flags(args: readonly string[], env = {}): Promise<string[]> {
  const { stdout } = await runMountc(['convert', '--to', 'volume', ...args], { cwd, env });
  return stdout.replaceAll(cwd, 'HERE').split('\n').filter(Boolean);
}

const service = (volumes: string, more = '') => `services: {web: {image: x, volumes: ${volumes}${more}}}\n`;

test('a script is not a list of mounts', async () => {
  put({ 'run.sh': 'docker run -v /a:/b x\n' });
  expect(await runMountc(['convert', '--to', 'mount', '-f', 'run.sh'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'mountc convert: `run.sh` holds commands, and not a list of mounts\nto convert them in place: mountc convert --to mount --diff run.sh\n',
  });
});

test('what services share by an anchor belongs to each of them', async () => {
  const text = `x-c: &c {image: x, volumes: &v [./a:/a, &m {type: volume, target: /t}]}
services: {one: {<<: *c}, two: {<<: *c, tmpfs: /run}, three: {volumes: *v}, four: {volumes: [*m]}}
`;
  put({ 'compose.yaml': text });
  const of = (name: string) => flags(['-f', 'compose.yaml', '--service', name]);
  expect(await of('one')).toEqual(['-v HERE/a:/a', '-v /t']);
  expect(await of('two')).toEqual(['-v HERE/a:/a', '-v /t', '--mount type=tmpfs,dst=/run']);
  expect(await of('three')).toEqual(['-v HERE/a:/a', '-v /t']);
  expect(await of('four')).toEqual(['-v /t']);
});

test('an empty source is the folder of the project', async () => {
  put({ 'compose.yaml': service('[{type: bind, source: "", target: /b, bind: {create_host_path: true}}]') });
  expect(await flags(['-f', 'compose.yaml'])).toEqual(['-v HERE:/b']);
  put({ 'compose.yaml': service('[{type: bind, target: /b}]') });
  expect(await flags(['-f', 'compose.yaml'])).toEqual([]);
});

test('in place: the way to the flags of a Compose file is named', async () => {
  put({ 'compose.yaml': service('[./a:/a]') });
  const named = await runMountc(['convert', '--to', 'mount', '--diff', 'compose.yaml'], { cwd });
  expect([named.code, named.stdout]).toEqual([0, '']);
  expect(named.stderr).toContain('`-f compose.yaml` prints those');
  expect((await runMountc(['convert', '--to', 'mount', '--diff', '.'], { cwd })).stderr).not.toContain('-f ');
});

test('of what `<<` takes from several blocks, the first counts', async () => {
  const text = `x-a: &a {type: bind, source: /a, target: /ta}
x-b: &b {type: bind, source: /b, target: /tb, read_only: true}
x-c: &c [*a, *b]
services: {web: {volumes: [{<<: [*a, *b]}, {<<: [*b, *a], target: /own}, {<<: *c, target: /c}]}}
`;
  put({ 'compose.yaml': text });
  expect(await flags(['-f', 'compose.yaml'])).toEqual(['-v /a:/ta:ro', '-v /b:/own:ro', '-v /a:/c:ro']);
});

test('a list of maps that another list takes over with `<<` stays one', async () => {
  const text =
    'x-a: &a\n  - {type: bind, source: /a, target: /a, bind: {create_host_path: true}}\nservices:\n  web:\n    image: x\n    volumes:\n      - <<: *a\n';
  put({ 'compose.yaml': text });
  const { code, stdout, stderr } = await runMountc(
    ['convert', '--to', 'compose', '--short', '--diff', 'compose.yaml'],
    { cwd },
  );
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('left unchanged');
});

test('extends, of the same file and of others', async () => {
  put({
    'compose.yaml': service('[./own:/own, /z:/b]', ', extends: {file: sub/base.yaml, service: base}'),
    'sub/base.yaml':
      'services: {base: {extends: root, volumes: [./b:/b]}, root: {volumes: [../r:/r], tmpfs: /run}}\n',
  });
  expect(await flags(['-f', 'compose.yaml'])).toEqual([
    '-v HERE/r:/r',
    '--mount type=tmpfs,dst=/run',
    '-v /z:/b',
    '-v HERE/own:/own',
  ]);
});

test('files laid over each other, and the project that a folder is', async () => {
  put({
    'compose.yaml': `name: shop\n${service('[./a:/a, data:/d, /c:/c]')}volumes: {data: }\n`,
    'compose.override.yaml': service('["./late:/a:ro"]'),
    'other/more.yaml': `${service('!override [./m:/m, data:/d]')}volumes: {data: {name: own}}\n`,
    'inc/compose.yaml': 'include: [../compose.yaml]\nservices: {db: {image: x, volumes: [./db:/db]}}\n',
  });
  const base = ['-v shop_data:/d', '-v /c:/c'];
  expect(await flags(['-f', 'compose.yaml'])).toEqual(['-v HERE/a:/a', ...base]);
  expect(await flags(['-f', '.'])).toEqual(['-v HERE/late:/a:ro', ...base]);
  expect(await flags(['-f', 'compose.yaml', '-f', 'other/more.yaml'])).toEqual(['-v HERE/m:/m', '-v own:/d']);
  expect(await flags(['-f', '.'], { COMPOSE_FILE: 'compose.yaml:other/more.yaml' })).toEqual([
    '-v HERE/m:/m',
    '-v own:/d',
  ]);
  put({ '.env': "COMPOSE_PROJECT_NAME='env' # mine\n" });
  expect(await flags(['-f', 'compose.yaml'])).toEqual(['-v HERE/a:/a', '-v env_data:/d', '-v /c:/c']);
  expect(await flags(['-f', 'inc', '--service', 'db'])).toEqual(['-v HERE/inc/db:/db']);
  expect(await flags(['-f', 'inc', '--service', 'web'])).toEqual([
    '-v HERE/a:/a',
    '-v inc_data:/d',
    '-v /c:/c',
  ]);
});

test.each([
  ['extends: {file: no.yaml, service: base}', 'no.yaml: no such file or directory'],
  ['extends: {file: "${X}.yaml", service: base}', 'part of its name is not known'],
  ['extends: {file: other.yaml, service: base}', 'other.yaml has no service `base`'],
  ['extends: web', 'it extends itself'],
])('what cannot be followed is named: %s', async (more, why) => {
  put({ 'compose.yaml': service('[/a:/a]', `, ${more}`), 'other.yaml': service('[]') });
  const { code, stdout, stderr } = await runMountc(['convert', '--to', 'volume', '-f', 'compose.yaml'], {
    cwd,
  });
  expect(stdout).toBe('-v /a:/a\n');
  expect(stderr).toContain(why);
  expect(code).toBe(1);
});

test.each([
  ['oci://host/x', 'it is not on this machine'],
  ['no.yaml', 'no.yaml: no such file or directory'],
  ['compose.yaml', 'it includes itself'],
])('include: %s', async (path, why) => {
  put({ 'compose.yaml': `include: [${path}]\n${service('[/a:/a]')}` });
  const run = await runMountc(['convert', '--to', 'volume', '-f', 'compose.yaml'], { cwd });
  expect(run).toMatchObject({ code: 1, stdout: '-v /a:/a\n' });
  expect(run.stderr).toContain(why);
});

test('lint knows that other files may declare a volume, and use one', async () => {
  const rules = async () => {
    const { stdout } = await runLint(['--format', 'json', '--rule', 'compose-unused-volume=warning'], {
      cwd,
    });
    return (JSON.parse(stdout) as { path: string; rule: string }[]).map(({ rule }) => rule);
  };
  const both = `${service('[data:/d]')}volumes: {unused: }\n`;
  put({ 'compose.yaml': both });
  expect((await rules()).sort()).toEqual(['compose-undeclared-volume', 'compose-unused-volume']);
  put({ 'compose.yaml': `include: [more.yaml]\n${both}`, '.gitignore': 'more.yaml\n' });
  expect(await rules()).toEqual([]);
  put({ 'compose.yaml': both, '.env': 'COMPOSE_FILE=compose.yaml:prod.yaml\n' });
  expect(await rules()).toEqual([]);
  put({ '.env': '', 'compose.override.yml': 'volumes: {data: }\n' });
  expect(await rules()).toEqual([]);
});

test('an external volume stays one, or it is said', async () => {
  put({ 'compose.yaml': `${service('[ext:/e]')}volumes: {ext: {external: true, name: shared}}\n` });
  const run = (to: string) => runMountc(['convert', '--to', to, '-f', 'compose.yaml'], { cwd });
  const volume = await run('volume');
  expect(volume).toMatchObject({ code: 0, stdout: '-v shared:/e\n' });
  expect(volume.stderr).toContain('docker creates a missing one');
  const compose = await run('compose');
  expect(compose.stdout).toMatch(/\n {2}shared:\n {4}name: shared\n {4}external: true\n/);
  expect(compose.stderr).toBe('');
});
