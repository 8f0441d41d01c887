// What is secret in a command is not repeated: not in a finding, a refusal, a warning or an error of the program itself.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/main.js';
import { FORMAT_NAMES } from '../../src/report/index.js';
import { showLine } from '../../src/report/source-line.js';
import { RULES } from '../../src/rules/index.js';
import { findSecrets, hideSecrets, withVariables } from '../../src/text/secrets.js';
import { quoteShell } from '../../src/text/shell-quote.js';
import { type CliWorld, runMountc } from '../support/cli.js';
import { CAN_FAKE_DOCKER, writeDocker, writePodman } from '../support/fake-docker.js';
import { SEED } from '../support/seed.js';
import { sharedTempDir, tempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

/** What must not be seen; with a number, to tell which it was. */
const SECRET = /hunter\w*/g;

const SOURCES: readonly (readonly [source: string, shown: string])[] = [
  ['docker run -e DB=hunter1 x', 'docker run -e DB=… x'],
  ['docker run -eDB=hunter1 --env=A=hunter2 x', 'docker run -eDB=… --env=A=… x'],
  ['docker run -ite lower=hunter1 x', 'docker run -ite lower=… x'],
  ["docker run -e 'A=hunter1 hunter2' x", "docker run -e 'A=…' x"],
  ['docker run -e A="hunter1 hunter2"\'hunter3\' x', 'docker run -e A="…\' x'],
  ['docker run -l a.b=hunter1 --label=c=hunter2 x', 'docker run -l a.b=… --label=c=… x'],
  ['docker build --build-arg T=hunter1 .', 'docker build --build-arg T=… .'],
  [
    'docker run --annotation a=hunter1 --log-opt splunk-token=hunter2 x',
    'docker run --annotation a=… --log-opt splunk-token=… x',
  ],
  ["docker run --health-cmd 'curl -u a:hunter1 h' x", "docker run --health-cmd '…' x"],
  ['docker service update --env-add A=hunter1 web', 'docker service update --env-add A=… web'],
  ['podman run --creds me:hunter1 x', 'podman run --creds … x'],
  ['PGPASSWORD=hunter1 docker run x', 'PGPASSWORD=… docker run x'],
  ['a=hunter1 B=hunter2 docker run x', 'a=… B=… docker run x'],
  ['cd x && a=hunter1 docker run x', 'cd x && a=… docker run x'],
  ['docker -H tcp://me:hunter1@h:2375 run x', 'docker -H tcp://me:…@h:2375 run x'],
  ['docker run x psql postgres://u:hunter1@h/db', 'docker run x psql postgres://u:…@h/db'],
  [
    'docker run x git clone https://hunter1@github.com/a/b',
    'docker run x git clone https://…@github.com/a/b',
  ],
  ['docker run x app --db-password hunter1 --token=hunter2', 'docker run x app --db-password … --token=…'],
  ['docker run x FOO=hunter1 app', 'docker run x FOO=… app'],
  // The shell that a command is pasted into has others of these.
  [
    'docker run -e HOME=/tmp -e TZ=UTC -e HOME_KEY=hunter1 x',
    'docker run -e HOME=/tmp -e TZ=UTC -e HOME_KEY=… x',
  ],
  [`docker run x '{"a":1,"password":"hunter1"}'`, `docker run x '{"a":1,"password":"…"}'`],
  ["docker run x sh -c 'API_KEY=hunter1 app'", "docker run x sh -c 'API_KEY=…'"],
  ['docker run x redis-server --requirepass hunter1', 'docker run x redis-server --requirepass …'],
  ['docker run x redis-cli -a hunter1', 'docker run x redis-cli -a …'],
  ['docker run x mysql -phunter1 db', 'docker run x mysql -p… db'],
  ['docker login -u me -p hunter1 && docker run x', 'docker login -u me -p … && docker run x'],
  ['curl -u me:hunter1 h | docker run x', 'curl -u me:… h | docker run x'],
  ["curl -H 'Authorization: Bearer hunter1' h; docker run x", "curl -H 'Authorization: … …' h; docker run x"],
  [
    'docker run --mount type=volume,dst=/a,volume-opt=o=user=u,password=hunter1,volume-opt=type=cifs x',
    'docker run --mount type=volume,dst=/a,volume-opt=o=user=u,password=…,volume-opt=type=cifs x',
  ],
  [
    `docker run --mount 'type=volume,dst=/a,"volume-opt=o=user=u,password=hunter1",readonly' x`,
    `docker run --mount 'type=volume,dst=/a,"volume-opt=o=user=u,password=…",readonly' x`,
  ],
  ['x: {PASSWORD: hunter1, image: y}', 'x: {PASSWORD: … image: y}'],
  ['  DB_PASSWORD: hunter1 hunter2', '  DB_PASSWORD: … …'],
  ['    content: hunter1', '    content: …'],
  ['  s: {"content": "hunter1"}', '  s: {"content": "…"}'],
  ['    content: docker run -v /a:/b x', '    content: docker run -v /a:/b x'],
  ['"runArgs": ["-e", "A=hunter1", "-v", "/a:/b"]', '"runArgs": ["-e", "A=…", "-v", "/a:/b"]'],
  ['{"token": "hunter1", "mounts": ["/a"]}', '{"token": "…", "mounts": ["/a"]}'],
  ['{"token":"hunter1","mounts":["/a"]}', '{"token":"…","mounts":["/a"]}'],
  ['–e A=hunter1', '–e A=…'],
  ['$env:A="hunter1"; docker run x', '$env:A="…"; docker run x'],
  ["$env:DB_PASSWORD = 'hunter1'", "$env:DB_PASSWORD = '…'"],
  ['set A=hunter1& docker run x', 'set A=…& docker run x'],
  ['set -gx API_TOKEN hunter1; docker run x', 'set -gx API_TOKEN …; docker run x'],
  ['ENV DB_PASSWORD hunter1', 'ENV DB_PASSWORD …'],
];

test.each(SOURCES)('%s', (source, shown) => {
  expect(hideSecrets(source, 'source')).toBe(shown);
  expect(shown).not.toMatch(SECRET);
});

test.each([
  'docker run --name web -p 80:80 -u 1000:1000 --network host -w /app nginx:1.25 nginx -g daemon off',
  'docker run -e A -e B=$B -e C="${C}" -e D=${{ secrets.D }} -e E=%E% -e F=<password> x',
  'docker run --env-file .env --label-file l -v token:/x -v /run/secrets/password:/y:ro x',
  'docker run --mount type=bind,src=/a,dst=/b,readonly -v "$PWD":/src x make -j8',
  'DOCKER_HOST=ssh://me@host docker run -v /a:/b x',
  'OPTS="-v /a:/b --rm"; docker run $OPTS x',
  'alias d="docker run -v /a:/b x"',
  'RUN --mount=type=secret,id=token,target=/run/secrets/token cat /run/secrets/token',
  '  - type: bind',
])('shows %s', (source) => {
  expect(hideSecrets(source, 'source')).toBe(source);
});

test('nothing is hidden in our own examples and sentences', () => {
  const root = fileURLToPath(new URL('../../fixtures', import.meta.url));
  for (const rule of RULES) {
    for (const example of [...rule.valid, ...rule.invalid]) {
      const text = typeof example === 'string' ? example : example.command;
      expect(hideSecrets(text, 'source')).toBe(text);
    }
    for (const text of [rule.summary, rule.why]) expect(hideSecrets(text)).toBe(text);
  }
  const expectations = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('expected.txt'),
  );
  expect(expectations.length).toBeGreaterThan(10);
  for (const file of expectations) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(hideSecrets(text)).toBe(text);
  }
});

