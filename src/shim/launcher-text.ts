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

/** The POSIX launcher: the package's own `bin/docker` with the paths of this installation. Throws when that has lost its places. */
export function posixLauncher(template: string, { node, check, madeFolder }: LauncherPaths): string {
  const places = { node, check };
  let filled = 0;
  const text = template.replace(/^_mountc_(node|check)=.*$/gm, (_line, name: keyof typeof places) => {
    filled++;
    return `_mountc_${name}=${quoteShell(places[name])}`;
  });
  if (filled !== 2) throw new Error('the launcher of this package is damaged');
  const lines = text.split('\n');
  return [...lines.slice(0, 2), ...noteOf(madeFolder), ...lines.slice(2)].join('\n');
}

/** The comment about the folder that was made; none of a folder whose name would not stay in it. */
function noteOf(madeFolder: string | undefined): string[] {
  return madeFolder === undefined || /[\r\n]/.test(madeFolder) ? [] : [`${FOLDER_NOTE}${madeFolder}`];
}

/** The launchers for cmd and PowerShell, which run docker as a child; by file name. */
export function windowsLaunchers({ node, mountc }: LauncherPaths): Record<string, string> {
  const inCmd = (path: string) => `"${path.replaceAll('%', '%%')}"`;
  // All of them end a text in single quotes there.
  const inPowerShell = (path: string) => `'${path.replace(/['‘’‚‛]/g, '$&$&')}'`;
  const command = `& ${inPowerShell(node)} ${inPowerShell(mountc)} docker @args`;
  return {
    'docker.cmd': `@echo off\r\nrem ${MARKER}: checks the mounts of a docker command, then runs docker (mountc shim --help)\r\n${inCmd(node)} ${inCmd(mountc)} docker %*\r\n`,
    'docker.ps1': [
      `# ${MARKER}: checks the mounts of a docker command, then runs docker (mountc shim --help)`,
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
    `exec "$_mountc_node" ${quoteShell(mountc)} "$@"`,
    '',
  ].join('\n');
}

/** The topmost folder that was made for this launcher, if any. */
export function madeFolderOf(launcher: string): string | undefined {
  const line = launcher.split('\n', 3)[2] ?? '';
  return line.startsWith(FOLDER_NOTE) ? line.slice(FOLDER_NOTE.length) : undefined;
}
