import { describe, expect, test } from 'vitest';
import { type ConvertedMounts, convert, convertMounts, type MountForm } from '../../src/index.js';

/** The same mounts in each form that is a text of its own. */
const INPUTS = {
  command:
    'docker run --mount type=volume,src=data,dst=/d,readonly,volume-nocopy --tmpfs /t:exec --volumes-from c img',
  compose: `services:
  a:
    volumes:
      - {type: volume, source: data, target: /d, read_only: true, volume: {nocopy: true}}
    tmpfs: /t:exec
    volumes_from: ["container:c"]
volumes: {data: {name: data}}
`,
  devcontainer: JSON.stringify({
    mounts: ['type=volume,src=data,dst=/d,readonly,volume-nocopy'],
    runArgs: ['--tmpfs', '/t:exec', '--volumes-from', 'c'],
  }),
  api: JSON.stringify({
    HostConfig: {
      Mounts: [
        { Type: 'volume', Source: 'data', Target: '/d', ReadOnly: true, VolumeOptions: { NoCopy: true } },
      ],
      Tmpfs: { '/t': 'exec' },
      VolumesFrom: ['c'],
    },
  }),
};

const OUTPUTS: Record<MountForm, readonly string[]> = {
  volume: ['-v data:/d:ro,nocopy', '--tmpfs /t:exec', '--volumes-from c'],
  mount: [
    '--mount type=volume,src=data,dst=/d,readonly,volume-nocopy',
    '--tmpfs /t:exec',
    '--volumes-from c',
  ],
  tmpfs: ['--tmpfs /t:exec', '--volumes-from c'],
  compose: ['read_only: true', 'nocopy: true', '- /t:exec', '- container:c', 'name: data'],
  'compose-short': ['- data:/d:ro,nocopy', '- /t:exec', '- container:c', 'name: data'],
  devcontainer: ['"type=volume,src=data,dst=/d,readonly,volume-nocopy"', '"/t:exec"', '"--volumes-from"'],
  api: ['"NoCopy": true', '"/t": "exec"', '"c"'],
};

async function mounts(...args: Parameters<typeof convertMounts>): Promise<ConvertedMounts> {
  const answer = await convertMounts(...args);
  if ('problem' in answer) throw new Error(answer.problem);
  return answer;
}

describe('every form, from and to', () => {
  for (const from of Object.keys(INPUTS) as (keyof typeof INPUTS)[]) {
    for (const to of Object.keys(OUTPUTS) as MountForm[]) {
      test(`${from} → ${to}`, async () => {
        const { text, conversions } = await mounts(INPUTS[from], to, { from });
        for (const part of OUTPUTS[to]) expect(text).toContain(part);
        const left = conversions.filter(({ written }) => !written);
        expect(left).toHaveLength(to === 'tmpfs' ? 1 : 0);
        expect(conversions).toHaveLength(3);
      });
    }
  }

  test('what a text is is told by its path, or by itself', async () => {
    for (const [text, path] of [
      [INPUTS.command, 'a.sh'],
      [INPUTS.compose, 'compose.yaml'],
      [INPUTS.devcontainer, '.devcontainer.json'],
      [INPUTS.api, 'inspect.json'],
      [INPUTS.api, undefined],
      [INPUTS.compose, undefined],
    ] as const)
      expect((await mounts(text, 'mount', { path })).text.split('\n')).toContain(OUTPUTS.mount[0]);
  });
});

test('words of docker become a document', () => {
  const { text, conversions } = convert(['run', '-v', '/a:/b', '--volumes-from', 'c:ro', 'img'], 'compose', {
    service: 'web',
  });
  expect(text).toContain('web:\n    image: img\n');
  expect(conversions.map(({ from, written }) => [from, written])).toEqual([
    ['-v /a:/b', true],
    ['--volumes-from c:ro', false],
  ]);
});

describe('a Compose file', () => {
  const text = `services:
  a:
    extends: {file: sub/b.yaml, service: b}
    volumes: [./a:/a, data:/d]
volumes: {data: {}}
`;
  const files = {
    'sub/b.yaml': 'services: {b: {volumes: [./b:/b]}}',
    'over.yaml': 'services: {a: {volumes: [./o:/a]}}',
    '.env': 'COMPOSE_PROJECT_NAME=p',
  };

  test('with other files, in a folder that is known', async () => {
    const flags = await mounts(text, 'volume', {
      path: 'compose.yaml',
      files,
      over: ['over.yaml'],
      cwd: '/w',
    });
    expect(flags.text).toBe('-v /w/sub/b:/b\n-v /w/o:/a\n-v p_data:/d\n');
  });

  test('without a folder its paths stay relative, and the name of a project is said to be missing', async () => {
    const flags = await mounts(text, 'volume', { path: 'compose.yaml' });
    expect(flags.text).toBe('-v ./a:/a\n-v data:/d\n');
    const [extended, , data] = flags.conversions;
    expect(extended).toMatchObject({ from: 'extends sub/b.yaml b', written: false });
    expect(data!.losses[0]!.why).toContain('the name of the project');
    expect((await mounts(text, 'volume', { project: 'q' })).text).toContain('-v q_data:/d');
  });

  test('a service must be meant', async () => {
    const two = 'services: {a: {volumes: [/a:/a]}, b: {volumes: [/b:/b]}}';
    expect(await convertMounts(two, 'volume')).toEqual({ problem: 'the file has several services' });
    expect((await mounts(two, 'volume', { service: 'b' })).text).toBe('-v /b:/b\n');
  });
});

test('what has no mounts is a problem, not an exception', async () => {
  expect(await convertMounts('{', 'mount', { from: 'api' })).toHaveProperty('problem');
  expect(await convertMounts('a: [', 'mount', { from: 'compose' })).toHaveProperty('problem');
  expect(await convertMounts('ls', 'mount', { from: 'command' })).toEqual({
    problem: 'there is no docker command',
  });
  const two = 'docker run -v /a:/b i; docker run -v /a:/c i';
  expect(await convertMounts(two, 'devcontainer', { from: 'command' })).toHaveProperty('problem');
  expect((await mounts('', 'mount', { from: 'devcontainer' })).conversions).toEqual([]);
});
