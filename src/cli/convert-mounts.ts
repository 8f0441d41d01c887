import { join, resolve } from 'node:path';
import type { NoMounts } from '../convert/compose-mounts.js';
import type { ConvertOptions } from '../convert/convert-command.js';
import { convertMounts } from '../convert/convert-mounts.js';
import { convertViews } from '../convert/convert-views.js';
import type { MountList } from '../convert/described-mount.js';
import type { ReadProjectFile } from '../convert/read-project-file.js';
import { type DocumentKind, documentKind, documentMounts } from '../convert/text-mounts.js';
import { lookAt } from '../files/open-file.js';
import { projectFiles, projectReader } from '../files/project-files.js';
import { decodeText, NO_TEXT } from '../files/text-bytes.js';
import type { MountForm } from '../forms/loss.js';
import { quoteShell } from '../text/shell-quote.js';
import { json, product, show } from '../text/shown.js';
import { losesBytes } from './convert-output.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import type { CommandInput } from './read-input.js';
import { tellConversion } from './tell-conversion.js';
import { UsageError } from './usage.js';

export { runContainers } from './convert-containers.js';

/** What to convert, and to what. */
interface MountsJob {
  /** A command, or a file (`-` for standard input) of that kind. */
  readonly input:
    | { readonly command: CommandInput }
    // More than one file, or a folder: Compose's.
    | { readonly files: readonly string[]; readonly kind: DocumentKind | undefined };
  readonly to: MountForm;
  readonly options: ConvertOptions;
  readonly service: string | undefined;
  readonly json: boolean;
}

/** Converts the mounts of a command or a file to a form that is no flag, or from one. */
export async function runMounts(job: MountsJob, io: CliIo): Promise<number> {
  const { input, to, options, service } = job;
  const how = { ...options, service };
  const list = 'files' in input ? await fileList(input.files, input.kind, job, io) : undefined;
  const converted =
    'command' in input
      ? convertViews(input.command.views, to, how)
      : 'why' in list!
        ? list
        : convertMounts(list!, to, how);
  if ('why' in converted) {
    // What another word on the command line would mend is a mistake in its use.
    if (converted.hint !== undefined) throw new UsageError(converted.why, converted.hint);
    await io.stderr.write(show`mountc convert: ${converted.why}\n`);
    return EXIT.environment;
  }
  const { text, conversions } = converted;
  if ('command' in input && losesBytes(input.command, text)) {
    await io.stderr.write(show`mountc convert: standard input ${NO_TEXT}\n`);
    return EXIT.environment;
  }
  for (const one of conversions) await tellConversion(one, io);
  const isJson = job.json || to === 'devcontainer' || to === 'api';
  const output = job.json ? `${JSON.stringify({ output: text, conversions }, null, 2)}\n` : text;
  await io.stdout.write(isJson ? json(output) : product(output, io.stdout));
  return conversions.every(({ written }) => written) ? EXIT.ok : EXIT.findings;
}

async function fileList(
  files: readonly string[],
  asked: DocumentKind | undefined,
  { service, options }: MountsJob,
  io: CliIo,
): Promise<MountList | NoMounts> {
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
  const place = {
    path: paths[0]!,
    over: paths.slice(1),
    read,
    service,
    project: io.env['COMPOSE_PROJECT_NAME'],
  };
  const there = await read(place.path);
  if (typeof there !== 'string') return { why: shorten(`${place.path}: ${there.why}`, io) };
  const kind =
    asked ?? (isFolder || more.length > 0 ? 'compose' : documentKind(file === '-' ? '' : file, there));
  if (kind === undefined)
    throw new UsageError(
      `\`${file}\` holds commands, and no list of mounts`,
      `to convert them in place: mountc convert --to mount --diff ${quoteShell(file)}`,
    );
  const list = await documentMounts(there, kind, place, options);
  if ('why' in list) return { ...list, why: shorten(list.why, io) };
  return { ...list, omitted: list.omitted.map(({ from, why }) => ({ from, why: shorten(why, io) })) };
}

/** Files as somebody sees them from here. */
const shorten = (text: string, { cwd }: CliIo): string => text.replaceAll(`${cwd.replace(/\/$/, '')}/`, '');
