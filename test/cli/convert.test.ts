import { describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';

interface Converted {
  command: string;
  conversions: {
    from: string;
    to: string;
    exact: boolean;
    losses: { field: string; kind: string; why: string }[];
  }[];
}

async function convertJson(...args: string[]): Promise<Converted & { code: number }> {
  const { code, stdout } = await runMountc(['convert', '--format', 'json', ...args]);
  return { code, ...(JSON.parse(stdout) as Converted) };
}

describe('mountc convert', () => {
  test('keeps every other word and its quoting, and warns of what changes', async () => {
    const { code, stdout, stderr } = await runMountc([
      'convert',
      '--to',
      'mount',
      'docker run -it -v /home/developer/appdata:/container/data:ro python:3.6',
    ]);
    expect(stdout).toBe(
      'docker run -it --mount type=bind,src=/home/developer/appdata,dst=/container/data,readonly python:3.6\n',
    );
    expect(stderr).toContain('missing host directory');
    expect(code).toBe(0);
  });

  test('uses bind-create-src where the docker asked for has it', async () => {
    const { code, command, conversions } = await convertJson(
      '--to',
      'mount',
      '--docker',
      '29.3',
      'docker run -v /a:/b img',
    );
    expect(command).toBe('docker run --mount type=bind,src=/a,dst=/b,bind-create-src img');
    expect(conversions).toEqual([
      { from: '-v /a:/b', to: '--mount type=bind,src=/a,dst=/b,bind-create-src', exact: true, losses: [] },
    ]);
    expect(code).toBe(0);
  });

  test.each([
    [
      'an engine that does not honour it',
      ['--docker', '29.7', '--engine', '24.0'],
      'type=bind,src=/a,dst=/b',
    ],
    [
      'the same from 26 on',
      ['--docker', '29.7', '--engine', '26.0'],
      'type=bind,src=/a,dst=/b,bind-create-src',
    ],
  ])('bind-create-src and %s', async (_name, flags, expected) => {
    const { command } = await convertJson('--to', 'mount', ...flags, '--', '-v', '/a:/b');
    expect(command).toBe(`--mount ${expected}`);
  });

  test.each([
    ['a volume', '-v data:/x', '--mount type=volume,src=data,dst=/x'],
    ['nocopy', '-v data:/x:nocopy', '--mount type=volume,src=data,dst=/x,volume-nocopy'],
    ['propagation', '-v /a:/b:ro,rslave', '--mount type=bind,src=/a,dst=/b,readonly,bind-propagation=rslave'],
    ['consistency', '-v /a:/b:cached', '--mount type=bind,src=/a,dst=/b,consistency=cached'],
    ['a drive letter', "-v 'C:\\src:/app'", "--mount 'type=bind,src=C:\\src,dst=/app'"],
    ['a comma', "-v '/a,b:/c'", '--mount \'type=bind,"src=/a,b",dst=/c\''],
    ['a quote', "-v '/a\"b:/c'", '--mount \'type=bind,"src=/a""b",dst=/c\''],
    ['an apostrophe', '-v "/it\'s:/c"', '--mount "type=bind,src=/it\'s,dst=/c"'],
    ['a variable that is a path', '-v "$PWD":/src', '--mount "type=bind,src=$PWD,dst=/src"'],
    ['a command', '-v $(pwd)/x:/src', '--mount type=bind,src=$(pwd)/x,dst=/src'],
    ['home', '-v ~/x:/y', '--mount "type=bind,src=$HOME/x,dst=/y"'],
    [
      'tmpfs',
      '--tmpfs /t:size=65536k,mode=1770,ro',
      '--mount type=tmpfs,dst=/t,readonly,tmpfs-size=64m,tmpfs-mode=1770',
    ],
    ['tmpfs defaults', '--tmpfs /t:rw,noexec,nosuid', '--mount type=tmpfs,dst=/t'],
    [
      'the last word of a kind',
      '--tmpfs /t:size=1m,exec,size=2m,noexec',
      '--mount type=tmpfs,dst=/t,tmpfs-size=2m',
    ],
  ])('%s', async (_name, flags, expected) => {
    const { code, stdout } = await runMountc(['convert', '--to', 'mount', `docker run ${flags} img`]);
    expect(stdout).toBe(`docker run ${expected} img\n`);
    expect(code).toBe(0);
  });

  test.each([
    ['relabelling', '-v /a:/b:z', 'mount'],
    ['exec', '--tmpfs /t:exec', 'mount'],
    ['uid', '--tmpfs /t:uid=1000', 'mount'],
    ['a mode that docker refuses', '-v /a:/b:readonly', 'mount'],
    ['one letter', '-v a:/x', 'mount'],
    ['a source that may be either', '-v $X:/y', 'mount'],
    ['a value that may be anything', '-v "$SPEC"', 'mount'],
    ['a trailing space', "-v '/a :/b'", 'mount'],
    ['a colon', '--mount type=bind,src=/a:b,dst=/c', 'volume'],
    ['recursion', '--mount type=bind,src=/a,dst=/c,bind-recursive=disabled', 'volume'],
    ['a label', '--mount type=volume,src=v1,dst=/c,volume-label=a=b', 'volume'],
    ['a subpath', '--mount type=volume,src=v1,dst=/c,volume-subpath=x', 'volume'],
    ['a read-only anonymous volume', '--mount type=volume,dst=/c,readonly', 'volume'],
    ['a tmpfs as a volume', '--mount type=tmpfs,dst=/c', 'volume'],
    ['two on one target', '-v /a:/b --tmpfs /b/', 'mount'],
  ])('leaves alone, and says why: %s', async (_name, flags, to) => {
    const { code, command, conversions } = await convertJson('--to', to, `docker run ${flags} img`);
    expect(command).toBe(`docker run ${flags} img`);
    expect(
      conversions.every(({ exact, losses }) => !exact && losses.some(({ kind }) => kind === 'impossible')),
    ).toBe(true);
    expect(code).toBe(1);
  });

  test.each([
    ['service create', 'docker service create --mount type=bind,src=/a,dst=/b img', 'volume', 'has no -v'],
    ['service create', 'docker service create --mount type=tmpfs,dst=/b img', 'tmpfs', 'has no --tmpfs'],
    ['service update', 'docker service update --mount-add type=bind,src=/a,dst=/b s', 'volume', 'has no -v'],
    ['what may be the image', 'docker run -it $IMG -v /a:/b', 'mount', 'can name the image'],
    ['another engine', 'nerdctl run -v /a:/b img', 'mount', 'nerdctl reads mounts with its own rules'],
    ['a home of somebody', 'docker run -v ~joe/x:/b img', 'mount', 'at the start of a word only'],
  ])('leaves alone, and says why: %s', async (_name, command, to, why) => {
    const { code, stdout, stderr } = await runMountc(['convert', '--to', to, command]);
    expect(stdout).toBe(`${command}\n`);
    expect(stderr).toContain(why);
    expect(code).toBe(1);
  });

  test('flags behind a variable are converted where an image follows', async () => {
    const { stdout } = await runMountc(['convert', '--to', 'mount', 'docker run $OPTS -v data:/b img']);
    expect(stdout).toBe('docker run $OPTS --mount type=volume,src=data,dst=/b img\n');
  });

  test.each([
    ['every docker: what the shell calls the directory', [], '--mount "type=bind,src=$PWD/src,dst=/b"'],
    ['every docker, in a known directory', ['--cwd', '/w'], '--mount type=bind,src=/w/src,dst=/b'],
    ['a docker that makes it absolute itself', ['--docker', '28.2'], '--mount type=bind,src=./src,dst=/b'],
    ['a docker that refuses it', ['--docker', '20.10'], '-v ./src:/b'],
  ])('a relative source for %s', async (_name, flags, expected) => {
    const { command } = await convertJson('--to', 'mount', ...flags, '--', 'run', '-v', './src:/b', 'img');
    expect(command).toBe(`run ${expected} img`);
  });

  test('--strict leaves alone what would change', async () => {
    const { code, stdout } = await runMountc([
      'convert',
      '--strict',
      '--to',
      'mount',
      'docker run -v /a:/b -v v1:/c img',
    ]);
    expect(stdout).toBe('docker run -v /a:/b --mount type=volume,src=v1,dst=/c img\n');
    expect(code).toBe(1);
  });

  test.each([
    [
      'a cluster',
      'docker run -itv /a:/b img -v /c:/d',
      'docker run -it --mount type=bind,src=/a,dst=/b img -v /c:/d',
    ],
    ['attached', 'docker run -v/a:/b img', 'docker run --mount type=bind,src=/a,dst=/b img'],
    [
      'an equals sign',
      'docker run -v=/a:/b --volume=/c:/d img',
      'docker run --mount type=bind,src=/a,dst=/b --mount type=bind,src=/c,dst=/d img',
    ],
    [
      'sudo and a path',
      'sudo -E /usr/bin/docker -H x --debug container run --volume /a:/b img',
      'sudo -E /usr/bin/docker -H x --debug container run --mount type=bind,src=/a,dst=/b img',
    ],
    [
      'a list of commands',
      'cd /x && docker run -v /a:/b img; docker create -v /c:/d img',
      'cd /x && docker run --mount type=bind,src=/a,dst=/b img; docker create --mount type=bind,src=/c,dst=/d img',
    ],
    ['flags alone', '-v /a:/b --tmpfs /t', '--mount type=bind,src=/a,dst=/b --mount type=tmpfs,dst=/t'],
    ['no docker in front', 'create -v /a:/b img', 'create --mount type=bind,src=/a,dst=/b img'],
  ])('%s', async (_name, command, expected) => {
    const quoted = await runMountc(['convert', '--to', 'mount', command]);
    expect(quoted.stdout).toBe(`${expected}\n`);
  });

  test('argv after -- is printed so that it can be pasted', async () => {
    const { stdout } = await runMountc([
      'convert',
      '--to',
      'volume',
      '--',
      'docker',
      'run',
      '--mount',
      'type=volume,src=my-data,dst=/data,readonly',
      'alpine',
      'sh',
      '-c',
      'ls $X',
    ]);
    expect(stdout).toBe("docker run -v my-data:/data:ro alpine sh -c 'ls $X'\n");
  });

  test('the command may come from standard input', async () => {
    const { stdout } = await runMountc(['convert', '--to', 'mount', '-'], {
      stdin: 'docker run -v v1:/c img\n',
    });
    expect(stdout).toBe('docker run --mount type=volume,src=v1,dst=/c img\n');
  });

  test('to api: what docker sends', async () => {
    const { stdout } = await runMountc([
      'convert',
      '--to',
      'api',
      '--cwd',
      '/w',
      '--',
      'create',
      '-v',
      './src:/app',
      '--tmpfs',
      '/run:size=64m',
      'img',
    ]);
    expect(JSON.parse(stdout)).toEqual({
      Binds: ['/w/src:/app'],
      Mounts: null,
      Tmpfs: { '/run': 'size=64m' },
      Volumes: null,
      VolumeDriver: null,
      VolumesFrom: null,
    });
  });

  test.each([
    ['-v', '/a:/b'],
    ['-v /a:/b', ''],
    ['-v  "/a":/b', ''],
  ])('to api: flags alone need no image: %s %s', async (...argv) => {
    const words = ['convert', '--to', 'api', ...argv.filter((word) => word !== '')];
    const { code, stdout, stderr } = await runMountc(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ Binds: ['/a:/b'], Mounts: null });
  });

  test('to api: flags alone are refused as ever', async () => {
    const { code, stderr } = await runMountc(['convert', '--to', 'api', '--mount', 'type']);
    expect(code).toBe(1);
    expect(stderr).toContain('must be a key=value pair');
    expect((await runMountc(['convert', '--to', 'api', 'docker create -v /a:/b'])).stderr).toContain(
      'requires at least 1 argument',
    );
  });

  test('to api: docker’s own words where it refuses', async () => {
    const { code, stdout, stderr } = await runMountc([
      'convert',
      '--to',
      'api',
      '--docker',
      '28.2.2',
      '--',
      'create',
      '-v',
      ':/x',
      'img',
    ]);
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      'docker: invalid spec: :/x: empty section between colons\n',
    ]);
  });

  test('--jsonl answers each line, in order', async () => {
    const input = [
      '["create","-v","/a:/b","img"]',
      '{"args":["create","--mount","type=bind,src=.,dst=/x","img"],"cwd":"/q"}',
      '["create","--mount","dst","img"]',
      '["create","--no-such-flag","img"]',
      'nonsense',
      '["ps"]',
    ].join('\n');
    const { stdout } = await runMountc(['convert', '--to', 'api', '--docker', '28.2.2', '--jsonl'], {
      stdin: input,
    });
    const answers = stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            ok: boolean | null;
            exit?: number;
            stderr?: string;
            create?: { Binds: string[]; Mounts: unknown };
          },
      );
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false, false, null, null]);
    expect(answers[0]?.create?.Binds).toEqual(['/a:/b']);
    expect(answers[1]?.create?.Mounts).toEqual([{ Type: 'bind', Source: '/q', Target: '/x' }]);
    expect(answers[2]).toMatchObject({
      exit: 125,
      stderr: 'invalid argument "dst" for "--mount" flag: invalid field \'dst\' must be a key=value pair',
    });
    expect(answers[3]?.stderr).toBe('unknown flag: --no-such-flag');
  });

  test.each([
    [[], '--to'],
    [['--to', 'nothing', 'docker run img'], '`nothing`'],
    [['--to', 'mount', '--docker', '19.03', 'docker run img'], '19.03'],
    [['--to', 'mount', '--frob', 'x'], '--frob'],
    [['--to', 'mount', 'docker', 'run'], 'quotes'],
  ])('usage mistakes exit with 2: %j', async (args, words) => {
    const { code, stderr, stdout } = await runMountc(['convert', ...args], { stdin: '' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});
