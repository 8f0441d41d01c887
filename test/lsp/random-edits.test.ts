import { expect, test } from 'vitest';
import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver/node.js';
import { lintText } from '../../src/index.js';
import { LspClient } from '../support/lsp-client.js';

const EDITS = Number(process.env['MOUNTC_LSP_EDITS'] ?? 500);
const SEED = Number(process.env['MOUNTC_LSP_SEED'] ?? Date.now() % 1_000_000);

const TEXTS: Readonly<Record<string, string>> = {
  'run.sh':
    'docker run -v "$PWD":/src \\\n  --mount type=bind,src=/a,dst=/b,readnly alpine\n# é𝒳 docker run -v /a:/b:r0 x\n',
  'my-compose.yaml':
    'services:\n  web:\n    image: nginx\n    volumes:\n      - ./data:/data:r0\n      - type: bind\n        source: /ä\n        target: /b\nvolumes:\n  cache: {}\n',
  'README.md': '# 😀\n\n```sh\ndocker run -v /a:/b:r0 alpine\n```\n\ntext `docker run -v /a:/a:rw x`\n',
  Dockerfile: 'FROM a\nRUN --mount=type=cahce,target=/c make\nVOLUME /x\n',
  'devcontainer.json': '{"mounts": ["type=bnd,source=/ü,target=/b"], "runArgs": ["-v", "/a:/b:r0"]}\n',
};

const PIECES = [
  ...[
    'a',
    ' ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '"',
    "'",
    '\\',
    ':',
    ',',
    '=',
    '/',
    '-',
    '$',
    '{',
    '}',
    '[',
    ']',
    '#',
    '`',
    '|',
  ],
  ...[
    'é',
    '漢',
    '😀',
    '𝒳',
    '\u2028',
    '\ufeff',
    'ro',
    'type=bind',
    'docker run ',
    '-v /a:/b:r0 ',
    '--mount ',
    '- x:/y\n',
  ],
  ...['# mountc-disable-next-line\n', '```\n', '<<EOF\n', 'volumes:\n', '    ', '&a ', '*a'],
];

/** A generator of numbers below 1 that a seed decides. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The place of an offset, counted in the plainest way. */
function placeOf(text: string, offset: number, encoding: string): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  // Between the two characters of a line end the line is not over.
  const isInside = text[offset - 1] === '\r' && text[offset] === '\n';
  const line = isInside ? lines.at(-2)! : lines.at(-1)!;
  const character = encoding === 'utf-8' ? Buffer.byteLength(line) : line.length;
  return { line: lines.length - (isInside ? 2 : 1), character };
}

/** Offsets that no edit of an editor has: inside of a character, or of a line end. */
const isNoPlace = (text: string, at: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1)) ||
  text.slice(at - 1, at + 1) === '\r\n';

test.each(['utf-16', 'utf-8'])(
  `${EDITS} random edits leave nothing after, and no text ends it (%s, seed ${SEED})`,
  async (encoding) => {
    const client = await LspClient.start({ capabilities: { general: { positionEncodings: [encoding] } } });
    expect(client.initialized.capabilities.positionEncoding).toBe(encoding);
    const random = numbers(SEED + encoding.length);
    const below = (most: number) => Math.floor(random() * most);
    const texts = new Map(Object.entries(TEXTS));
    for (const [path, text] of texts) await client.open(path, text);
    for (let edit = 0; edit < EDITS / 2; edit++) {
      const path = [...texts.keys()][below(texts.size)]!;
      let text = texts.get(path)!;
      const changes: TextDocumentContentChangeEvent[] = [];
      for (let more = below(3); more >= 0; more--) {
        if (text.length > 3000 || random() < 0.02) {
          text = TEXTS[path]!;
          changes.push({ text });
          continue;
        }
        let start = below(text.length + 1);
        while (isNoPlace(text, start)) start--;
        let end = Math.min(text.length, start + (random() < 0.5 ? 0 : below(12)));
        while (isNoPlace(text, end)) end++;
        const piece = random() < 0.25 ? '' : PIECES[below(PIECES.length)]!;
        const range = { start: placeOf(text, start, encoding), end: placeOf(text, end, encoding) };
        changes.push({ range, text: piece });
        text = text.slice(0, start) + piece + text.slice(end);
      }
      texts.set(path, text);
      const found = await client.change(path, ...changes);
      const fresh = await lintText(text, { path: `${client.folder}/${path}` });
      expect(
        found.map(({ code, range }) => [code, range]),
        JSON.stringify({ path, text }),
      ).toEqual(
        fresh.diagnostics.map(({ rule, range: { start, end } }) => [
          rule,
          { start: placeOf(text, start, encoding), end: placeOf(text, end, encoding) },
        ]),
      );
      if (edit % 20 !== 0) continue;
      // Nothing that is asked of any text ends it either.
      const position = placeOf(text, Math.min(text.length, 40), encoding);
      const range = { start: position, end: position };
      await client.request('textDocument/hover', path, { position });
      await client.request('textDocument/completion', path, { position });
      await client.request('textDocument/codeAction', path, { range, context: { diagnostics: [] } });
      await client.request('textDocument/documentLink', path);
    }
    expect(client.messages).toEqual([]);
    expect(await client.stop()).toBe(0);
    expect(client.stderr.join('')).toBe('');
  },
  600_000,
);
