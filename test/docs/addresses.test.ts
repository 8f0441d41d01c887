// Where the project lives is said in package.json: a move there must not leave an old address anywhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { homepage, repository, bugs } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [, owner, name] = /^git\+https:\/\/github\.com\/([\w.-]+)\/([\w.-]+)\.git$/.exec(repository.url)!;

/** What a reader is told, without the files of strangers in fixtures and tests. */
const TOLD = execFileSync(
  'git',
  ['ls-files', '*.md', '*.yml', '*.yaml', 'src', 'man', 'schema', 'editors', 'site', '.github'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter(
    (path) =>
      path !== '' &&
      existsSync(join(root, path)) &&
      !path.startsWith('fixtures/') &&
      !path.startsWith('test/'),
  );

test('every address of the project is the one of package.json', () => {
  expect(bugs).toBe(`https://github.com/${owner}/${name}/issues`);
  expect(TOLD.length).toBeGreaterThan(50);
  let seen = 0;
  for (const path of TOLD) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [address] of text.matchAll(
      /https:\/\/(?:github\.com\/[\w.-]+\/mountc|[\w.-]+\.github\.io)[\w./-]*/g,
    )) {
      seen += 1;
      const ours = address.startsWith(`https://github.com/${owner}/${name}`) || address.startsWith(homepage);
      expect(ours, `${path}: ${address}`).toBe(true);
    }
    for (const [, used] of text.matchAll(/uses: ([\w.-]+\/mountc)@/g))
      expect(used, path).toBe(`${owner}/${name}`);
    expect(text, path).not.toMatch(/<where mountc lives>|<owner>\/mountc/);
  }
  expect(seen).toBeGreaterThan(1);
});
