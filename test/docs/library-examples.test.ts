import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as library from '../../src/index.js';

const page = readFileSync(fileURLToPath(new URL('../../docs/library.md', import.meta.url)), 'utf8');
const blocks = [...page.matchAll(/^## (.*)$|^```js\n([\s\S]*?)^```$/gm)].reduce<
  { title: string; code: string }[]
>((all, [, title, code]) => {
  if (title !== undefined) all.push({ title, code: '' });
  else all.push({ title: all.at(-1)!.title, code: code! });
  return all;
}, []);

type Run = (names: object) => Promise<[unknown, unknown][]>;
const AsyncFunction = (async () => {}).constructor as new (...words: string[]) => Run;

test.each(blocks.filter(({ code }) => code !== ''))('docs/library.md: $title', async ({ code }) => {
  const [, names] = /^import \{ (.*) \} from 'mountc';$/m.exec(code)!;
  const body = code
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    // What stands behind `; //` is what the expression in front of it comes to.
    .map((line) => line.replace(/^(.*); \/\/ (.*)$/, 'told.push([$1, $2]);'))
    .join('\n');
  const run = new AsyncFunction(
    'names',
    `const { ${names} } = names; const told = [];\n${body}\nreturn told;`,
  );
  const told = await run(library);
  expect(told.length).toBeGreaterThan(0);
  for (const [is, said] of told) expect(JSON.parse(JSON.stringify(is))).toEqual(said);
});
