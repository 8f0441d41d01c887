import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { fixText } from '../../src/lint/fix.js';
import { type FixMode, toJudged, usableFix } from '../../src/lint/fix-attempt.js';
import { judgeText } from '../../src/lint/judge-text.js';
import type { LintOptions } from '../../src/lint/lint-text.js';
import type { FileKind } from '../../src/source/file-kinds.js';
import { SEED, withSeed } from '../support/seed.js';

const options: LintOptions = { dialect: makeDialect(), rules: {} };

async function fix(kind: FileKind, text: string, mode: FixMode, more: Partial<LintOptions> = {}) {
  const judge = async (now: string) =>
    toJudged(now, await judgeText(kind, now, 'x', { ...options, ...more }));
  return fixText(await judge(text), mode, judge);
}
const errors = (fixed: { diagnostics: readonly { severity: string; rule: string }[] }) =>
  fixed.diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);

describe('one run of --fix fixes what a fix uncovers', () => {
  test.each([
    ['--mount src=~/q,dst=/z', '--mount src=~/q,dst=/z,type=bind'],
    ['--mount type=volume,src=~/q,dst=/z', '--mount type=bind,src="$HOME"/q,dst=/z'],
    ['--mount src=~/q,dst=/z,rw', '--mount src=~/q,dst=/z,type=bind'],
    ["--mount 'src=/q, dst=/z, rw'", "--mount 'type=bind,src=/q,dst=/z'"],
    ['-v "~/q:/z:readonly"', '-v "$HOME/q:/z:ro"'],
    ['-v ~/a:/b:Z:ro', '-v ~/a:/b:Z,ro'],
  ])('%s', async (before, after) => {
    const fixed = await fix('shell', `#!/bin/bash\ndocker run ${before} image\n`, 'safe');
    expect(fixed.text).toBe(`#!/bin/bash\ndocker run ${after} image\n`);
    expect([errors(fixed), fixed.refused]).toEqual([[], []]);
  });
});

describe('many in one word are fixed at once', () => {
  test.each([
    [`-v /a:/b:ro${',ro'.repeat(300)}`, '-v /a:/b:ro'],
    [`-v "/a:/b:ro${',rw,ro,Z,Z'.repeat(100)}"`, `-v "/a:/b:ro${',rw'.repeat(100).replace(',rw', ',rw,Z')}"`],
    [
      `--mount type=bind,src=/a,dst=/b${',readnly'.repeat(300)}`,
      `--mount type=bind,src=/a,dst=/b${',readonly'.repeat(300)}`,
    ],
    [
      `--mount 'type=bind${', readnly'.repeat(30)}, src=/a, dst=/b'`,
      `--mount 'type=bind${',readonly'.repeat(30)},src=/a,dst=/b'`,
    ],
  ])('%.60s', async (before, after) => {
    let judged = 0;
    const judge = async (now: string) => {
      judged++;
      return toJudged(now, await judgeText('shell', now, 'x', options));
    };
    const fixed = await fixText(await judge(`docker run ${before} image\n`), 'safe', judge);
    expect(fixed.text).toBe(`docker run ${after} image\n`);
    expect(judged).toBeLessThan(12);
  });
});

