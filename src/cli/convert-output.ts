import { isUtf8 } from 'node:buffer';
import { compatCommand } from '../convert/compat-command.js';
import { convertCommand, type FlagConversion, ofOtherEngine } from '../convert/convert-command.js';
import { stringifyApi } from '../dialects/docker/client/api.js';
import { byteOrder, changedBytes, NO_TEXT } from '../files/text-bytes.js';
import type { TargetForm } from '../forms/loss.js';
import type { CommandView } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
import { json, productBytes, show } from '../text/shown.js';
import { plainText } from '../text/spec-text.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { BARE_PREFIX, type CommandInput } from './read-input.js';

/** Says why a command cannot be read; undefined when it can. */
export function unreadable({ views }: CommandInput): string | undefined {
  const readable = views.filter(({ invocation }) => invocation !== undefined);
  if (readable.length === 0)
    return 'this is not a docker command that takes mounts (run, create, service create), and no mount flags';
  const refused = readable.find(({ invocation }) => invocation?.problem !== undefined);
  const engine = refused?.source.engine === 'podman' ? 'podman' : 'docker';
  return refused && `${engine} refuses the command: ${refused.invocation!.problem!.reason}`;
}

/** Prints the JSON that docker would send, or says in docker's words why it sends none; answers the exit code. */
export async function printApi(input: CommandInput, io: CliIo): Promise<number> {
  const problem = input.views.find(({ invocation }) => invocation !== undefined);
  if (problem === undefined) {
    await io.stderr.write(show`mountc convert: ${unreadable(input) ?? ''}\n`);
    return EXIT.findings;
  }
  let code: number = EXIT.ok;
  for (const view of input.views) {
    const other = view.invocation && ofOtherEngine(view);
    if (other !== undefined) {
      code = EXIT.findings;
      await io.stderr.write(show`mountc convert: ${other}: what it sends is not known\n`);
    }
    const { compiled } = input.prefix === BARE_PREFIX ? withImage(view) : view;
    if (compiled === undefined) continue;
    if (compiled.create !== undefined) {
      await io.stdout.write(json(`${stringifyApi(compiled.create, 2)}\n`));
      continue;
    }
    code = EXIT.findings;
    const text =
      compiled.refusal === undefined
        ? `mountc convert: cannot know what docker sends: ${compiled.unknown}`
        : compiled.refusal.stderr;
    await io.stderr.write(show`${text}\n`);
  }
  return code;
}

/** docker sends no flags alone; which image they are sent with makes no difference to them. */
function withImage(view: CommandView): CommandView {
  const { invocation, source } = view;
  if (invocation === undefined || invocation.image !== undefined || invocation.problem !== undefined)
    return view;
  const image = { ...plainText('image'), edit: () => undefined };
  return viewCommand({ ...source, words: [...source.words, image] }, view);
}

/** Prints the command with its flags in that form, or as the dockers of the options take them, or that as JSON with the losses; answers the exit code. */
export async function printConverted(
  input: CommandInput,
  to: TargetForm | 'compat',
  options: Parameters<typeof convertCommand>[2],
  format: string,
  io: CliIo,
): Promise<number> {
  const why = unreadable(input);
  if (why !== undefined) {
    await io.stderr.write(show`mountc convert: ${why}\n`);
    return EXIT.findings;
  }
  const how = { ...options, directory: options.directory ?? 'shell' } as const;
  const converted = input.views.map((view) =>
    to === 'compat' ? compatCommand(view, how) : convertCommand(view, to, how),
  );
  const conversions = converted.flatMap((one) => one.conversions);
  const tell = async () => {
    for (const one of conversions) await warn(one, options.strict ?? false, io);
  };
  const isWritten = await writeEdited({ input, converted, conversions, isJson: format === 'json', tell }, io);
  if (!isWritten) return EXIT.environment;
  return conversions.some((one) => isLeft(one, options.strict ?? false)) ? EXIT.findings : EXIT.ok;
}

/** A command, and what becomes of it. */
interface EditedCommand {
  readonly input: CommandInput;
  readonly converted: readonly { readonly edits: readonly TextEdit[] }[];
  readonly conversions: readonly Pick<FlagConversion, 'from' | 'to' | 'exact' | 'losses'>[];
  readonly isJson: boolean;
  /** Says what is lost, before the command. */
  tell(): Promise<void>;
}

/** Writes the command as it is now, to the byte where nothing was converted, or that as JSON; false where its bytes are no text. */
export async function writeEdited(
  { input, converted, conversions, isJson, tell }: EditedCommand,
  io: CliIo,
): Promise<boolean> {
  const text =
    applyEdits(
      input.text,
      converted.flatMap(({ edits }) => edits),
    ) ?? input.text;
  const command = text.startsWith(input.prefix) ? text.slice(input.prefix.length) : text;
  const bytes = commandBytes(input, text);
  if (bytes === undefined) {
    await io.stderr.write(show`mountc convert: standard input ${NO_TEXT}\n`);
    return false;
  }
  await tell();
  const shown = conversions.map(({ from, to, exact, losses }) => ({ from, to, exact, losses }));
  await io.stdout.write(
    isJson
      ? json(`${JSON.stringify({ command, conversions: shown }, null, 2)}\n`)
      : productBytes(Buffer.concat([bytes, Buffer.from('\n')]), `${command}\n`, io.stdout),
  );
  return true;
}

/** Whether an output made of the words of a command would hold something else than its bytes. */
export function losesBytes({ bytes }: CommandInput, output: string): boolean {
  return bytes !== undefined && output.includes('\ufffd') && !isUtf8(bytes);
}

/** The bytes of the converted command; undefined where they cannot be known. */
function commandBytes({ bytes, prefix, text }: CommandInput, converted: string): Buffer | undefined {
  const read = Buffer.concat([Buffer.from(prefix), bytes ?? Buffer.from(text.slice(prefix.length))]);
  const fresh =
    byteOrder(read) === undefined ? changedBytes({ text, bytes: read }, converted) : Buffer.from(converted);
  return fresh?.subarray(converted.startsWith(prefix) ? prefix.length : 0);
}

/** Whether the flag was left as it was although another form was asked for. */
function isLeft({ losses }: FlagConversion, strict: boolean): boolean {
  return losses.some(({ kind }) => kind === 'impossible' || (strict && kind === 'changed'));
}

async function warn(conversion: FlagConversion, strict: boolean, io: CliIo): Promise<void> {
  for (const { kind, why } of conversion.losses) {
    const label = kind === 'none-here' ? 'note' : 'warning';
    const left =
      kind === 'impossible' || (strict && !conversion.exact)
        ? 'left unchanged'
        : kind === 'changed'
          ? 'changes its effect'
          : 'no difference here';
    await io.stderr.write(show`mountc: ${label}: \`${conversion.from}\`: ${left}: ${why}\n`);
  }
}
