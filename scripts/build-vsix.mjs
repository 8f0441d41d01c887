// Builds the extension for VS Code, build/mountc.vsix: the client as one file, and of the program what the language server loads.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledPackages, licenseText } from './licenses.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { version, homepage, repository, bugs } = JSON.parse(readFileSync('package.json', 'utf8'));
const SOURCE = 'editors/vscode';
const OUT = 'build/vscode';
const VSIX = 'build/mountc.vsix';

if (!existsSync('dist/lsp.cjs')) throw new Error('the program is not built: npm run build');
rmSync(OUT, { recursive: true, force: true });
mkdirSync(join(OUT, 'server'), { recursive: true });
for (const name of serverBundles()) copyFileSync(`dist/${name}.cjs`, join(OUT, 'server', `${name}.cjs`));
const { metafile } = await build({
  entryPoints: [`${SOURCE}/extension.js`],
  bundle: true,
  platform: 'node',
  target: 'node18',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  external: ['vscode'],
  metafile: true,
  outfile: join(OUT, 'extension.js'),
});
const own = JSON.parse(readFileSync(`${SOURCE}/package.json`, 'utf8'));
writeFileSync(
  join(OUT, 'package.json'),
  JSON.stringify({ ...own, version, homepage, repository, bugs: { url: bugs } }, null, 2),
);
copyFileSync(`${SOURCE}/README.md`, join(OUT, 'README.md'));
copyFileSync('LICENSE', join(OUT, 'LICENSE.txt'));
writeFileSync(
  join(OUT, 'THIRD-PARTY.txt'),
  `${licenseText(bundledPackages([metafile]))}\n${readFileSync('dist/THIRD-PARTY.txt', 'utf8')}`,
);
const vsce = fileURLToPath(new URL('../node_modules/@vscode/vsce/vsce', import.meta.url));
execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', join(process.cwd(), VSIX)], {
  cwd: OUT,
  stdio: ['ignore', 'ignore', 'inherit'],
});
console.log(VSIX);

/** The bundle that starts, that of the server, and those that it loads: each names the others that it asks for. */
function serverBundles() {
  const found = new Set();
  const add = (name) => {
    if (found.has(name)) return;
    found.add(name);
    if (name === 'mountc') return;
    for (const [, other] of readFileSync(`dist/${name}.cjs`, 'latin1').matchAll(
      /__dirname,"([a-z-]+)",require/g,
    ))
      add(other);
  };
  ['mountc', 'lsp', 'mistakes'].forEach(add);
  return [...found];
}
