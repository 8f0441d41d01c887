// Builds the package where npm made a clone of it, with `npm install` or `npm install -g git+…`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { env } = process;

if (!existsSync('node_modules/esbuild') || !existsSync('node_modules/typescript')) installTools();
if (env.npm_config_global === 'true' && basename(process.cwd()).startsWith('git-clone')) unlinkClone();
run(process.execPath, ['scripts/build.mjs'], env);

// npm hands `global` on to the npm that it starts in the clone, which then installs nothing that the build needs.
function installTools() {
  const isHandedOn =
    /^npm_config_(?:global|location|prefix|local_prefix|global_prefix|omit|production|dry_run)$/i;
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !isHandedOn.test(name)));
  const args = ['ci', '--include=dev', '--global=false', '--ignore-scripts', '--no-audit', '--no-fund'];
  const npm = env.npm_execpath;
  if (npm === undefined) throw new Error('the tools for building are missing: npm ci');
  run(process.execPath, [npm, ...args], { ...own, NODE_ENV: '' });
}

// For the same reason it links the clone into the global folder, and deletes it when the package has been made of it. The
// package would be unpacked into what the link points to, and be gone with it; into a folder it is unpacked as it should be.
function unlinkClone() {
  const prefix = env.npm_config_global_prefix ?? env.npm_config_prefix ?? '';
  for (const folder of ['lib/node_modules', 'node_modules']) {
    const link = join(prefix, folder, 'mountc');
    const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (!isLink || realpathSync(link) !== realpathSync('.')) continue;
    rmSync(link);
    for (const name of ['package.json', 'bin']) cpSync(name, join(link, name), { recursive: true });
  }
}

function run(program, args, environment) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env: environment });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
