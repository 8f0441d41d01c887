import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { tempDir } from '../support/temp-dir.js';

const library = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

// What a page would do: every bundle of readers, a conversion and an explanation, in one file without Node.
const PAGE = `
import { compile, convert, convertMounts, convertText, explain, lintText, listMounts } from ${JSON.stringify(library)};
const texts = {
  'a.sh': 'docker run -v /a:/b:r0 i\\n',
  'compose.yaml': 'services:\\n  a:\\n    image: b\\n    volumes: ["/a:/b:r0"]\\n',
  'README.md': '\`\`\`sh\\ndocker run -v /a:/b:r0 i\\n\`\`\`\\n',
  Makefile: 'a:\\n\\tdocker run -v /a:/b:r0 i\\n',
};
async function main() {
  const rules = {};
  for (const [path, text] of Object.entries(texts))
    rules[path] = (await lintText(text, { path })).diagnostics.map(({ rule }) => rule);
  return {
    rules,
    listed: (await listMounts(texts['a.sh'], { path: 'a.sh' })).length,
    text: (await convertText('docker run -v data:/d i\\n', 'mount', { path: 'a.sh' })).text,
    command: convert(['run', '-v', 'data:/d', 'i'], 'mount').command,
    document: convert(['run', '-v', 'data:/d', 'i'], 'compose', { service: 'a' }).text,
    flags: (await convertMounts(
      'services: {a: {extends: {file: b.yaml, service: b}}}', 'volume',
      { path: 'compose.yaml', files: { 'b.yaml': 'services: {b: {volumes: ["./x:/y:ro"]}}' } },
    )).text,
    explained: explain('/etc:/e:ro').heading,
    binds: compile(['run', '-v', '/a:/b', 'i']).create.Binds,
  };
}
main().then(
  (answer) => { document.body.textContent = JSON.stringify(answer); },
  (error) => { document.body.textContent = String(error.stack); },
);
`;

test.skipIf(browser === undefined)(
  `the library runs in a browser (${browser ?? 'chromium is not here'})`,
  async () => {
    const { outputFiles } = await build({
      stdin: { contents: PAGE, resolveDir: '/' },
      write: false,
      bundle: true,
      platform: 'browser',
      format: 'iife',
    });
    const folder = tempDir();
    const page = join(folder, 'page.html');
    const script = outputFiles[0]!.text.replaceAll('</script', '<\\/script');
    writeFileSync(page, `<!doctype html><meta charset="utf-8"><body><script>${script}</script>`);
    const { stdout } = spawnSync(
      browser!,
      [
        '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking',
        '--disable-component-update --disable-sync --virtual-time-budget=20000 --dump-dom',
      ]
        .join(' ')
        .split(' ')
        .concat(`--user-data-dir=${join(folder, 'profile')}`, `file://${page}`),
      { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 },
    );
    const shown = /<\/script>(.*?)<\/body>/s.exec(stdout)?.[1] ?? /<body>(.*?)<\/body>/s.exec(stdout)?.[1];
    expect(JSON.parse(shown ?? 'nothing')).toEqual({
      rules: {
        'a.sh': ['volume-unknown-mode'],
        'compose.yaml': ['volume-unknown-mode'],
        'README.md': ['volume-unknown-mode'],
        Makefile: ['volume-unknown-mode'],
      },
      listed: 1,
      text: 'docker run --mount type=volume,src=data,dst=/d i\n',
      command: 'docker run --mount type=volume,src=data,dst=/d i',
      document: `services:
  a:
    image: i
    volumes:
      - type: volume
        source: data
        target: /d
volumes:
  data:
    name: data
`,
      flags: '-v ./x:/y:ro\n',
      explained: 'a bind mount, read-only',
      binds: ['/a:/b'],
    });
  },
  120_000,
);
