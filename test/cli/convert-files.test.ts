import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let folder = '';
beforeEach(() => {
  folder = tempDir();
});

const put = (path: string, text: string) => writeFiles(folder, { [path]: text });
const get = (path: string) => readFileSync(join(folder, path), 'utf8');
const convert = (...args: string[]) => runMountc(['convert', '--docker', '29.7', ...args], { cwd: folder });
const NEW = '--mount type=bind,src=/a,dst=/b,bind-create-src';

/** One file of each kind: what it holds, and what it must hold afterwards. */
const FILES: Readonly<Record<string, readonly [string, string]>> = {
  'run.sh': [
    '#!/bin/sh\n# docker run -v /x:/y no\ndocker run \\\n\t-v /a:/b \\\n  "img" -v /c:/d   # keep\n',
    `#!/bin/sh\n# docker run -v /x:/y no\ndocker run \\\n\t${NEW} \\\n  "img" -v /c:/d   # keep\n`,
  ],
  Makefile: [
    'V := -v /a:/b\nall: ; @docker run $(V) img\nx:\n\tdocker run -v $(CURDIR)/a:/b -v $$HOME:/h img\n',
    `V := ${NEW}\nall: ; @docker run $(V) img\nx:\n\tdocker run --mount type=bind,src=$(CURDIR)/a,dst=/b,bind-create-src --mount type=bind,src=$$HOME,dst=/h,bind-create-src img\n`,
  ],
  '.github/workflows/a.yml': [
    'on: push\njobs:\n  a:\n    container:\n      image: i\n      options: -v /a:/b\n    steps:\n      - run: docker run -v ${{ github.workspace }}:/w img # c\n      - run: "docker run -v \\"/a\\":/b img"\n',
    `on: push\njobs:\n  a:\n    container:\n      image: i\n      options: ${NEW}\n    steps:\n      - run: docker run --mount type=bind,src=\${{ github.workspace }},dst=/w,bind-create-src img # c\n      - run: "docker run ${NEW} img"\n`,
  ],
  'a.md': [
    '# T\n\n> ```sh\n> $ docker run -v /a:/b \\\n>     img\n> ```\n\ndocker run -v /a:/b text\n',
    `# T\n\n> \`\`\`sh\n> $ docker run ${NEW} \\\n>     img\n> \`\`\`\n\ndocker run -v /a:/b text\n`,
  ],
  'package.json': [
    '{"scripts": {"a": "docker run -v \\"/a\\":/b img && ls -v"}}',
    `{"scripts": {"a": "docker run ${NEW} img && ls -v"}}`,
  ],
  '.devcontainer/devcontainer.json': [
    '// c\n{"runArgs": ["-v", "/a:/b", "--rm"], "mounts": ["type=volume,src=v1,dst=/v"],}\n',
    `// c\n{"runArgs": ["--mount", "${NEW.slice('--mount '.length)}", "--rm"], "mounts": ["type=volume,src=v1,dst=/v"],}\n`,
  ],
  'x.service': [
    '[Service]\nExecStart=/usr/bin/docker run -v /a:/b img\n',
    `[Service]\nExecStart=/usr/bin/docker run ${NEW} img\n`,
  ],
};

