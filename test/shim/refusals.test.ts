import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import type { KnownDocker } from '../../src/docker/probe-cache.js';
import { type CheckInput, checkCommand } from '../../src/shim/check-command.js';
import { judge } from '../../src/shim/verdict.js';
import { quoteShell } from '../../src/text/shell-quote.js';
import { tempDir } from '../support/temp-dir.js';
import { CLASSIC_MISTAKES } from './classic-mistakes.js';

const cwd = '/project';
const kindOf = (args: readonly string[], known = {}) => judge(args, { cwd, known }).kind;
const docker = (client: string, engine = client, engineOs: 'linux' | 'windows' = 'linux') => ({
  client: readVersion(client),
  engine: readVersion(engine),
  engineOs,
});

async function check(args: readonly string[], more: Partial<CheckInput> = {}) {
  const result = await checkCommand({
    args,
    cwd,
    settings: { mode: 'block', rules: {}, problems: [] },
    stderr: { isTerminal: false, color: false },
    version: '0.0.0',
    ...more,
  });
  return { ...result, text: result.text.shown };
}

describe('what the shim refuses', () => {
  it.each(CLASSIC_MISTAKES)(
    'stops $name, whatever docker it is',
    async ({ flags, offered, offeredToAll, isGuess }) => {
      const dir = tempDir();
      mkdirSync(join(dir, 'src/app'), { recursive: true });
      const command = (words: readonly string[]) => ['run', '--rm', ...words, 'alpine', 'true'];
      const { refuse, text } = await check(command(flags(dir)), { cwd: dir });
      expect(refuse).toBe(true);
      expect(text).toMatch(/^mountc: every docker from 20\.10 to \d+\.\d+ would .*; the newest says: ./m);
      const right = offeredToAll ?? offered?.(dir).map(quoteShell).join(' ');
      const line = right && `docker run --rm ${right} alpine true`;
      const told = /^mountc: (this works|did you mean): (.*)$/m.exec(text);
      expect([told?.[1], told?.[2]]).toEqual([line && (isGuess ? 'did you mean' : 'this works'), line]);
      for (const version of ['20.10.24', '24.0.9', '26.1.5', '28.5.2', '29.7.2'])
        expect(kindOf(command(flags(dir)), docker(version))).toBe('refused');
    },
  );

  it('offers a relative source as it is where the client is known to read it, and as a guess where nothing is sure', async () => {
    const offer = async (flags: readonly string[], known?: CheckInput['known']) =>
      /^mountc: ((?:this works|did you mean): .*)$/m.exec(
        (await check(['run', ...flags, 'alpine'], { known })).text,
      )?.[1];
    const bad = ['-v', './src:/b:RO'];
    const of = (version: string) => ({ engineName: 'docker' as const, asked: 0, ...docker(version) });
    expect(await offer(bad)).toBe('this works: docker run -v "$PWD/src:/b:ro" alpine');
    expect(await offer(bad, of('28.5.2'))).toBe('this works: docker run -v ./src:/b:ro alpine');
    const twice = ['-itv', 'a/b:/b', '--mount=type=bind,src=../x,dst=/c,rw'];
    expect(await offer(twice)).toBe(
      'this works: docker run -itv "$PWD/a/b:/b" "--mount=type=bind,src=$PWD/../x,dst=/c" alpine',
    );
  });

  it.each([
    [['-v', '/a:/b']],
    [['-v', 'a:/x']],
    [['-v', 'foo/bar']],
    [['-v', '/proc:/proc']],
    [['-v', '/missing:/b:ro,z']],
    [['--mount', 'type=bind,src=/missing,dst=/b']],
    // Docker Desktop rewrites these.
    [['-v', 'C:\\x:/y']],
    [['--mount', 'type=bind,src=C:\\x,dst=/y']],
    // A runtime of one's own may do other things.
    [['--runtime=runsc', '--tmpfs', '/t:size=1x']],
    [['--help', '-v', '/a:b']],
    [['--gpus', 'all', '-v', 'data:/b']],
  ])('lets %j run', (flags) => {
    expect(kindOf(['run', ...flags, 'alpine'])).not.toBe('refused');
    expect(kindOf(['run', ...flags, 'alpine'], docker('28.5.2'))).not.toBe('refused');
  });

  it('goes by the engine where it is known', () => {
    const loud = ['run', '-v', 'data:/b:RO', 'alpine'];
    // A Windows engine reads modes in any case.
    expect(kindOf(loud)).toBe('depends');
    expect(kindOf(loud, docker('28.5.2'))).toBe('refused');
    expect(kindOf(loud, docker('28.5.2', '28.5.2', 'windows'))).not.toBe('refused');
    // Its parser takes blanks in the name of a volume, and its volume driver does not.
    expect(kindOf(['run', '-v', 'my vol:/b', 'alpine'])).toBe('refused');
    const readonly = ['run', '--mount', 'dst=/b,readonly', 'alpine'];
    expect(kindOf(readonly, docker('28.5.2', '26.1.5'))).toBe('refused');
    expect(kindOf(readonly, docker('28.5.2', '29.7.2'))).toBe('runs');
    // Newer than the tables: nobody knows what it has learnt.
    expect(kindOf(['run', '-v', '/a:/b:r0', 'alpine'], docker('28.5.2', '31.0.0'))).toBe('runs');
  });

  it('refuses at start only what is started', () => {
    expect(kindOf(['run', '--tmpfs', '/t:RW', 'alpine'])).toBe('refused');
    expect(kindOf(['create', '--tmpfs', '/t:RW', 'alpine'])).toBe('runs');
    expect(kindOf(['container', 'create', '--tmpfs', 't', 'alpine'])).toBe('refused');
  });

  it('judges services by their manager', () => {
    expect(kindOf(['service', 'create', '--mount', 'type=bnd,src=/a,dst=/b', 'alpine'])).toBe('refused');
    expect(kindOf(['service', 'create', '--mount', 'dst=/b', '--mount', 'dst=/b', 'alpine'])).toBe('refused');
    expect(kindOf(['service', 'update', '--mount-add', 'type=bnd,dst=/b', 'web'])).toBe('refused');
    // The nodes refuse it later; the command itself does not.
    expect(kindOf(['service', 'create', '--mount', 'type=bind,src=a,dst=/b', 'alpine'])).toBe('runs');
    expect(kindOf(['service', 'update', '--mount-rm', '/b', '--mount-add', 'type=bnd,dst=/b', 'web'])).toBe(
      'runs',
    );
  });

  it('asks who the engine is before it speaks for it', async () => {
    const asked: string[] = [];
    const learn = (known: KnownDocker | undefined) => async (about: 'client' | 'engine') => {
      asked.push(about);
      return known;
    };
    const bad = ['run', '-v', '/a:/b:U', 'alpine'];
    const known = { engineName: 'docker' as const, asked: 0, ...docker('28.5.2', '26.1.5') };
    const { text } = await check(bad, { learn: learn(known) });
    expect(text).toContain(
      "mountc: docker's engine 26.1.5 would refuse this once it has the image: invalid mode: U\n",
    );
    // podman behind docker's client takes it.
    expect(await check(bad, { learn: learn({ engineName: 'other', asked: 0 }) })).toMatchObject({
      refuse: false,
    });
    expect(asked).toEqual(['engine', 'engine']);
    // What is known is not asked again, and what the client refuses is not the engine's.
    await check(bad, { known, learn: learn(known) });
    await check(['run', '--mount', 'type=bind,src=/a,dst=/b,rw', 'alpine'], { learn: learn(known) });
    expect(asked).toHaveLength(2);
  });

  it('lets docker run when the rule that would speak is switched off', async () => {
    const bad = ['run', '-v', '/a:/b:r0', 'alpine'];
    const rules = { 'volume-unknown-mode': 'off' } as const;
    expect(await check(bad, { settings: { mode: 'block', rules, problems: [] } })).toMatchObject({
      refuse: false,
      text: '',
    });
  });
});