describe("the converter's words as a fix", () => {
  const rules = { 'prefer-mount-syntax': 'info' } as const;
  const exact = { dialect: makeDialect({ client: 29_003_00 }), rules };

  test.each<[FileKind, string, string]>([
    ['shell', 'docker run -v data:/b:ro i\n', 'docker run --mount type=volume,src=data,dst=/b,readonly i\n'],
    ['shell', 'docker run -itv data:/b i\n', 'docker run -it --mount type=volume,src=data,dst=/b i\n'],
    [
      'shell',
      'A=(-v data:/b)\ndocker run "${A[@]}" i\n',
      'A=(--mount type=volume,src=data,dst=/b)\ndocker run "${A[@]}" i\n',
    ],
    [
      'makefile',
      'a:\n\tdocker run -v data:/b i\n',
      'a:\n\tdocker run --mount type=volume,src=data,dst=/b i\n',
    ],
    [
      'package-json',
      '{"scripts": {"a": "docker run -v data:/b i"}}',
      '{"scripts": {"a": "docker run --mount type=volume,src=data,dst=/b i"}}',
    ],
    [
      'gitlab',
      'a:\n  script: "docker run -v data:/b i"\n',
      'a:\n  script: "docker run --mount type=volume,src=data,dst=/b i"\n',
    ],
  ])('prefer-mount-syntax, %s: %s', async (kind, before, after) => {
    expect((await fix(kind, before, 'safe', { rules })).text).toBe(after);
  });

  test('not where something would be lost, or is not known', async () => {
    for (const flag of ['-v $X:/b', '-v data:/b:z', '-v /a:/b:$MODE', '-v $X']) {
      const text = `docker run ${flag} i\n`;
      expect((await fix('shell', text, 'unsafe', { rules })).text).toBe(text);
    }
    const bind = 'docker run -v /a:/b i\n';
    expect(
      (await fix('shell', bind, 'unsafe', { ...exact, dialect: makeDialect({ client: 28_000_00 }) })).text,
    ).toBe(bind);
  });

  test.each([
    ['-v /a:b:/c i', '--mount type=bind,src=/a:b,dst=/c,bind-create-src i'],
    ['-v "$PWD/x:1:/c:ro" i', '--mount "type=bind,src=$PWD/x:1,dst=/c,readonly,bind-create-src" i'],
    ['--volume=/a:b:/c i', '--mount type=bind,src=/a:b,dst=/c,bind-create-src i'],
    // Nobody can say what these mean.
    ['-v /a:/b:/c:/d:x i', '-v /a:/b:/c:/d:x i'],
    ['-v data:x:/c i', '-v data:x:/c i'],
    ['-v /a:b:/c:z i', '-v /a:b:/c:z i'],
  ])('volume-too-many-colons: %s', async (before, after) => {
    const text = `docker run ${before}\n`;
    expect((await fix('shell', text, 'unsafe')).text).toBe(`docker run ${after}\n`);
    expect((await fix('shell', text, 'safe')).text).toBe(text);
  });

  test.each([
    [
      'create -v data:/b -v /c:/d i',
      'create --mount type=volume,src=data,dst=/b --mount type=bind,src=/c,dst=/d,bind-create-src i',
    ],
    [
      'create --name n -v=data:/b --tmpfs /t:size=1m i',
      'create --name n --mount type=volume,src=data,dst=/b --mount type=tmpfs,dst=/t,tmpfs-size=1m i',
    ],
    ['create -vdata:/b i', 'create --mount type=volume,src=data,dst=/b i'],
    ['update --volume data:/b s', 'update --mount-add type=volume,src=data,dst=/b s'],
    ['create --tmpfs /t:exec i', 'create --tmpfs /t:exec i'],
    ['create -v /a:/b:z i', 'create -v /a:/b:z i'],
    ['create -v "$X" i', 'create -v "$X" i'],
  ])('service %s', async (before, after) => {
    const fixed = await fix('shell', `docker service ${before}\n`, 'safe');
    expect(fixed.text).toBe(`docker service ${after}\n`);
  });
});

test(`any mix of mistakes: once is as good as twice, and never worse than before (seed ${SEED})`, async () => {
  const type = fc.constantFrom('', 'type=bind', 'type=volume', 'type= bind', 'Type=tmpfs');
  const source = fc.constantFrom('', 'src=~/a', 'source=/a', ' src=./a', 'soruce=/a', 'src=data');
  const target = fc.constantFrom('dst=/z', ' target=/z ', 'destination=/z', 'dst=z');
  const option = fc.constantFrom(
    '',
    'rw',
    'ro',
    'read_only',
    'readonly=yes',
    'bind-nonrecursive',
    'z',
    'rslave',
  );
  const mount = fc
    .tuple(type, source, target, option)
    .map((fields) =>
      `--mount '${fields.filter((field) => field !== '').join(',')}'`.replace(/'([\w=/.,~-]+)'/, '$1'),
    );
  const volume = fc
    .tuple(
      fc.constantFrom('~/a', '"~/a', './a', 'a/b', 'data', '/a'),
      fc.constantFrom('', ':ro', ':readonly', ':z:ro', ':cached', ':RO'),
    )
    .map(([from, mode]) => `-v ${from}:/y${mode}${from.startsWith('"') ? '"' : ''}`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(mount, volume), { minLength: 1, maxLength: 3 }),
      fc.constantFrom<FixMode>('safe', 'unsafe'),
      async (flags, mode) => {
        // No two mounts on one target: which of them is meant nobody can say.
        const words = flags.map((flag, i) => flag.replace(/(\/[zy])\b/, `$1${i}`));
        const text = `#!/bin/bash\ndocker run ${words.join(' ')} image\n`;
        const once = await fix('shell', text, mode);
        const twice = await fix('shell', once.text, mode);
        expect(twice.text).toBe(once.text);
        const before = await judgeText('shell', text, 'x', options);
        expect(errors(once).length).toBeLessThanOrEqual(errors(before).length);
        // Whatever is left to be mended was tried, and would have brought in another mistake.
        expect(once.diagnostics.filter((one) => usableFix(one, mode) !== undefined)).toEqual(once.refused);
      },
    ),
    withSeed(300),
  );
}, 60_000);
