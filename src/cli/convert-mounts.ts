import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { commandMounts } from '../convert/command-mounts.js';
import type { ConvertOptions } from '../convert/convert-command.js';
import type { MountList } from '../convert/described-mount.js';
import { kindOf } from '../frontends/kind.js';
import { stringifyApi } from '../model/api.js';
import type { MountForm } from '../model/loss.js';
import { apiMounts } from '../rewrite/api-input.js';
import { projectName, readComposeFile, serviceMounts } from '../rewrite/compose-input.js';
import { devcontainerMounts } from '../rewrite/devcontainer-input.js';
import {
  apiBody,
  composeText,
  devcontainerText,
  flagLines,
  type MountOutcome,
  writeMounts,
} from '../rewrite/write-mounts.js';
import { LineIndex } from '../text/line-index.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import type { CommandInput } from './read-input.js';
import { UsageError } from './usage.js';

/** What to convert, and to what. */
export interface MountsJob {
  /** A command, or a file (`-` for standard input) of that kind. */
  readonly input:
    | { readonly command: CommandInput }
    | { readonly file: string; readonly kind: 'compose' | 'devcontainer' | 'api' | undefined };
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
      : { mounts: await fileList(input.file, input.kind, job, io), image: undefined };
  if (typeof mounts === 'string') {
    await io.stderr.write(`mountc convert: ${mounts}\n`);
    return EXIT.environment;
  }
  const outcomes = writeMounts(mounts, to, options);
  for (const one of outcomes) await warn(one, io);
  const service = { name: job.service ?? 'app', ...(job.service !== undefined && { image }) };
  const text = render(outcomes, to, service);
  await io.stdout.write(job.json ? jsonText(outcomes, text) : text);
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
  file: string,
  asked: 'compose' | 'devcontainer' | 'api' | undefined,
  { service, options }: MountsJob,
  io: CliIo,
): Promise<MountList | string> {
  const path = resolve(io.cwd, file);
  let text: string;
  try {
    text = (file === '-' ? await io.readStdin() : await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch {
    return `${file}: cannot be read`;
  }
  const dialect = options.dialects.at(-1)!;
  const kind = asked ?? guessKind(file, text);
  if (kind === 'api')
    return apiMounts(text, dialect) ?? `${file}: is no JSON of a container or of a create call`;
  if (kind === 'devcontainer') return devcontainerMounts(text, dialect, options.assume);
  const compose = await readComposeFile(text);
  if (compose.problem !== undefined) {
    const { line, column } = new LineIndex(text).position(compose.problem.range.start);
    return `${file}:${line}:${column}: ${compose.problem.message}`;
  }
  if (compose.names.length === 0) return `${file}: has no services`;
  const folder = file === '-' ? io.cwd : dirname(path);
  const name = service ?? (compose.names.length === 1 ? compose.names[0] : onlyWithMounts(compose.services));
  if (name === undefined || !compose.names.includes(name)) {
    throw new UsageError(
      name === undefined ? 'the file has several services' : `the file has no service \`${name}\``,
      `say which with --service: ${compose.names.join(', ')}`,
    );
  }
  return serviceMounts(compose, name, {
    dialect,
    assume: options.assume,
    folder,
    project: io.env['COMPOSE_PROJECT_NAME'] || compose.name || projectName(folder),
  });
}

function onlyWithMounts(services: ReadonlyMap<string, unknown>): string | undefined {
  return services.size === 1 ? [...services.keys()][0] : undefined;
}

function guessKind(file: string, text: string): 'compose' | 'devcontainer' | 'api' {
  const kind = kindOf(file === '-' ? '' : file, text);
  if (kind === 'devcontainer') return 'devcontainer';
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
    default:
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
    if (written === undefined) await io.stderr.write(`mountc: warning: \`${from}\`: left out: ${why}\n`);
    else if (kind === 'changed')
      await io.stderr.write(`mountc: warning: \`${from}\`: changes its effect: ${why}\n`);
    else await io.stderr.write(`mountc: note: \`${from}\`: ${why}\n`);
  }
}
