import { join, resolve } from 'node:path';
import type { NoMounts } from '../convert/compose-mounts.js';
import type { ReadProjectFile } from '../convert/read-project-file.js';
import { type DocumentKind, documentKind } from '../convert/text-mounts.js';
import { lookAt } from '../files/open-file.js';
import { projectFiles, projectReader } from '../files/project-files.js';
import { decodeText } from '../files/text-bytes.js';
import { quoteShell } from '../text/shell-quote.js';
import type { CliIo } from './io.js';
import { UsageError } from './usage.js';

/** A document that was named, what it is, and how to read what it names. */
export interface OpenDocument {
  readonly text: string;
  readonly kind: DocumentKind;
  readonly place: {
    readonly path: string;
    /** Files laid over a Compose file, in order. */
    readonly over: readonly string[];
    readonly read: ReadProjectFile;
    readonly project?: string;
  };
}

/** Opens the files, `-` for standard input, or the Compose files of a folder. */
export async function openDocument(
  files: readonly string[],
  asked: DocumentKind | undefined,
  io: CliIo,
): Promise<OpenDocument | NoMounts> {
  const [file = '', ...more] = files;
  const path = resolve(io.cwd, file);
  const isFolder = file !== '-' && lookAt(path) === 'folder';
  const stdin = file === '-' ? decodeText(await io.readStdin()) : undefined;
  const named = [path, ...more.map((one) => resolve(io.cwd, one))];
  let readFile = isFolder
    ? projectReader(join(path, 'compose.yaml'), [], io.cwd)
    : projectReader(path, named, io.cwd);
  const paths = isFolder ? await projectFiles(path, io.env, readFile) : named;
  // Those are the user's, too.
  if (isFolder && io.env['COMPOSE_FILE']) readFile = projectReader(paths[0]!, paths, io.cwd);
  const read: ReadProjectFile = async (one) => (one === path && stdin !== undefined ? stdin : readFile(one));
  if (paths.length === 0) return { why: `${file}: there is no compose.yaml in it` };
  const [first = '', ...over] = paths;
  const text = await read(first);
  if (typeof text !== 'string') return { why: shorten(`${first}: ${text.why}`, io) };
  const kind =
    asked ?? (isFolder || more.length > 0 ? 'compose' : documentKind(file === '-' ? '' : file, text));
  if (kind === undefined)
    throw new UsageError(
      `\`${file}\` holds commands, and not a list of mounts`,
      `to convert them in place: mountc convert --to mount --diff ${quoteShell(file)}`,
    );
  const project = io.env['COMPOSE_PROJECT_NAME'];
  return { text, kind, place: { path: first, over, read, ...(project && { project }) } };
}

/** Files as somebody sees them from here. */
export const shorten = (text: string, { cwd }: CliIo): string =>
  text.replaceAll(`${cwd.replace(/\/$/, '')}/`, '');
