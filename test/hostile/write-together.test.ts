// Several runs at once, runs that are killed, and what they leave.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isDraftName } from '../../src/files/draft-name.js';
import { draftName, removeLeftovers } from '../../src/files/leftovers.js';
import { hasProgram, IS_ROOT, PROGRAM, runProgram } from '../support/program.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = `#!/bin/sh\ndocker run --mount "type=bind, src=/a,dst=/b" alpine\n${'# a line\n'.repeat(2000)}`;
const GOOD = BAD.replace(', src', ',src');
const NAMES = Array.from({ length: 12 }, (_, at) => `f${at}.sh`);
const FIX = ['lint', '--fix', '.'];

const all = (text: string) => Object.fromEntries(NAMES.map((name) => [name, text]));
const read = (dir: string) => NAMES.map((name) => readFileSync(join(dir, name), 'utf8'));
const left = (dir: string) => readdirSync(dir).filter((name) => !NAMES.includes(name));

function start(dir: string, under: readonly string[] = []) {
  const [program, ...args] = [...under, process.execPath, PROGRAM, ...FIX];
  const child = spawn(program!, args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (piece) => (stderr += piece));
  return { child, ended: once(child, 'close').then(([code]) => ({ code, stderr })) };
}

describe.skipIf(process.platform === 'win32')('runs', { timeout: 120_000 }, () => {
  test('that are killed at any moment leave every file whole', async () => {
    const dir = tempDir();
    const at = Date.now();
    writeFiles(dir, all(BAD));
    runProgram(FIX, { cwd: dir });
    const whole = Date.now() - at;
    let interrupted = 0;
    for (let round = 0; round < 14; round++) {
      writeFiles(dir, all(BAD));
      const { child, ended } = start(dir);
      await wait(whole * (0.25 + round / 16));
      child.kill('SIGKILL');
      await ended;
      const texts = read(dir);
      for (const text of texts) expect([BAD, GOOD]).toContain(text);
      if (texts.includes(BAD) && texts.includes(GOOD)) interrupted++;
    }
    writeFiles(dir, all(BAD));
    expect(runProgram(FIX, { cwd: dir })).toMatchObject({ code: 0, stderr: '' });
    expect(read(dir)).toEqual(NAMES.map(() => GOOD));
    expect(left(dir)).toEqual([]);
    // Otherwise nothing was tried.
    expect(interrupted).toBeGreaterThan(0);
  });

  test('at the same time: every file is whole, every run ends, and says what it did not write', async () => {
    const dir = tempDir();
    writeFiles(dir, all(BAD));
    const runs = await Promise.all(Array.from({ length: 5 }, () => start(dir).ended));
    for (const { code, stderr } of runs) {
      expect([0, 3]).toContain(code);
      if (code === 3)
        expect(stderr).toMatch(
          /^(?:mountc lint: f\d+\.sh: (?:was changed by another process in the meantime|is written by another run .*)\n)+$/,
        );
    }
    expect(read(dir)).toEqual(NAMES.map(() => GOOD));
    expect(left(dir)).toEqual([]);
  });

  test('while somebody appends to the file: no line is lost', async () => {
    const dir = tempDir();
    const file = join(dir, 'f0.sh');
    writeFileSync(file, '#!/bin/sh\n');
    const line = (n: number) => `docker run --mount "type=bind, src=/a${n},dst=/b" alpine\n`;
    let n = 0;
    let ended = false;
    const writer = (async () => {
      while (!ended || n < 20) {
        appendFileSync(file, line(n++));
        await wait(8);
      }
    })();
    for (let round = 0; round < 4; round++) await start(dir).ended;
    ended = true;
    await writer;
    expect(runProgram(FIX, { cwd: dir })).toMatchObject({ code: 0 });
    const expected = Array.from({ length: n }, (_, at) => line(at).replace(', ', ','));
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(1, -1)
        .map((one) => `${one}\n`),
    ).toEqual(expected);
  });

  const noSpaces = !IS_ROOT || !hasProgram('unshare');
  test.skipIf(noSpaces)('with the same number, as in two containers (root)', async () => {
    const dir = tempDir();
    // The first process of a container cannot kill itself; all of these have the number of the second.
    const second = ['sh', '-c', '"$@"; exit $?', 'sh'];
    const container = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child', ...second];
    writeFiles(dir, all(BAD));
    const plan = { at: 8, how: 'before' };
    // One is killed while it has a draft; nobody else can know that it is dead.
    runProgram(FIX, { cwd: dir, under: container, plan });
    const drafts = left(dir);
    expect(drafts.length).toBe(1);
    const numbers = new Set(drafts.map((name) => name.split('-')[2]));
    const runs = await Promise.all(Array.from({ length: 4 }, () => start(dir, container).ended));
    for (const { code } of runs) expect([0, 3]).toContain(code);
    expect(read(dir)).toEqual(NAMES.map(() => GOOD));
    // A namespace may get the inode of one that is gone: then its draft is known to be dead, and is removed.
    expect(drafts).toEqual(expect.arrayContaining(left(dir)));
    expect(numbers.size).toBe(1);
  });
});

