import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/rules/index.js';
import { runMountc } from '../support/cli.js';

const explain = (...args: string[]) => runMountc(['explain', ...args]);

describe('mountc explain', () => {
  test.each([
    [
      'type=bind,src=/etc,dst=/host/etc,ro',
      [
        'a bind mount, read-only',
        '`/etc` of the host',
        'refuses to create the container',
        '-v /etc:/host/etc:ro',
      ],
    ],
    [
      '/srv/data:/data',
      ['a bind mount, read and write', 'owned by root', 'type=bind,src=/srv/data,dst=/data,bind-create-src'],
    ],
    [
      'data:/x:ro',
      ['the volume `data`, read-only', 'the same: --mount type=volume,src=data,dst=/x,readonly'],
    ],
    ['--tmpfs /run:size=64m,exec', ['a tmpfs', '67108864 bytes', 'exec']],
    ['--mount type=tmpfs,dst=/t', ['half of the memory', 'noexec', '--tmpfs /t']],
    ['/only/target', ['an anonymous volume', 'random name']],
  ])('%s', async (spec, words) => {
    const { code, stdout } = await explain(spec);
    for (const word of words) expect(stdout).toContain(word);
    expect(code).toBe(0);
  });

  test.each([
    ['type=bind, src=/a', 'option should not have whitespace'],
    ['a:/x', 'anonymous volume of `a:/x`'],
    ['/a:/b:readonly', 'invalid mode: readonly'],
  ])('what docker refuses or misreads: %s', async (spec, words) => {
    const { code, stdout } = await explain(spec);
    expect(stdout).toContain(words);
    expect(code).toBe(1);
  });

  test.each(RULES.map(({ name, code }) => [name, code]))(
    'the rule %s, by name and code',
    async (name, code) => {
      const byName = await explain(name);
      expect(byName).toMatchObject({ code: 0, stderr: '' });
      expect(byName.stdout).toContain(code);
      expect((await explain(code)).stdout).toBe(byName.stdout);
    },
  );

  test('a rule shows its examples with what they are checked by', async () => {
    const { stdout } = await explain('mount-empty-value');
    expect(stdout).toContain('\n  (docker 28.2.2)\n  docker run --mount type=volume,src=,dst=/b alpine\n');
    expect(stdout).toContain(
      '\n  docker run --mount type=bind,src=/a,,dst=/b alpine\n    fixed: docker run --mount type=bind,src=/a,dst=/b alpine\n',
    );
    expect((await explain('bind-source-missing')).stdout).toContain(
      '\n  (nothing is known about the machine)\n  docker run -v /nowhere:/x alpine\n',
    );
    expect((await explain('duplicate-target')).stdout).toContain(
      '\n  (in a compose file)\n  services:\n    a:\n      volumes:\n        - ./a:/x\n        - ./b:/x\n',
    );
  });

  test('a command, with the volume that it made before', async () => {
    const { code, stdout } = await explain(
      'docker volume create -d local --opt type=nfs -o "o=addr=10.0.0.1,rw" -odevice=:/x shared && docker run -v shared:/x -v "$X":/y alpine',
    );
    expect(stdout).toContain('the volume `shared`, created now if it is missing');
    expect(stdout).toContain(
      'volume-driver=local,volume-opt=type=nfs,"volume-opt=o=addr=10.0.0.1,rw",volume-opt=device=:/x',
    );
    expect(stdout).toContain(
      'the volume was created with the driver `local` and the options type=nfs, o=addr=10.0.0.1,rw, device=:/x',
    );
    expect(stdout).toContain('what it does depends on `$X`');
    expect(code).toBe(0);
  });

  test('what is nothing at all is a usage mistake', async () => {
    expect((await explain('no-such-rule')).code).toBe(2);
    expect((await explain()).code).toBe(2);
  });
});

describe('a word alone', () => {
  test.each([
    ['tmpfs', 'a type of --mount'],
    ['volume', 'a key of Compose'],
    ['create_host_path', 'a key of Compose, below `bind`'],
    ['U', 'a mode of -v for podman'],
    ['subpath', 'a key of Compose'],
    ['idmap', 'a key of --mount for podman'],
    ['nocopy', 'a mode of -v'],
  ])('%s is %s', async (word, what) => {
    const { code, stdout } = await explain(word);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`\`${word}\`: ${what}`) });
  });

  test('that nothing has is not a mount', async () => {
    const { code, stderr } = await explain('propagaton');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean propagation?');
    expect(stderr).toContain("mountc explain '-v propagaton'");
    expect((await explain('-v propagaton')).stdout).toContain('anonymous volume');
  });
});

describe('rules about what turns rules off', () => {
  test.each(['stale-baseline', 'MC992', 'mc990', 'unused-directive'])('%s', async (word) => {
    const { code, stdout } = await explain(word);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^[a-z-]+ \(MC99\d, warning\)\n/),
    });
  });

  test('a code that is none', async () => {
    expect(await explain('MC999')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a rule'),
    });
  });
});