test('of a sentence only what is said to be secret is hidden', () => {
  const same =
    'say MSYS_NO_PATHCONV=1 docker run; `--env NAME` takes a value, `--password` takes one; use `type=bind,src=/a`';
  expect(hideSecrets(same)).toBe(same);
  expect(hideSecrets('cannot reach tcp://me:hunter1@h: `-e A=hunter2`, password=hunter3')).toBe(
    'cannot reach tcp://me:…@h: `-e A=…`, password=…',
  );
});

describe('the command to copy', () => {
  const dir = sharedTempDir();
  const record = `#!/bin/sh\nfor word; do printf '%s\\0' "$word"; done >"${dir}/seen"\n`;
  const run = (command: string, env: Record<string, string>) => {
    writeProgram(join(dir, 'docker'), record);
    const { status, stderr } = spawnSync('sh', ['-c', command], {
      env: { PATH: `${dir}:/usr/bin:/bin`, ...env },
      encoding: 'utf8',
    });
    return {
      status,
      stderr,
      words: status === 0 ? readFileSync(join(dir, 'seen'), 'utf8').split('\0').slice(0, -1) : [],
    };
  };
  const words = [
    'run',
    '-e',
    'A=hunter1',
    '-e',
    "B=hunter 2 it's",
    '--label=c.d=hunter"3$x',
    '-v',
    '/a b:/c',
    'x',
    'sh',
    '-c',
    'PGPASSWORD=hunter4',
  ];

  test('is the same where the variables are set', () => {
    const line = ['docker', ...words].map(quoteShell).join(' ');
    const shown = withVariables(line);
    expect(shown).not.toMatch(SECRET);
    const env = { A: 'hunter1', B: "hunter 2 it's", c_d: 'hunter"3$x', PGPASSWORD: 'hunter4' };
    expect(run(shown, env)).toEqual({ status: 0, stderr: '', words });
    const { status, stderr } = run(shown, { ...env, B: '' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('B: ');
    // Who copies it copies it once; a second look hides nothing more.
    expect(withVariables(shown)).toBe(shown);
  });

  test('is a command whatever is in it', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab =\'"\\$:,/;|&(){}[]\n`-eA'), maxLength: 12 });
    const arg = fc.oneof(
      word,
      word.map((text) => `A=${text}`),
      fc.constantFrom('-e', '--label', '--password', 'login', '-p'),
    );
    fc.assert(
      fc.property(fc.array(arg, { maxLength: 6 }), (args) => {
        const line = ['docker', ...args].map(quoteShell).join(' ');
        const shown = withVariables(line);
        if (shown === line) return;
        expect(spawnSync('sh', ['-n', '-c', shown], { encoding: 'utf8' }).stderr).toBe('');
      }),
      { numRuns: 150, seed: SEED },
    );
  });
});

