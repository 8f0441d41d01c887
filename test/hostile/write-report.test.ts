// Reports with a file name are written whole, and not through a link that leaves the tree.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../support/program.js';
import { tempDir } from '../support/temp-dir.js';

const BAD = 'docker run --mount "type=bind, src=/a,dst=/b" alpine\n';

function makeDir(): string {
  const dir = tempDir();
  mkdirSync(join(dir, 'tree/reports'), { recursive: true });
  writeFileSync(join(dir, 'tree/x.sh'), BAD);
  return join(dir, 'tree');
}

const report = (cwd: string, file: string, plan?: object) =>
  runProgram(['lint', '--format', `json:${file}`, 'x.sh'], { cwd, plan });
const rules = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')).map(({ rule }: { rule: string }) => rule);

describe.skipIf(process.platform === 'win32')('a report', () => {
  test('is new, or takes the place of one and keeps its mode', () => {
    const dir = makeDir();
    const file = join(dir, 'out.json');
    for (const mode of [0o640, 0o600]) {
      expect(report(dir, 'out.json')).toMatchObject({ code: 1, stderr: '' });
      expect(rules(file)).toEqual(['mount-field-whitespace']);
      execFileSync('chmod', [mode.toString(8), file]);
      report(dir, 'out.json');
      expect(statSync(file).mode & 0o777).toBe(mode);
    }
    expect(readdirSync(dir).sort()).toEqual(['out.json', 'reports', 'x.sh']);
  });

  test('that cannot be written leaves the old one whole', () => {
    const dir = makeDir();
    let failed = 0;
    for (let at = 1; at <= 8; at++) {
      writeFileSync(join(dir, 'out.json'), 'old');
      const { code, stderr } = report(dir, 'out.json', { at, how: 'ENOSPC' });
      if (code !== 3 || stderr.includes('x.sh: ')) continue;
      expect(stderr).toMatch(/out\.json: .*no space left on device/);
      expect(readFileSync(join(dir, 'out.json'), 'utf8')).toBe('old');
      failed++;
    }
    expect(failed).toBeGreaterThan(2);
    for (let at = 1; at <= 8; at++) report(dir, 'out.json', { at, how: 'half' });
    expect(report(dir, 'out.json').code).toBe(1);
    expect(rules(join(dir, 'out.json'))).toEqual(['mount-field-whitespace']);
    expect(readdirSync(dir).sort()).toEqual(['out.json', 'reports', 'x.sh']);
  });

  test('is written through a link in the tree, and through none that leaves it', () => {
    const dir = makeDir();
    writeFileSync(join(dir, '../victim'), 'old');
    symlinkSync('reports/real.json', join(dir, 'in.json'));
    writeFileSync(join(dir, 'reports/real.json'), '');
    symlinkSync('../victim', join(dir, 'out.json'));
    symlinkSync('../not-there', join(dir, 'nowhere.json'));
    symlinkSync('..', join(dir, 'up'));
    expect(report(dir, 'in.json').code).toBe(1);
    expect(rules(join(dir, 'reports/real.json'))).toHaveLength(1);
    expect(lstatSync(join(dir, 'in.json')).isSymbolicLink()).toBe(true);
    for (const file of ['out.json', 'nowhere.json', 'up/victim', 'up/new'])
      expect(report(dir, file).code, file).toBe(3);
    expect(readFileSync(join(dir, '../victim'), 'utf8')).toBe('old');
    expect(existsSync(join(dir, '../not-there')) || existsSync(join(dir, '../new'))).toBe(false);
    // By its own name it may be anywhere.
    expect(report(dir, '../elsewhere.json').code).toBe(1);
  });

  test('goes to what only takes bytes', async () => {
    const dir = makeDir();
    const { stdout } = report(dir, '/dev/stdout');
    expect(JSON.parse(stdout.toString())).toHaveLength(1);
    expect(report(dir, '/dev/null').code).toBe(1);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    const reader = spawn('cat', [join(dir, 'pipe')]);
    let read = '';
    reader.stdout.on('data', (piece) => (read += piece));
    expect(report(dir, 'pipe').code).toBe(1);
    await once(reader, 'close');
    expect(JSON.parse(read)).toHaveLength(1);
  });

  test('where none can be', () => {
    const dir = makeDir();
    expect(report(dir, 'reports').stderr).toBe('mountc lint: reports: is a directory\n');
    expect(report(dir, 'no/such').stderr).toBe('mountc lint: no/such: no such file or directory\n');
  });
});
