import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A folder that is gone when the test is over. */
export function tempDir(): string {
  const dir = makeDir();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

/** A folder for the tests of a file or a `describe`, gone after the last of them. */
export function sharedTempDir(): string {
  const dir = makeDir();
  afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

/** A folder that whoever makes it takes away. */
export function makeDir(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'mountc-test-')));
}

/** Writes an executable file and returns its path. */
export function writeProgram(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** Writes files below a folder, with the folders that they need. */
export function writeFiles(dir: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}
