import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rewriteText } from '../../src/convert/rewrite-text.js';
import { stringifyApi } from '../../src/dialects/docker/client/api.js';
import { lowerSpec } from '../../src/dialects/docker/lower.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { sameMount } from '../../src/mount/equal.js';
import type { Mount } from '../../src/mount/mount.js';
import { argvSource } from '../../src/source/argv-source.js';
import { viewCommand } from '../../src/source/view-command.js';
import { bashWords, hasBash } from '../support/bash.js';
import { withSeed } from '../support/seed.js';

// What a docker with bind-create-src reads: there `-v` and `--mount` can say the same of a missing directory.
const dialect = makeDialect();
const options = { dialects: [dialect], strict: true };

/** The mounts of a command in the order of its flags, with every other word. */
function meaning(args: readonly string[]): { words: string[]; mounts: (Mount | string)[] } {
  const view = viewCommand(argvSource(args).source, { dialect });
  const words = [...args];
  const mounts = view.sites.map(({ node, use, text }): Mount | string => {
    for (let at = use.word + 1; at <= use.valueWord + 1; at++) words[at] = '';
    if (use.clustered) words[use.word + 1] = args[use.word + 1]!.slice(0, use.nameRange.start);
    const lowered = lowerSpec(node, { dialect });
    return lowered.ok ? lowered.mount : text.value;
  });
  return { words: words.filter((word) => word !== ''), mounts };
}

function expectSame(before: readonly string[][], after: readonly string[][], script: string): void {
  expect(after.length, script).toBe(before.length);
  for (const [index, args] of before.entries()) {
    const old = meaning(args);
    const fresh = meaning(after[index]!);
    expect(fresh.words, script).toEqual(old.words);
    expect(fresh.mounts.length, script).toBe(old.mounts.length);
    for (const [i, mount] of old.mounts.entries()) {
      const other = fresh.mounts[i]!;
      if (typeof mount === 'string' || typeof other === 'string') expect(other, script).toEqual(mount);
      else expect(sameMount(mount, other), `${script}\n${stringifyApi([mount, other])}`).toBe(true);
    }
  }
}

const source = fc.constantFrom(
  '/srv/a',
  '"$PWD"',
  '"$PWD/my dir"',
  '$PWD',
  '"${HOME}"',
  '~',
  '~/x',
  "'/a b'",
  '/a\\ b',
  '"/q,r"',
  '"/it\'s"',
  '\'/say"x"\'',
  'data',
  '"$VOL"',
  '$VOL',
  './src',
  '"${UNSET:-/d}/x"',
  '$(echo /s)/y',
  '"$(echo "/s t")"/y',
  "$'/t\\tab'",
  '"/do\\$llar"',
  "'/b`q'",
  '"a""b"',
);
const target = fc.constantFrom('/t', '"/t t"', "/w/'x y'", '/a,b', '"$T"', '/t/"$T"', '/é', "'/$x'");
const mode = fc.constantFrom('', '', ':ro', ':rw', ':nocopy', ':ro,rslave', ':z', ':"ro"', ':cached');
const spell = fc.constantFrom('-v ', '-itv ', '--volume ', '--volume=', '-v=', '-v', '-v \\\n   ');
const flag = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(spell, source, target, mode).map(([a, b, c, d]) => `${a}${b}:${c}${d}`) },
  fc.constantFrom(
    '--tmpfs /run',
    '--tmpfs "/run:size=64m,exec"',
    '-v /anon',
    '--rm',
    '-e A="b c"',
    '--mount type=bind,src=/m,dst=/n,readonly',
    '--mount \'type=volume,"src=v1",dst=/vv\'',
  ),
);
const command = fc
  .array(flag, { minLength: 1, maxLength: 4 })
  .map((flags) => `docker run ${flags.join(' ')} img -v /not:/mine`);
const script = fc
  .tuple(
    command,
    command,
    fc.constantFrom(
      (a: string, b: string) => `${a}\n${b}\n`,
      (a: string, b: string) => `if true; then\n  ${a}\nfi && ${b} # -v /c:/d\n`,
      (a: string, b: string) => `A=(${a.slice('docker '.length)}\n)\ndocker "\${A[@]}"; ${b}`,
      (a: string, b: string) => `f() { ${a}; }\nf; (${b})`,
      (a: string, b: string) => `cat <<EOF\ndocker run -v /x:/y img\nEOF\n${a}\n\t${b}`,
    ),
  )
  .map(([a, b, make]) => `VOL=vol1 T=/tt\n${make(a, b)}\n`);

describe.runIf(hasBash)('what bash passes to docker means the same after converting in place', () => {
  test('scripts of many spellings, there and back, and a second run changes nothing', async () => {
    const { seed, numRuns } = withSeed(150);
    const scripts = fc.sample(script, { seed: seed!, numRuns: numRuns! });
    const forward = await Promise.all(scripts.map((text) => rewriteText('shell', text, 'mount', options)));
    const back = await Promise.all(forward.map(({ text }) => rewriteText('shell', text, 'volume', options)));
    const before = bashWords(scripts);
    const middle = bashWords(forward.map(({ text }) => text));
    const after = bashWords(back.map(({ text }) => text));
    for (const [index, text] of scripts.entries()) {
      expectSame(before[index]!, middle[index]!, `${text}\n=>\n${forward[index]!.text}`);
      expectSame(before[index]!, after[index]!, `${text}\n=>\n${back[index]!.text}`);
      const again = await rewriteText('shell', forward[index]!.text, 'mount', options);
      expect(again.text).toBe(forward[index]!.text);
    }
    const moved = forward.flatMap(({ conversions }) => conversions).filter(({ from, to }) => from !== to);
    expect(moved.length).toBeGreaterThan(scripts.length);
  });
});
