import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { volumesBeside } from '../convert/command-mounts.js';
import type { ConvertOptions } from '../convert/convert-command.js';
import { convertEngine, type RunEngine } from '../convert/convert-engine.js';
import { quadletUnits, type UnitFile } from '../convert/quadlet-output.js';
import { isMissing, lookAt, readTextFile } from '../files/open-file.js';
import { NO_TEXT } from '../files/text-bytes.js';
import { reasonOfFailure, writeFile } from '../files/write-file.js';
import type { Loss } from '../forms/loss.js';
import { json, product, show } from '../text/shown.js';
import { losesBytes, unreadable, writeEdited } from './convert-output.js';
import { EXIT } from './exit-codes.js';
import type { EngineForm } from './forms.js';
import type { CliIo } from './io.js';
import type { CommandInput } from './read-input.js';
import { UsageError } from './usage.js';

/** What to write a command as. */
export interface EngineJob {
  readonly input: CommandInput;
  readonly to: EngineForm;
  readonly options: ConvertOptions & { readonly cwd: string };
  /** Where the units go; standard output when left out. */
  readonly folder: string | undefined;
  readonly json: boolean;
}

/** With `--write`, the first word is the folder of the units. */
export function splitFolder(
  words: readonly string[],
  isWritten: boolean,
): { readonly folder: string | undefined; readonly others: readonly string[] } {
  if (!isWritten) return { folder: undefined, others: words };
  const [folder, ...others] = words;
  if (folder === undefined)
    throw new UsageError(
      '--write takes the folder of the units',
      "example: mountc convert --to quadlet --write ~/.config/containers/systemd 'docker run -v data:/data nginx'",
    );
  return { folder, others };
}

/** Writes a command for another engine, or as a unit of Quadlet; answers the exit code. */
export async function runEngine(job: EngineJob, io: CliIo): Promise<number> {
  const why = unreadable(job.input);
  if (why === undefined) return job.to === 'quadlet' ? writeUnits(job, io) : writeCommand(job, io);
  await io.stderr.write(show`mountc convert: ${why}\n`);
  return EXIT.findings;
}

async function writeCommand({ input, to, options, json: isJson }: EngineJob, io: CliIo): Promise<number> {
  const engine: RunEngine = to === 'podman-run' ? 'podman' : 'docker';
  const converted = input.views.map((view) => convertEngine(view, engine, options));
  const conversions = converted.flatMap((one) => one.conversions);
  let isLeft = false;
  const beside = volumesBeside(input.views);
  const tellAll = async () => {
    for (const { from } of beside) {
      const why = `it makes the volume for the other engine: run \`${engine} volume create\` with the same options`;
      isLeft = true;
      await tell(from, { field: 'volume', kind: 'impossible', why }, 'left unchanged', io);
    }
    for (const { from, losses, edit, to: after } of conversions)
      for (const loss of losses) {
        const isOut =
          loss.kind === 'impossible' || (options.strict === true && edit === undefined && from === after);
        isLeft ||= isOut && loss.kind !== 'none-here';
        await tell(from, loss, isOut ? 'left unchanged' : undefined, io);
      }
  };
  if (!(await writeEdited({ input, converted, conversions, isJson, tell: tellAll }, io)))
    return EXIT.environment;
  return isLeft ? EXIT.findings : EXIT.ok;
}

async function tell(from: string, { kind, why }: Loss, left: string | undefined, io: CliIo): Promise<void> {
  if (kind === 'none-here') return void (await io.stderr.write(show`mountc: note: \`${from}\`: ${why}\n`));
  await io.stderr.write(show`mountc: warning: \`${from}\`: ${left ?? 'changes its effect'}: ${why}\n`);
}

