import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import { codeBlocks } from '../../src/readers/markdown/blocks.js';
import { fileText } from '../../src/source/hosted-text.js';
import { SEED, withSeed } from '../support/seed.js';

/** The code blocks as a CommonMark parser sees them; indentation is not compared, blank edges neither. */
function oracle(text: string): string[] {
  const found: string[] = [];
  const nodes: object[] = [fromMarkdown(text)];
  for (let node = nodes.shift(); node !== undefined; node = nodes.shift()) {
    if ('type' in node && node.type === 'code' && 'value' in node) {
      const lang = 'lang' in node && typeof node.lang === 'string' ? node.lang : '';
      found.push(`${lang}: ${normal(String(node.value))}`);
    }
    if ('children' in node && Array.isArray(node.children)) nodes.unshift(...node.children);
  }
  return found;
}

function ours(text: string): string[] {
  return codeBlocks(fileText(text)).blocks.map(({ info, text: block }) => {
    return `${/^\S*/.exec(info.trim())![0]}: ${normal(block.value)}`;
  });
}

function normal(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

const line = fc.constantFrom(
  'docker run \\',
  '  -v a:/b',
  'x',
  '',
  '> q',
  '- l',
  '# h',
  '<!-- c -->',
  '$ y',
  '\tz',
  '``',
  '~~~',
);
const code = fc.array(line, { minLength: 1, maxLength: 4 });
const fence = fc.tuple(
  fc.constantFrom('```', '````', '~~~~'),
  fc.constantFrom('', 'sh', 'yaml title="a b"', 'c{1}'),
  code,
);
const leaf = fc.oneof(
  { weight: 3, arbitrary: fence.map(([mark, info, rows]) => [`${mark}${info}`, ...rows, mark]) },
  { weight: 1, arbitrary: fc.constant(['text', 'more `code` <!-- c -->']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['    indented', '', '      code'],
      ['# h'],
      ['<div>', 'x', '</div>'],
      ['<!-- a', '', '```', 'x', '```', '-->'],
      ['<pre>', '', '```', '</pre>', 'x'],
      ['<!-- c -->'],
      ['a | b', '--|--'],
    ),
  },
);
const nest = (first: string, rest: string) => (rows: readonly string[]) =>
  rows.map((row, i) => (i === 0 ? first + row : row === '' ? rest.trimEnd() : rest + row));
const { blocks: someBlocks } = fc.letrec<{ block: readonly string[]; blocks: readonly string[] }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: tie('blocks').map(nest('> ', '> ')) },
    { weight: 1, arbitrary: tie('blocks').map((rows) => nest('- ', '  ')(['item', '', ...rows])) },
    { weight: 1, arbitrary: tie('blocks').map((rows) => nest('1. ', '   ')(['item', ...rows])) },
  ),
  blocks: fc
    .array(tie('block'), { minLength: 1, maxLength: 3 })
    .map((all) => all.flatMap((rows) => [...rows, ''])),
}));

test(`code blocks agree with CommonMark (seed ${SEED})`, () => {
  let blocks = 0;
  fc.assert(
    fc.property(someBlocks, fc.boolean(), (rows, crlf) => {
      const text = rows.join('\n');
      const expected = oracle(text);
      const actual = ours(crlf ? text.replaceAll('\n', '\r\n') : text);
      expect(actual, text).toEqual(expected);
      blocks += expected.length;
    }),
    withSeed(3000),
  );
  expect(blocks).toBeGreaterThan(1500);
});
