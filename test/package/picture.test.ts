// The picture of the README is a recording: what mountc prints now has to be what it shows.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CAN_FAKE_DOCKER } from '../support/fake-docker.js';
import { ROOT } from './installed.js';

const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!CAN_FAKE_DOCKER || !hasScript)('docs/mountc.svg is what mountc prints on a terminal', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/gen-picture.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const picture = readFileSync(join(ROOT, 'docs/mountc.svg'), 'utf8');
  expect(picture).toContain('this works:');
  expect(picture).toContain('1 can be fixed with --fix');
  // Nothing in it runs or is fetched; the address of a rule is a text.
  expect(picture).not.toMatch(/<script|href|url\(/);
});
