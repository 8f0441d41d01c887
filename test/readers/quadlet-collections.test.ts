import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { unitsAround } from '../../src/files/quadlet-siblings.js';
import { readFindings } from '../../src/readers/index.js';
import { tempDir } from '../support/temp-dir.js';

test('units of other packages of a collection are at the same place in those', () => {
  const dir = tempDir();
  for (const path of [
    'app/containers/systemd/app.container',
    'proxy/containers/systemd/proxy.network',
    'other/x.volume',
  ]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), '');
  }
  const names = unitsAround(join(dir, 'app/containers/systemd/app.container'));
  expect(names).toContain('proxy.network');
  expect(names).not.toContain('x.volume');
});

test('PodmanArgs stand after the other flags, as Quadlet passes them on', async () => {
  const unit = '[Container]\nImage=i\nPodmanArgs=--rule=c 226:* rwm\nVolume=/a:/b\n';
  const [command] = (await readFindings('quadlet', unit, { path: 'a.container' })).commands;
  expect(command!.words.map(({ value }) => value)).toEqual([
    'podman',
    'run',
    '--rm',
    '--volume',
    '/a:/b',
    '--rule=c',
    '226:*',
    'rwm',
    'i',
  ]);
});
