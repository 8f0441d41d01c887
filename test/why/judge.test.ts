// What is judged from records alone: no engine, no root.
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../src/explain/causes.js';
import { explainWord } from '../../src/explain/explain-word.js';
import { mayAccess, readAcl } from '../../src/why/access.js';
import { insideId, readCredentials } from '../../src/why/credentials.js';
import type { FileFacts } from '../../src/why/file-view.js';
import { mountOver, readMountLines } from '../../src/why/mount-lines.js';

const file = (mode: number, uid = 0, gid = 0, kind: FileFacts['kind'] = 'directory'): FileFacts => ({
  kind,
  identity: '1:1',
  uid,
  gid,
  mode,
  size: 0,
  modified: 0,
});

const status = (uid: number, caps = '0', groups = '') =>
  `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t${uid}\t${uid}\t${uid}\t${uid}\nGroups:\t${groups}\nCapEff:\t${caps}\n`;
const ALL = '         0          0 4294967295\n';
const who = (uid: number, caps?: string, groups?: string) =>
  readCredentials(status(uid, caps, groups), ALL, ALL)!;

describe('access', () => {
  test.each([
    ['the owner, by the first three bits', who(1000), file(0o700, 1000), 7, true],
    ['the owner, whom others do not help', who(1000), file(0o077, 1000), 4, false],
    ['the group', who(1000, '0', '2000'), file(0o070, 0, 2000), 7, true],
    [
      'a group that is denied, whom others do not help',
      who(1000, '0', '2000'),
      file(0o707, 0, 2000),
      4,
      false,
    ],
    ['others', who(1000), file(0o755), 5, true],
    ['others, to write', who(1000), file(0o755), 2, false],
    ['root of docker', who(0, '00000000a80425fb'), file(0o000, 5, 5), 7, true],
    ['root without capabilities', who(0, '0'), file(0o700, 5, 5), 4, false],
    ['root, to run what nobody may run', who(0, '2'), file(0o600, 5, 5, 'file'), 1, false],
    ['who reads all, to write', who(0, '4'), file(0o700, 5, 5), 2, false],
    ['who reads all, to look', who(0, '4'), file(0o700, 5, 5), 5, true],
  ])('%s', (_, one, facts, bits, expected) => {
    expect(mayAccess(one, facts, bits, undefined)).toBe(expected);
  });

  test('root of a user namespace has no power over files of others', () => {
    const map = '0 100000 65536\n';
    const root = readCredentials(status(100000, '1ffffffffff'), map, map)!;
    expect(insideId(root.uids, root.uid)).toBe(0);
    expect(mayAccess(root, file(0o700, 1000, 1000), 4, undefined)).toBe(false);
    expect(mayAccess(root, file(0o700, 100500, 100500), 7, undefined)).toBe(true);
  });

  test('an access list', () => {
    const list = readAcl('user::rwx\nuser:1000:rwx\t#effective:r-x\ngroup::---\nmask::r-x\nother::rwx\n')!;
    expect(mayAccess(who(1000), file(0o757), 5, list)).toBe(true);
    expect(mayAccess(who(1000), file(0o757), 2, list)).toBe(false);
    // The group of the file has nothing, so what others have does not count.
    expect(mayAccess(who(1001, '0', '0'), file(0o757), 4, list)).toBe(false);
    expect(readAcl('no list')).toBeUndefined();
  });

  test('a process whose groups are not known is denied only what no group would give', () => {
    const open = { ...who(1000), isGroupOpen: true };
    expect(mayAccess(open, file(0o770), 7, undefined)).toBe(true);
    expect(mayAccess(open, file(0o750), 2, undefined)).toBe(false);
    const list = readAcl('user::rwx\ngroup::---\ngroup:7:rwx\nmask::rwx\nother::---\n')!;
    expect(mayAccess(open, file(0o770), 7, list)).toBe(true);
  });

  test('a status that is none', () => {
    expect(readCredentials('', '', '')).toBeUndefined();
    expect(readCredentials('Uid:\tx\nGid:\t0\nCapEff:\t0', ALL, ALL)).toBeUndefined();
  });
});

describe('mountinfo', () => {
  const lines = readMountLines(
    [
      '1 0 0:1 / / rw - overlay overlay rw,lowerdir=/x',
      '2 1 8:1 /srv/my\\040site /a rw,relatime master:5 - ext4 /dev/sda1 rw',
      '3 2 8:2 / /a/b ro shared:7 - xfs /dev/sdb rw',
      '4 1 8:3 / /a rw - tmpfs tmpfs rw',
      'this is not a line',
      '',
      '9 1',
    ].join('\n'),
  );
  test('is read, with its escapes', () => {
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatchObject({
      root: '/srv/my site',
      propagation: 'slave',
      options: ['rw', 'relatime'],
    });
  });
  test('a later mount lies over the earlier ones, and hides what is in them', () => {
    expect(mountOver(lines, '/a/b/c')?.id).toBe('4');
    expect(mountOver(lines.slice(0, 3), '/a/b/c')?.id).toBe('3');
    expect(mountOver(lines.slice(0, 3), '/ab')?.id).toBe('1');
  });
  test('lines that name each other do not go round', () => {
    const round = readMountLines('1 1 0:1 / / rw - a a rw\n2 3 0:1 / / rw - a a rw\n3 2 0:1 / / rw - a a rw');
    expect(mountOver(round, '/a')?.id).toBe('1');
  });
});

test.each([...CAUSES.keys()])('explain knows %s', (cause) => {
  expect(explainWord(cause)?.join('\n')).toContain(CAUSES.get(cause)!.summary);
});
