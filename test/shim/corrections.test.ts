// Twenty mistakes as people type them, with what is offered for each, and twenty commands about which nothing is said: as the
// screens of a terminal of 80 and of 40 columns.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import type { KnownDocker } from '../../src/docker/known-docker.js';
import { checkCommand } from '../../src/shim/check-command.js';
import { tempDir } from '../support/temp-dir.js';

const version = readVersion('28.5.2');
const docker: KnownDocker = {
  engineName: 'docker',
  asked: 0,
  client: version,
  engine: version,
  engineOs: 'linux',
};

let dir: string;
beforeEach(() => {
  dir = join(tempDir(), 'my project');
  for (const name of ['src', 'conf', 'home/app', '.docker']) mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, 'app.json'), '{}');
});

const HERE = '$PWD';
/** What is typed, after `docker `, cut at blanks as a shell has done it; and the command that is offered. */
const MISTAKES: readonly (readonly [string, readonly string[], string])[] = [
  ['a tilde in quotes', ['run', '-v', '~/app:/app', 'alpine'], `run -v '${HERE}/home/app:/app' alpine`],
  [
    'a tilde after =',
    ['run', '--mount', 'type=bind,src=~/app,dst=/app', 'alpine'],
    `run --mount 'type=bind,src=${HERE}/home/app,dst=/app' alpine`,
  ],
  [
    '$PWD with a space',
    ['run', '-v', 'HEAD', 'TAIL:/src', 'alpine', 'ls'],
    `run -v '${HERE}:/src' alpine ls`,
  ],
  [
    '$PWD with a space in --mount',
    ['run', '--mount', 'type=bind,src=HEAD', 'TAIL,dst=/src', 'alpine'],
    `run --mount 'type=bind,src=${HERE},dst=/src' alpine`,
  ],
  [
    'a space after a comma',
    ['run', '--mount', 'type=bind,', 'src=./src,', 'target=/b', 'alpine'],
    'run --mount type=bind,src=./src,target=/b alpine',
  ],
  ['a space after a colon', ['run', '-v', './src:', '/b', 'alpine'], 'run -v ./src:/b alpine'],
  ['a space in front of a colon', ['run', '-v', './src', ':/b', 'alpine'], 'run -v ./src:/b alpine'],
  ['flags behind the image', ['run', 'alpine', '-v', './src:/b'], 'run -v ./src:/b alpine'],
  ['--tmpfs with a comma', ['run', '--tmpfs', '/t,size=64m', 'alpine'], 'run --tmpfs /t:size=64m alpine'],
  ['-v with a comma', ['run', '-v', './src:/x,ro', 'alpine'], 'run -v ./src:/x:ro alpine'],
  [
    'src= without a type',
    ['run', '--mount', 'src=./src,dst=/b', 'alpine'],
    'run --mount type=bind,src=./src,dst=/b alpine',
  ],
  ['a digit in a mode', ['run', '-v', './src:/b:r0', 'alpine'], 'run -v ./src:/b:ro alpine'],
  ['a misspelled mode', ['run', '-v', './src:/b:readnly', 'alpine'], 'run -v ./src:/b:ro alpine'],
  [
    'a misspelled key',
    ['run', '--mount', 'type=bind,scr=./src,dst=/b', 'alpine'],
    'run --mount type=bind,src=./src,dst=/b alpine',
  ],
  ['a misspelled folder', ['run', '-v', './scr:/b', 'alpine'], 'run -v ./src:/b alpine'],
  [
    'a misspelled file',
    ['run', '--mount', 'type=bind,src=./ap.json,dst=/b', 'alpine'],
    'run --mount type=bind,src=./app.json,dst=/b alpine',
  ],
  ['a path without a dot', ['run', '-v', 'src/app:/app', 'alpine'], 'run -v ./src/app:/app alpine'],
  ['a folder next to', ['run', '-v', 'src:/app', 'alpine'], 'run -v ./src:/app alpine'],
  ['a mode of --mount', ['run', '-v', './src:/b:readonly', 'alpine'], 'run -v ./src:/b:ro alpine'],
  [
    'a mode of -v',
    ['run', '--mount', 'type=bind,src=./src,dst=/b,rw', 'alpine'],
    'run --mount type=bind,src=./src,dst=/b alpine',
  ],
];

