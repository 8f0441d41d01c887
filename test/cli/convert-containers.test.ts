// Commands as services of a Compose file: what is written, what is said, and where it goes.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const convert = (...args: string[]) => runMountc(['convert', '--to', 'compose', ...args], { cwd });
const services = async (script: string) => {
  const { stdout } = await convert(script);
  return parse(stdout) as {
    services: Record<string, Record<string, unknown>>;
    networks?: object;
    volumes?: object;
  };
};

describe('what is written', () => {
  test('the whole container, by its name', async () => {
    const file = await services(
      'docker run -d --name web -p 8080:80 -p 22:22 --restart unless-stopped -e TZ=UTC -e N=0123 --memory 512m nginx:1.25 nginx -g "daemon off;"',
    );
    expect(file.services['web']).toEqual({
      image: 'nginx:1.25',
      command: ['nginx', '-g', 'daemon off;'],
      container_name: 'web',
      restart: 'unless-stopped',
      environment: { TZ: 'UTC', N: '0123' },
      ports: ['8080:80', '22:22'],
      mem_limit: '512m',
    });
  });

  test('several commands are several services, which know each other, with their networks and volumes', async () => {
    const file = await services(`docker network create -d bridge --subnet 10.1.0.0/24 --gateway 10.1.0.1 back
docker volume create --driver local -o type=tmpfs -o device=tmpfs data
docker run -d --name db --network back -v data:/var/lib/mysql mysql:8
docker run -d --name app --network back --link db:database --pid container:db --volumes-from db app`);
    expect(file).toEqual({
      services: {
        db: {
          image: 'mysql:8',
          container_name: 'db',
          networks: ['back'],
          volumes: [{ type: 'volume', source: 'data', target: '/var/lib/mysql' }],
        },
        app: {
          image: 'app',
          container_name: 'app',
          pid: 'service:db',
          networks: ['back'],
          links: ['db:database'],
          volumes_from: ['db'],
        },
      },
      networks: {
        back: {
          name: 'back',
          driver: 'bridge',
          ipam: { config: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1' }] },
        },
      },
      volumes: { data: { name: 'data', driver: 'local', driver_opts: { type: 'tmpfs', device: 'tmpfs' } } },
    });
  });

  test('names of images and containers make names of services, each once', async () => {
    const file = await services(
      'docker run ghcr.io/a/b:1; docker run b@sha256:00; docker run --name "x y" c; docker run $IMG',
    );
    expect(Object.keys(file.services)).toEqual(['b', 'b2', 'x_y', 'app']);
  });

  test('variables of the shell stay, where Compose has them too', async () => {
    const { stdout, stderr, code } = await convert(
      'docker run -e A=$A -e "B=${B:-x}/y" -e C=$(id -u) -e "D=\\$x" -p "$PORT:80" --memory $MEM --ulimit nofile=$N img "$CMD" x',
    );
    const [service] = Object.values((parse(stdout) as { services: Record<string, object> }).services);
    expect(service).toEqual({
      image: 'img',
      command: ['${CMD}', 'x'],
      environment: { A: '${A}', B: '${B:-x}/y', D: '$$x' },
      ports: ['${PORT}:80'],
      mem_limit: '${MEM}',
    });
    expect(stderr.split('\n').filter(Boolean)).toEqual([
      expect.stringContaining(
        '`--env C`: left out: Compose has no name for `$(…)`, which only its shell knows',
      ),
      expect.stringContaining('`--ulimit`: left out'),
    ]);
    expect(code).toBe(1);
  });

  test('words that the shell may make several of are one word, and named', async () => {
    const { stdout, stderr, code } = await convert('docker run img --token $CMD');
    expect(stdout).toContain('- ${CMD}');
    expect(stderr).toContain('`the command`: changes its effect: `$CMD` is one word there');
    expect(code).toBe(0);
    const all = await convert('docker run img "$@"');
    expect([all.code, all.stdout]).toEqual([1, expect.not.stringContaining('command')]);
  });

  test('what a person or docker itself fills in stays as it is', async () => {
    const { stdout, stderr } = await convert('docker run -e "A=<your key>" --log-opt tag="{{.Name}}" img');
    expect(stdout).toContain('A: <your key>');
    expect(stdout).toContain('tag: "{{.Name}}"');
    expect(stderr).toBe('');
  });
});

describe('what is said', () => {
  test.each([
    ['--rm', /`--rm`: left out: .*docker compose down/],
    ['-P', /`--publish-all`: left out/],
    ['--cpuset-mems 0', /`--cpuset-mems`: left out/],
    ['--env-file ./e', /`--env-file`: changes its effect/],
    ['-i', /`--interactive`: changes its effect/],
    ['--replicas 2', /docker refuses the command/],
    ['--name "a b"', /`--name`: left out: the docker engine refuses this container name/],
    ['--name y', /`--name`: left out: the docker engine refuses this container name/],
    ['-e "A=$(x)"', /`--env A`: left out: Compose has no name for `\$\(…\)`, which only its shell knows/],
  ])('%s', async (flags, said) => {
    const { stderr } = await convert(`docker run ${flags} img`);
    expect(stderr).toMatch(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    '--gpus count=x',
    '--gpus COUNT=2',
    '--gpus 0x2',
    '--gpus 1,count=2',
    '--gpus device=0,count=1',
    '--network name=a,gw-priority=x',
    '--network name=a,gw-priority=0x10',
    '--network name=a,driver-opt=abc',
    '--network name=$N,alias=b',
    '--ulimit nofile=9223372036854775808',
    '--ulimit NOFILE=5',
    '--ulimit nofile=5:2',
    '-p 99999:80',
    '-p target=x',
    '-p target=80,protocol=x',
    '-p 80-81:80-82',
    '-p 1.2.3:80:80',
    '--cpus 1/2',
  ])('of a value that cannot be said, which is not written as another: %s', async (flags) => {
    const flag = /^--?[a-z]+/.exec(flags)![0].replace('-p', '--publish');
    const { stdout, stderr } = await convert(`docker run ${flags} img`);
    expect(stderr).toContain(`\`${flag}\`: left out`);
    expect((parse(stdout) as { services: object }).services).toEqual({ img: { image: 'img' } });
  });

  test.each([
    ['--gpus 9007199254740993', 'count: 9007199254740993'],
    ['--gpus +3', 'count: 3'],
    ['--ulimit nofile=9223372036854775807:-1', 'soft: 9223372036854775807'],
    ['--network name=a,gw-priority=010', 'gw_priority: 10'],
    ['--network name=Back,alias=DB,driver-opt=K=V=W', 'k: v=w'],
    ['-p target=80,published=8000,mode=any', '- 8000:80'],
    ['-p "target=$T,published=80"', '- 80:${T}'],
    ['-p 80-82:80', '- 80-82:80'],
  ])('but not of one that docker takes: %s', async (flags, written) => {
    const { stdout, stderr } = await convert(`docker run ${flags} img`);
    expect(stdout.replaceAll('"', '')).toContain(written);
    expect(stderr).not.toContain('left out');
  });

  test('of each network and volume that no file can declare', async () => {
    const { code, stdout, stderr } = await convert(
      'docker network create $NET\ndocker volume create\ndocker volume create a b\ndocker network create\ndocker run img',
    );
    expect([code, stdout]).toEqual([1, 'services:\n  img:\n    image: img\n']);
    expect(stderr.match(/`docker (?:network|volume) create`: left out/g)).toHaveLength(4);
  });

  test('that docker refuses the command', async () => {
    const { code, stderr } = await convert('docker run --restart sometimes:x img');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/`the command`: left out: docker refuses it: .*restart/),
    ]);
  });

  test('nothing where all is the same', async () => {
    expect(await convert('docker run --rm=false -p 80:80 -P=false -id img')).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('warning'),
    });
    expect(await convert('docker run -p 80:80 img')).toMatchObject({ code: 0, stderr: '' });
  });

  test('that a command names no image; flags alone need none', async () => {
    for (const command of ['docker run', 'docker run -p 80:80', 'docker create -v /a:/b'])
      expect(await convert(command)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('`image`: left out: the command names none'),
      });
    expect(await convert('-v /a:/b')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a variable that the script sets itself, which Compose takes from elsewhere', async () => {
    for (const [script, name] of [
      ['PORT=80; docker run -p "$PORT:80" img', 'PORT'],
      ['for i in a b; do docker run --name "w$i" img; done', 'i'],
      ['run() { local d=$1; docker run -v "/srv/$d:/data" img; }; run x', 'd'],
    ] as const)
      expect(await convert(script)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`\`$${name}\`: changes its effect: the script sets it`),
      });
    expect(await convert("Q=1; docker run -e H=$HOME -p ${P:-80}:80 -e S='$Q' img")).toMatchObject({
      stderr: '',
    });
  });

  test("docker's own options, without their values", async () => {
    const { code, stderr } = await convert('docker -H tcp://u:hunter2@h --context there run -p 80:80 img');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/`docker --host`: a file cannot.*\n.*`docker --context`/),
    ]);
    expect(stderr).not.toContain('hunter2');
  });

  test('what makes no difference once, however many commands have it', async () => {
    const { stderr } = await convert('docker run -d --rm x; docker run -d --rm y; docker run -d z');
    expect(stderr.match(/`--detach`/g)).toHaveLength(1);
    expect(stderr.match(/`--rm`/g)).toHaveLength(2);
  });

  test('a name that two commands have, and what is done to a container later', async () => {
    const { stdout, stderr, code } = await convert(
      'docker run --name app x; docker run --name app y; docker network connect n app; docker exec app ls; docker logs app',
    );
    expect(stdout.match(/container_name/g)).toHaveLength(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining('`docker network connect`: left out'),
      expect.stringContaining('`docker exec`: left out'),
      expect.stringContaining('`--name`: left out: another command creates a container called `app`'),
    ]);
    expect(code).toBe(1);
  });

  test('as JSON with the flag, the field and the reason', async () => {
    const { stdout } = await convert('--format', 'json', 'docker run --rm img');
    expect(JSON.parse(stdout).conversions).toEqual([
      {
        from: '--rm',
        flag: '--rm',
        written: false,
        exact: false,
        losses: [{ field: 'HostConfig.AutoRemove', kind: 'impossible', why: expect.any(String) }],
      },
    ]);
  });

  test('with --strict nothing is written unless it is exact', async () => {
    for (const flag of ['--rm', '-i', '--env-file x']) {
      const { code, stdout, stderr } = await convert('--strict', `docker run ${flag} img`);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('nothing is written');
    }
    expect((await convert('--strict', 'docker run -d -p 80:80 img')).stdout).toContain('ports');
  });

  test('no secret is repeated', async () => {
    const secret = 'hunter2';
    const { stderr } = await convert(
      '--strict',
      `docker run -e P=${secret}$(x) -l k=${secret}$(x) --env-file ./${secret} --health-cmd "x ${secret} $(x)" --log-opt t=${secret}$(x) -i img`,
    );
    expect(stderr).toContain('--env P');
    expect(stderr.replaceAll('--env-file', '')).not.toContain(secret);
  });

  test.each([
    '-e "P=$(echo hunter2)"',
    '-e "P=`echo hunter2`"',
    '-e "P=${X/hunter2/b}"',
    '-e =hunter2',
    '-l =hunter2',
    '-e a=b -e a -e =hunter2',
  ])('nor in what is only said of it: %s', async (flags) => {
    const { code, stderr } = await convert(`docker run ${flags} img`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('left out')]);
    expect(stderr).not.toContain('hunter2');
    if (flags.includes('=hunter2')) expect(stderr).toMatch(/docker refuses it: invalid argument/);
  });
});

