// Units of Quadlet that `convert` writes: no word of a command becomes a line of its own, and nothing that is there is replaced.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY_OF_FLAG, SECURITY_KEYS } from '../../src/dialects/podman/run-keys.js';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const EVIL = 'ExecStartPre=/bin/evil';
const convert = (cwd: string, ...argv: string[]) =>
  runMountc(['convert', '--to', 'quadlet', ...argv], { cwd });

describe('a line end in a word', () => {
  const texts = [
    `x\n${EVIL}`,
    `x\r\n${EVIL}\n`,
    `\n${EVIL}`,
    `a:b\n${EVIL}`,
    `1\n[Service]\n${EVIL}`,
    `x\\\n${EVIL}`,
  ];
  const flags = [
    ...KEY_OF_FLAG.keys(),
    ...['user', 'restart', 'stop-signal', 'privileged', 'gpus', 'platform', 'cpus'],
  ].filter(
    (flag) =>
      !/^(?:tz|subuidname|subgidname|retry|retry-delay|secret|cgroups|env-host|http-proxy)$/.test(flag),
  );
  const words = (text: string): [string, string[]][] => [
    ...flags.map((flag): [string, string[]] => [flag, [`--${flag}=${text}`, 'img']]),
    ...SECURITY_KEYS.map(([start]): [string, string[]] => [start, ['--security-opt', start + text, 'img']]),
    ['source', ['-v', `/a${text}:/b`, 'img']],
    ['target', ['-v', `/a:/b${text}`, 'img']],
    ['volume', ['-v', `v${text}:/b`, 'img']],
    ['mount', ['--mount', `type=bind,src=/a${text},dst=/b`, 'img']],
    ['group', ['-u', `0:${text}`, 'img']],
    ['image', [`img${text}`]],
    ['command', ['img', text]],
    ['name', ['--name', text, 'img']],
  ];

  it.each(texts)('%j starts no line', async (text) => {
    let [units, all] = [0, 0];
    for (const [what, argv] of words(text))
      for (const program of ['docker', 'podman']) {
        const { stdout, stderr } = await convert('/', '--', program, 'run', ...argv);
        const lines = `${stdout}\n${stderr}`.split(/[\r\n]/);
        expect([what, lines.filter((line) => /^\s*ExecStartPre=/.test(line))]).toEqual([what, []]);
        all++;
        if (lines.includes('[Container]')) units++;
      }
    // What writes nothing starts no line either.
    expect(units).toBeGreaterThan(all / 2);
  });
});

describe('--write', () => {
  const RUN = 'docker run --name web -v data:/b nginx';
  const read = (cwd: string, name: string) => readFileSync(join(cwd, 'u', name), 'utf8');

  it('leaves a unit alone that says something else, and writes none of the others', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'u/data.volume': '[Volume]\nDriver=x\n' });
    const { code, stderr } = await convert(cwd, '--write', 'u', RUN);
    expect([code, stderr.split('\n').at(-2)]).toEqual([
      3,
      'mountc convert: data.volume: already exists with other content: nothing is written',
    ]);
    expect([readdirSync(join(cwd, 'u')), read(cwd, 'data.volume')]).toEqual([
      ['data.volume'],
      '[Volume]\nDriver=x\n',
    ]);
  });

  it('may be done twice', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'u/x': '' });
    await convert(cwd, '--write', 'u', RUN);
    const before = read(cwd, 'web.container');
    const { code } = await convert(cwd, '--write', 'u', RUN);
    expect([code, read(cwd, 'web.container')]).toEqual([0, before]);
  });

  it('goes through no link, also one that leads nowhere', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'u/x': '', 'there.container': 'x\n' });
    symlinkSync(join(cwd, 'there.container'), join(cwd, 'u/web.container'));
    symlinkSync(join(cwd, 'nowhere'), join(cwd, 'u/app.container'));
    expect((await convert(cwd, '--write', 'u', RUN)).code).toBe(3);
    expect((await convert(cwd, '--write', 'u', 'docker run --name app nginx')).code).toBe(3);
    expect([readFileSync(join(cwd, 'there.container'), 'utf8'), existsSync(join(cwd, 'nowhere'))]).toEqual([
      'x\n',
      false,
    ]);
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'u/x': '' });
    execFileSync('mkfifo', [join(cwd, 'u/web.container')]);
    const { code, stderr } = await convert(cwd, '--write', 'u', RUN);
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('web.container: already exists and is not a readable regular file'),
    ]);
  });

  it.each(['../../evil', '/etc/evil', '..', 'a/../../evil', '.hidden/../x'])(
    '%j is not a way out of the folder',
    async (name) => {
      const cwd = tempDir();
      writeFiles(cwd, { 'u/x': '' });
      await convert(cwd, '--write', 'u', '--', 'docker', 'run', '--name', name, 'nginx');
      expect([readdirSync(cwd), readdirSync(join(cwd, 'u')).length]).toEqual([['u'], 2]);
    },
  );
});