/** What people type besides, and what is offered, if anything is: no correction is better than a wrong one. */
const RELATIVES: readonly (readonly [typed: readonly string[], offered?: string])[] = [
  [['-v', '$PWD/src:/b'], `-v '${HERE}/src:/b'`],
  [['-v', '$' + '{PWD}/src:/b:ro'], `-v '${HERE}/src:/b:ro'`],
  [['-v$(pwd)/src:/b'], `'-v${HERE}/src:/b'`],
  [['-v', '`pwd`/src:/b'], `-v '${HERE}/src:/b'`],
  [['-v', '%cd%/src:/b'], `-v '${HERE}/src:/b'`],
  [['-v', '$HOME/app:/b'], `-v '${HERE}/home/app:/b'`],
  [['--mount', 'type=bind,src=$PWD/src,dst=/b'], `--mount 'type=bind,src=${HERE}/src,dst=/b'`],
  [['-v', '$PWD/nothere:/b']],
  [['-v', '/src:/b'], '-v ./src:/b'],
  [['-v', '/srx:/b']],
  [['-v', './sro:/b']],
  [['-v', './src', '/b'], '-v ./src:/b'],
  [['-v', './src', '/b:ro'], '-v ./src:/b:ro'],
  [['-v', './nothere', '/b']],
  [['-v', './src:/b:ro:rw']],
  [['-v', './src:/b:rw,ro']],
  [['-v', './src:/b:0']],
  [['-v', './src:/b:'], '-v ./src:/b'],
  [['-v', './src :/b'], '-v ./src:/b'],
  [['-v', './src=/b'], '-v ./src:/b'],
  [['-v', './src;/b'], '-v ./src:/b'],
  [['-v', '"./src":/b'], '-v ./src:/b'],
  [['-v', ':/b']],
  [['-v', 'src=./src:/b'], '-v ./src:/b'],
  [['-v', './src:/b::ro'], '-v ./src:/b:ro'],
  [['-v', ':./src:/b'], '-v ./src:/b'],
  [['-v', './src:/b:ro;z'], '-v ./src:/b:ro,z'],
  [['-v', './src:/b:z ro'], '-v ./src:/b:z,ro'],
  [['-v', 'some thing:/b']],
  [['-v', '/b:./src:ro'], '-v ./src:/b:ro'],
  [['-v', '/b:src'], '-v ./src:/b'],
  [['-v', '/b:nothere'], '-v /b:/nothere'],
  [['-v', '/tmp:src'], '-v /tmp:/src'],
  [['-v', '/b:./src', '-v', './conf:/c:readonly'], '-v ./src:/b -v ./conf:/c:ro'],
  [['-v', './src', ':', '/b'], '-v ./src:/b'],
  [['-v', './sro:/c', '-v', './src', '/b'], '-v ./sro:/c -v ./src:/b'],
  [['-v', '\u201c./src:/b\u201d'], '-v ./src:/b'],
  [['-v', './src:/b:\uff52\uff4f'], '-v ./src:/b:ro'],
  [['--mount', 'type=bind,dst=./src,src=/b'], '--mount type=bind,dst=/b,src=./src'],
  [['--mount', 'type:bind,source:./src,target:/b'], '--mount type=bind,source=./src,target=/b'],
  [['--mount', 'type=bind; src=./src; dst=/b; readonly'], '--mount type=bind,src=./src,dst=/b,readonly'],
  [['--tmpfs', '/b', 'size=64m'], '--tmpfs /b:size=64m'],
  [['--tmpfs', 'size=64m:/b'], '--tmpfs /b:size=64m'],
  [['--mount', 'bind,src=./src,dst=/b'], '--mount type=bind,src=./src,dst=/b'],
  [['--mount', 'type=bind,src=./src,dst=/b,mode=ro'], '--mount type=bind,src=./src,dst=/b,readonly'],
  [['--mount', 'type=bind,src=./src,dst=/b,mode=0755']],
  [['--mount', 'type="bind",src="./src",dst="/b"'], '--mount type=bind,src=./src,dst=/b'],
  [['--mount', 'type=bind,src=./src:/b'], '--mount type=bind,src=./src,target=/b'],
  [['--mount', 'type=bind,,src=./src,dst=/b'], '--mount type=bind,src=./src,dst=/b'],
  [['--mount', 'type=bind,from=./src,to=/b'], '--mount type=bind,source=./src,target=/b'],
  [['--mount', 'type=bind', 'src=./src', 'dst=/b'], '--mount type=bind,src=./src,dst=/b'],
  [['--mount', 'type=volume,src=./src,dst=/b'], '--mount type=bind,src=./src,dst=/b'],
  [['--mount', 'type=tempfs,dst=/b'], '--mount type=tmpfs,dst=/b'],
  [['--mount', 'type=tmpfs,dst=/b,size=64m'], '--mount type=tmpfs,dst=/b,tmpfs-size=64m'],
  [['--mount', 'type=bind,dst=/b']],
  [['--tmpfs', '/t:size:64m'], '--tmpfs /t:size=64m'],
  [['--tmpfs', '/t:64m'], '--tmpfs /t:size=64m'],
  [['--tmpfs', '/t:huge']],
  [['-volume', './src:/b'], '--volume ./src:/b'],
  [['\u2013v', './src:/b'], '-v ./src:/b'],
  [['-v', './src:/b', '-v', './conf:/b']],
];