describe('convert --write', () => {
  test.each(Object.keys(FILES))('%s: only the flags change, a second run changes nothing', async (path) => {
    const [before, after] = FILES[path]!;
    put(path, before);
    const { code, stderr } = await convert('--to', 'mount', '--write', path);
    expect(get(path), stderr).toBe(after);
    expect(code).toBe(0);
    await convert('--to', 'mount', '--write', path);
    expect(get(path)).toBe(after);
  });

  test.each(Object.keys(FILES))('%s: with BOM and CRLF', async (path) => {
    const crlf = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    const [before, after] = FILES[path]!;
    put(path, crlf(before));
    await convert('--to', 'mount', '--write', path);
    const text = get(path);
    expect(text).toBe(crlf(after));
  });

  test('the mode stays, a link stays one, and what has nothing to change is not written', async () => {
    put('run.sh', FILES['run.sh']![0]);
    chmodSync(join(folder, 'run.sh'), 0o751);
    symlinkSync('run.sh', join(folder, 'link.sh'));
    put('other.sh', '#!/bin/sh\necho docker\n');
    const old = statSync(join(folder, 'other.sh')).mtimeMs;
    await convert('--to', 'mount', '--write', 'link.sh', 'other.sh');
    expect(get('run.sh')).toBe(FILES['run.sh']![1]);
    expect(statSync(join(folder, 'run.sh')).mode & 0o777).toBe(0o751);
    expect(lstatSync(join(folder, 'link.sh')).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'other.sh')).mtimeMs).toBe(old);
  });

  test('a folder, a summary, and what was left unchanged', async () => {
    for (const [path, [before]] of Object.entries(FILES)) put(path, before);
    put('left.sh', 'docker run -v $X:/a -v /b:/c:z img\n');
    const { code, stderr } = await convert('--to', 'mount', '--write', '.');
    expect(code).toBe(1);
    expect(stderr).toMatch(/left\.sh:1: `-v \$X:\/a`: left unchanged: .*--assume/);
    expect(stderr).toMatch(/left\.sh:1: `-v \/b:\/c:z`: left unchanged: .*SELinux/);
    expect(stderr).toMatch(/7 files changed; mounts: 1?\d exact, 0 with a changed effect, 2 left unchanged/);
    const assumed = await convert('--to', 'mount', '--write', '--assume', 'bind', 'left.sh');
    expect(get('left.sh')).toBe(
      'docker run --mount type=bind,src=$X,dst=/a,bind-create-src -v /b:/c:z img\n',
    );
    expect(assumed.code).toBe(1);
  });

  test('--diff writes nothing, and says what patch would do', async () => {
    put('run.sh', FILES['run.sh']![0]);
    const { stdout } = await convert('--to', 'mount', '--diff', 'run.sh');
    expect(get('run.sh')).toBe(FILES['run.sh']![0]);
    const patch = spawnSync('patch', ['-p1'], { cwd: folder, input: stdout, encoding: 'utf8' });
    if (patch.status === 0) expect(get('run.sh')).toBe(FILES['run.sh']![1]);
    expect(stdout).toContain(`+\t${NEW} \\\n`);
  });

  test('shells of Windows: what was quoted stays so, and variables end where they must', async () => {
    put('a.bat', 'docker run -v "%cd%:/a" -v %X%\\b:/b -v "data:/c" i\r\n');
    put('a.ps1', 'docker run --mount "type=bind,src=$root,dst=/a" --mount "type=bind,src=$(pwd),dst=/b" i\n');
    await convert('--to', 'mount', '--assume', 'bind', '--write', 'a.bat');
    expect(get('a.bat')).toBe(
      'docker run --mount "type=bind,src=%cd%,dst=/a,bind-create-src" --mount type=bind,src=%X%\\b,dst=/b,bind-create-src --mount type=volume,src=data,dst=/c i\r\n',
    );
    await convert('--to', 'volume', '--assume', 'bind', '--write', 'a.ps1');
    expect(get('a.ps1')).toBe('docker run -v "${root}:/a" -v "$(pwd):/b" i\n');
  });

  test('another engine, a file that is not there, mistakes', async () => {
    put('p.sh', 'nerdctl run -v /a:/b img\n');
    expect((await convert('--to', 'mount', '--write', 'p.sh')).stderr).toContain('nerdctl reads mounts');
    expect(get('p.sh')).toBe('nerdctl run -v /a:/b img\n');
    expect((await convert('--to', 'mount', '--write', 'nope.sh')).code).toBe(3);
    expect((await convert('--to', 'mount', '--write')).code).toBe(2);
    expect((await convert('--to', 'api', '--write', 'p.sh')).code).toBe(2);
  });
});