describe.skipIf(process.platform !== 'linux')('leftovers', () => {
  afterEach(() => void vi.restoreAllMocks());
  const make = (dir: string, name: string) => {
    writeFileSync(join(dir, name), 'x');
    return join(dir, name);
  };
  /** `.mountc-<place>-<pid>-<start>-<chance>.draft` with another part. */
  const renamed = (at: number, part: string) => draftName().split('-').with(at, part).join('-');
  const dead = String(spawnSync('true').pid);
  const elsewhere = '0123456789abcdef';

  test('of a run that is gone are removed; of one that lives, and what only looks alike, are not', () => {
    const dir = tempDir();
    const gone = [renamed(2, dead), renamed(3, '1')].map((name) => make(dir, name));
    const own = make(dir, draftName());
    const parent = renamed(2, String(process.ppid)).split('-');
    const parentStart = readFileSync(`/proc/${process.ppid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[19]!;
    const others = [
      make(dir, parent.with(3, parentStart).join('-')),
      make(dir, renamed(1, elsewhere)),
      make(dir, renamed(2, dead).replace('.draft', '.sh')),
      make(dir, '.mountc-0-0-0-0.draft'),
      make(dir, renamed(2, dead).slice(1)),
    ];
    const folder = join(dir, renamed(2, dead));
    mkdirSync(folder);
    const link = join(dir, renamed(2, dead));
    symlinkSync(own, link);
    removeLeftovers(dir);
    expect(gone.filter((path) => existsSync(path))).toEqual([]);
    expect([own, ...others, folder, link].filter((path) => !existsSync(path))).toEqual([]);
  });

  test('of a run that nobody here can see are removed when they are old', () => {
    const dir = tempDir();
    const draft = make(dir, renamed(1, elsewhere));
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 59 * 60 * 1000);
    removeLeftovers(dir);
    expect(existsSync(draft)).toBe(true);
    vi.spyOn(Date, 'now').mockReturnValue(now + 61 * 60 * 1000);
    removeLeftovers(dir);
    expect(existsSync(draft)).toBe(false);
  });

  test.skipIf(!IS_ROOT || !hasProgram('setpriv'))('of another user are left to that user (root)', () => {
    const dir = tempDir();
    const draft = make(dir, renamed(2, dead));
    const mine = make(dir, 'f0.sh');
    for (const path of [dir, mine]) chownSync(path, 1234, 1234);
    const under = ['setpriv', '--reuid=1234', '--regid=1234', '--clear-groups', '--'];
    writeFileSync(mine, BAD);
    expect(runProgram(FIX, { cwd: dir, under })).toMatchObject({ code: 0 });
    expect(existsSync(draft)).toBe(true);
    expect(runProgram(FIX, { cwd: dir })).toMatchObject({ code: 0 });
    expect(existsSync(draft)).toBe(false);
  });

  test('are no files of the tree, and a run that writes nothing removes none', () => {
    const dir = tempDir();
    const draft = make(dir, renamed(2, dead));
    writeFileSync(draft, BAD);
    writeFiles(dir, { 'f0.sh': GOOD });
    expect(isDraftName(draft.split('/').at(-1)!)).toBe(true);
    const { code, stdout } = runProgram(['lint', '.'], { cwd: dir });
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: '' });
    expect(existsSync(draft)).toBe(true);
    runProgram(FIX, { cwd: dir });
    expect(existsSync(draft)).toBe(false);
  });
});
