import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The package as npm packs it, installed without a network into a folder of its own. */
export interface Installed {
  readonly folder: string;
  readonly tarball: string;
  /** What npm says of the package: every file with its size. */
  readonly packed: {
    readonly size: number;
    readonly unpackedSize: number;
    readonly files: readonly { path: string; size: number }[];
  };
  /** Where the global commands are. */
  readonly bin: string;
  readonly modules: string;
}

/** Packs and installs the package. */
export function installPackage(): Installed {
  if (!existsSync(join(ROOT, 'dist/mountc.cjs')))
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'ignore' });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-package-')));
  const json = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT, folder);
  const [packed] = JSON.parse(json) as (Installed['packed'] & { filename: string })[];
  const tarball = join(folder, packed!.filename.replace('@', '').replace('/', '-'));
  const prefix = join(folder, 'global');
  mkdirSync(prefix);
  npm(['install', '--global', '--offline', '--prefix', prefix, tarball], folder, folder);
  return {
    folder,
    tarball,
    packed: packed!,
    bin: join(prefix, 'bin'),
    modules: join(prefix, 'lib/node_modules'),
  };
}

/** Runs npm with a cache of its own, so that nothing that lies about is used; answers its output. */
export function npm(args: readonly string[], cwd: string, folder: string): string {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    [...args, '--no-audit', '--no-fund', '--no-update-notifier'],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: join(folder, 'cache') },
    },
  );
  if (status !== 0) throw new Error(`npm ${args[0]}: ${stderr}`);
  return stdout;
}
