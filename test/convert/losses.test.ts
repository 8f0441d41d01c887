import { beforeEach, describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

async function convert(to: string, ...args: string[]) {
  const { code, stdout, stderr } = await runMountc(['convert', '--to', to, ...args], { cwd });
  return { code, lines: stdout.replaceAll(cwd, 'HERE').split('\n').filter(Boolean), stderr };
}

async function fromService(to: string, service: string, more = '') {
  writeFiles(cwd, { 'compose.yaml': `services:\n  a:\n    image: i\n${service}${more}` });
  return convert(to, '-f', 'compose.yaml');
}

const entry = (...volumes: string[]) => `    volumes:\n${volumes.map((one) => `      - ${one}\n`).join('')}`;

describe('an expansion that may hold a separator is left unchanged', () => {
  test.each([
    '$PWD:/x${ro:+:ro}',
    '/a:/x${M:-:ro}',
    '/a:/x${M-:ro}',
    '/a:/x${M:=:ro}',
    '/a:/x${A:-${M:+:ro}}',
    '${S:-/a,b}/c:/x',
    '/a:/b$(test -n "$RO" && echo :ro)',
    '/a:/b`echo ,ro`',
    '/a:/b${X/,/:ro}',
  ])('-v "%s"', async (spec) => {
    const command = `docker run -v "${spec}" img`;
    const { code, lines, stderr } = await convert('mount', command);
    expect([code, lines]).toEqual([1, [command]]);
    expect(stderr).toContain('may hold a colon or a comma');
    expect((await convert('compose', command)).code).toBe(1);
  });

  test.each(['dst=/b${RO:+,readonly}', 'dst=/b${T-:z}', 'dst=$(x a,b)'])('--mount %s', async (field) => {
    const command = `docker run --mount "type=bind,src=/a,${field}" img`;
    const { code, lines } = await convert('volume', command);
    expect([code, lines]).toEqual([1, [command]]);
  });

  test.each([
    '${A:?set A: a path, please}',
    '${A:1:2}',
    '${A,,}',
    '${A%%:*}',
    '${A#*,}',
    '$(dirname "${BASH_SOURCE[0]:-$0}")',
    '${A:-/b}',
  ])('what is not a word of an expansion is not checked: %s', async (hole) => {
    const { code, lines } = await convert('mount', `docker run -v "/a/${hole}:/x" img`);
    expect([code, lines]).toEqual([0, [`docker run --mount "type=bind,src=/a/${hole},dst=/x" img`]]);
  });

  test.each([
    ['a.ps1', 'docker run -v "/a:/b$(if ($ro) {\':ro\'})" img\n'],
    ['a.ps1', 'docker run -v "/a/${env:X}:/b" img\n', true],
    ['a.bat', 'docker run -v "/a/%X:b=:ro%:/b" img\n'],
    ['a.bat', 'docker run -v "/a/%X:~0,3%:/b" img\n', true],
    ['Makefile', 'a:\n\tdocker run -v /a:/b$(if $(RO),:ro) img\n'],
    ['Makefile', 'a:\n\tdocker run -v /a/$(X:.c=.o):/b img\n', true],
    ['a.sh.j2', "docker run -v /a:/b{{ ':ro' if ro else '' }} img\n"],
    ['a.sh.j2', 'docker run -v /a/{{ lookup("env", "X") }}:/b img\n', true],
    [
      '.github/workflows/a.yml',
      "on: push\njobs:\n  a:\n    steps:\n      - run: docker run -v /a:/b${{ inputs.ro && ':ro' || '' }} img\n",
    ],
  ] satisfies [string, string, true?][] as [string, string, boolean?][])(
    '%s: %s',
    async (path, text, isConverted) => {
      writeFiles(cwd, { [path]: text });
      const { lines } = await convert('mount', '--diff', path);
      expect(lines.some((line) => line.startsWith('+') && line.includes('--mount'))).toBe(
        isConverted === true,
      );
    },
  );
});

test('a mode that is not known says nothing of the mount, in Compose too', async () => {
  const { code, lines, stderr } = await fromService(
    'volume',
    entry('/e:/e:${MODE:-ro}', '/f:/f:r${O}', '{type: bind, source: /g, target: /g, read_only: "${RO}"}'),
    '    tmpfs: ["/t:${O}"]\n',
  );
  expect([code, lines]).toEqual([1, []]);
  expect(stderr.match(/left out/g)).toHaveLength(4);
});

test('what Compose drops of an entry is told', async () => {
  const { lines, stderr } = await fromService(
    'volume',
    entry('/a:/a:readonly', '{type: bind, source: /b, target: /b, volume: {nocopy: true}}'),
  );
  expect(lines).toEqual(['-v /a:/a', '-v /b:/b']);
  const labels = '{type: volume, source: nn, target: /l, volume: {labels: {a.b: c}}}';
  const told = await fromService('volume', entry(labels), 'volumes: {nn: {name: nn}}\n');
  expect(told.stderr).toContain('`volume.labels.a.b` to the engine');
  expect((await fromService('mount', entry(labels.replace('source: nn, ', '')))).lines).toEqual([
    '--mount type=volume,dst=/l,volume-label=a.b=c',
  ]);
  expect(stderr).toContain('Compose takes `readonly` here, and does nothing about it');
  expect(stderr).toContain('Compose takes `volume.nocopy` here');
});

describe('mounts of other containers', () => {
  test('flags, to every form', async () => {
    const command = 'docker run --volumes-from db --volumes-from "$X:ro" -v data:/a:ro img';
    expect((await convert('compose', command)).lines.slice(-5)).toEqual([
      '    volumes_from:',
      '      - container:db',
      'volumes:',
      '  data:',
      '    name: data',
    ]);
    expect((await convert('compose', command)).stderr).toContain('Compose drops the mode');
    expect(JSON.parse((await convert('devcontainer', command)).lines.join(''))).toEqual({
      mounts: ['type=volume,src=data,dst=/a,readonly'],
      runArgs: ['--volumes-from', 'db', '--volumes-from', '${localEnv:X}:ro'],
    });
  });

  test('Compose, to every form', async () => {
    const service = '    volumes_from: ["container:db", "container:$X", "container:c:ro", b]\n';
    const { lines, stderr, code } = await fromService('mount', service);
    expect([code, lines]).toEqual([1, ['--volumes-from db', '--volumes-from "$X"']]);
    expect(stderr).toContain('Compose drops the mode `ro`');
    expect(stderr).toContain("only Compose knows the name of a service's container");
    const api = JSON.parse((await fromService('api', service)).lines.join(''));
    expect(api.VolumesFrom).toEqual(['db']);
    const files = ['-f', 'compose.yaml', '-f', 'over.yaml'];
    writeFiles(cwd, { 'over.yaml': 'services: {a: {volumes_from: ["container:e"]}}\n' });
    expect((await convert('volume', ...files)).lines).toContain('--volumes-from e');
    writeFiles(cwd, { 'over.yaml': 'services: {a: {volumes_from: !reset []}}\n' });
    expect((await convert('volume', ...files)).lines).toEqual([]);
  });

  test('the Engine API', async () => {
    writeFiles(cwd, { 'a.json': '{"HostConfig": {"VolumesFrom": ["db:ro", "c"]}}' });
    const { lines } = await convert('mount', '--from', 'api', '-f', 'a.json');
    expect(lines).toEqual(['--volumes-from db:ro', '--volumes-from c']);
  });
});

test('configs, secrets and the socket of the engine are named', async () => {
  const { code, stderr } = await fromService(
    'volume',
    '    configs: [c]\n    secrets: [{source: s, target: t}]\n    use_api_socket: true\n',
  );
  expect(code).toBe(1);
  for (const name of ['configs: c', 'secrets: s', 'use_api_socket: true']) expect(stderr).toContain(name);
});

test('variables in the top-level volumes are variables', async () => {
  const volumes = `volumes:
  nn:
    name: v$N
    driver: \${DRV}
    driver_opts: {o: "addr=\${NFS_HOST},rw", n: yes, s: "$$x"}
    labels: ["l=\${LAB:-x}"]
`;
  expect((await fromService('mount', entry('nn:/n'), volumes)).lines).toEqual([
    '--mount "type=volume,src=v$N,dst=/n,volume-driver=$DRV,\\"volume-opt=o=addr=$NFS_HOST,rw\\",volume-opt=n=yes,volume-opt=s=\\$x,volume-label=l=${LAB:-x}"',
  ]);
  expect((await fromService('compose', entry('nn:/n'), volumes.replace('v$N', 'v'))).lines.slice(-8)).toEqual(
    [
      '    name: v',
      '    driver: ${DRV}',
      '    driver_opts:',
      '      o: addr=${NFS_HOST},rw',
      '      "n": "yes"',
      '      s: $$x',
      '    labels:',
      '      l: ${LAB:-x}',
    ],
  );
  expect((await fromService('api', entry('nn:/n'), volumes)).stderr).toContain('has no name there');
  const unknown = await fromService('mount', entry('nn:/n'), 'volumes: {nn: {external: "${X}"}}\n');
  expect(unknown.stderr).toContain('whether its volume is external is not known');
});

test('a device of Compose is in the folder of the project', async () => {
  const declared = (more: string) => `volumes: {nn: {driver: local, driver_opts: {type: none, ${more}}}}\n`;
  const device = async (more: string) =>
    /volume-opt=device=([^,"']*)/.exec(
      (await fromService('mount', entry('nn:/n'), declared(more))).lines.join(),
    )?.[1];
  expect(await device('o: bind, device: ./d')).toBe('HERE/d');
  expect(await device('o: "bind,ro", device: ./d')).toBe('./d');
  expect(await device('o: bind, device: ~/d')).toBeUndefined();
});

test('the name of a project is made fit as Compose does', async () => {
  const { lines } = await fromService('volume', entry('nn:/n'), 'volumes: {nn: {}}\nname: My-App\n');
  expect(lines).toEqual(['-v my-app_nn:/n']);
});

test('the source of a bind is a path in Compose, whatever it looks like', async () => {
  const bind = (source: string) => `{type: bind, source: "${source}", target: /m}`;
  const one = async (source: string) => (await fromService('volume', entry(bind(source)))).lines;
  expect(await one('data/mysql')).toEqual(['-v HERE/data/mysql:/m']);
  expect(await one('data')).toEqual(['-v HERE/data:/m']);
  expect(await one('${L:-data}')).toEqual(['-v "${L:-HERE/data}:/m"']);
  expect(await one('${L:-data/}x')).toEqual(['-v "${L:-HERE/data/}x:/m"']);
  expect(await one('${L:+data/}x')).toEqual([]);
  expect(await one('${D:-~/x}')).toEqual([]);
  // In place, where nobody asks for another folder.
  writeFiles(cwd, { 'compose.yaml': `services:\n  a:\n    volumes:\n      - ${bind('data/mysql')}\n` });
  expect((await convert('compose', '--short', '--diff', 'compose.yaml')).lines.at(-1)).toBe(
    '+      - ./data/mysql:/m',
  );
});

test('a word that everybody sees is believed before --assume', async () => {
  const assumed = async (word: string, what: string) =>
    (await convert('mount', '--assume', what, `docker run -v "\${L:-${word}}:/x" i`)).code;
  expect(await assumed('data', 'bind')).toBe(1);
  expect(await assumed('data', 'volume')).toBe(0);
  expect(await assumed('/data', 'bind')).toBe(0);
  expect(await assumed('/data', 'volume')).toBe(1);
  // Without a value there is no source, which --mount takes for an anonymous volume and -v for a mistake.
  expect(await assumed('', 'volume')).toBe(1);
  const empty = 'docker run --mount "type=volume,src=${V:+d},dst=/x" i';
  expect((await convert('volume', '--assume', 'volume', empty)).code).toBe(1);
});

test('a colon in a path, where Compose would make text of it', async () => {
  const of = (mount: string) => convert('compose', '--docker', '29.3', `docker run --mount ${mount} img`);
  expect((await of('type=bind,src=/a:b,dst=/c')).code).toBe(0);
  expect((await of('type=bind,src=/a:b,dst=/c,bind-create-src')).stderr).toContain('a colon ends a path');
  expect((await of('type=bind,src=/a,dst=/c:d,bind-create-src')).stderr).toContain('a colon ends a path');
  expect((await of('type=volume,src=data,dst=/c:d')).stderr).toContain('a colon ends a path');
  expect((await of('type=volume,src=data,dst=/c:d,volume-nocopy')).code).toBe(0);
  expect((await of('type=volume,dst=/c:d')).code).toBe(0);
});

test('labels of SELinux: what releases of Compose do not agree on is named', async () => {
  const to = await convert('compose', 'docker run -v data:/d:Z -v /a:/b:z,rslave -v /c:/d2:z img');
  expect(to.code).toBe(1);
  expect(to.stderr).toContain('`-v data:/d:Z`: left out');
  expect(to.stderr).toContain('`-v /a:/b:z,rslave`: changes its effect');
  const from = await fromService(
    'volume',
    entry(
      'nn:/n:Z',
      '/a:/b:z,rslave',
      '{type: bind, source: /s, target: /s, bind: {selinux: z, create_host_path: false}}',
    ),
    'volumes: {nn: {name: nn}}\n',
  );
  expect(from.stderr).toContain('`nn:/n:Z`: changes its effect: Compose relabels a volume');
  expect(from.stderr).toContain('`/a:/b:z,rslave`: changes its effect: Compose since 2.30');
  expect(from.stderr).toContain('Compose takes `bind.selinux` here, and does nothing about it');
});

test('entries in place are held to the same', async () => {
  const of = async (item: string, ...how: string[]) => {
    writeFiles(cwd, { 'compose.yaml': `services:\n  a:\n    volumes:\n      - ${item}\n` });
    const { lines, stderr } = await convert('compose', ...how, '--assume', 'bind', '--diff', 'compose.yaml');
    return [
      lines
        .filter((line) => line.startsWith('+ '))
        .join(' ')
        .replace(/[+\s]+/g, ' ')
        .trim(),
      stderr,
    ];
  };
  const long = (source: string) =>
    `{type: bind, source: "${source}", target: /x, bind: {create_host_path: true}}`;
  expect((await of(long('${S:-/a:b}'), '--short'))[0]).toBe('');
  expect((await of(long('${L:-data}'), '--short'))[0]).toBe('- ${L:-./data}:/x');
  expect((await of('/a:/b:${M:-ro}'))[0]).toBe('');
  const [dropped, told] = await of('/a:/b:readonly');
  expect(dropped).toBe('');
  expect(told).toContain('Compose takes `readonly` here');
});

describe('a devcontainer.json', () => {
  const put = (value: object) => writeFiles(cwd, { 'devcontainer.json': JSON.stringify(value) });

  test('of an object only three keys count', async () => {
    put({ mounts: [{ type: 'bind', source: '/a', target: '/b', readonly: true }] });
    const { lines, stderr } = await convert('volume', '-f', 'devcontainer.json');
    expect(lines.join('')).toContain('/a:/b');
    expect(lines.join('')).not.toContain('ro');
    expect(stderr).toContain('`readonly` does nothing');
  });

  test('its own variables have no name anywhere else', async () => {
    put({
      mounts: [
        'type=bind,src=${localWorkspaceFolder}/a,dst=${containerWorkspaceFolder}/a',
        'type=volume,src=v-${devcontainerId},dst=/v',
        'type=bind,src=${HOME},dst=/h',
        'type=bind,src=${localEnv:A:/a},dst=/a',
      ],
    });
    const { code, lines, stderr } = await convert('mount', '-f', 'devcontainer.json');
    // `${HOME}` is none of its variables: that is what the folder is called.
    expect([code, lines]).toEqual([
      1,
      ["--mount 'type=bind,src=${HOME},dst=/h'", '--mount "type=bind,src=${A-/a},dst=/a"'],
    ]);
    expect(stderr.match(/has no name there/g)).toHaveLength(2);
    const again = await convert('devcontainer', '-f', 'devcontainer.json');
    expect(JSON.parse(again.lines.join('')).mounts).toHaveLength(4);
  });

  test('keys with dots are keys', async () => {
    put({
      mounts: [
        { type: 'bind', 'type.x': 'y', source: '/a', target: '/b' },
        { 'volume.a': 'b', target: '/c' },
      ],
    });
    const { code, lines } = await convert('mount', '-f', 'devcontainer.json');
    expect([code, lines]).toEqual([1, []]);
  });

  test('a default that is not quite the same is told', async () => {
    const { lines, stderr } = await convert('devcontainer', 'docker run -v "/a/${X:-y}:/b" img');
    expect(lines.join('')).toContain('/a/${localEnv:X:y}');
    expect(stderr).toContain('where `X` is set and empty');
    expect((await convert('devcontainer', 'docker run -v "/a/${X:+y}:/b" img')).code).toBe(1);
    expect((await convert('devcontainer', "docker run -v '/a/${localEnv:X}:/b' img")).code).toBe(1);
  });

  test('flags in `runArgs` are mounts too', async () => {
    put({
      mounts: ['type=tmpfs,dst=/t'],
      runArgs: [
        '--name',
        'x',
        '-v',
        '/q:/r:ro',
        '--volumes-from',
        'db',
        '--mount=type=bind,src=${localEnv:A}/b,dst=/c',
      ],
    });
    expect((await convert('volume', '-f', 'devcontainer.json')).lines).toEqual([
      '--mount type=tmpfs,dst=/t',
      '-v /q:/r:ro',
      '-v "$A/b:/c"',
      '--volumes-from db',
    ]);
  });
});

describe('a command', () => {
  test('two make no one devcontainer', async () => {
    const { code, lines, stderr } = await convert(
      'devcontainer',
      'docker run -v /a:/b i; docker run -v /c:/d j',
    );
    expect([code, lines]).toEqual([2, []]);
    expect(stderr).toContain('2 commands with mounts');
    const one = await convert('devcontainer', 'docker run i; docker run -v /c:/d j');
    expect(one.code).toBe(0);
    expect(one.lines.join('\n')).toContain('/c');
  });

  test('the image keeps its variables, or is named', async () => {
    const image = async (word: string) => {
      const { lines, stderr } = await convert('compose', '--service', 'w', `docker run -v data:/b ${word}`);
      return [lines.find((line) => line.includes('image:'))?.trim(), stderr.includes('`image ')];
    };
    expect(await image('$IMG')).toEqual(['image: ${IMG}', false]);
    expect(await image('reg/img:${TAG:-1}')).toEqual(['image: reg/img:${TAG:-1}', false]);
    expect(await image('$(name)')).toEqual([undefined, true]);
    expect(await image('<image>')).toEqual([undefined, true]);
    expect(await image('"$IT" sh')).toEqual([undefined, true]);
  });

  test.each(['podman', 'nerdctl'])('of %s is not read as if docker ran it', async (engine) => {
    // podman's own flags are converted as podman reads them.
    const forms = ['compose', 'devcontainer', 'api', ...(engine === 'podman' ? [] : ['mount'])];
    for (const to of forms) {
      const { code, stderr } = await convert(to, `${engine} run -v /a:/b --volumes-from c img`);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining(`${engine} reads mounts with its own rules`),
      ]);
    }
  });
});

