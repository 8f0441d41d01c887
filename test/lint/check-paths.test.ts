import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const env = { PATH: '/usr/bin:/bin', HOME: '/nowhere' };
const put = (files: Readonly<Record<string, string>>) => writeFiles(cwd, files);
const git = (...args: string[]) => execFileSync('git', args, { cwd, env, stdio: 'ignore' });
const hasGit = spawnSync('git', ['--version']).status === 0;

/** What `--check-paths` finds in these files, beyond what is found without it. */
async function found(files: Readonly<Record<string, string>>, ...argv: string[]): Promise<string[]> {
  put(files);
  const run = async (...more: string[]): Promise<string[]> => {
    const all = ['--format', 'json', '--no-config', ...more, ...argv];
    const { stdout } = await runLint(all, { cwd, env });
    return JSON.parse(stdout).map(
      ({ path, rule, start }: { path: string; rule: string; start: { line: number } }) =>
        `${path}:${start.line} ${rule}`,
    );
  };
  const without = await run();
  return (await run('--check-paths')).filter((one) => !without.includes(one));
}

const compose = (...entries: string[]) =>
  `services:\n  web:\n    image: nginx\n    volumes:\n${entries.map((entry) => `      - ${entry}\n`).join('')}`;
const MISSING = 'bind-source-missing';

describe('Compose files', () => {
  test.each([
    ['a file', './nginx.conf:/etc/nginx/nginx.conf:ro'],
    ['in a folder', './conf/app.yml:/app/app.yml'],
    ['under another name', './site.conf:/etc/nginx/conf.d/default.conf'],
    ['above', '../shared/app.toml:/app.toml'],
    ['without an ending', './Caddyfile:/etc/caddy/Caddyfile'],
    ['in the long syntax', '{type: bind, source: ./a.json, target: /a.json}'],
    ['refused', '{type: bind, source: ./data, target: /data, bind: {create_host_path: false}}'],
  ])('%s that is not there', async (_, entry) => {
    expect(await found({ 'sub/compose.yaml': compose(entry) })).toEqual([`sub/compose.yaml:5 ${MISSING}`]);
  });

  test.each<[string, string, Record<string, string>]>([
    ['a folder that docker makes', './data:/var/lib/mysql', {}],
    ['a folder with an ending', './conf.d:/etc/nginx/conf.d', {}],
    ['a host name', './example.com:/var/www/example.com', {}],
    ['what is there', './nginx.conf:/etc/nginx/nginx.conf', { 'sub/nginx.conf': '' }],
    ['what is in the folder above', './nginx.conf:/etc/nginx/nginx.conf', { 'nginx.conf': '' }],
    ['a variable', '$' + '{CONF}/nginx.conf:/etc/nginx/nginx.conf', {}],
    ['a variable in the name', './$' + '{ENV}.conf:/etc/nginx/nginx.conf', {}],
    ['the home', '~/nginx.conf:/etc/nginx/nginx.conf', {}],
    ['a volume', 'nginx.conf:/etc/nginx/nginx.conf', {}],
    ['.env', './.env:/app/.env', {}],
    ['.env of something', './.env.local:/app/.env.local', {}],
    ['what is made of an example', './app.yml:/app.yml', { 'sub/app.example.yml': '' }],
    ['what is made of a sample', './app.yml:/app.yml', { 'sub/app.yml.sample': '' }],
    ['what is made of a template', './app.yml:/app.yml', { 'sub/app.yml.j2': '' }],
    ['what is ignored', './app.yml:/app.yml', { '.gitignore': 'app.yml\n' }],
    ['what is in an ignored folder', './gen/app.yml:/app.yml', { 'sub/.gitignore': 'gen/\n' }],
    ['a socket', '/var/run/docker.sock:/var/run/docker.sock', {}],
    ['a folder in the long syntax', '{type: bind, source: ./data, target: /data}', {}],
  ])('silent: %s', async (_, entry, files) => {
    expect(await found({ ...files, 'sub/compose.yaml': compose(entry) })).toEqual([]);
  });

  test('not in templates, stacks, development and documentation', async () => {
    const text = compose('./nginx.conf:/etc/nginx/nginx.conf');
    expect(
      await found({
        'compose.yaml.j2': text,
        'docker-stack.yml': text,
        'watch/compose.yaml':
          'services:\n  a:\n    build: .\n    develop:\n      watch:\n        - path: ./nope.json\n          action: sync\n          target: /nope.json\n',
        'README.md': `\`\`\`yaml\n${text}\`\`\`\n`,
        'make.sh': `cat > compose.yaml <<EOF\n${text}EOF\n`,
      }),
    ).toEqual([]);
  });

  test('a folder that docker has made of a file already', async () => {
    mkdirSync(join(cwd, 'nginx.conf'));
    const text = compose('./nginx.conf:/etc/nginx/nginx.conf');
    expect(await found({ 'compose.yaml': text })).toEqual([`compose.yaml:5 ${MISSING}`]);
    expect(await found({ 'compose.yaml': text, 'nginx.conf/default.conf': '' })).toEqual([]);
  });

  test('of thousands of mounts only so many are looked at', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => `./a${i}.conf:/x/a${i}.conf`);
    expect((await found({ 'compose.yaml': compose(...many) })).length).toBeLessThanOrEqual(1000);
  });

  test('with an engine elsewhere nothing is known of paths', async () => {
    put({ 'compose.yaml': compose('./nginx.conf:/etc/nginx/nginx.conf') });
    const { stdout } = await runLint(['--check-paths'], {
      cwd,
      env: { ...env, DOCKER_HOST: 'ssh://server' },
    });
    expect(stdout).not.toContain(MISSING);
  });
});

