import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import type { KnownDocker } from '../../src/docker/known-docker.js';
import { readKind } from '../../src/docker/own-file.js';
import { checkCommand } from '../../src/shim/check-command.js';
import { rewriteScript, rewrittenArgs } from '../../src/shim/rewrite.js';
import { runMountc } from '../support/cli.js';
import { tempDir } from '../support/temp-dir.js';

const convert = async (version: string, command: string) => {
  const { code, stdout, stderr } = await runMountc(['convert', '--for', version, command]);
  return { code, stdout: stdout.trimEnd(), stderr };
};

describe('convert --for', () => {
  it.each([
    ['20.10', '-v ./src:/app:ro', '-v "$PWD/src:/app:ro"'],
    ['20.10', '--mount type=bind,src=.,dst=/app', '--mount "type=bind,src=$PWD,dst=/app"'],
    ['28.1', '-v ../x:/y -v ./x:/z', '-v "$PWD/../x:/y" -v ./x:/z'],
    ['28.2', '-v ../x:/y', '-v ../x:/y'],
    [
      '24',
      '--mount=type=bind,src=/a,dst=/b,bind-recursive=disabled',
      '--mount=type=bind,src=/a,dst=/b,bind-nonrecursive',
    ],
    [
      '29',
      '--mount type=bind,src=/a,dst=/b,bind-nonrecursive',
      '--mount type=bind,src=/a,dst=/b,bind-recursive=disabled',
    ],
    ['28', '--mount type=bind,src=/a,dst=/b,bind-create-src', '-v /a:/b'],
    [
      '29.3',
      '--mount type=bind,src=/a,dst=/b,bind-create-src',
      '--mount type=bind,src=/a,dst=/b,bind-create-src',
    ],
    ['29', '--mount type=tmpfs,dst=/t,tmpfs-size=64mi', '--mount type=tmpfs,dst=/t,tmpfs-size=64m'],
    ['29', '--mount type=bind,src=/a,dst=/b,ro=True', '--mount type=bind,src=/a,dst=/b,readonly'],
    ['28', "--mount ' type=bind,src=/a,dst=/b'", '--mount type=bind,src=/a,dst=/b'],
    ['20.10-29.8', '-v ./a:/b', '-v "$PWD/a:/b"'],
    ['20.10', '-v $X:/b', '-v $X:/b'],
    // No docker takes these: not a matter of versions.
    ['20.10', '-v a/b:/c -v /a:/d:readonly -v ./a', '-v a/b:/c -v /a:/d:readonly -v ./a'],
    // podman's words.
    ['20.10', '--mount type=bind,src=/a,dst=/d,rw', '--mount type=bind,src=/a,dst=/d'],
    ['24', '-v /a:/b:ro,bind', '--mount type=bind,src=/a,dst=/b,readonly,bind-nonrecursive'],
    [
      '28',
      '--mount type=bind,src=/a,dst=/b,exec,rslave',
      '--mount type=bind,src=/a,dst=/b,bind-propagation=rslave',
    ],
    ['28', '--mount type=volume,src=data,dst=/b,relabel=shared', '-v data:/b:z'],
    ['28', '--mount type=tmpfs,dst=/b,notmpcopyup,noexec', '--tmpfs /b'],
  ])('%s: %s', async (version, from, to) => {
    const { stdout, stderr } = await convert(version, `docker run ${from} img`);
    expect({ stdout, stderr: stderr.replace(/.*what `\$X` holds.*\n|.*may be.*\n/g, '') }).toMatchObject({
      stdout: `docker run ${to} img`,
    });
  });

  it.each([
    [
      '25',
      '--mount type=volume,src=v1,dst=/x,volume-subpath=a',
      /docker 25\.0\.5: .*volume-subpath.*nothing that does exactly the same/,
    ],
    [
      '24',
      '--mount type=bind,src=/a,dst=/b,ro,bind-recursive=writable',
      /nothing that does exactly the same/,
    ],
    ['29', '--mount type=volume,src=,dst=/x', /empty value/],
    ['20.10-29.8', '--mount type=bind,src=/a,dst=/b,bind-recursive=disabled', /docker 20\.10\.24/],
    ['28', "--mount 'type=bind,src=/a,dst=/b '", /in different ways/],
    ['28', '-v /a:/b:U', /written for podman: docker cannot express `U`/],
    ['28', '--mount type=ramfs,dst=/b', /docker has no mounts of the type ramfs/],
    ['28', '--mount type=bind,src=/a,dst=/b,relabel=shared', /docker -v creates a directory/],
  ])('leaves with the reason, %s: %s', async (version, flag, why) => {
    const { code, stdout, stderr } = await convert(version, `docker run ${flag} img`);
    expect([code, stdout]).toEqual([1, `docker run ${flag} img`]);
    expect(stderr).toMatch(why);
  });

  it.each([[['--to', 'mount']], [['--write']]])('goes without %j', async (more) => {
    expect((await runMountc(['convert', '--for', '28', ...more, 'docker run -v a:/b i'])).code).toBe(2);
  });
});