describe('--merge', () => {
  const FILE =
    '# mine\nservices:\n    db:   # base\n        image: postgres\n\n    # fast\n    cache: {image: redis}\n\nvolumes:\n    data:\n';

  test('adds a service, and keeps every line', async () => {
    writeFiles(cwd, { 'compose.yaml': FILE });
    const { stdout, code } = await convert(
      '--merge',
      'compose.yaml',
      'docker run --name web --network n -v logs:/l nginx',
    );
    expect(code).toBe(0);
    const kept = stdout.split('\n');
    expect(FILE.split('\n').filter((line) => !kept.includes(line))).toEqual([]);
    expect(stdout).toContain('\n    cache: {image: redis}\n\n    web:\n        image: nginx\n');
    expect(stdout).toContain('volumes:\n    data:\n    logs:\n        name: logs\n');
    expect(parse(stdout)).toMatchObject({ networks: { n: { name: 'n', external: true } } });
    expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toBe(FILE);
  });

  test('changes the file with --write, shows the change with --diff', async () => {
    writeFiles(cwd, { 'compose.yaml': 'services:\r\n  a:\r\n    image: x' });
    const diff = await convert('--merge', 'compose.yaml', '--diff', 'docker run --name web nginx');
    expect(diff.stdout).toContain('+  web:');
    await convert('--merge', 'compose.yaml', '--write', 'docker run --name web nginx');
    expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toBe(
      'services:\r\n  a:\r\n    image: x\r\n  web:\r\n    image: nginx\r\n    container_name: web\r\n',
    );
  });

  test.each([
    ['services: {a: {image: x}}\n', 'braces'],
    ['services:\n  web:\n    image: x\n', 'name the new one with --service'],
    ['- a\n', 'not a map'],
    ['a: [\n', 'not YAML'],
    ['a: 1\n---\nb: 2\n', 'several documents'],
    ['app:\n  image: x\n', 'has no `services`, and `app`'],
  ])('leaves alone what it cannot add to: %j', async (text, why) => {
    writeFiles(cwd, { 'c.yaml': text });
    const { code, stderr } = await convert('--merge', 'c.yaml', '--write', 'docker run --name web nginx');
    expect(code).toBe(3);
    expect(stderr).toContain(why);
    expect(readFileSync(join(cwd, 'c.yaml'), 'utf8')).toBe(text);
  });

  test.each([
    [
      'x-a: &a\n  restart: always\n  oom_score_adj: 012\nservices:\n  v: &v\n    <<: *a # merged\n    image: x\n  w: *v\n',
      '',
    ],
    ['', ''],
    ['# still to come', ''],
    ['---\nservices:\n  a:\n    image: x\n', '...\n# after it\n'],
    ['services:\r\n  a:\r\n    image: x', ''],
  ])('adds to %j', async (head, foot) => {
    writeFiles(cwd, { 'c.yaml': head + foot });
    const { code, stderr } = await convert('--merge', 'c.yaml', '--write', 'docker run --name web nginx');
    expect([code, stderr]).toEqual([0, 'mountc: added web to c.yaml\n']);
    const text = readFileSync(join(cwd, 'c.yaml'), 'utf8');
    expect([text.startsWith(head), text.endsWith(foot)]).toEqual([true, true]);
    expect(text.slice(head.length)).toMatch(/^\s*(?:services:\r?\n)? {2}web:\r?\n {4}image: nginx\r?\n/);
  });

  test('in another folder, paths are relative to the file', async () => {
    writeFiles(cwd, { 'stack/compose.yaml': 'services:\n  a:\n    image: x\n' });
    const command =
      'docker run --name web -v ./src:/a -v ../up:/b -v /abs:/c -v named:/d --env-file ./e.env nginx';
    for (const more of [[], ['--short']]) {
      const { stdout } = await convert('--merge', 'stack/compose.yaml', ...more, command);
      expect(stdout).toContain('../src');
      expect(stdout).toContain('../../up');
      expect(stdout).toContain('- ../e.env');
      expect(stdout).toContain('/abs');
    }
  });

  test('says that a volume of the file is another one', async () => {
    writeFiles(cwd, { 'compose.yaml': FILE });
    const { stderr } = await convert('--merge', 'compose.yaml', 'docker run --name web -v data:/d nginx');
    expect(stderr).toContain("not docker's `data`");
    expect((await convert('--merge', 'missing.yaml', 'docker run x')).code).toBe(3);
    for (const same of ['external: true', 'name: data', 'external: {name: data}']) {
      writeFiles(cwd, { 'c.yaml': `services:\n  a:\n    image: x\nvolumes:\n  data:\n    ${same}\n` });
      const merged = await convert('--merge', 'c.yaml', 'docker run --name web -v data:/d nginx');
      expect(merged).toMatchObject({ code: 0, stderr: '' });
    }
  });
});

