// A text that somebody else wrote, open in an editor: nothing of it is markup there.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver/node.js';
import { inMarkdown } from '../../src/lsp/markdown.js';
import { LspClient } from '../support/lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

describe('a hover has no picture, link, tag or heading of the text', () => {
  const picture = '![x](https://example.invalid/x)';
  test.each([
    `docker run -v '/a\`${picture} <img src=https://example.invalid/y>:/b:ro,ro' x`,
    `docker run -v '${picture}:/b' x`,
    `docker run -v '/a\`\`${picture}\`:/b' x`,
    `docker run --mount 'type=bind,src=/a\`${picture}\`<b>,dst=/b,${picture}' x`,
    `docker run -v '/a\`<!--\`\`b\`:/b' x`,
    `docker run -v '/a\\\`${picture}:/b' x`,
  ])('%s', async (text) => {
    await client.open('run.sh', `${text}\n`);
    const position = { line: 0, character: 20 };
    const found = await client.request<Hover | null>('textDocument/hover', 'run.sh', { position });
    const { value } = found!.contents as { value: string };
    // What is left when code and what is escaped are taken away, as CommonMark pairs backticks.
    const rest = value.replace(/\\[^\w\s]/g, '').replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(rest.replace(/\[[\w-]+\]\(https:\/\/mountc[^)]*\)/g, '')).not.toMatch(/[`<>[\]]/);
  });

  test('what stands in backticks stays code', () => {
    expect(inMarkdown('mounts `/a*b` at `c_d`')).toBe('mounts `/a*b` at `c_d`');
    expect(inMarkdown('`a` ![b](c) <d> `e')).toBe('`a` \\!\\[b\\]\\(c\\) \\<d\\> \\`e');
  });
});
