import { join, resolve } from 'node:path';
import { apiMounts } from '../convert/api-input.js';
import { composeImage } from '../convert/command-image.js';
import { commandMounts } from '../convert/command-mounts.js';
import type { ReadText } from '../convert/compose-project.js';
import type { ConvertOptions } from '../convert/convert-command.js';
import type { MountList } from '../convert/described-mount.js';
import { devcontainerMounts } from '../convert/devcontainer-input.js';
import {
  apiBody,
  composeText,
  devcontainerText,
  flagLines,
  type MountOutcome,
  writeMounts,
} from '../convert/write-mounts.js';
import { stringifyApi } from '../dialects/docker/client/api.js';
import { lookAt } from '../files/open-file.js';
import { projectFiles, projectReader } from '../files/project-files.js';
import { decodeText } from '../files/text-bytes.js';
import type { MountForm } from '../forms/loss.js';
import type { FileKind } from '../source/file-kinds.js';
import { kindOf } from '../source/kind.js';
import type { CommandView } from '../source/site.js';
import { quoteShell } from '../text/shell-quote.js';
import { json, product, show } from '../text/shown.js';
import { composeMounts } from './convert-compose.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import type { CommandInput } from './read-input.js';
import { UsageError } from './usage.js';

/** What to convert, and to what. */
export interface MountsJob {
  /** A command, or a file (`-` for standard input) of that kind. */
  readonly input:
    | { readonly command: CommandInput }
    // More than one file, or a folder: Compose's.
    | { readonly files: readonly string[]; readonly kind: 'compose' | 'devcontainer' | 'api' | undefined };
  readonly to: MountForm;
  readonly options: ConvertOptions;
  readonly service: string | undefined;
  readonly json: boolean;
}

/** Converts the mounts of a command or a file to a form that is no flag, or from one. */
export async function runMounts(job: MountsJob, io: CliIo): Promise<number> {
  const { input, to, options } = job;
  const view = 'command' in input ? onlyCommand(input.command) : undefined;
  const mounts =
    'files' in input ? await fileList(input.files, input.kind, job, io) : commandMounts(view!, options);
  if (typeof mounts === 'string') {
    await io.stderr.write(show`mountc convert: ${mounts}\n`);
    return EXIT.environment;
  }
  const outcomes = writeMounts(mounts, to, options);
  for (const one of outcomes) await warn(one, io);
  const image = job.service === undefined || view === undefined ? undefined : composeImage(view);
  if (image !== undefined && 'why' in image)
    await io.stderr.write(show`mountc: warning: the image \`${image.from}\`: left out: ${image.why}\n`);
  const service = { name: job.service ?? 'app', image: image && 'text' in image ? image.text : undefined };
  const text = render(outcomes, to, service);
  const isJson = job.json || to === 'devcontainer' || to === 'api';
  const output = job.json ? jsonText(outcomes, text) : text;
  await io.stdout.write(isJson ? json(output) : product(output, io.stdout));
  const isWhole = outcomes.every(({ written }) => written !== undefined) && !(image && 'why' in image);
  return isWhole ? EXIT.ok : EXIT.findings;
}

/** The command whose mounts are meant: a service, and a devcontainer, is one container. */
function onlyCommand({ views }: CommandInput): CommandView {
  const [view, ...more] = views.filter(({ invocation }) =>
    invocation?.flags.some(({ flag }) => MOUNTING.has(flag.kind)),
  );
  if (more.length > 0)
    throw new UsageError(
      `there are ${more.length + 1} commands with mounts, and what is written is for one container`,
      'give them one by one',
    );
  return view ?? views.find(({ invocation }) => invocation !== undefined)!;
}

const MOUNTING: ReadonlySet<string> = new Set(['volume', 'mount', 'tmpfs', 'volumesFrom']);

async function fileList(
  files: readonly string[],
  asked: 'compose' | 'devcontainer' | 'api' | undefined,
  { service, options }: MountsJob,
  io: CliIo,
): Promise<MountList | string> {
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
  const read: ReadText = async (one) => (one === path && stdin !== undefined ? stdin : readFile(one));
  if (paths.length === 0) return `${file}: there is no compose.yaml in it`;
  if (isFolder || more.length > 0) return shorten(await composeMounts(paths, service, options, read, io), io);
  const there = await read(path);
  if (typeof there !== 'string') return `${file}: ${there.why}`;
  const text = there.replace(/^\ufeff/, '');
  const dialect = options.dialects.at(-1)!;
  const kind = asked ?? guessKind(file, text);
  if (kind === 'api')
    return apiMounts(text, dialect) ?? `${file}: is no JSON of a container or of a create call`;
  if (kind === 'devcontainer') return devcontainerMounts(text, options);
  return shorten(await composeMounts(paths, service, options, read, io), io);
}

/** Files as somebody sees them from here. */
function shorten(list: MountList | string, { cwd }: CliIo): MountList | string {
  const shown = (text: string) => text.replaceAll(`${cwd.replace(/\/$/, '')}/`, '');
  if (typeof list === 'string') return shown(list);
  return { ...list, omitted: list.omitted.map(({ from, why }) => ({ from, why: shown(why) })) };
}

/** Files whose commands are converted where they stand. */
const SCRIPTS: ReadonlySet<FileKind> = new Set([
  'shell',
  'makefile',
  'dockerfile',
  'markdown',
  'powershell',
  'batch',
  'systemd',
  'quadlet',
]);

function guessKind(file: string, text: string): 'compose' | 'devcontainer' | 'api' {
  const kind = kindOf(file === '-' ? '' : file, text);
  if (kind === 'devcontainer' || kind === 'compose') return kind;
  if (kind !== undefined && SCRIPTS.has(kind))
    throw new UsageError(
      `\`${file}\` holds commands, and no list of mounts`,
      `to convert them in place: mountc convert --to mount --diff ${quoteShell(file)}`,
    );
  if (!/^\s*[[{]/.test(text)) return 'compose';
  return /^\s*\{[\s\S]*"mounts"\s*:/.test(text) || /^\s*\{\s*\/\//.test(text) ? 'devcontainer' : 'api';
}

function render(
  outcomes: readonly MountOutcome[],
  to: MountForm,
  service: { name: string; image?: string },
): string {
  switch (to) {
    case 'compose':
    case 'compose-short':
      return composeText(outcomes, service);
    case 'devcontainer':
      return devcontainerText(outcomes);
    case 'api':
      return `${stringifyApi(apiBody(outcomes), 2)}\n`;
    case 'mount':
    case 'volume':
    case 'tmpfs':
      return flagLines(outcomes)
        .map((line) => `${line}\n`)
        .join('');
  }
}

function jsonText(outcomes: readonly MountOutcome[], text: string): string {
  const conversions = outcomes.map(({ from, written, exact, losses }) => ({
    from,
    written: written !== undefined,
    exact,
    losses,
  }));
  return `${JSON.stringify({ output: text, conversions }, null, 2)}\n`;
}

async function warn({ from, written, losses }: MountOutcome, io: CliIo): Promise<void> {
  // Of what is left out nothing else needs to be told.
  const told = losses.filter(({ kind }) => written !== undefined || kind !== 'none-here');
  for (const { kind, why } of told) {
    if (written === undefined) await io.stderr.write(show`mountc: warning: \`${from}\`: left out: ${why}\n`);
    else if (kind === 'changed')
      await io.stderr.write(show`mountc: warning: \`${from}\`: changes its effect: ${why}\n`);
    else await io.stderr.write(show`mountc: note: \`${from}\`: ${why}\n`);
  }
}