test('ranges are in order and apart, whatever the text', () => {
  const piece = fc.constantFrom(
    '-e ',
    '--env=',
    'A=',
    'x',
    ' ',
    "'",
    '"',
    '\\',
    '\n',
    '://u:p@h',
    'password=',
    ',',
    '{',
    '}',
    '[',
    ':',
    '`',
    'é',
    '😀',
    '\r',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom('source', 'sentence'),
      (pieces, context) => {
        const text = pieces.join('');
        let at = 0;
        for (const { start, end } of findSecrets(text, context)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 500, seed: SEED },
  );
});

test('the marks stand under what is marked', () => {
  const word = fc.constantFrom(
    '-e A=hunter1',
    "-e 'B=hunter 2'",
    '-e 写=hunter3',
    '-l x=hunter4',
    '--name web',
    '-it',
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 8 }),
      fc.array(word, { maxLength: 8 }),
      fc.integer({ min: 30, max: 200 }),
      (before, after, width) => {
        const line = ['docker run', ...before, '-v /a:/b:MARK', ...after, 'img'].join(' ');
        const start = line.indexOf('MARK');
        const shown = showLine(line, start, start + 4, width, findSecrets(line));
        // A wide letter takes two columns.
        const columns = shown.text.replaceAll('写', '写\u0000');
        expect(columns.slice(shown.from, shown.from + shown.width)).toBe('MARK');
        expect(shown.text).not.toMatch(SECRET);
      },
    ),
    { numRuns: 200, seed: SEED },
  );
});

