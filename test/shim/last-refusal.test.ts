import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepLast, readLast } from '../../src/shim/last-refusal.js';
import { exact } from '../../src/text/shown.js';
import { tempDir } from '../support/temp-dir.js';

describe('what is kept of a refusal', () => {
  it('can be read back, however long the command was', () => {
    const env = { XDG_CACHE_HOME: tempDir() };
    const text = 'x'.repeat(300_000);
    expect(keepLast(env, exact(text))).toBe(true);
    expect(readLast(env, false)?.text.shown).toBe(text);
  });

  it('is said not to be kept where that is so', () => {
    expect(keepLast({}, exact('x'))).toBe(false);
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    expect(keepLast({ XDG_CACHE_HOME: file }, exact('x'))).toBe(false);
    const taken = tempDir();
    mkdirSync(join(taken, 'mountc/last-refusal'), { recursive: true });
    expect(keepLast({ XDG_CACHE_HOME: taken }, exact('x'))).toBe(false);
    expect(keepLast({ XDG_CACHE_HOME: tempDir() }, exact('x'.repeat(9_000_000)))).toBe(false);
  });
});
