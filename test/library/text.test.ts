import { expect, test } from 'vitest';
import { convertText, explain, kindOfText, lintText, listMounts } from '../../src/index.js';

const SCRIPT = 'docker run -v "$PWD":/src -v /a:/b:readonly alpine\n';

test('a text is linted by the kind that its path tells', async () => {
  const { kind, diagnostics } = await lintText(SCRIPT, { path: 'build.sh' });
  expect(kind).toBe('shell');
  expect(diagnostics.map(({ rule, range }) => [rule, SCRIPT.slice(range.start, range.end)])).toEqual([
    ['volume-unknown-mode', 'readonly'],
  ]);
});

test.each([
  ['compose.yaml', 'services:\n  a:\n    image: b\n    volumes: ["/a:"]\n'],
  ['Dockerfile', 'FROM a\nRUN --mount=type=cahce,target=/c make\n'],
  ['README.md', '```sh\ndocker run -v /a:/b:r0 i\n```\n'],
  ['Makefile', 'a:\n\tdocker run -v /a:/b:r0 i\n'],
  ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: docker run -v /a:/b:r0 i\n'],
  ['a.ps1', 'docker run -v /a:/b:r0 i\n'],
  ['.devcontainer.json', '{"mounts": ["type=bnd,source=/a,target=/b"]}'],
])('%s is read without a file system', async (path, text) => {
  const { diagnostics } = await lintText(text, { path });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(1);
});

test('rules, versions, directives and other names of docker hold', async () => {
  const off = await lintText(SCRIPT, { kind: 'shell', rules: { 'volume-unknown-mode': 'off' } });
  expect(off.diagnostics).toEqual([]);
  const disabled = `# mountc-disable-next-line volume-unknown-mode\n${SCRIPT}`;
  expect((await lintText(disabled, { kind: 'shell' })).diagnostics).toEqual([]);
  const renamed = SCRIPT.replace('docker', 'dk');
  expect((await lintText(renamed, { kind: 'shell' })).diagnostics).toEqual([]);
  expect((await lintText(renamed, { kind: 'shell', commands: { dk: 'docker' } })).diagnostics).toHaveLength(
    1,
  );
  const old = 'docker run -v ./a:/b i\n';
  expect((await lintText(old, { kind: 'shell', docker: '20.10' })).diagnostics).not.toEqual([]);
  expect((await lintText(old, { kind: 'shell', docker: '28.2' })).diagnostics).toEqual([]);
});

test('what is no text with mounts gives an empty answer', async () => {
  expect(kindOfText('x', { path: 'a.css' })).toBeUndefined();
  expect(await lintText(SCRIPT, { path: 'a.css' })).toEqual({ diagnostics: [] });
  expect(await listMounts(SCRIPT, { path: 'a.css' })).toEqual([]);
  expect(await convertText(SCRIPT, 'mount', { path: 'a.css' })).toBeUndefined();
});

test('mounts are listed where they stand', async () => {
  expect(await listMounts(SCRIPT, { kind: 'shell' })).toMatchObject([
    { path: null, line: 1, form: '-v', type: 'bind', source: '$PWD', target: '/src' },
    { path: null, line: 1, form: '-v', type: 'bind', source: '/a', target: '/b' },
  ]);
});

test('a text is converted in place', async () => {
  const text = 'docker run -v data:/d:ro alpine # keep\n';
  const converted = await convertText(text, 'mount', { path: 'a.sh' });
  expect(converted?.text).toBe('docker run --mount type=volume,src=data,dst=/d,readonly alpine # keep\n');
  const compose = 'services:\n  a:\n    image: b\n    volumes:\n      - data:/d:ro\nvolumes:\n  data:\n';
  const long = await convertText(compose, 'compose', { path: 'compose.yaml' });
  expect(long?.text).toContain('type: volume');
  const back = await convertText(long!.text, 'compose-short', { path: 'compose.yaml' });
  expect(back?.text).toContain('- data:/d:ro');
});

test('a mount is explained', () => {
  expect(explain('type=bind,src=/etc,dst=/e,ro').heading).toBe('a bind mount, read-only');
  expect(explain('/etc:/e:ro').heading).toBe('a bind mount, read-only');
  expect(explain('/etc:/e:r0').isRefused).toBe(true);
});
