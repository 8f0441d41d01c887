// Repositories by chance: the files that are found without git are those that git lists.
import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listFiles } from '../../src/files/list-files.js';
import { withSeed } from '../support/seed.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const hasGit = spawnSync('git', ['--version']).status === 0;
const env = { PATH: process.env['PATH'], HOME: '/nowhere', GIT_CONFIG_NOSYSTEM: '1' };
const git = (dir: string, ...args: string[]) => spawnSync('git', args, { cwd: dir, env, encoding: 'utf8' });

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function compare(dir: string): void {
  const { stdout } = git(dir, 'ls-files', '-co', '--exclude-standard', '-z');
  const listed = stdout.split('\0').filter((path) => path !== '' && isFile(join(dir, path)));
  expect(listFiles(dir, env, () => {}).paths).toEqual(
    [...new Set(listed)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}

const path = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd.sh', 'e.sh', 'build', 'x y'), { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'));
const line = fc
  .array(fc.constantFrom('a', 'b', '*', '**', '/', '*.sh', 'build', '!', 'c', '/*', 'a/', '?'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((pieces) => pieces.join(''))
  // See gitignore.test.ts.
  .filter((text) => !/^!?\/?[^*?]*[^*?/]\*\*/.test(text));
const ignores = fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n'));
const repository = fc.record({
  paths: fc.array(path, { minLength: 5, maxLength: 20 }),
  top: ignores,
  inner: fc.array(fc.tuple(path, ignores), { maxLength: 3 }),
  exclude: ignores,
  forced: fc.array(path, { maxLength: 3 }),
  nested: fc.array(path, { maxLength: 2 }),
  version: fc.constantFrom('2', '3', '4'),
});

test.skipIf(!hasGit)('git and mountc see the same files', () => {
  const dir = join(hasGit ? tempDir() : '', 'repository');
  // Where a folder would have to be a file, there is none.
  const put = (name: string, text: string) => {
    try {
      writeFiles(dir, { [name]: text });
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(repository, ({ paths, top, inner, exclude, forced, nested, version }) => {
      rmSync(dir, { recursive: true, force: true });
      mkdirSync(dir);
      execFileSync('git', ['init', '-q'], { cwd: dir, env });
      for (const name of paths) put(name, 'x');
      put('.gitignore', top);
      for (const [folder, text] of inner) put(`${folder}/.gitignore`, text);
      put('.git/info/exclude', exclude);
      for (const folder of nested) if (put(`${folder}/n.sh`, 'x')) git(join(dir, folder), 'init', '-q');
      for (const name of forced) git(dir, 'add', '-f', name);
      git(dir, 'update-index', '--index-version', version);
      compare(dir);
      const folder = join(dir, paths[0]!.split('/')[0]!);
      // One that is ignored is read whole when it is named.
      if (!isFile(folder) && git(folder, 'check-ignore', '--no-index', '-q', '.').status === 1)
        compare(folder);
    }),
    withSeed(30),
  );
});
