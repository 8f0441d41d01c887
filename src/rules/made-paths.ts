/** Sockets and file systems that come and go with services; a Desktop's machine has them where the host has not. */
export const MADE_ELSEWHERE = ['/var/run', '/run', '/proc', '/sys', '/dev', '/host_mnt'];
const EXTENSION = /[^/.]\.([A-Za-z][A-Za-z0-9]{0,5})$/;
// What folders end in: those of configuration, and the names of hosts.
const OF_FOLDERS = new Set('d git app local localdomain lan com org net io dev edu gov'.split(' '));
/** Without an extension, and never folders. */
const FILE_NAME = /(?:^|\/)(?:[A-Z][a-z]+file|[Mm]akefile|LICENSE|crontab|hosts)$/;

/** The name of a path that is surely meant to be a file: both ends have the same extension, or the same name of a file. */
export function fileName(source: string, target: string): string | undefined {
  const extension = EXTENSION.exec(source)?.[1];
  const name = source.slice(source.lastIndexOf('/') + 1);
  const isFile =
    extension === undefined
      ? FILE_NAME.test(source) && target.endsWith(`/${name}`)
      : EXTENSION.exec(target)?.[1] === extension && !OF_FOLDERS.has(extension);
  return isFile ? name : undefined;
}

// What people only ever call files: `next.js`, `x.go` and what Spark writes as `x.csv` are folders.
const OF_FILES = new Set(
  'json yaml yml toml conf cfg ini env txt sh sql xml properties pem crt key html css ts py php rb log'.split(
    ' ',
  ),
);

/** Whether a path is surely meant to be a file, by how it ends. */
export function looksLikeFile(path: string): boolean {
  return OF_FILES.has(EXTENSION.exec(path)?.[1] ?? '');
}
