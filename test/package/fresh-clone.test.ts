// The README's first steps, word by word, in a clone of what is here.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from './installed.js';

const listed = spawnSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
);
const [first = '', install = ''] = [
  ...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^```sh\n(.*?)\n```$/gms),
].map(([, body = '']) => body);
// npm takes what it has got before, and asks the registry for the rest.
const OFFLINE =
  /\bnetwork\b|\bfetch failed\b|ENOTCACHED|ENOTFOUND|EAI_|ECONN|ETIMEDOUT|ENETUNREACH|E40[137]|E50\d/;

describe.runIf(process.platform !== 'win32' && listed.status === 0)('a fresh clone', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-clone-')));
  const clone = join(folder, 'mountc');
  const prefix = join(folder, 'global');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shell = (line: string, cwd: string) =>
    spawnSync('sh', ['-c', line], {
      cwd,
      encoding: 'utf8',
      timeout: 200_000,
      env: {
        ...process.env,
        PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
        npm_config_prefix: prefix,
        npm_config_prefer_offline: 'true',
        npm_config_fetch_retries: '0',
        npm_config_fetch_timeout: '20000',
        npm_config_audit: 'false',
        npm_config_fund: 'false',
        NO_COLOR: '1',
      },
    });

  test("the README's first command, then mountc in every folder", (context) => {
    for (const path of listed.stdout.split('\0').filter((one) => one !== '' && existsSync(join(ROOT, one)))) {
      mkdirSync(dirname(join(clone, path)), { recursive: true });
      cpSync(join(ROOT, path), join(clone, path));
    }
    const run = shell(first, clone);
    if (run.status === null || (run.status !== 0 && OFFLINE.test(run.stderr)))
      context.skip('there is no registry of packages here');
    expect(run.stdout.trimEnd().split('\n').at(-1), run.stderr).toBe(
      'docker run -it --mount type=bind,src=/home/developer/appdata,dst=/container/data,readonly python:3.6',
    );
    expect(shell(install, clone).status).toBe(0);
    for (const name of ['mountc', 'npx mountc'])
      expect(shell(`${name} convert --to mount -v data:/x`, folder).stdout).toBe(
        '--mount type=volume,src=data,dst=/x\n',
      );
  }, 300_000);
});
