import type { ContainerOptions } from '../convert/compose-containers.js';
import type { NoMounts } from '../convert/compose-mounts.js';
import { composeRuns } from '../convert/compose-runs.js';
import type { ConvertedMounts } from '../convert/convert-mounts.js';
import { inspectRuns } from '../convert/inspect-runs.js';
import type { DocumentKind } from '../convert/text-mounts.js';
import { json, product, show } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { openDocument, shorten } from './open-document.js';
import { tellConversions } from './tell-conversion.js';
import { UsageError } from './usage.js';

/** Containers that a file describes. */
interface RunsJob {
  readonly files: readonly string[];
  readonly kind: DocumentKind | undefined;
  readonly options: ContainerOptions;
  readonly json: boolean;
}

/** Writes the services of a Compose file, or what `docker inspect` prints, as commands; answers the exit code. */
export async function runCommands(
  { files, kind, options, json: isJson }: RunsJob,
  io: CliIo,
): Promise<number> {
  const converted = await convertDocument({ files, kind, options }, io);
  if ('why' in converted) {
    if (converted.hint !== undefined) throw new UsageError(converted.why, converted.hint);
    await io.stderr.write(show`mountc convert: ${shorten(converted.why, io)}\n`);
    return EXIT.environment;
  }
  const { text, conversions } = converted;
  await tellConversions(conversions, io);
  const code = conversions.every(({ written }) => written) ? EXIT.ok : EXIT.findings;
  if (options.strict && conversions.some(({ exact }) => !exact)) {
    await io.stderr.write(show`mountc convert: nothing is written: with --strict only what is exact is\n`);
    return EXIT.findings;
  }
  await io.stdout.write(
    isJson ? json(`${JSON.stringify({ output: text, conversions }, null, 2)}\n`) : product(text, io.stdout),
  );
  return code;
}

async function convertDocument(
  { files, kind: asked, options }: Omit<RunsJob, 'json'>,
  io: CliIo,
): Promise<ConvertedMounts | NoMounts> {
  const open = await openDocument(files, asked, io);
  if ('why' in open) return open;
  const { text, kind, place } = open;
  const { path, over, project, read } = place;
  if (kind === 'compose')
    return composeRuns([path, ...over], { service: options.service, project }, options, async (one) =>
      one === path ? text : read(one),
    );
  const made = kind === 'api' ? inspectRuns(text, options) : undefined;
  return (
    made ?? { why: `${path}: is not a Compose file, and nothing that docker inspect prints of a container` }
  );
}