describe('devcontainers', () => {
  const mounts = (...all: string[]) => JSON.stringify({ mounts: all }, null, 1);
  test('the folder is the one above .devcontainer', async () => {
    const bind = (path: string) => `type=bind,source=${path},target=/x`;
    const text = mounts(
      bind('$' + '{localWorkspaceFolder}/there'),
      bind('$' + '{localWorkspaceFolder}/nope'),
      bind('$' + '{localEnv:HOME}/.ssh'),
    );
    mkdirSync(join(cwd, 'there'));
    expect(
      await found({ '.devcontainer/devcontainer.json': text, '.devcontainer/b/devcontainer.json': text }),
    ).toEqual([
      `.devcontainer/b/devcontainer.json:4 ${MISSING}`,
      `.devcontainer/devcontainer.json:4 ${MISSING}`,
    ]);
  });

  test('silent where something runs before', async () => {
    const text = JSON.stringify({
      initializeCommand: 'mkdir -p nope',
      mounts: ['type=bind,source=$' + '{localWorkspaceFolder}/nope,target=/x'],
    });
    expect(await found({ '.devcontainer/devcontainer.json': text })).toEqual([]);
  });
});

describe('RUN --mount=type=bind', () => {
  const run = (mount: string) => `FROM a\nRUN --mount=${mount} true\n`;
  test.each([
    ['type=bind,source=go.mdo,target=go.mod'],
    ['source=./nope/x,target=/x'],
    ['type=bind,src=/requirements.txt,dst=/r.txt'],
  ])('%s', async (mount) => {
    expect(await found({ 'sub/Dockerfile': run(mount) })).toEqual([`sub/Dockerfile:2 ${MISSING}`]);
  });

  test.each<[string, Record<string, string>]>([
    ['type=bind,source=go.mod,target=go.mod', { 'go.mod': '' }],
    ['type=bind,source=go.mod,target=go.mod', { 'sub/go.mod': '' }],
    ['type=bind,from=b,source=/x,target=/x', {}],
    ['type=bind,target=/src', {}],
    ['type=bind,source=.,target=/src', {}],
    ['type=bind,source=$' + '{X},target=/x', {}],
    ['type=cache,source=x,target=/x', {}],
    ['type=bind,source=dist,target=/x', { '.gitignore': 'dist\n' }],
  ])('silent: %s', async (mount, files) => {
    expect(await found({ ...files, 'sub/Dockerfile': run(mount) })).toEqual([]);
  });

  test.skipIf(!hasGit)('silent where git knows such a path: nobody knows the context', async () => {
    git('init', '-q');
    put({ 'app/go.mod': '' });
    git('add', '-A');
    expect(await found({ 'docker/Dockerfile': run('type=bind,source=go.mod,target=go.mod') })).toEqual([]);
    expect(await found({ 'docker/Dockerfile': run('type=bind,source=go.mdo,target=go.mod') })).toHaveLength(
      1,
    );
  });
});

describe('scripts', () => {
  test.each([
    ['with a dot', 'docker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['with $PWD', 'docker run -v "$PWD/nginx.conf":/etc/nginx/nginx.conf nginx\n'],
    ['with $(pwd)', 'docker run -v "$(pwd)"/nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['from its own folder', 'cd "$(dirname "$0")"\ndocker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['refused', 'docker run --mount type=bind,src="$PWD/nope",dst=/x nginx\n'],
  ])('%s', async (_, text) => {
    expect((await found({ 'run.sh': text })).map((one) => one.split(' ')[1])).toEqual([MISSING]);
  });

  test.each([
    ['made', 'touch nginx.conf\ndocker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['written', 'echo x > "$PWD/nginx.conf"\ndocker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['copied', 'cp a.conf ./nginx.conf\ndocker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['elsewhere', 'cd /srv\ndocker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['fetched', 'git clone https://x/y\ndocker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx\n'],
    ['a folder', 'docker run -v "$PWD/out":/out nginx\n'],
    ['made for --mount', 'mkdir -p nope\ndocker run --mount type=bind,src="$PWD/nope",dst=/x nginx\n'],
    ['unknown', 'docker run -v "$DIR/nginx.conf":/etc/nginx/nginx.conf nginx\n'],
  ])('silent: %s', async (_, text) => {
    expect(await found({ 'run.sh': text })).toEqual([]);
  });

  test('not for absolute paths of documentation and CI', async () => {
    const run = 'docker run -v /nowhere/x:/x alpine';
    expect(
      await found({
        'README.md': `\`\`\`sh\n${run}\n\`\`\`\n`,
        '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    steps:\n      - run: ${run}\n`,
      }),
    ).toEqual([]);
  });

  test('a makefile makes it', async () => {
    const text = (first: string) => `${first}run:\n\tdocker run -v $(CURDIR)/a.conf:/a.conf x\n`;
    expect(await found({ Makefile: text('') })).toEqual([`Makefile:2 ${MISSING}`]);
    expect(await found({ Makefile: text('a.conf: b\n\tcp b $@\n') })).toEqual([]);
  });

  test('a volume that is called like a folder', async () => {
    mkdirSync(join(cwd, 'src'));
    const rule = 'volume-beside-directory';
    const text = 'docker run -v src:/app app\n';
    expect(await found({ 'run.sh': text, 'scripts/run.sh': text })).toEqual([
      `run.sh:1 ${rule}`,
      `scripts/run.sh:1 ${rule}`,
    ]);
    expect(await found({}, '--command', 'docker run -v src:/app app')).toEqual([`null:1 ${rule}`]);
    put({ '.gitignore': 'src/\n' });
    expect(await found({})).toEqual([]);
  });
});
