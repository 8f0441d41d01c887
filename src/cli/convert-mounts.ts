import { join, resolve } from 'node:path';
import { apiMounts } from '../convert/api-input.js';
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
  const { mounts, image } =
    'command' in input
      ? commandList(input.command, options)
      : { mounts: await fileList(input.files, input.kind, job, io), image: undefined };
  if (typeof mounts === 'string') {
    await io.stderr.write(show`mountc convert: ${mounts}\n`);
    return EXIT.environment;
  }
  const outcomes = writeMounts(mounts, to, options);
  for (const one of outcomes) await warn(one, io);
  const service = { name: job.service ?? 'app', ...(job.service !== undefined && { image }) };
  const text = render(outcomes, to, service);
  const isJson = job.json || to === 'devcontainer' || to === 'api';
  const output = job.json ? jsonText(outcomes, text) : text;
  await io.stdout.write(isJson ? json(output) : product(output, io.stdout));
  return outcomes.some(({ written }) => written === undefined) ? EXIT.findings : EXIT.ok;
}

function commandList(
  { views }: CommandInput,
  options: ConvertOptions,
): { mounts: MountList; image?: string } {
  const lists = views.map((view) => commandMounts(view, options));
  const invocation = views.find((view) => view.invocation?.image !== undefined)?.invocation;
  const image = invocation?.words[invocation.image!];
  return {
    mounts: {
      mounts: lists.flatMap(({ mounts }) => mounts),
      omitted: lists.flatMap(({ omitted }) => omitted),
    },
    image: image === undefined || image.holes.length > 0 ? undefined : image.value,
  };
}

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
  if (kind === 'devcontainer') return devcontainerMounts(text, dialect, options.assume);
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
  for (const { kind, why } of losses) {
    if (written === undefined) await io.stderr.write(show`mountc: warning: \`${from}\`: left out: ${why}\n`);
    else if (kind === 'changed')
      await io.stderr.write(show`mountc: warning: \`${from}\`: changes its effect: ${why}\n`);
    else await io.stderr.write(show`mountc: note: \`${from}\`: ${why}\n`);
  }
}
