// What git ignores is read without git: its own answer is what ours is compared with.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIgnoreFile } from '../../src/lint/gitignore.js';
import { withSeed } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';

const hasGit = spawnSync('git', ['--version']).status === 0;

/** Ignored, as a folder above it or by itself. */
function isIgnored(text: string, path: string): boolean {
  const ignore = readIgnoreFile(text);
  const names = path.split('/');
  return names.some((_, index) => ignore(names.slice(0, index + 1), index < names.length - 1) === true);
}

describe.skipIf(!hasGit)('a .gitignore means what it means to git', () => {
  const cwd = hasGit ? sharedTempDir() : '';
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  if (hasGit) execFileSync('git', ['init', '-q'], { cwd, env });

  function askGit(text: string, paths: readonly string[]): string[] {
    writeFileSync(join(cwd, '.gitignore'), text);
    // A name such as `:` would be magic by itself.
    const { stdout, status } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
      cwd,
      env,
      input: paths.map((path) => `./${path}`).join('\0'),
      encoding: 'utf8',
    });
    expect(status).toBeLessThan(2);
    return stdout.split('\0').flatMap((path) => (path === '' ? [] : [path.slice(2)]));
  }

  const check = (text: string, paths: readonly string[]) => {
    expect(paths.filter((path) => isIgnored(text, path))).toEqual(askGit(text, paths));
  };

  const NAMES = [
    'a',
    'b',
    'ab',
    'a.b',
    '[',
    ']',
    'a[b',
    '-',
    '!',
    '#',
    '\\',
    '{a,b}',
    ' ',
    'a ',
    '*',
    'Z',
    '^',
    ':',
  ];
  const PATHS = [...NAMES, ...NAMES.flatMap((one) => [`a/${one}`, `a/b/${one}`, `b/a/b/${one}`])];

  const PLAIN = String.raw`
    a/** **/a a/**/b ** *** /** a**b **/ a/ /a //a a// ./a !a \! \# # \ a\ a\/b [z-a] [a [a- []-] [!a] [^a] [a-] [a\]
    [[:alpha:]] [[:nope:]a] [[:alpha] [[:] [] []] [!]] a[/]b a[^/]b {a,b} @(a|b) [A-Z] ? ?? *a*b* [--0] [\--a] [a-\b]
    [[-a] [[:upper:]-] [!-a] [:a]`
    .trim()
    .split(/\s+/);
  const ODD = ['a ', 'a\\ ', 'a\\\\ ', ' ', '*\n!a', '*\n!*/\n!a/b/**', 'a\r\nb\r', '\ufeffa', 'b/*\n!b/a'];
  test.each([...PLAIN, ...ODD])('%j', (text) => check(text, PATHS));

  test('and so does any other', () => {
    const piece = fc.constantFrom(
      ...String.raw`a b * ** ? / [ ] ! ^ - \ [: :] [:alpha:] # . [ab] /**/`.split(' '),
      ' ',
    );
    const line = fc
      .array(piece, { maxLength: 7 })
      .map((pieces) => pieces.join(''))
      // git takes plain letters off the front before it looks for `**/`, so that it goes through folders in `a**/b` too; and
      // in `**\/` a backslash keeps it from going through none.
      .filter((text) => !/\*\\\/|^!?\/?[^*?[\\]*[^*?[\\/]\*\*/.test(text));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => check(lines.join('\n'), PATHS)),
      withSeed(400),
    );
  });
});
