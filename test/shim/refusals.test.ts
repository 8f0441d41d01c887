import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DialectInput } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import type { KnownDocker } from '../../src/docker/known-docker.js';
import { type CheckInput, checkCommand } from '../../src/shim/check-command.js';
import { judge } from '../../src/shim/verdict.js';
import { quoteShell } from '../../src/text/shell-quote.js';
import { tempDir } from '../support/temp-dir.js';
import { CLASSIC_MISTAKES } from './classic-mistakes.js';

const cwd = '/project';
const kindOf = (args: readonly string[], known: DialectInput) => judge(args, { cwd, known }).kind;
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
    ...more,
  });
  return { ...result, text: result.text.shown };
}

const answer = (client: string, engine = client, engineOs: 'linux' | 'windows' = 'linux'): KnownDocker => ({
  engineName: 'docker',
  asked: 0,
  ...docker(client, engine, engineOs),
});

describe('what the shim refuses', () => {
  it.each(CLASSIC_MISTAKES)('stops $name, by every docker', async ({ flags, offered, isGuess }) => {
    const dir = tempDir();
    mkdirSync(join(dir, 'src/app'), { recursive: true });
    const command = ['run', '--rm', ...flags(dir), 'alpine', 'true'];
    const learn = async () => answer('28.5.2');
    const { refuse, text } = await check(command, { cwd: dir, learn });
    expect(refuse).toBe(true);
    expect(text).toMatch(/^mountc: docker(?:'s engine)? 28\.5\.2 would .*: ./m);
    const right = offered?.(dir).map(quoteShell).join(' ');
    const line = right && `docker run --rm ${right} alpine true`;
    const told = /; (this works|did you mean):\n(.*)$/m.exec(text);
    expect([told?.[1], told?.[2]]).toEqual([line && (isGuess ? 'did you mean' : 'this works'), line]);
    for (const version of ['20.10.24', '24.0.9', '26.1.5', '28.5.2', '29.7.2', '29.8.0'])
      expect(kindOf(command, docker(version))).toBe('refused');
  });

  it('puts right what this docker reads', async () => {
    const offer = async (flags: readonly string[]) =>
      /; ((?:this works|did you mean):\n.*)$/m.exec(
        (await check(['run', ...flags, 'alpine'], { learn: async () => answer('28.5.2') })).text,
      )?.[1];
    expect(await offer(['-v', './src:/b:RO'])).toBe('this works:\ndocker run -v ./src:/b:ro alpine');
    const twice = ['-itv', 'a/b:/b', '--mount=type=bind,src=../x,dst=/c,rw'];
    expect(await offer(twice)).toBe(
      'this works:\ndocker run -itv ./a/b:/b --mount=type=bind,src=../x,dst=/c alpine',
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
    expect(kindOf(['run', ...flags, 'alpine'], docker('28.5.2'))).not.toBe('refused');
  });

  it('goes by the engine where it is known', () => {
    const loud = ['run', '-v', 'data:/b:RO', 'alpine'];
    // A Windows engine reads modes in any case.
    expect(kindOf(loud, docker('28.5.2'))).toBe('refused');
    expect(kindOf(loud, docker('28.5.2', '28.5.2', 'windows'))).not.toBe('refused');
    // Its parser takes blanks in the name of a volume, and its volume driver does not.
    for (const engineOs of ['linux', 'windows'] as const)
      expect(kindOf(['run', '-v', 'my vol:/b', 'alpine'], docker('28.5.2', '28.5.2', engineOs))).toBe(
        'refused',
      );
    const readonly = ['run', '--mount', 'dst=/b,readonly', 'alpine'];
    expect(kindOf(readonly, docker('28.5.2', '26.1.5'))).toBe('refused');
    expect(kindOf(readonly, docker('28.5.2', '29.7.2'))).toBe('runs');
    // Newer than the tables: nobody knows what it has learnt.
    expect(kindOf(['run', '-v', '/a:/b:r0', 'alpine'], docker('28.5.2', '31.0.0'))).toBe('doubtful');
  });

  it('refuses at start only what is started', () => {
    expect(kindOf(['run', '--tmpfs', '/t:RW', 'alpine'], docker('28.5.2'))).toBe('refused');
    expect(kindOf(['create', '--tmpfs', '/t:RW', 'alpine'], docker('28.5.2'))).toBe('runs');
    expect(kindOf(['container', 'create', '--tmpfs', 't', 'alpine'], docker('28.5.2'))).toBe('refused');
  });

  it('judges services by their manager', () => {
    expect(
      kindOf(['service', 'create', '--mount', 'type=bnd,src=/a,dst=/b', 'alpine'], docker('28.5.2')),
    ).toBe('refused');
    expect(
      kindOf(['service', 'create', '--mount', 'dst=/b', '--mount', 'dst=/b', 'alpine'], docker('28.5.2')),
    ).toBe('refused');
    expect(kindOf(['service', 'update', '--mount-add', 'type=bnd,dst=/b', 'web'], docker('28.5.2'))).toBe(
      'refused',
    );
    // The nodes refuse it later; the command itself does not.
    expect(
      kindOf(['service', 'create', '--mount', 'type=bind,src=a,dst=/b', 'alpine'], docker('28.5.2')),
    ).toBe('runs');
    expect(
      kindOf(
        ['service', 'update', '--mount-rm', '/b', '--mount-add', 'type=bnd,dst=/b', 'web'],
        docker('28.5.2'),
      ),
    ).toBe('runs');
  });

  const bad = ['run', '-v', '/a:/b:U', 'alpine'];
  const badForClient = ['run', '--mount', 'type=bind,src=/a,dst=/b,rw', 'alpine'];

  it.each([
    ['the engine', bad],
    ['the client', badForClient],
  ])('asks docker before it refuses in the name of %s', async (_name, args) => {
    let asked = 0;
    const learn = async () => {
      asked++;
      return answer('28.5.2', '26.1.5');
    };
    // What was known before may have changed since.
    for (const known of [undefined, answer('28.5.2', '26.1.5'), answer('20.10.24'), answer('31.0.0')]) {
      const { refuse, text } = await check(args, { known, learn });
      expect(refuse).toBe(true);
      expect(text).toMatch(/^mountc: docker(?: 28\.5\.2|'s engine 26\.1\.5) would refuse this/m);
    }
    expect(asked).toBe(4);
    expect(await check(['run', '-v', '/a:/b', 'alpine'], { known: answer('28.5.2'), learn })).toMatchObject({
      refuse: false,
    });
    expect(asked).toBe(4);
  });

  it.each<[string, KnownDocker | undefined]>([
    ['does not answer', undefined],
    ['is podman', { engineName: 'other', asked: 0 }],
    ['does not say its version', { engineName: 'docker', asked: 0 }],
    ['is newer than the tables', answer('30.0.0')],
    ['is older than the tables', answer('19.3.15')],
    ['is a preview', { ...answer('28.5.2'), clientText: '28.5.2-rc.1', engineText: '28.5.2-rc.1' }],
  ])('lets a docker run that %s, whatever was known of it', async (_name, said) => {
    for (const known of [undefined, answer('28.5.2')])
      for (const args of [bad, badForClient, ['run', '-v', '/a::/b', 'alpine']])
        for (const isTerminal of [true, false]) {
          const stderr = { isTerminal, color: false };
          expect(await check(args, { known, learn: async () => said, stderr })).toEqual({
            refuse: false,
            text: '',
          });
        }
  });

  it('refuses by the client alone where no engine answers, and leaves to the engine what is its own', async () => {
    const learn = async () => ({ engineName: 'docker' as const, asked: 0, client: readVersion('28.5.2') });
    expect((await check(badForClient, { learn })).refuse).toBe(true);
    expect((await check(bad, { learn })).refuse).toBe(false);
    // A newer engine does not change what an older client takes.
    expect((await check(badForClient, { learn: async () => answer('28.5.2', '31.0.0') })).refuse).toBe(true);
    expect((await check(bad, { learn: async () => answer('28.5.2', '31.0.0') })).refuse).toBe(false);
  });

  it('goes by the API that docker is told to speak', () => {
    const args = ['run', '--mount', 'type=image,src=x,dst=/b', 'alpine'];
    expect(kindOf(args, docker('28.5.2'))).toBe('runs');
    expect(kindOf(args, { ...docker('28.5.2'), api: 47 })).toBe('refused');
  });

  describe('on a terminal', () => {
    const learn = async () => answer('28.5.2');
    const onTerminal = async (
      columns: number,
      args: readonly string[],
      { isKept = true, env = {} }: { isKept?: boolean; env?: Record<string, string> } = {},
    ) => {
      let whole = '';
      const keep = ({ shown }: { shown: string }) => {
        whole = shown;
        return isKept;
      };
      const stderr = { isTerminal: true, color: false, columns: () => columns };
      return { ...(await check(args, { learn, env, keep, stderr })), whole };
    };

    it('says the mistake, what works and where, and keeps the rest for whoever asks', async () => {
      const args = ['run', '-e', 'TOKEN=geheim', '-v', 'src/app:/app', '-v', '/a:/b:RO', 'alpine'];
      for (const columns of [40, 80, 200]) {
        const { text, whole } = await onTerminal(columns, args);
        const [mistake, right, empty, command = '', marks = '', last, end] = text.split('\n');
        expect([mistake, right, empty, last, end]).toEqual([
          'mountc: `src/app` is neither a path nor a valid volume name (1 of 2 mistakes); this works:',
          `docker run -e TOKEN="\${TOKEN:?}" -v ./src/app:/app -v /a:/b:ro alpine`,
          '',
          'mountc: nothing was run; why: mountc last; to run it anyway: MOUNTC=warn',
          '',
        ]);
        expect([command.length <= columns, marks.trim()]).toEqual([true, '^^^^^^^']);
        expect(command.slice(marks.indexOf('^')).startsWith('src/app')).toBe(true);
        expect(whole).toMatch(
          /write `\.\/src\/app`[\s\S]*`RO` is not a mode[\s\S]*volume-unknown-mode[\s\S]*engine 28\.5\.2 would/,
        );
        expect(text + whole).not.toMatch(/geheim|command:1/);
      }
    });

    it('says all of it where the rest cannot be kept', async () => {
      const args = ['run', '-v', 'src/app:/app', '-v', '/a:/b:RO', 'alpine'];
      const { text } = await onTerminal(80, args, { isKept: false });
      expect(text).toMatch(/`RO` is not a mode[\s\S]*engine 28\.5\.2 would/);
      expect(text).not.toContain('mountc last');
    });

    it('takes a terminal that does not know its columns for one of 80', async () => {
      const args = ['run', ...Array(12).fill(['-w', '/a/b/c/d']).flat(), '-v', '/a:/b:RO', 'alpine'];
      expect((await onTerminal(0, args)).text).toBe((await onTerminal(80, args)).text);
    });

    it('puts no variable of the shell in place of another value', async () => {
      const args = ['run', '-e', 'TOKEN=geheim', '-e', 'KEY=x', '--env=KEY=y', '-v', '/a:/b:RO', 'alpine'];
      const offered = async (env: Record<string, string>) =>
        (await onTerminal(80, args, { env })).text.split('\n')[1];
      const right = (token: string) =>
        `docker run -e TOKEN="\${${token}:?}" -e KEY="\${KEY:?}" --env=KEY="\${KEY_2:?}" -v /a:/b:ro alpine`;
      expect(await offered({})).toBe(right('TOKEN'));
      expect(await offered({ TOKEN: 'geheim' })).toBe(right('TOKEN'));
      expect(await offered({ TOKEN: 'another' })).toBe(right('TOKEN_2'));
      expect(await offered({ TOKEN: 'another', TOKEN_2: 'b' })).toBe(right('TOKEN_3'));
    });

    it('says what to do where it cannot put it right', async () => {
      const { text } = await onTerminal(80, ['run', '--mount', 'type=bind,src=/a', 'alpine']);
      expect(text).toMatch(/^mountc: .*\n {2}docker run.*\n +\^+\nmountc: .*\nmountc: nothing was run/);
    });

    it('offers a command with line breaks in its words on one line', async () => {
      const { refuse, text } = await onTerminal(80, ['run', '-v', '/a:/b:RO', 'alpine', 'echo', 'a\nb']);
      expect(refuse).toBe(true);
      expect(text.split('\n')[1]).toBe(String.raw`docker run -v /a:/b:ro alpine echo $'a\nb'`);
    });
  });

  it('lets docker run when the rule that would speak is switched off', async () => {
    const bad = ['run', '-v', '/a:/b:r0', 'alpine'];
    const rules = { 'volume-unknown-mode': 'off' } as const;
    const learn = async () => answer('28.5.2');
    expect(await check(bad, { learn, settings: { mode: 'block', rules, problems: [] } })).toMatchObject({
      refuse: false,
      text: '',
    });
  });
});
