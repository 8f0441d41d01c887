// What Compose refuses of a service besides its mounts, and what it needs to be run.
import { beforeEach, describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const errors = async (files: Readonly<Record<string, string>>, file = 'compose.yaml') => {
  writeFiles(cwd, files);
  const { stdout } = await runMountc(['lint', file], { cwd });
  return [...stdout.matchAll(/^error: (.*) \[/gm)].map(([, message]) => message);
};
const service = (keys: string, rest = '') => ({
  'compose.yaml': `services:\n  a: {image: i, ${keys}}\n  a2: {image: i}\n${rest}`,
});

describe('a type that every Compose refuses', () => {
  test.each([
    'user: 0',
    'hostname: [a]',
    'environment: {A: [1]}',
    'environment: ',
    'restart: false',
    'logging: {options: {compress: true}}',
    'healthcheck: {interval: 30}',
    'healthcheck: {retries: many}',
    'ulimits: {nofile: {hard: 5}}',
    'depends_on: {a2: {condition: healthy}}',
    'ports: [{published: 80}]',
    'mem_limit: 5x',
    'privileged: maybe',
    'cpus: 2024-01-01',
    'cap_add: NET_ADMIN',
  ])('%s', async (keys) => {
    expect(await errors(service(keys))).toEqual([expect.stringContaining('Compose refuses the file')]);
  });

  test.each([
    'user: "0"',
    'user: 1000:1000',
    'environment: {A: 1, B: null, C: yes}',
    'labels: {a: 2024-01-01}',
    'restart: no',
    'logging: {options: {max-file: 3}}',
    'healthcheck: {interval: 1d, retries: "3", disable: "no"}',
    'ports: [80, "81:81", {target: 82}]',
    'mem_limit: "$' + '{M:-5x}"',
    'privileged: "$' + '{P}"',
    'command: ',
    'pid: ',
    'x-note: {a: [b]}',
  ])('but not %s', async (keys) => {
    expect(await errors(service(keys))).toEqual([]);
  });

  test('nor what docker stack deploy may read, or a template decides', async () => {
    const bind = '{type: bind, source: /a, target: /b, bind: {create_host_path: odd, selinux: 5}}';
    const swarm = service(`volumes: [${bind}], deploy: {replicas: 2}`);
    expect(await errors({ 'docker-stack.yml': swarm['compose.yaml'] }, 'docker-stack.yml')).toEqual([]);
    expect(await errors(swarm)).not.toEqual([]);
    expect(await errors(service('user: {{ .user }}'))).toEqual([]);
  });
});

describe('what a service needs to be run', () => {
  const BARE = 'services:\n  a: {volumes: ["/x:/y"], networks: [n], depends_on: [b]}\n';

  test('an image, its networks and the services that it depends on', async () => {
    expect(await errors({ 'compose.yaml': BARE })).toEqual([
      expect.stringContaining('`a` has neither an image nor a build'),
      expect.stringContaining('the network `n` is not declared'),
      expect.stringContaining('there is no service `b`'),
    ]);
  });

  test.each([
    ['one of a profile', BARE.replace('volumes', 'profiles: [x], volumes')],
    ['what includes another file', `include: [other/x.yaml]\n${BARE}`],
    ['what a template decides', `${BARE}{{ range .services }}\n{{ end }}\n`],
  ])('not of %s', async (_what, text) => {
    expect(await errors({ 'compose.yaml': text, '.gitignore': 'other/\n' })).toEqual([]);
  });

  test.each(['docker-compose.prod.yml', 'compose.dev.yaml', 'base-compose.yml'])(
    'nor next to %s, which may be laid over it',
    async (other) => {
      expect(await errors({ 'compose.yaml': BARE, [other]: BARE })).toEqual([]);
    },
  );

  test('nor of a file by another name, which extends that of the folder', async () => {
    const other = 'services:\n  a: {extends: {file: compose.yaml, service: a}}\nnetworks: {a/b: {name: n}}\n';
    const files = { 'compose.yaml': service('tty: true')['compose.yaml'], 'more-compose.yml': other };
    expect(await errors(files, 'more-compose.yml')).toEqual([]);
  });

  test('nor where the file that Compose lays over it says it', async () => {
    const over = 'services:\n  a: {image: i}\n  b: {image: i}\nnetworks: {n: }\n';
    expect(await errors({ 'compose.yaml': BARE, 'compose.override.yaml': over })).toEqual([]);
  });

  test('a service of a profile, unless it is not required', async () => {
    const files = (how: string) => ({
      'compose.yaml': `services:\n  a: {image: i, depends_on: {b: {condition: service_started${how}}}}\n  b: {image: i, profiles: [p]}\n`,
    });
    expect(await errors(files(''))).toEqual([expect.stringContaining('there is no service `b`')]);
    expect(await errors(files(', required: false'))).toEqual([]);
  });
});