const hasMake = spawnSync('make', ['--version']).status === 0;
test.runIf(hasMake)('make runs the same commands afterwards', async () => {
  const text =
    'SRC = $(CURDIR)/a\nFLAGS = -v $(SRC):/b --rm\nFLAGS += -v "/c d:/e"\n.PHONY: all\nall:\n\t@docker run $(FLAGS) \\\n\t  -v $$HOME/x:/y img\n\tfor i in 1 2; do docker run -v /z$$i:/w img; done\n';
  put('Makefile', text);
  // What the shell of the recipe passes on.
  const run = () =>
    spawnSync('make', ['-s', 'SHELL=/bin/sh'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: '/home/me', PATH: `${folder}/bin:${process.env['PATH']}` },
    }).stdout;
  put('bin/docker', '#!/bin/sh\nfor word; do printf "%s|" "$word"; done; echo\n');
  chmodSync(join(folder, 'bin/docker'), 0o755);
  const before = run();
  expect(before).toContain(`-v|${folder}/a:/b|`);
  await convert('--to', 'mount', '--write', 'Makefile');
  expect(get('Makefile')).not.toContain('-v ');
  const bind = (source: string, target: string) =>
    `--mount|type=bind,src=${source},dst=${target},bind-create-src|`;
  expect(run()).toBe(
    before.replace(/-v\|([^|:]+):([^|]+)\|/g, (_all, source: string, target: string) => bind(source, target)),
  );
  await convert('--to', 'volume', '--write', 'Makefile');
  expect(run()).toBe(before);
});

describe("lint's configuration counts", () => {
  const SCRIPT = 'docker run -v /a:/b img\n';
  const OLD = 'docker run --mount type=bind,src=/a,dst=/b img\n';
  const NEWER = `docker run ${NEW} img\n`;
  const any = (...args: string[]) =>
    runMountc(['convert', '--to', 'mount', '--write', ...args], { cwd: folder });

  test('ignore', async () => {
    put('.mountc.yaml', 'ignore: [vendor, "!vendor/ours.sh"]\n');
    for (const path of ['a.sh', 'vendor/b.sh', 'vendor/ours.sh']) put(path, SCRIPT);
    await any('.', 'vendor/b.sh');
    expect(['a.sh', 'vendor/b.sh', 'vendor/ours.sh'].map(get)).toEqual([OLD, SCRIPT, OLD]);
    await any('--no-config', 'vendor');
    expect(get('vendor/b.sh')).toBe(OLD);
  });

  test('commands', async () => {
    put('a.sh', 'dc run -v /a:/b img\n');
    await any('a.sh');
    expect(get('a.sh')).toBe('dc run -v /a:/b img\n');
    put('.mountc.yaml', 'commands: {dc: docker}\n');
    await any('a.sh');
    expect(get('a.sh')).toBe('dc run --mount type=bind,src=/a,dst=/b img\n');
  });

  test('the docker that it names, for the files that it names it for; the command line goes first', async () => {
    put('.mountc.yaml', 'docker: "29.7"\noverrides: [{files: [old], docker: "20.10"}]\n');
    for (const path of ['a.sh', 'old/a.sh', 'b.sh']) put(path, SCRIPT);
    await any('a.sh', 'old');
    await any('--docker', '26.1', 'b.sh');
    expect(['a.sh', 'old/a.sh', 'b.sh'].map(get)).toEqual([NEWER, OLD, OLD]);
  });

  test('--config, and a mistake in it', async () => {
    put('a.sh', SCRIPT);
    put('other.json', '{"docker": "29.7"}');
    put('.mountc.yaml', 'docker: [oops\n');
    expect(await any('a.sh')).toMatchObject({ code: 2 });
    expect(get('a.sh')).toBe(SCRIPT);
    await any('--config', 'other.json', 'a.sh');
    expect(get('a.sh')).toBe(NEWER);
  });
});