const COMMAND =
  "docker -H tcp://me:hunter1@h run -e A=hunter2 --label b=hunter3 -v '/a:/b:q' --mount 'type=bind, src=/a,dst=/b' --tmpfs t " +
  "--mount type=volume,dst=/v,volume-opt=o=user=u,password=hunter4,oops=1 img --password hunter5 C=hunter6 sh -c 'TOKEN=hunter7 x' -v /late:/x";
const PREFIXED = `D=hunter8 docker login -p hunter9 && E=hunter10 ${COMMAND}`;

const FILES: Readonly<Record<string, string>> = {
  'run.sh': `${PREFIXED}\ndocker run \\\n  -e \\\n  f=hunter11 -v /a:/b:q x\n`,
  'one.sh': 'docker run -e A=hunter12 -l b=hunter13 -v /a:b x\n',
  'late.sh': 'docker run img -e A=hunter14 -v /a:/b\n',
  Makefile: `run:\n\t${COMMAND}\n`,
  'doc.md': `\`\`\`sh\n${COMMAND}\n\`\`\`\n`,
  'p/package.json': JSON.stringify({ scripts: { up: COMMAND } }),
  'd/.devcontainer/devcontainer.json': JSON.stringify({
    containerEnv: { API_TOKEN: 'hunter15' },
    mounts: ['type=bind, source=/a,target=/b'],
    runArgs: ['-e', 'A=hunter16', '-v', '/a:/b:q'],
  }),
  'c/compose.yaml':
    'services: {web: {image: x, environment: {DB_PASSWORD: hunter17}, volumes: ["/a:/b:q", "v:/c:q"]}}\n',
  'run.ps1': 'docker run -e A=hunter18 `\n  -v /a:/b:q x\n',
  'ci.yml': `a:\n  image: x\n  script:\n    - ${JSON.stringify(COMMAND)}\n`,
  Dockerfile:
    'FROM x\nRUN TOKEN=hunter19 --mount=type=bnd,target=/x true\nRUN --mount=type=bnd,target=/x TOKEN=hunter20 true\n',
};

interface Run {
  readonly argv: readonly string[];
  readonly world?: CliWorld;
  /** Standard output is the user's own text, in another form. */
  readonly isProduct?: boolean;
}

const container = JSON.stringify([
  {
    Id: 'x',
    Name: '/web',
    Platform: 'linux',
    State: { Status: 'created', Error: 'exec: "sh -c TOKEN=hunter33 x"' },
    Config: { Image: 'x', Env: ['A=hunter30'], Labels: { b: 'hunter31' } },
    HostConfig: {
      Mounts: [
        {
          Type: 'volume',
          Source: 'v',
          Target: '/v',
          VolumeOptions: { DriverConfig: { Name: 'local', Options: { o: 'user=u,password=hunter32' } } },
        },
      ],
    },
    Mounts: [{ Type: 'volume', Name: 'v', Source: '/v', Destination: '/v', Driver: 'local', RW: true }],
  },
]);
const answering = (stderr: string) => {
  const dir = tempDir();
  writeProgram(join(dir, 'docker'), `#!/bin/sh\ncat >&2 <<'E'\n${stderr}\nE\nexit 1\n`);
  return { PATH: `${dir}:/usr/bin:/bin` };
};
const words = (text: string) => text.replaceAll("'", '').split(' ');

