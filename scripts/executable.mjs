// `npm run executable`: mountc with Node inside, in one file, for the system that this runs on: dist-executable/mountc[.exe].
// Everything but the launcher of `mountc shim install` is in it, which is a file beside others by its nature.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ENTRIES, ENTRY_ALIAS } from './entries.mjs';
import { generateParser } from './grammar.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { version, homepage } = JSON.parse(readFileSync('package.json', 'utf8'));
const out = 'dist-executable';
const program = `${out}/mountc${process.platform === 'win32' ? '.exe' : ''}`;

await generateParser();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: process.cwd(),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
  supported: { 'dynamic-import': false },
  define: {
    __MOUNTC_VERSION__: JSON.stringify(version),
    __MOUNTC_SITE__: JSON.stringify(homepage),
    __MOUNTC_BUILD__: '""',
  },
  entryPoints: [ENTRIES.mountc],
  outfile: `${out}/mountc.cjs`,
  alias: ENTRY_ALIAS,
});
writeFileSync(
  `${out}/config.json`,
  JSON.stringify({
    main: `${out}/mountc.cjs`,
    output: `${out}/mountc.blob`,
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
  }),
);
const run = (file, ...args) => execFileSync(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
run(process.execPath, '--experimental-sea-config', `${out}/config.json`);
copyFileSync(process.execPath, program);
chmodSync(program, 0o755);
// A changed file is no longer what its signature says.
if (process.platform === 'darwin') run('codesign', '--remove-signature', program);
const { inject } = await import('postject');
await inject(program, 'NODE_SEA_BLOB', readFileSync(`${out}/mountc.blob`), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
  ...(process.platform === 'darwin' && { machoSegmentName: 'NODE_SEA' }),
});
if (process.platform === 'darwin') run('codesign', '--sign', '-', program);
for (const part of ['mountc.cjs', 'mountc.blob', 'config.json']) rmSync(`${out}/${part}`);
console.log(
  `${program}: mountc ${version} with Node ${process.version}, ${Math.round(statSync(program).size / 1e6)} MB`,
);