const RIGHT: readonly string[] = [
  'run -v ./src:/app alpine',
  'run -v ./src:/app:ro alpine',
  'run --rm -it -v ./src:/app -w /app node:20 npm test',
  'run -v ./app.json:/etc/app.json alpine',
  'run -v data:/data alpine',
  'run -v pgdata:/var/lib/postgresql/data postgres:16',
  'run --mount type=bind,src=./src,dst=/app alpine',
  'run --mount type=bind,src=./src,dst=/app,readonly alpine',
  'run --mount type=volume,src=data,dst=/data alpine',
  'run --mount type=tmpfs,dst=/t,tmpfs-size=64m alpine',
  'run --tmpfs /t alpine',
  'run --tmpfs /t:size=64m,mode=1777 alpine',
  'run -v ./conf:/etc/nginx/conf.d:ro nginx',
  'run -v ./src:/app -v node_modules:/app/node_modules node',
  'run --rm -v ./src:/src:cached golang go build -v ./...',
  'create -v ./src:/app alpine',
  'container run -v ./src:/app alpine',
  'run -v .:/work -w /work alpine',
  'run --read-only --tmpfs /run -v ./conf:/conf alpine',
  'ps -a',
];

const ask = async (args: readonly string[], columns: number) => {
  const [head = '', tail = ''] = dir.split(' ');
  const words = args.map((word) => word.replace('HEAD', head).replace('TAIL', tail));
  const env = { HOME: join(dir, 'home'), DOCKER_HOST: 'unix:///var/run/docker.sock' };
  const { text, refuse } = await checkCommand({
    args: words,
    cwd: dir,
    settings: { mode: 'block', rules: {}, problems: [] },
    known: docker,
    learn: async () => docker,
    env,
    host: { env, docker: '/bin/false', cwd: dir },
    keep: () => true,
    stderr: { isTerminal: true, color: false, columns: () => columns },
  });
  return { text: text.shown, refuse };
};

describe('what is offered for a mistake', () => {
  it.each(MISTAKES)('%s', async (_name, args, right) => {
    const { text } = await ask(args, 80);
    const [, offered] = /(?:did you mean|this works):\n(.*)\n/.exec(text) ?? [];
    expect(offered?.replaceAll(dir, HERE)).toBe(`docker ${right}`);
    expect(text.split('\n').length).toBeLessThan(8);
    // It is as good as it is said to be.
    const words = [...right.replaceAll(HERE, dir).matchAll(/'([^']*)'|\S+/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    const again = await ask(words, 80);
    if (!right.includes('src/app')) expect(again).toEqual({ text: '', refuse: false });
  });

  it.each(RELATIVES.map(([flags, right]) => ({ flags, right })))(
    '$flags, or nothing that is wrong',
    async ({ flags, right }) => {
      const { text } = await ask(['run', ...flags, 'alpine', 'ls'], 80);
      const [, offered] = /(?:did you mean|this works):\n(.*)\n/.exec(text) ?? [];
      expect(offered?.replaceAll(dir, HERE)).toBe(right && `docker run ${right} alpine ls`);
    },
  );

  it('a folder whose name ends in one letter after a space, which looks like a drive', async () => {
    dir = join(tempDir(), 'my b');
    mkdirSync(dir);
    const { text } = await ask(['run', '-v', 'HEAD', 'TAIL:/src', 'alpine'], 80);
    expect(text.replaceAll(dir, HERE)).toContain(`docker run -v '${HERE}:/src' alpine\n`);
  });

  it('the next word of a colon that ends a mount, never an image that is called like a mode', async () => {
    const { text } = await ask(['run', '-v', './src:/b:', 'ro', 'alpine'], 80);
    expect(text).toContain('docker run -v ./src:/b:ro alpine\n');
  });

  it.each([
    [['-e', 'A=a\tb\nc'], `-e 'A='"\${A:?}"''`, ['alpine']],
    [[], '', ['alpine', 'sh', '-c', 'set -e\n\techo \\n']],
  ] as const)('on one line that can be copied: %j', async (flags, shown, rest) => {
    const { text } = await ask(['run', ...flags, '-v', './src:/b:readonly', ...rest], 80);
    const end = rest.length > 1 ? String.raw` sh -c $'set -e\n\techo \\n'` : '';
    expect(text).toContain(`:\ndocker run ${shown && `${shown} `}-v ./src:/b:ro alpine${end}\n`);
  });

  it('none where something in it cannot be seen', async () => {
    const { text } = await ask(['run', '-v', './src:/b:readonly', 'alpine', 'echo', '\u001b[31m'], 80);
    expect(text).not.toMatch(/this works|did you mean/);
  });

  it.each(RIGHT)('nothing for %s', async (line) => {
    expect(await ask(line.split(' '), 80)).toEqual({ text: '', refuse: false });
  });
});

describe.each([80, 40])('the screens of %s columns', (columns) => {
  it('are as they were looked at', async () => {
    const screens: string[] = [];
    // The name of the folder is another one each time.
    for (const [name, args] of MISTAKES.filter(([each]) => !each.startsWith(HERE))) {
      const { text } = await ask(args, columns);
      // Only what stands alone to be copied, and sentences, may be longer than the terminal.
      for (const line of text.split('\n'))
        if (line.startsWith('  ')) expect(line.length).toBeLessThanOrEqual(columns);
      screens.push(`# ${name}\n${text}`);
    }
    await expect(screens.join('\n').replaceAll(dir, HERE)).toMatchFileSnapshot(`screens-${columns}.txt`);
  });
});
