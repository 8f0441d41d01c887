import { describe, expect, it } from 'vitest';
import { readFindings } from '../../src/readers/index.js';

describe('large TOML', () => {
  it('is read, table by table', async () => {
    const text = Array.from(
      { length: 3000 },
      (_, i) => `[tasks.t${i}]\nrun = "docker run -v /a:/b x"\n`,
    ).join('');
    const { commands, problems } = await readFindings('toml', text);
    expect([commands.length, problems]).toEqual([3000, []]);
  });

  it.each([
    ['a text', `[tasks.a]\nrun = """${'docker run -v /a:/b x\n'.repeat(10_000)}"""\n`],
    [
      'lists in lists',
      `[tasks.a]\nrun = "docker run -v /a:/b x"\nx = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
    ],
  ])('with %s that its parser cannot take is said to be not read', async (_, text) => {
    const { problems } = await readFindings('toml', text);
    expect(problems.map(({ message, scope }) => [message, scope])).toEqual([
      [
        'not read: it has a string that is longer, or a list that is nested deeper, than its parser accepts',
        'unread',
      ],
    ]);
  });
});