describe('what Git Bash rewrote', () => {
  it.each([
    ['-v C:\\Users\\me;C:\\Program Files\\Git\\src;ro', '-v C:\\Users\\me:/src:ro'],
    ['-v data;C:\\Program Files\\Git\\data', '-v data:/data'],
    ['-v data:C:/Program Files/Git/data', '-v data:/data'],
    ['-v C:/Program Files/Git/app', '-v /app'],
    ['-v C:\\p\\x;C:\\p\\x', '-v C:\\p\\x:/c/p/x'],
    ['-v C:\\msys64\\home\\me;C:\\msys64\\work', '-v C:\\msys64\\home\\me:/work'],
    ['--mount type=bind,src=C:/a,dst=C:/Program Files/Git/b', '--mount type=bind,src=C:/a,dst=/b'],
    ['--tmpfs C:\\Program Files\\Git\\t;size=64m', '--tmpfs /t:size=64m'],
    // Which folder is `/tmp` is that shell's to say; and these were not rewritten.
    ['-v C:\\a;C:\\Users\\me\\AppData\\Local\\Temp\\x', undefined],
    ['-v C:\\Users\\me:/src', undefined],
    ['-v /a;b:/c', undefined],
    ['-v C:/Program Files/Git/etc:/etc/git', undefined],
  ])('%s', async (from, to) => {
    const quoted = (flag: string) => flag.replace(/ (.*)/s, " '$1'");
    const { stdout } = await convert('26', `docker run ${quoted(from)} img`);
    expect(stdout.replaceAll("'", '')).toBe(`docker run ${to ?? from} img`);
  });

  it('is not rewritten again on the way to docker', () => {
    const words = ['run', '-v', 'C:\\me:/app'] as const;
    expect(rewriteScript([1, ...words.slice(1), 3], { MSYSTEM: 'MINGW64' })).toBe(
      `set -- "\${1}" '-v' 'C:\\me:/app' "\${3}"; MSYS2_ARG_CONV_EXCL='C:\\me:/app'; export MSYS2_ARG_CONV_EXCL`.replace(
        "'-v'",
        '-v',
      ),
    );
    expect(rewriteScript([1, ...words.slice(1), 3], {})).not.toContain('MSYS2');
  });
});

describe('lint --docker FROM-TO', () => {
  it('reports what not every docker of the range takes, with what all of them take', async () => {
    const lint = (range: string, ...more: string[]) =>
      runMountc(['lint', '--docker', range, ...more, '--command', 'docker run -v ./a:/b alpine']);
    expect((await lint('20.10-29.8')).stdout).toMatch(/not-every-docker MC403[\s\S]*write `-v \$PWD\/a:\/b`/);
    expect((await lint('23-29.8')).code).toBe(0);
    expect((await lint('29.8-20.10')).code).toBe(2);
    expect((await lint('19.03-29.8')).code).toBe(2);
  });
});

