import { resolve } from 'node:path';
import { composeUnits } from '../convert/compose-units.js';
import type { ConvertOptions } from '../convert/convert-command.js';
import { unitCommand } from '../convert/quadlet-input.js';
import { projectReader } from '../files/project-files.js';
import { decodeText } from '../files/text-bytes.js';
import { kindOf } from '../source/kind.js';
import { json, product, show } from '../text/shown.js';
import { type EngineJob, giveUnits, runEngine } from './convert-engines.js';
import { EXIT } from './exit-codes.js';
import type { EngineForm } from './forms.js';
import type { CliIo } from './io.js';
import { type OpenDocument, openDocument, shorten } from './open-document.js';
import { readTextInput } from './read-input.js';
import { UsageError } from './usage.js';

/** A file to write as a command of an engine. */
interface UnitJob {
  /** `-` for standard input. */
  readonly file: string;
  readonly to: EngineForm;
  readonly options: EngineJob['options'];
  readonly json: boolean;
}

/** A Compose project to write as units. */
interface ComposeJob extends Omit<UnitJob, 'to' | 'file'> {
  /** One file or several, `-` for standard input, or a folder. */
  readonly files: readonly string[];
  readonly service: string | undefined;
  /** Where the units go; standard output when left out. */
  readonly folder: string | undefined;
}

/** Writes the services of a Compose project as units; answers the exit code. */
export async function runCompose(
  { files, service, options, folder, json: isJson }: ComposeJob,
  io: CliIo,
): Promise<number> {
  const open = await openDocument(files, 'compose', io);
  const units = 'why' in open ? open : await unitsOf(open);
  if (!('why' in units)) return giveUnits({ ...units, folder, isJson }, io);
  if (units.hint !== undefined) throw new UsageError(units.why, units.hint);
  await io.stderr.write(show`mountc convert: ${shorten(units.why, io)}\n`);
  return EXIT.environment;

  function unitsOf({ place: { path, over, project, read } }: OpenDocument) {
    return composeUnits([path, ...over], { service, project }, options, read);
  }
}

/** Writes a unit of Quadlet as a command; answers the exit code. */
export async function runUnit({ file, to, options, json: isJson }: UnitJob, io: CliIo): Promise<number> {
  const path = file === '-' ? resolve(io.cwd, 'app.container') : resolve(io.cwd, file);
  const read = projectReader(path, [path], io.cwd);
  const text = file === '-' ? decodeText(await io.readStdin()) : await read(path);
  if (typeof text !== 'string') {
    await io.stderr.write(show`mountc convert: ${file}: ${text.why}\n`);
    return EXIT.environment;
  }
  if (file !== '-' && kindOf(path, text) !== 'quadlet')
    throw new UsageError(
      `\`${file}\` is not a unit of Quadlet: --to ${to} takes a .container file, or a command`,
    );
  const engine = to === 'docker-run' ? 'docker' : 'podman';
  const command = await unitCommand(text, { path, read, engine, podman: options.dialects.at(-1)!.podman });
  if (typeof command === 'string') {
    await io.stderr.write(show`mountc convert: ${file}: ${command}\n`);
    return EXIT.findings;
  }
  for (const { from, why, isNote } of command.losses)
    await io.stderr.write(
      isNote
        ? show`mountc: note: \`${from}\`: ${why}\n`
        : show`mountc: warning: \`${from}\`: left out: ${why}\n`,
    );
  const isLeft = command.losses.some(({ isNote }) => !isNote);
  if (engine === 'docker') {
    const input = await readTextInput(command.text, dialectOf(options));
    const code = await runEngine({ input, to, options, folder: undefined, json: isJson }, io);
    return isLeft && code === EXIT.ok ? EXIT.findings : code;
  }
  await io.stdout.write(
    isJson
      ? json(`${JSON.stringify({ output: command.text, losses: command.losses }, null, 2)}\n`)
      : product(`${command.text}\n`, io.stdout),
  );
  return isLeft ? EXIT.findings : EXIT.ok;
}

const dialectOf = ({ dialects, cwd }: ConvertOptions & { readonly cwd: string }) => ({
  dialect: dialects.at(-1)!,
  cwd,
});
