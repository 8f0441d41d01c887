import type { ContainerOptions } from '../convert/compose-containers.js';
import type { NoMounts } from '../convert/compose-mounts.js';
import { type ConvertedMounts, convertMounts } from '../convert/convert-mounts.js';
import { convertViews } from '../convert/convert-views.js';
import { inspectCompose } from '../convert/inspect-runs.js';
import { type DocumentKind, documentMounts } from '../convert/text-mounts.js';
import { NO_TEXT } from '../files/text-bytes.js';
import type { MountForm } from '../forms/loss.js';
import { json, product, show } from '../text/shown.js';
import { losesBytes } from './convert-output.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { openDocument, shorten } from './open-document.js';
import type { CommandInput } from './read-input.js';
import { tellConversions } from './tell-conversion.js';
import { UsageError } from './usage.js';

export { runContainers } from './convert-containers.js';
export { runCommands } from './convert-runs.js';

/** What to convert, and to what. */
interface MountsJob {
  /** A command, or a file (`-` for standard input) of that kind. */
  readonly input:
    | { readonly command: CommandInput }
    // More than one file, or a folder: Compose's.
    | { readonly files: readonly string[]; readonly kind: DocumentKind | undefined };
  readonly to: MountForm;
  readonly options: ContainerOptions;
  readonly service: string | undefined;
  readonly json: boolean;
}

/** Converts the mounts of a command or a file to a form that is not a flag, or from one. */
export async function runMounts(job: MountsJob, io: CliIo): Promise<number> {
  const { input, to, options, service } = job;
  const how = { ...options, service };
  const converted =
    'command' in input
      ? convertViews(input.command.views, to, how)
      : await convertDocument(input.files, input.kind, to, how, io);
  if ('why' in converted) {
    // What another word on the command line would fix is a mistake in its use.
    if (converted.hint !== undefined) throw new UsageError(converted.why, converted.hint);
    await io.stderr.write(show`mountc convert: ${converted.why}\n`);
    return EXIT.environment;
  }
  const { text, conversions } = converted;
  if ('command' in input && losesBytes(input.command, text)) {
    await io.stderr.write(show`mountc convert: standard input ${NO_TEXT}\n`);
    return EXIT.environment;
  }
  await tellConversions(conversions, io);
  const isJson = job.json || to === 'devcontainer' || to === 'api';
  const output = job.json ? `${JSON.stringify({ output: text, conversions }, null, 2)}\n` : text;
  await io.stdout.write(isJson ? json(output) : product(output, io.stdout));
  return conversions.every(({ written }) => written) ? EXIT.ok : EXIT.findings;
}

async function convertDocument(
  files: readonly string[],
  asked: DocumentKind | undefined,
  to: MountForm,
  options: ContainerOptions,
  io: CliIo,
): Promise<ConvertedMounts | NoMounts> {
  const open = await openDocument(files, asked, io);
  if ('why' in open) return open;
  const { text, kind, place } = open;
  const whole =
    kind === 'api' && (to === 'compose' || to === 'compose-short')
      ? await inspectCompose(text, to, options)
      : undefined;
  if (whole !== undefined) return whole;
  const list = await documentMounts(text, kind, { ...place, service: options.service }, options);
  if ('why' in list) return { ...list, why: shorten(list.why, io) };
  const omitted = list.omitted.map(({ from, why }) => ({ from, why: shorten(why, io) }));
  return convertMounts({ ...list, omitted }, to, options);
}