const RUNS: Readonly<Record<string, (cwd: string) => readonly Run[]>> = {
  lint: (cwd) => [
    ...FORMAT_NAMES.flatMap((format) => [
      { argv: ['lint', '--format', format], world: { cwd }, isProduct: format === 'diff' },
      { argv: ['lint', '--format', format, '--command', COMMAND], isProduct: format === 'diff' },
      { argv: ['lint', '--format', format, '--', ...words(COMMAND)], isProduct: format === 'diff' },
    ]),
    { argv: ['lint', '--list'], world: { cwd } },
    { argv: ['lint', '--fix', '--diff'], world: { cwd }, isProduct: true },
    { argv: ['lint', '--fix=unsafe', '-'], world: { stdin: FILES['run.sh']! }, isProduct: true },
    { argv: ['lint', ...words(COMMAND)] },
    { argv: ['lint', PREFIXED] },
    { argv: ['lint', 'docker', 'run', '-e', 'A=hunter21', '-v', '/a:/b', 'x'] },
    { argv: ['lint', '--', 'docker', 'run', '-v', '/a:/b', '-e', 'A', 'B=hunter22', 'x'] },
    { argv: ['lint', '--', 'docker', 'run', '-v', '/a:/b', '–e', 'A=hunter23', 'x'] },
  ],
  convert: (cwd) => [
    ...['mount', 'volume', 'tmpfs', 'api', 'compose', 'devcontainer'].flatMap((to) => [
      { argv: ['convert', '--to', to, COMMAND], isProduct: true },
      { argv: ['convert', '--to', to, '--', ...words(COMMAND)], isProduct: true },
      { argv: ['convert', '--to', to, ...words(COMMAND)] },
      { argv: ['convert', '--to', to, '-f', 'c/compose.yaml'], world: { cwd }, isProduct: true },
    ]),
    { argv: ['convert', '--to', 'volume', '--diff', '.'], world: { cwd }, isProduct: true },
    { argv: ['convert', '--to', 'volume', '--diff', '.', PREFIXED], world: { cwd }, isProduct: true },
  ],
  explain: () => [
    { argv: ['explain', COMMAND] },
    { argv: ['explain', '--', ...words(COMMAND)] },
    { argv: ['explain', ...words(COMMAND)] },
    { argv: ['explain', 'docker volume create -o o=user=u,password=hunter24 --label token=hunter25 v'] },
    { argv: ['explain', '--mount', 'type=volume,src=vol,dst=/x,volume-opt=o=user=u,password=hunter26'] },
    {
      argv: [
        'explain',
        '--mount',
        'type=volume,src=vol,dst=/x,volume-driver=local,"volume-opt=o=user=u,password=hunter27"',
      ],
    },
  ],
  inspect: () => [
    { argv: ['inspect', '-f', '-'], world: { stdin: container } },
    { argv: ['inspect', '-f', '-', '--expect', COMMAND], world: { stdin: container } },
    { argv: ['inspect', '-f', '-', '--', ...words(COMMAND)], world: { stdin: container } },
    {
      argv: ['inspect', 'web'],
      world: { env: answering('error during connect: Get "http://me:hunter28@h/v1": no') },
    },
  ],
  why: () => [
    { argv: ['why', '-f', '-'], world: { stdin: container } },
    { argv: ['why', '-f', '-', '--format', 'json'], world: { stdin: container } },
    {
      argv: ['why', 'web'],
      world: { env: answering('error during connect: Get "http://me:hunter28@h/v1": no') },
    },
  ],
  doctor: () => [
    {
      argv: ['doctor'],
      world: {
        env: { ...answering('cannot connect to tcp://me:hunter29@h'), DOCKER_HOST: 'tcp://me:hunter29@h' },
      },
    },
  ],
  shim: () => [{ argv: ['shim', ...words(COMMAND)] }],
  completion: () => [{ argv: ['completion', ...words(COMMAND)] }],
  last: () => [{ argv: ['last', ...words(COMMAND)] }],
  lsp: () => [{ argv: ['lsp', ...words(COMMAND)] }],
  docker: () => [],
  podman: () => [],
};

test('every sub-command is walked', () => {
  expect(Object.keys(RUNS).sort()).toEqual([...COMMANDS.keys()].sort());
});

