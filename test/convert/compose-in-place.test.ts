import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rewriteCompose } from '../../src/convert/rewrite-compose.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';

const options = { dialects: [makeDialect()] };
const FILE = `# top
services:
  web:
    image: x   # img
    volumes:
      - ./a:/b:ro  # why
      # note
      - "data:/d:nocopy"
      - \${DATA:-./data}:/x
      - \${HOME}/q:/q
      - /pa$$word:/p:Z,rslave
      -   ~/x:/home
  b:
    volumes: ["/x:/y:ro", 'ww:/z']
    tmpfs: /run
volumes:
  data:
  ww:
`;

test('short to long keeps every other line, comments and variables', async () => {
  const { text, conversions } = await rewriteCompose(FILE, false, options);
  expect(parse(text).services).toEqual({
    web: {
      image: 'x',
      volumes: [
        { type: 'bind', source: './a', target: '/b', read_only: true, bind: { create_host_path: true } },
        { type: 'volume', source: 'data', target: '/d', volume: { nocopy: true } },
        '${DATA:-./data}:/x',
        { type: 'bind', source: '${HOME}/q', target: '/q', bind: { create_host_path: true } },
        {
          type: 'bind',
          source: '/pa$$word',
          target: '/p',
          bind: { create_host_path: true, propagation: 'rslave', selinux: 'Z' },
        },
        { type: 'bind', source: '~/x', target: '/home', bind: { create_host_path: true } },
      ],
    },
    b: {
      volumes: [
        { type: 'bind', source: '/x', target: '/y', read_only: true, bind: { create_host_path: true } },
        { type: 'volume', source: 'ww', target: '/z' },
      ],
      tmpfs: '/run',
    },
  });
  for (const kept of ['# top', 'image: x   # img', '# why', '      # note']) expect(text).toContain(kept);
  expect(conversions.filter(({ from, to }) => from === to).map(({ from }) => from)).toEqual([
    '${DATA:-./data}:/x',
  ]);
});

test('a second run changes nothing, and back to short is the same file in effect', async () => {
  const there = await rewriteCompose(FILE, false, options);
  expect((await rewriteCompose(there.text, false, options)).text).toBe(there.text);
  const plain = there.text.replace(/ {2}# why/, '');
  const back = await rewriteCompose(plain, true, options);
  expect(parse(back.text)).toEqual(parse(FILE.replace('rslave', 'rslave').replace('Z,rslave', 'rslave,Z')));
  expect((await rewriteCompose(back.text, true, options)).text).toBe(back.text);
});

test('CRLF stays', async () => {
  const { text } = await rewriteCompose(FILE.replaceAll('\n', '\r\n'), false, options);
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a long entry with comments, anchors or what the short syntax cannot say is left unchanged', async () => {
  const file = `services:
  a:
    volumes:
      - type: bind # c
        source: /a
        target: /b
      - &m
        type: bind
        source: /c
        target: /d
      - type: volume
        source: v
        target: /e
        volume: {subpath: x}
volumes: {v: }
`;
  const { text, conversions } = await rewriteCompose(file, true, options);
  expect(text).toBe(file);
  expect(conversions.every(({ losses }) => losses.length > 0)).toBe(true);
});