describe('what is beside the mounts is named', () => {
  const created = 'docker volume create --opt type=nfs data; docker run -v data:/d:ro img';

  test.each([
    ['devcontainer', 'run this first'],
    ['quadlet', 'run this first'],
    ['podman-run', 'podman volume create'],
  ])('a volume that another command makes: %s', async (to, word) => {
    const { code, stderr } = await convert(to, created);
    expect(code).toBe(1);
    expect(stderr).toContain('`docker volume create data`');
    expect(stderr).toContain(word);
    const plain = await convert(to, created.replace('--opt type=nfs ', ''));
    expect(plain.stderr).not.toContain('volume create data');
  });

  test.each(['compose', 'devcontainer'])('configs of a swarm service: %s', async (to) => {
    const { code, stderr } = await convert(
      to,
      'docker service create --mount type=bind,src=/a,dst=/b --config c i',
    );
    expect(code).toBe(1);
    expect(stderr.match(/--config/g)).toHaveLength(1);
  });

  test('the Compose file of a devcontainer', async () => {
    writeFiles(cwd, {
      'devcontainer.json': '{"dockerComposeFile": "c.yml", "mounts": ["type=tmpfs,dst=/t"]}',
    });
    const { code, lines, stderr } = await convert('mount', '-f', 'devcontainer.json');
    expect([code, lines]).toEqual([1, ['--mount type=tmpfs,dst=/t']]);
    expect(stderr).toContain('`dockerComposeFile`');
  });

  test.each([
    ['"~user/x:/b:ro"', []],
    ['{type: bind, source: /a, target: "/b:c", read_only: true}', ['--compose', '2.40']],
    ['{type: volume, source: v, target: "/b:c"}', ['--compose', '2.40']],
  ])('a path that Compose or the engine takes for another: %s', async (volume, more) => {
    writeFiles(cwd, { 'compose.yaml': `services:\n  a:\n    image: i\n${entry(volume)}volumes: {v: }\n` });
    const { code, lines } = await convert('mount', '-f', 'compose.yaml', ...more);
    expect([code, lines]).toEqual([1, []]);
  });
});
