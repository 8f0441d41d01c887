import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesMount } from '../../src/shim/carries-mount.js';
import { type CheckInput, checkCommand } from '../../src/shim/check-command.js';
import { readComposeRun } from '../../src/shim/compose-run.js';
import { isSurelySilent } from '../../src/shim/fast-path.js';
import { anyVolume } from '../differential/volume-arbitrary.js';
import { SEED } from '../support/seed.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));

/** A folder inside a project. */
function project(file = 'compose.yaml'): string {
  const dir = tempDir();
  writeFileSync(join(dir, file), 'services: {web: {image: x}}\n');
  mkdirSync(join(dir, 'sub'));
  return join(dir, 'sub');
}

async function check(args: readonly string[], cwd: string, more: Partial<CheckInput> = {}) {
  const result = await checkCommand({
    args,
    cwd,
    settings: { mode: 'block', rules: {}, problems: [] },
    stderr: { isTerminal: false, color: false },
    learnCompose: async () => '2.40.3-3',
    ...more,
  });
  return { ...result, text: result.text.shown };
}

describe('docker compose run -v', () => {
  it.each([
    [['-v', ':/b'], 'invalid spec: :/b: empty section between colons', undefined],
    [['-v', '/a:'], 'invalid spec: /a:: empty section between colons', undefined],
    [['-v='], undefined, undefined],
    [['--volume='], 'invalid empty volume spec', undefined],
    [
      ['-T', '-v', '/a::/b'],
      'invalid spec: /a::/b: empty section between colons',
      'did you mean: -T -v /a:/b',
    ],
    [['-v/a:/b:ro:z'], 'invalid spec: /a:/b:ro:z: too many colons', 'this works: -v/a:/b:ro,z'],
    [
      ['-v', '/a:/b', '--volume', '/a:/b:'],
      'invalid spec: /a:/b:: empty section between colons',
      'did you mean: -v /a:/b --volume /a:/b',
    ],
    [['-v', '/a:/b:bogus'], undefined, undefined],
    [['-v', 'a/b:/c'], undefined, undefined],
    [['-v', 'x:/c'], undefined, undefined],
  ])('%j: %s', async (flags, words, offer) => {
    const { refuse, text } = await check(['compose', 'run', ...flags, 'web', 'true'], project());
    expect(refuse).toBe(words !== undefined);
    if (words === undefined) return expect(text).toBe('');
    expect(text).toContain(`mountc: docker compose 2.40.3-3 would refuse this: ${words}\n`);
    const [what, line] = offer?.split(': ') ?? [];
    const told = /; (this works|did you mean):\n(.*)$/m.exec(text);
    expect(told?.slice(1)).toEqual(offer && [what, `docker compose run ${line} web true`]);
  });

  const bad = ['run', '-v', ':/b', 'web'];
  it.each([
    [['compose', ...bad]],
    [['-D', '--context', 'default', 'compose', '--progress=plain', ...bad]],
    [['compose', '-f', '../compose.yaml', '-p', 'run', ...bad]],
  ])('reads %j', async (args) => {
    expect((await check(args, project())).refuse).toBe(true);
    expect(carriesMount(args)).toBe(true);
  });

  it.each([
    [['compose', '--help', ...bad]],
    [['compose', '--new-flag', ...bad]],
    [['compose', 'run', '--new-flag', '-v', ':/b', 'web']],
    [['compose', 'run', '--help', '-v', ':/b', 'web']],
    [['compose', 'run', 'web', '-v', ':/b']],
    [['compose', 'exec', '-v', ':/b', 'web']],
    [['compose', '-f', 'none.yaml', ...bad]],
    [['compose', '-f', '-', ...bad]],
    [['compose', '--project-directory', '..', ...bad]],
    // Newer releases let `${…}` hide colons.
    [['compose', 'run', '-v', '${A:-/a}::/b', 'web']],
    [['stack', 'compose', ...bad]],
  ])('leaves %j alone', async (args) => {
    expect(await check(args, project())).toEqual({ refuse: false, text: '' });
  });

  it('refuses for a project that is there, by a Compose that is known, and when asked to', async () => {
    const args = ['compose', ...bad];
    const cwd = project('docker-compose.yml');
    expect((await check(args, cwd)).refuse).toBe(true);
    expect((await check(args, tempDir())).refuse).toBe(false);
    expect((await check(args, cwd, { env: { COMPOSE_FILE: 'x.yaml' } })).refuse).toBe(false);
    for (const version of [undefined, '', '1.29.2', '2.25.0', '2.41.0', '5.0.0', 'podman-compose 1.0'])
      expect((await check(args, cwd, { learnCompose: async () => version })).refuse).toBe(false);
    expect((await check(args, cwd, { learnCompose: undefined })).refuse).toBe(false);
    expect(
      (await check(args, cwd, { kind: { own: false, script: false, runsDocker: false, otherEngine: true } }))
        .refuse,
    ).toBe(false);
    const settings = (more: object) => ({
      settings: { mode: 'block' as const, rules: {}, problems: [], ...more },
    });
    expect((await check(args, cwd, settings({ rules: { 'volume-empty-section': 'off' } }))).refuse).toBe(
      false,
    );
    const warned = await check(args, cwd, settings({ mode: 'warn' }));
    expect(warned).toMatchObject({
      refuse: false,
      text: expect.stringMatching(/^mountc: error: the source is empty/),
    });
  });

  it('is silent at once only about what it does not refuse', () => {
    const flag = fc.oneof(
      anyVolume.map((text) => ['-v', text]),
      anyVolume.map((text) => [`-v${text}`]),
      anyVolume.map((text) => [`-Tv=${text}`]),
      anyVolume.map((text) => [`--volume=${text}`]),
      fc.constantFrom(['--rm'], ['-e', 'A=b'], ['-it'], ['-v']),
    );
    const situation = {
      env: {},
      docker: '/usr/bin/docker',
      settings: { mode: 'warn' as const, rules: {}, problems: [] },
      isTerminal: true,
      known: () => undefined,
    };
    let silent = 0;
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 3 }), (flags) => {
        const args = ['compose', 'run', ...flags.flat(), 'web'];
        if (!isSurelySilent(args, situation)) return;
        silent++;
        expect(readComposeRun(args, '/')?.refusal).toBeUndefined();
      }),
      { seed: SEED, numRuns: 3000 },
    );
    expect(silent).toBeGreaterThan(300);
  });

  it.skipIf(process.platform === 'win32')('starts no Node where there is nothing to check', () => {
    const dir = tempDir();
    const docker = writeProgram(join(dir, 'real'), '#!/bin/sh\n');
    writeProgram(join(dir, 'node'), '#!/bin/sh\necho >>"$HOME/started"\n');
    const text = readFileSync(LAUNCHER, 'utf8').replace(/^_mountc_node=.*$/m, `_mountc_node='${dir}/node'`);
    const launcher = writeProgram(join(dir, 'docker'), text);
    const isChecked = (args: readonly string[]) => {
      const env = { PATH: '/usr/bin:/bin', HOME: dir, MOUNTC_DOCKER: docker };
      writeFileSync(join(dir, 'started'), '');
      expect(spawnSync(launcher, args, { env }).status).toBe(0);
      expect(existsSync(join(dir, 'started'))).toBe(true);
      return readFileSync(join(dir, 'started'), 'utf8') !== '';
    };
    for (const line of [
      'up -d',
      '-v',
      '-f a:/b logs -v',
      'run --rm web',
      'exec -v a:/b web',
      'build --volume x',
    ])
      expect([line, isChecked(['compose', ...line.split(' ')])]).toEqual([line, false]);
    for (const line of [
      'run -v a:/b web',
      '-p x run --rm -Tva:/b web',
      'run --volume=a:/b web',
      'run --volumes a:/b web',
    ])
      expect([line, isChecked(['compose', ...line.split(' ')])]).toEqual([line, true]);
  });
});
