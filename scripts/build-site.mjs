// Builds the site below build/site: the page, which needs no server, and the pages of the rules and of the documentation.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import MarkdownIt from 'markdown-it';
import { ENTRY_ALIAS } from './entries.mjs';
import { forPage } from './examples.mjs';
import { generateParser } from './grammar.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { version, homepage, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const OUT = 'build/site';

await generateParser();
rmSync(OUT, { recursive: true, force: true });
mkdirSync(join(OUT, 'app'), { recursive: true });
const minifyCss = { loader: 'css', minify: true, target: ['chrome123', 'firefox120', 'safari17.5'] };
writeFileSync(
  join(OUT, 'page.css'),
  (await transform(readFileSync('site/page.css', 'utf8'), minifyCss)).code,
);
cpSync('site/index.html', join(OUT, 'index.html'));
await buildApp();
await buildPages();

/** Modules of the page as classic scripts: browsers take no modules from file://. */
async function buildApp() {
  const { outputFiles, metafile } = await build({
    entryPoints: { app: 'site/app.ts' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    outdir: 'app',
    chunkNames: '[name]-[hash]',
    alias: ENTRY_ALIAS,
    define: {
      __MOUNTC_VERSION__: JSON.stringify(version),
      __MOUNTC_SITE__: JSON.stringify(homepage),
      __MOUNTC_BUILD__: '""',
    },
    plugins: [forPage],
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const needs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, { imports }]) => [
      basename(path),
      imports.filter(({ kind }) => kind === 'import-statement').map((one) => basename(one.path)),
    ]),
  );
  const atOnce = new Set();
  const add = (name) => {
    if (atOnce.has(name)) return;
    atOnce.add(name);
    needs[name].forEach(add);
  };
  add('app.js');
  const later = [...texts].filter(([name]) => !atOnce.has(name));
  const asked = Object.fromEntries(
    later.map(([name]) => [name, needs[name].filter((one) => !atOnce.has(one))]),
  );
  for (const [name, text] of later) writeFileSync(join(OUT, 'app', name), await chunkOf(name, text));
  const first = await chunkOf('app.js', await joined([...atOnce], texts, later));
  const loader = readFileSync('site/loader.js', 'utf8').replace('__NEEDS__', JSON.stringify(asked));
  const { code } = await transform(loader, { minify: true, target: 'es2022' });
  writeFileSync(join(OUT, 'mountc.js'), `${code}${first}mountcLoad("app.js");\n`);
}

/** A module as a function that the loader calls. */
async function chunkOf(name, text) {
  const { code } = await transform(text, { format: 'cjs', minify: true, target: 'es2022' });
  // What is left of `import()` asks the loader.
  const asking = code.replace(/\bimport\((?="\.\/)/g, 'mountcLoad(');
  if (/\bimport\(/.test(asking)) throw new Error(`${name} imports what the loader does not know`);
  return `mountcChunk(${JSON.stringify(name)},function(require,module,exports){${asking}});\n`;
}

/** What is loaded at once, as one module, which hands out what those that are loaded later take from its parts. */
async function joined(names, texts, later) {
  const taken = new Map();
  const IMPORT = /\bimport\s*(?:\{([^}]*)\}\s*from\s*)?"\.\/([^"]+)"/g;
  for (const [, text] of later)
    for (const [, list = '', name] of text.matchAll(IMPORT)) {
      if (!taken.has(name)) taken.set(name, new Set());
      for (const one of list.split(','))
        if (one.trim() !== '') taken.get(name).add(one.trim().split(/\s/)[0]);
    }
  const gives = [...taken]
    .filter(([name]) => names.includes(name))
    .map(([name, exported], i) => {
      const list = [...exported].map((one) => `${one}: m${i}.${one}`).join();
      return `import * as m${i} from "./${name}"; mountcGive("${name}", {${list}});`;
    });
  const { outputFiles } = await build({
    stdin: { contents: `import "./app.js";\n${gives.join('\n')}` },
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    write: false,
    plugins: [
      {
        name: 'texts',
        setup(b) {
          b.onResolve({ filter: /^\.\// }, ({ path, kind }) =>
            kind === 'dynamic-import'
              ? { path, external: true }
              : { path: path.slice(2), namespace: 'texts' },
          );
          b.onLoad({ filter: /./, namespace: 'texts' }, ({ path }) => ({ contents: texts.get(path) }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

async function buildPages() {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const { heading_open: plain } = markdown.renderer.rules;
  markdown.renderer.rules.heading_open = (tokens, index, options, env, self) => {
    tokens[index].attrSet('id', slug(tokens[index + 1].content));
    return plain ? plain(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
  const pages = ['docs', 'docs/rules', 'docs/semantics']
    .flatMap((folder) => listed(folder).map((name) => `${folder}/${name}`))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  for (const { name, code, severity, summary, why } of await otherRules()) {
    const text = `# ${name}\n\n${code} · ${severity}\n\nFinds ${summary}.\n\n${why}\n`;
    pages.push({ path: `docs/rules/${name}.md`, text });
  }
  const overview = pages
    .filter(({ path }) => dirname(path) !== 'docs/rules')
    .map(({ path, text }) => `- [${titleOf(text)}](${posix.relative('docs', path)})`);
  pages.push({
    path: 'docs/README.md',
    text: `# Documentation\n\n${overview.join('\n')}\n- [The rules](rules/README.md)\n`,
  });
  for (const { path, text } of pages) {
    const out = addressOf(path);
    const body = markdown
      .render(text.replace(/^<!--.*?-->\n/s, ''))
      .replace(/href="([^"]+)"/g, (_, href) => `href="${linkFrom(path, out, href)}"`)
      .replaceAll('<pre>', '<pre tabindex="0">');
    const up = posix.relative(posix.dirname(out), '.') || '.';
    mkdirSync(join(OUT, dirname(out)), { recursive: true });
    writeFileSync(join(OUT, out), pageOf(titleOf(text), body, up));
  }
}

function listed(folder) {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md'));
  } catch {
    return [];
  }
}

function titleOf(text) {
  return /^# (.*)$/m.exec(text)?.[1].replaceAll('`', '') ?? 'mountc';
}

/** `docs/rules/x.md` is at `rules/x.html`, which the program links to. */
function addressOf(path) {
  return path
    .replace(/^docs\/rules\//, 'rules/')
    .replace(/README\.md$/, 'index.html')
    .replace(/\.md$/, '.html');
}

function linkFrom(path, out, href) {
  if (/^(?:[a-z]+:|#)/.test(href)) return href;
  const [file, anchor] = href.split('#');
  const target = posix.join(posix.dirname(path), file);
  const to = /^docs\/.*\.md$/.test(target)
    ? posix.relative(posix.dirname(out), addressOf(target))
    : `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/${target}`;
  return anchor === undefined ? to : `${to}#${anchor}`;
}

function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

function pageOf(title, body, up) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/[&<]/g, (one) => (one === '&' ? '&amp;' : '&lt;'))} · mountc</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}/page.css">
</head>
<body>
<header><h1><a href="${up}/index.html">mountc</a></h1><nav aria-label="Pages"><a href="${up}/rules/index.html">Rules</a> <a href="${up}/docs/index.html">Documentation</a></nav></header>
<main class="page">
${body}</main>
</body>
</html>
`;
}

/** Rules that judge no mount, and so have no page among those of the rules. */
async function otherRules() {
  const { outputFiles } = await build({
    entryPoints: ['src/lint/directive-rules.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const bundle = new Module('rules');
  bundle._compile(outputFiles[0].text, 'rules');
  return bundle.exports.DIRECTIVE_RULES;
}