test.each(Object.keys(RUNS))('%s tells no secret', { timeout: 120_000 }, async (command) => {
  const cwd = tempDir();
  writeFiles(cwd, FILES);
  for (const { argv, world, isProduct } of RUNS[command]!(cwd)) {
    for (const isTerminal of [false, true]) {
      const { stdout, stderr } = await runMountc(argv, { cwd: tempDir(), ...world, isTerminal });
      expect({ argv, stderr: stderr.match(SECRET) }).toEqual({ argv, stderr: null });
      if (!isProduct) expect({ argv, stdout: stdout.match(SECRET) }).toEqual({ argv, stdout: null });
    }
  }
});

test('mountc itself tells none', async () => {
  for (const argv of [
    words(COMMAND),
    [COMMAND],
    [PREFIXED],
    ['run', '-e', 'A=hunter1', 'x'],
    ['--env=A=hunter1'],
    ['help', COMMAND],
  ]) {
    const { stderr, stdout } = await runMountc(argv);
    expect({ argv, told: `${stdout}${stderr}`.match(SECRET) }).toEqual({ argv, told: null });
  }
});

test('what convert prints is complete', async () => {
  const { stdout } = await runMountc([
    'convert',
    '--to',
    'mount',
    'docker run -e A=hunter1 -v /a:/b x --password hunter2',
  ]);
  expect(stdout).toContain('--mount ');
  expect(stdout.match(SECRET)).toEqual(['hunter1', 'hunter2']);
});

test('a fix whose text would repeat a secret is left out of reports, and done all the same', async () => {
  const stdin = 'docker run img -e A=hunter1 -v /a:/b\n';
  const { stdout } = await runMountc(['lint', '-', '--format', 'json'], { stdin });
  const [finding] = JSON.parse(stdout) as [{ rule: string; fix: unknown }];
  expect(finding).toMatchObject({ rule: 'flag-after-image', fix: null });
  const fixed = await runMountc(['lint', '-', '--fix=unsafe'], { stdin });
  expect(fixed.stdout).toContain('-v /a:/b');
  expect(fixed.stdout).toContain('hunter1');
});

describe('mountc docker, mountc podman and the launcher', () => {
  const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const argv = [
    ...['run', '-e', 'A=hunter1', '--label', 'b=hunter2', '-v', '/a:/b'],
    ...['--mount', 'type=bind, src=/a,dst=/c', 'img', '--password', 'hunter3'],
  ];
  const hidden =
    'run -e A="${A:?}" --label b="${b:?}" -v /a:/b --mount type=bind,src=/a,dst=/c img --password "${PASSWORD:?}"';
  test.skipIf(!CAN_FAKE_DOCKER).each([
    ['mountc docker', 'docker', process.execPath, [path('bin/mountc.js'), 'docker']],
    ['mountc podman', 'podman', process.execPath, [path('bin/mountc.js'), 'podman']],
    ['the launcher', 'docker', path('bin/docker'), []],
  ])('%s', (_name, engine, program, before) => {
    const dir = tempDir();
    writeDocker(join(dir, 'docker'), { client: '28.5.2', engine: '28.5.2', api: '1.51' });
    writePodman(join(dir, 'podman'));
    const env = { PATH: `${dir}:${process.env['PATH']}`, HOME: dir, XDG_CACHE_HOME: dir };
    const refused = spawnSync(program, [...before, ...argv], { env, encoding: 'utf8' });
    expect(refused.status).toBe(125);
    expect(refused.stderr).not.toMatch(SECRET);
    const told = /; (?:this works|did you mean):\n(.*)$/m.exec(refused.stderr)?.[1];
    expect(told).toBe(`${engine} ${hidden}`);
    const warned = spawnSync(program, [...before, ...argv], {
      env: { ...env, MOUNTC: 'warn' },
      encoding: 'utf8',
    });
    expect(warned.stderr).toContain('mountc:');
    expect(warned.stderr).not.toMatch(SECRET);
  });
});
