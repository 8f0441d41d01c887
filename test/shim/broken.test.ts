// What `mountc shim status` and `mountc doctor` say when the launcher's check does not run, or a setting is misspelt.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { examineLauncher } from '../../src/shim/examine-launcher.js';
import { posixLauncher } from '../../src/shim/launcher-text.js';
import { readSettings } from '../../src/shim/settings.js';
import { settingsProblems } from '../../src/shim/settings-problems.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const BIN = fileURLToPath(new URL('../../bin/', import.meta.url));
const CHECK = join(BIN, '../dist/check.cjs');
const ENV = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };

function launcher(paths: { node?: string; check?: string }): string {
  const path = join(tempDir(), 'docker');
  const text = posixLauncher(readFileSync(join(BIN, 'docker'), 'utf8'), {
    node: process.execPath,
    mountc: join(BIN, 'mountc.js'),
    check: CHECK,
    ...paths,
  });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

it('finds nothing wrong with a launcher that works, installed or of the package', () => {
  expect(examineLauncher(launcher({}), ENV)).toBeUndefined();
  expect(examineLauncher(join(BIN, 'docker'), ENV)).toBeUndefined();
  // Another Node is on PATH.
  expect(examineLauncher(launcher({ node: '/nowhere/node' }), ENV)).toBeUndefined();
});

it('names what is broken, and what fixes it', () => {
  const node = (version: string) => writeProgram(join(tempDir(), 'node'), `#!/bin/sh\necho ${version}\n`);
  const broken = (paths: Parameters<typeof launcher>[0], env: Record<string, string> = ENV) => {
    const { what, help } = examineLauncher(launcher(paths), env)!;
    return `${what}; ${help}`;
  };
  expect(broken({ check: '/nowhere/check.cjs' })).toMatch(
    /check\.cjs is gone; reinstall mountc.*shim install/,
  );
  expect(broken({ node: '/nowhere/node' }, { PATH: '/nowhere' })).toMatch(/no other `node`; install Node 20/);
  expect(broken({ node: node('18.20.4') })).toMatch(/is Node 18\.20\.4, which is too old; install Node 20/);
  expect(broken({ node: node('22.0.0') })).toMatch(/is not a check of mountc's/);
  const dir = tempDir();
  mkdirSync(join(dir, 'dist'));
  writeFileSync(join(dir, 'dist/check.cjs'), 'throw new Error()');
  expect(broken({ check: join(dir, 'dist/check.cjs') })).toMatch(/its check does not run; reinstall mountc/);
});

it('names settings that are misspelled', async () => {
  const home = tempDir();
  const config = join(home, '.config/mountc/config.json');
  mkdirSync(dirname(config), { recursive: true });
  const problems = async (text: string, env: Record<string, string> = {}) => {
    writeFileSync(config, text);
    return (await settingsProblems(readSettings({ HOME: home, ...env }), env)).join('\n');
  };
  expect(await problems('{"shim": {"disabel": ["broad-host-mount"]}}')).toMatch(
    /`disabel`, which is not one of mode, rewrite, disable/,
  );
  expect(await problems('{"mode": "warn"}')).toMatch(/has no "shim"/);
  expect(await problems('{"shim": {"mode": "wran"}}')).toMatch(/"wran", which is not one of/);
  expect(await problems('{}', { MOUNTC_DISABLE: 'nosuch' })).toMatch(/no rule `nosuch`/);
  expect(await problems('{}', { MOUNTC_DISABLE: 'broad-host-mout' })).toMatch(
    /did you mean `broad-host-mount`/,
  );
  expect(await problems('{"shim": {"disable": "MC112"}}')).toMatch(/disable is "MC112", which is not a list/);
  for (const [name, meant] of [
    ['MOUNTC_DISABEL', 'MOUNTC_DISABLE'],
    ['MOUNTC_MODE', 'MOUNTC'],
    ['mountc_rewrite', 'MOUNTC_REWRITE'],
  ] as const)
    expect(await problems('{}', { [name]: 'x' })).toBe(
      `there is no setting \`${name}\`; did you mean \`${meant}\`?`,
    );
  expect(await problems('{}', { MOUNTC_VIA: '/x', MOUNTC_ENGINES: '/y', MOUNTC: 'off' })).toBe('');
  expect(await problems('{"shim": {"mode": "quiet", "rewrite": "compat", "disable": ["MC112"]}}')).toBe('');
});
