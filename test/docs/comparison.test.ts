import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { convertMounts, type MountForm } from '../../src/index.js';

const page = readFileSync(fileURLToPath(new URL('../../docs/comparison.md', import.meta.url)), 'utf8');

/** The rows of a section's table: cells, the last of them what is said of mountc. */
function rowsOf(title: string): (readonly string[])[] {
  const section = page.split(/^## /m).find((one) => one.startsWith(title)) ?? '';
  return [...section.matchAll(/^\| (.*) \|$/gm)]
    .slice(2)
    .map(([, row]) =>
      row!.split(/(?<!\\) \| /).map((cell) => cell.replaceAll('\\|', '|').replace(/^`|`$/g, '')),
    );
}

async function write(text: string, to: MountForm, from?: 'command'): Promise<string> {
  const answer = await convertMounts(text, to, { from, path: 'compose.yaml', docker: '29.7', project: 'p' });
  if ('problem' in answer) throw new Error(answer.problem);
  expect(answer.conversions.filter(({ written }) => !written)).toEqual([]);
  // What becomes of a missing directory, hints that engines ignore, and two ways to write one folder.
  return answer.text.replace(/,bind-create-src|,consistency=\w+|,cached/g, '').replaceAll('$(pwd)', '$PWD');
}

// The others are asked by hand, with scripts/compare-converters.mjs: it needs the npm registry.
describe('what docs/comparison.md says of mountc', () => {
  test.each(rowsOf('Flags to Compose').map((cells) => [cells[0]!, cells.at(-1)!]))(
    '%s',
    async (flags, said) => {
      const command = `docker run ${flags} img`;
      const there = await write(command, 'compose', 'command');
      expect(await write(there, 'volume')).toBe(await write(command, 'volume', 'command'));
      expect(said).toBe('right');
    },
  );

  test.each(rowsOf('Compose to flags').map((cells) => [cells[1]!, cells.at(-1)!]))(
    '%s',
    async (entry, said) => {
      const text = `services:\n  app:\n    volumes:\n      ${entry}\nvolumes:\n  data: {name: data}\n`;
      const flags = (await write(text, 'mount')).trim();
      const back = await write(`docker run ${flags} img`, 'compose', 'command');
      expect(await write(back, 'mount')).toBe(`${flags}\n`);
      expect(said).toBe('right');
    },
  );
});
