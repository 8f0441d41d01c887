import { expect, test } from 'vitest';
import { readFacts } from '../../src/docker/engine-facts.js';
import { clockTrouble } from '../../src/why/engine-facts.js';

const at = (ms: number) => new Date(ms).toISOString();
const read = (info: unknown) => readFacts(JSON.stringify(info), { asked: 100_000, answered: 101_000 });
const range = (host: number) => [{ inside: 0, host, length: 65_536 }];

test.each([
  [[], '/var/lib/docker', 'same'],
  [null, '/var/lib/docker', 'same'],
  [['name=seccomp,profile=default', 'name=cgroupns'], '/var/lib/docker', 'same'],
  [['name=userns'], '/var/lib/docker/100000.100001', { uids: range(100_000), gids: range(100_001) }],
  [['name=userns'], '/elsewhere', undefined],
  [['name=rootless'], '/home/me/.local/share/docker', undefined],
  ['name=userns', '/var/lib/docker', undefined],
  [undefined, '', undefined],
])('users of %j in %s', (SecurityOptions, DockerRootDir, users) => {
  expect(read({ SecurityOptions, DockerRootDir }).users).toEqual(users);
});

test('of a rootless engine the folder of its data is kept', () => {
  const DockerRootDir = '/home/me/.local/share/docker';
  expect(read({ SecurityOptions: ['name=rootless'], DockerRootDir }).rootlessData).toBe(DockerRootDir);
  expect(read({ SecurityOptions: [], DockerRootDir })).not.toHaveProperty('rootlessData');
});

test.each([
  [100_000, 0],
  [100_700, 0],
  [101_000, 0],
  [40_000, 60_000],
  [161_000, -60_000],
])('a clock that says %i between 100000 and 101000', (time, behind) => {
  const facts = read({ SecurityOptions: [], SystemTime: at(time) });
  expect(facts.behind).toBe(behind);
  expect(clockTrouble(facts.behind) === undefined).toBe(behind === 0);
});

test.each(['', 'null', '[]', '{}', '{"SystemTime":"x","SecurityOptions":{}}', 'not JSON'])(
  'of %j nothing is known',
  (text) => {
    const { users, behind } = readFacts(text, { asked: 1, answered: 2 });
    expect([users, behind]).toEqual([undefined, undefined]);
  },
);
