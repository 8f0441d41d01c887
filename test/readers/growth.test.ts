// Texts whose variables, lists and anchors hold one another many times over: what is read of them stays in proportion to
// what is written. Without a bound each of these would take hours and all memory.
import { describe, expect, it } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import type { FileKind } from '../../src/source/file-kinds.js';

const times = (count: number, make: (n: number) => string, between = '') =>
  Array.from({ length: count }, (_, n) => make(n)).join(between);

const GROWING: readonly (readonly [name: string, kind: FileKind, text: string])[] = [
  [
    'arrays of arrays',
    'shell',
    `A0=(-e x)\n${times(6, (n) => `A${n + 1}=(${times(40, () => `"\${A${n}[@]}"`, ' ')})\n`)}docker run "\${A6[@]}" x\n`,
  ],
  [
    'strings of strings',
    'shell',
    `A0="-e x"\n${times(6, (n) => `A${n + 1}="${times(40, () => `$A${n}`, ' ')}"\n`)}docker run $A6 x\n`,
  ],
  [
    'strings of strings that are evaluated',
    'shell',
    `A0="-e x"\n${times(6, (n) => `A${n + 1}="${times(40, () => `$A${n}`, ' ')}"\n`)}eval "docker run $A6 x"\n`,
  ],
  [
    'an array that grows from command to command',
    'shell',
    times(1_000, (n) => `A+=(-v /a${n}:/b${n})\ndocker run "\${A[@]}" x\n`),
  ],
  [
    'variables of a makefile',
    'makefile',
    `A0 := -e x\n${times(6, (n) => `A${n + 1} := ${times(40, () => `$(A${n})`, ' ')}\n`)}run:\n\tdocker run $(A6) x\n`,
  ],
];

describe('what holds itself many times over', () => {
  it.each(GROWING)('%s', { timeout: 60_000 }, async (_name, kind, text) => {
    const { commands } = await readFindings(kind, text);
    expect(commands.length).toBeGreaterThan(0);
    const words = commands.reduce((sum, command) => sum + command.words.length, 0);
    expect(words).toBeLessThan(30_000 + text.length);
  });

  it('maps that are merged in again and again', { timeout: 60_000 }, async () => {
    const merges = (n: number) => `[${times(20, () => `*s${n}`, ', ')}]`;
    const text = `x-s: &s0\n  image: x\n  volumes: [./a:/b]\nservices:\n${times(
      150,
      (n) => `  s${n + 1}: &s${n + 1}\n    <<: ${merges(n)}\n`,
    )}`;
    const { mounts } = await readFindings('compose', text, { everyService: true });
    expect(mounts).toHaveLength(150);
  });

  it('knows what thousands of xargs fill in', { timeout: 60_000 }, async () => {
    const text = times(6_000, (n) => `ls | xargs -I {} docker run -v {}:/x${n} y\n`);
    const { commands } = await readFindings('shell', text);
    expect(commands).toHaveLength(6_000);
    expect(new Set(commands.map(({ words }) => words[3]?.holes[0]?.kind))).toEqual(new Set(['placeholder']));
  });

  it('leaves a long list that is used once whole', async () => {
    const text = `${times(2_000, (n) => `A+=(-v /a${n}:/b${n})\n`)}docker run "\${A[@]}" x\n`;
    const { commands } = await readFindings('shell', text);
    expect(commands[0]?.words).toHaveLength(2 + 4_000 + 1);
  });

  it('takes of thousands of values the one that was set last', async () => {
    const text = times(3_000, (n) => `A=/a${n}\ndocker run -v "$A" x\n`);
    const { commands } = await readFindings('shell', text);
    expect(commands.map(({ words }) => words[3]?.value)).toEqual(
      Array.from({ length: 3_000 }, (_, n) => `/a${n}`),
    );
  });
});
