import type { ShimEngine } from '../docker/find.js';
import { MARKER } from '../docker/own-file.js';
import { quoteShell } from '../text/shell-quote.js';

/** What a launcher must know of this installation; absolute paths. */
export interface LauncherPaths {
  readonly node: string;
  /** `bin/mountc.js` and `dist/check.cjs` of the package. */
  readonly mountc: string;
  readonly check: string;
  /** The topmost folder that had to be made for the launcher. */
  readonly madeFolder?: string;
}

const FOLDER_NOTE = '# made this folder: ';

/**
 * The POSIX launcher: the package's own `bin/docker` with the paths of this installation and the program that stands behind it.
 * Throws when that has lost its places.
 */
export function posixLauncher(
  template: string,
  { node, check, madeFolder }: LauncherPaths,
  engine: ShimEngine = 'docker',
): string {
  const places = { node, check, engine };
  let filled = 0;
  const text = template.replace(/^_mountc_(node|check|engine)=.*$/gm, (_line, name: keyof typeof places) => {
    filled++;
    return `_mountc_${name}=${quoteShell(places[name])}`;
  });
  if (filled !== 3) throw new Error('the launcher of this package is damaged');
  const lines = text.split('\n');
  return [...lines.slice(0, 2), ...noteOf(madeFolder), ...lines.slice(2)].join('\n');
}

/** The comment about the folder that was made; none of a folder whose name would not stay in it. */
function noteOf(madeFolder: string | undefined): string[] {
  return madeFolder === undefined || /[\r\n]/.test(madeFolder) ? [] : [`${FOLDER_NOTE}${madeFolder}`];
}

// After two dashes, Node 20 does not take docker's `--env-file` for its own.
/** The launchers for cmd and PowerShell, which run docker (or podman) as a child; by file name. */
export function windowsLaunchers(
  { node, mountc }: LauncherPaths,
  engine: ShimEngine = 'docker',
): Record<string, string> {
  const note = `${MARKER}: checks the mounts of a ${engine} command, then runs ${engine} (mountc shim --help)`;
  const inCmd = (path: string) => `"${path.replaceAll('%', '%%')}"`;
  // All of them end a text in single quotes there.
  const inPowerShell = (path: string) => `'${path.replace(/['‘’‚‛]/g, '$&$&')}'`;
  const command = `& ${inPowerShell(node)} -- ${inPowerShell(mountc)} ${engine} @args`;
  return {
    [`${engine}.cmd`]: `@echo off\r\nrem ${note}\r\n${inCmd(node)} -- ${inCmd(mountc)} ${engine} %*\r\n`,
    [`${engine}.ps1`]: [
      `# ${note}`,
      `if ($MyInvocation.ExpectingInput) { $input | ${command} } else { ${command} }`,
      'exit $LASTEXITCODE',
      '',
    ].join('\r\n'),
  };
}

/** The executable through which `docker mountc …` comes here, by docker's convention for plugins. */
export function pluginLauncher({ node, mountc, madeFolder }: LauncherPaths, version: string): string {
  const metadata = JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'mountc',
    Version: version,
    ShortDescription: 'Check, explain and convert mounts',
  });
  return [
    '#!/bin/sh',
    `# ${MARKER}: runs mountc as docker's plugin (mountc shim --help)`,
    ...noteOf(madeFolder),
    `if [ "\${1-}" = docker-cli-plugin-metadata ]; then`,
    `  printf '%s\\n' ${quoteShell(metadata)}`,
    '  exit 0',
    'fi',
    "# docker puts the plugin's own name first.",
    `if [ "\${1-}" = mountc ]; then shift; fi`,
    `_mountc_node=${quoteShell(node)}`,
    `if [ ! -x "$_mountc_node" ]; then _mountc_node=node; fi`,
    `exec "$_mountc_node" -- ${quoteShell(mountc)} "$@"`,
    '',
  ].join('\n');
}

/** The topmost folder that was made for this launcher, if any. */
export function madeFolderOf(launcher: string): string | undefined {
  const line = launcher.split('\n', 3)[2] ?? '';
  return line.startsWith(FOLDER_NOTE) ? line.slice(FOLDER_NOTE.length) : undefined;
}