describe('--env-to-file', () => {
  test('moves the values out, for its owner alone to read', async () => {
    const { stdout, stderr } = await convert(
      '--env-to-file',
      '.env',
      `docker run -e "A=it's \\$1" -e B=$B -e C=plain -e D img`,
    );
    expect(parse(stdout)).toEqual({
      services: { img: { image: 'img', env_file: ['.env'], environment: { B: '${B}', D: null } } },
    });
    expect(readFileSync(join(cwd, '.env'), 'utf8')).toBe("A='it\\'s $1'\nC=plain\n");
    expect(statSync(join(cwd, '.env')).mode & 0o777).toBe(0o600);
    expect(stderr).not.toContain('plain');
    const again = await convert('--env-to-file', '.env', 'docker run -e A=2 img');
    expect([again.code, again.stdout]).toEqual([3, '']);
  });

  test('says which values stay, since such a file cannot hold them', async () => {
    const { stdout, stderr } = await convert(
      '--env-to-file',
      'some.env',
      "docker run -e A=1 -e 'B C=hunter2' -e D -e E=$E img",
    );
    expect(stdout).toContain('B C: hunter2');
    expect(stderr).toBe(
      'mountc: note: `--env B C`: its value stays in the Compose file: an env file cannot hold it\nmountc: wrote some.env\n',
    );
  });

  test('gives each of several services a file of its own', async () => {
    await convert('--env-to-file', 'vars', 'docker run -e A=1 a; docker run -e A=2 b; docker run c');
    expect(readFileSync(join(cwd, 'vars.a'), 'utf8') + readFileSync(join(cwd, 'vars.b'), 'utf8')).toBe(
      'A=1\nA=2\n',
    );
  });

  test('is not written by --diff, which only shows', async () => {
    writeFiles(cwd, { 'c.yaml': 'services:\n  a:\n    image: x\n' });
    const words = ['--merge', 'c.yaml', '--env-to-file', 'diff.env'];
    const shown = await convert(...words, '--diff', 'docker run --name web -e A=1 img');
    expect(shown).toMatchObject({ code: 0, stderr: 'mountc: would write diff.env\n' });
    expect(shown.stdout).toContain('+      - diff.env');
    expect(existsSync(join(cwd, 'diff.env'))).toBe(false);
    await convert(...words, '--diff', '--write', 'docker run --name web -e A=1 img');
    expect(readFileSync(join(cwd, 'diff.env'), 'utf8')).toBe('A=1\n');
  });

  test('is for commands', async () => {
    expect(
      (await runMountc(['convert', '--to', 'mount', '--env-to-file', 'x', 'docker run img'], { cwd })).code,
    ).toBe(2);
    expect((await convert('--env-to-file', 'x', '--write', 'docker run img')).code).toBe(2);
  });
});