async function writeUnits({ input, options, folder, json: isJson }: EngineJob, io: CliIo): Promise<number> {
  const views = input.views.filter(({ invocation }) => invocation !== undefined);
  if (views.length > 1) throw new UsageError('a unit is made of one command, and these are several');
  const units = quadletUnits(views[0]!, { ...options, withVolumes: folder !== undefined });
  if (typeof units === 'string') {
    await io.stderr.write(show`mountc convert: ${units}\n`);
    return EXIT.findings;
  }
  const beside = volumesBeside(input.views).map(({ from, why }) => ({
    from,
    loss: { field: 'volume', kind: 'impossible', why } as const,
    isLeftOut: true,
  }));
  return giveUnits({ input, ...units, losses: [...beside, ...units.losses], folder, isJson }, io);
}

/** Prints units, or writes them into a folder, and says what is not in them; answers the exit code. */
export async function giveUnits(
  {
    input,
    files,
    losses,
    folder,
    isJson,
  }: {
    readonly input?: CommandInput;
    readonly files: readonly UnitFile[];
    readonly losses: readonly { readonly from: string; readonly loss: Loss; readonly isLeftOut: boolean }[];
    readonly folder: string | undefined;
    readonly isJson: boolean;
  },
  io: CliIo,
): Promise<number> {
  if (input !== undefined && files.some(({ name, text }) => losesBytes(input, name + text))) {
    await io.stderr.write(show`mountc convert: standard input ${NO_TEXT}\n`);
    return EXIT.environment;
  }
  for (const { from, loss, isLeftOut } of losses)
    await tell(from, loss, isLeftOut ? 'left out' : undefined, io);
  const code = losses.some(({ isLeftOut }) => isLeftOut) ? EXIT.findings : EXIT.ok;
  if (folder === undefined) {
    await io.stdout.write(
      isJson
        ? json(
            `${JSON.stringify({ ...(files.length === 1 ? { name: files[0]!.name, unit: files[0]!.text } : { units: files }), losses: losses.map(({ from, loss }) => ({ from, ...loss })) }, null, 2)}\n`,
          )
        : product(
            files.length === 1
              ? files[0]!.text
              : files.map(({ name, text }) => `# ${name}\n${text}`).join('\n'),
            io.stdout,
          ),
    );
    return code;
  }
  const target = resolve(io.cwd, folder);
  if (files.length > 0 && isMissing(target)) {
    const failed = reasonOfFailure(() => mkdirSync(target, { recursive: true }));
    await io.stderr.write(
      failed === undefined
        ? show`mountc: created the folder ${folder}\n`
        : show`mountc convert: \`${folder}\` cannot be created: ${failed}\n`,
    );
    if (failed !== undefined) return EXIT.environment;
  }
  if (lookAt(target) !== 'folder') throw new UsageError(`\`${folder}\` is not a folder`);
  const places = files.map(({ name, text }) => ({ name, text, place: resolve(target, name) }));
  const states = places.map(({ text, place }) => stateOf(place, text));
  const isFree = states.every((state) => state === 'missing' || state === 'same');
  for (const [index, { name, text, place }] of places.entries()) {
    const state = states[index]!;
    if (state === 'same') continue;
    const failed =
      state !== 'missing'
        ? state.why
        : isFree
          ? writeFile(place, Buffer.from(text), { cwd: io.cwd, isExclusive: true })
          : undefined;
    if (failed !== undefined) await io.stderr.write(show`mountc convert: ${name}: ${failed}\n`);
    if (failed !== undefined && isFree) return EXIT.environment;
    if (isFree) await io.stderr.write(show`mountc: wrote ${name}\n`);
  }
  return isFree ? code : EXIT.environment;
}

/** What is where a unit is to be written; the reason where nothing may be. */
function stateOf(place: string, text: string): 'missing' | 'same' | { readonly why: string } {
  const there = readTextFile(place);
  if ('text' in there)
    return there.text === text ? 'same' : { why: 'already exists with other content: nothing is written' };
  return there.isMissing ? 'missing' : { why: 'already exists and is not a readable regular file' };
}