describe('MOUNTC_REWRITE=compat', () => {
  const answer = (client: string): KnownDocker => ({
    engineName: 'docker',
    asked: 0,
    client: readVersion(client),
    engine: readVersion(client),
    engineOs: 'linux',
  });
  const check = async (args: readonly string[], client: string | undefined, isTerminal = false) => {
    const known = client === undefined ? undefined : answer(client);
    const { refuse, text, rewritten } = await checkCommand({
      args,
      cwd: '/my project',
      settings: { mode: 'block', rewrite: 'compat', rules: {}, problems: [] },
      stderr: { isTerminal, color: false },
      known,
      learn: async () => known,
    });
    return { refuse, text: text.shown, args: rewritten && rewrittenArgs(args, rewritten) };
  };

  it('gives this docker what it takes', async () => {
    const args = [
      'run',
      '-itv',
      './src:/app',
      '--mount=type=bind,src=/a,dst=/b,bind-recursive=disabled',
      'alpine',
    ];
    expect(await check(args, '20.10.24')).toEqual({
      refuse: false,
      text: '',
      args: [
        'run',
        '-it',
        '-v',
        '/my project/src:/app',
        '--mount',
        'type=bind,src=/a,dst=/b,bind-nonrecursive',
        'alpine',
      ],
    });
    expect((await check(args, '28.5.2')).args).toBeUndefined();
    // Nobody knows what these take.
    expect((await check(args, undefined)).args).toBeUndefined();
    expect((await check(args, '31.0.0')).args).toBeUndefined();
  });

  it('says on a terminal why a flag stays', async () => {
    const args = [
      'run',
      '--mount',
      'type=volume,src=v1,dst=/b,volume-subpath=a',
      '-v',
      './src:/app',
      'alpine',
    ];
    expect((await check(args, '20.10.24', true)).text).toMatch(
      /^mountc: `--mount type=volume.*is left unchanged: docker 20\.10/,
    );
    expect((await check(['run', '-v', '/a:/b', 'alpine'], '20.10.24', true)).text).toBe('');
  });

  it.each([
    ['4.3.1', ['-v', '/tmp:/b:consistent'], ['-v', '/tmp:/b']],
    [
      '5.4.2',
      ['--mount', 'Type=bind,Source=/tmp,dst=/b,readonly=1'],
      ['--mount', 'type=bind,src=/tmp,dst=/b,ro'],
    ],
    [
      '5.4.2',
      ['--mount', 'type=bind,src=/tmp,dst=/b,bind-recursive=disabled'],
      ['--mount', 'type=bind,src=/tmp,dst=/b,bind-nonrecursive'],
    ],
    ['5.4.2', ['--mount', 'src=data,dst=/b,volume-nocopy'], ['-v', 'data:/b:nocopy']],
    ['5.4.2', ['--tmpfs', '/b:size=1m'], ['--tmpfs', '/b:noexec,notmpcopyup,size=1m']],
    [
      '5.4.2',
      ['-v', './a:/b', '-v', '/a:/c:U', '--tmpfs=/d:uid=3', '-v', '/no/such:/e:consistent'],
      undefined,
    ],
    ['7.0.0', ['-v', '/tmp:/b:consistent'], undefined],
  ])('gives podman %s behind the name docker its own words: %j', async (podmanText, flags, wanted) => {
    const args = ['run', ...flags, 'alpine'];
    const known: KnownDocker = { engineName: 'other', podmanText, asked: 0 };
    const { refuse, text, rewritten } = await checkCommand({
      args,
      cwd: '/work',
      settings: { mode: 'block', rewrite: 'compat', rules: {}, problems: [] },
      stderr: { isTerminal: true, color: false },
      known,
      host: { env: {} },
    });
    expect(refuse).toBe(false);
    expect(rewritten && rewrittenArgs(args, rewritten)).toEqual(wanted && ['run', ...wanted, 'alpine']);
    const reasons = flags.length > 2 ? 2 : 0;
    expect(text.shown.match(/is left unchanged: podman 5.4.2 refuses it: /g) ?? []).toHaveLength(reasons);
  });

  it('refuses what is refused however it is written', async () => {
    const { refuse, args } = await check(['run', '-v', './src:/app:r0', 'alpine'], '20.10.24');
    expect({ refuse, args }).toEqual({ refuse: true, args: undefined });
  });
});

it('knows a podman by the name docker: a link, or a script that hands everything over', () => {
  const dir = tempDir();
  const docker = join(dir, 'docker');
  writeFileSync(join(dir, 'podman'), '\u007fELF');
  symlinkSync('podman', docker);
  expect(readKind(docker)).toMatchObject({ otherEngine: true, podman: docker });
  expect(readKind(docker, 'podman').otherEngine).toBe(false);
  const script = join(dir, 'script');
  const kindOf = (body: string) => {
    writeFileSync(script, `#!/bin/sh\n${body}\n`);
    return readKind(script);
  };
  expect(kindOf('[ -e /etc/nodocker ] || echo x >&2\nexec /usr/bin/podman "$@"').podman).toBe(
    '/usr/bin/podman',
  );
  for (const body of [
    'cd / && podman "$@"',
    'exec sudo podman "$@"',
    'exec podman --remote "$@"',
    'nerdctl "$@"',
  ])
    expect(kindOf(body)).toMatchObject({ otherEngine: true, podman: undefined });
  expect(kindOf('exec /usr/bin/docker "$@"').otherEngine).toBe(false);
});

it.each([
  ['docker run', true],
  ['sudo -E docker run', true],
  ['env -C /q true; docker run', true],
  ['env -C /q docker run', false],
  ['sudo -D /q docker run', false],
  ['sudo -iu me docker run', false],
  ['PWD=/q docker run', false],
  ['find . -execdir docker run', false],
])('%s runs where the shell is: %s', async (command, isThere) => {
  const { stdout } = await runMountc(['convert', '--for', '20.10-29.8', `${command} -v ./x:/y a`]);
  expect(stdout.replaceAll('"', '')).toBe(`${command} -v ${isThere ? '$PWD/x' : './x'}:/y a\n`);
});
