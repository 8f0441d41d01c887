import { expect, test } from 'vitest';
import { readGitIndex } from '../../src/files/git-index.js';

/** An index of version 4, in which a path takes over the beginning of the one before. */
function indexOf(paths: number, first: string, kept: number): Buffer {
  const head = Buffer.concat([Buffer.from('DIRC'), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0])]);
  head.writeUInt32BE(paths, 8);
  const entry = Buffer.alloc(62, 1);
  entry.writeUInt16BE(0, 60);
  const rest = Array.from({ length: paths - 1 }, (_, at) => {
    const name = String(at).padStart(6, '0');
    return [entry, Buffer.from([first.length + 6 - kept]), Buffer.from(`${name}\0`)];
  });
  // The first path is as long as all others.
  return Buffer.concat([head, entry, Buffer.from([0]), Buffer.from(`${first}      \0`), ...rest.flat()]);
}

test('what the paths of an index take over from one another comes to no more than a multiple of it', () => {
  const index = indexOf(20_000, 'd/'.repeat(2000), 4000);
  let length = 0;
  for (const path of readGitIndex(index, 20)) length += path.length;
  expect(length).toBeGreaterThan(index.length);
  expect(length).toBeLessThan(index.length * 9);
});

test('the paths of an honest index are all there', () => {
  const paths = [...readGitIndex(indexOf(20_000, 'a/folder/of/some/length/', 24), 20)];
  expect(paths.length).toBe(20_000);
  expect(paths.at(-1)).toBe('a/folder/of/some/length/019998');
});
