import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeVersion } from '../../../src/dialects/docker/tables/version.js';
import { judgeMount } from '../../../src/dialects/podman/mount.js';
import { judgeTmpfs } from '../../../src/dialects/podman/tmpfs.js';
import { type PodmanFacts, podmanFacts } from '../../../src/dialects/podman/versions.js';
import { judgeVolume } from '../../../src/dialects/podman/volume.js';

// What five podmans said to a word in an otherwise right flag, measured with `podman create` on the real programs.
const [header, ...rows] = readFileSync(fileURLToPath(new URL('answers.tsv', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const VERSIONS = header!.slice(3);

/** The flag that the word was tried in. */
const AROUND: Readonly<Record<string, (word: string) => string>> = {
  '-v bind': (word) => `/srv/data:/x:${word}`,
  '-v volume': (word) => `data:/x:${word}`,
  '--tmpfs tmpfs': (word) => `/x:${word}`,
  '--mount bind': (word) => `type=bind,src=/srv/data,dst=/x${comma(word)}`,
  '--mount volume': (word) => `type=volume,src=data,dst=/x${comma(word)}`,
  '--mount tmpfs': (word) => `type=tmpfs,dst=/x${comma(word)}`,
  '--mount ramfs': (word) => `type=ramfs,dst=/x${comma(word)}`,
  '--mount glob': (word) => `type=glob,src=/srv/d*,dst=/x${comma(word)}`,
  '--mount image': (word) => `type=image,src=img,dst=/x${comma(word)}`,
  '--mount devpts': (word) => `type=devpts,dst=/x${comma(word)}`,
  '--mount artifact': (word) => `type=artifact,src=localhost/a:1,dst=/x${comma(word)}`,
};
const comma = (word: string) => (word === '' ? '' : `,${word}`);
const JUDGES: Readonly<Record<string, typeof judgeVolume>> = {
  '-v': judgeVolume,
  '--mount': judgeMount,
  '--tmpfs': judgeTmpfs,
};
/** What only the machine can say, and what was not run. */
const OPEN = /does not exist|no such volume|not run/;

describe.each(VERSIONS)('podman %s', (text) => {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  const facts: PodmanFacts = podmanFacts(makeVersion(major, minor, patch));
  const column = VERSIONS.indexOf(text) + 3;
  test('says the same to every word', () => {
    const differences = rows.flatMap((row) => {
      const [flag = '', type = '', word = ''] = row;
      const said = row[column]!;
      const verdict = JUDGES[flag]!(AROUND[`${flag} ${type}`]!(word), facts);
      const ours = verdict.kind === 'accepted' ? 'ok' : verdict.message;
      const isSame = OPEN.test(said)
        ? verdict.kind === 'accepted' || said.includes('not run')
        : said === 'ok'
          ? ours === 'ok'
          : ours !== 'ok' && (said.includes(ours) || ours.startsWith(said.split('/x": ').at(-1)!));
      return isSame ? [] : [`${flag} ${type} ${word}: ${said} != ${ours}`];
    });
    expect(differences).toEqual([]);
  });
});

test('there are answers for every flag', () => {
  expect(rows.length).toBeGreaterThan(900);
  expect(new Set(rows.map(([flag, type]) => `${flag} ${type}`))).toEqual(new Set(Object.keys(AROUND)));
});
