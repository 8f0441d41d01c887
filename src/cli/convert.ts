import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConvertOptions } from '../convert/convert-command.js';
import { chooseCompose } from '../dialects/compose/versions.js';
import { fleetOf, portableDialects } from '../dialects/docker/tables/fleet.js';
import { readTextFile } from '../files/open-file.js';
import { decodeText } from '../files/text-bytes.js';

import type { MountForm, TargetForm } from '../forms/loss.js';
import { exact, show } from '../text/shown.js';
import { type ChosenDialect, chooseDialect } from './choose-dialect.js';
import { CONVERT_HELP, CONVERT_OPTIONS } from './convert-help.js';
import { printApi, printConverted, unreadable } from './convert-output.js';
import { EXIT } from './exit-codes.js';
import { type EngineForm, FORM_NAMES, FORMS, type FormName } from './forms.js';
import type { CliIo, Command } from './io.js';
import { answerLines } from './jsonl.js';
import { type CommandInput, readArgvInput, readTextInput } from './read-input.js';
import { didYouMean, readFlags, splitMountFlags, UsageError } from './usage.js';

export { CONVERT_OPTIONS as options };

/** `mountc convert`. */
export const run: Command = async (argv, given) => {
  const io = withStdinOnce(given);
  const { own, bare, texts } = splitMountFlags(argv);
  const read = readFlags(CONVERT_OPTIONS, own);
  const { flags } = read;
  const words = [...texts, ...read.words];
  const rest = read.rest ?? (bare.length > 0 ? bare : undefined);
  if (flags['--help']) {
    await io.stdout.write(exact(CONVERT_HELP));
    return EXIT.ok;
  }
  if (flags['--for'] !== undefined) return forDockers(flags['--for'], { flags, words, rest, io });
  const to = readForm(flags['--to']);
  const form = to === 'compose' && flags['--short'] ? 'compose-short' : to;
  const format = flags['--format'] ?? 'text';
  if (!['text', 'json'].includes(format))
    throw new UsageError(`--format takes text or json, not \`${format}\``);
  const assume = flags['--assume'];
  if (assume !== undefined && assume !== 'bind' && assume !== 'volume')
    throw new UsageError(`--assume takes bind or volume, not \`${assume}\``);
  const chosen = await chooseDialect(flags, io);
  if (flags['--jsonl']) {
    if (to !== 'api') throw new UsageError('--jsonl needs --to api');
    return answerLines(io, chosen);
  }
  const options = {
    dialects: chosen.isChosen ? fleetOf(chosen.dialect) : portableDialects(),
    ...(chosen.compose && { compose: chooseCompose(chosen.compose) }),
    strict: flags['--strict'],
    assume,
    directory: flags['--cwd'] === undefined ? undefined : { path: chosen.cwd },
  } as const;
  const asked: Asked = { flags, words, rest, to, form, format, chosen, options, io };
  if (FORMS[to].gives === 'engine') return toEngine(asked);
  refuseWithoutCommands(asked);
  if (flags['--merge'] === undefined && (flags['--write'] || flags['--diff'])) return changeFiles(asked);
  return (await fromFile(asked)) ?? fromCommand(asked);
};

/** What is to be converted, and how. */
interface Asked {
  readonly flags: ReturnType<typeof readFlags<typeof CONVERT_OPTIONS>>['flags'];
  readonly words: readonly string[];
  /** The words after `--`, or of a command that is given without quotes. */
  readonly rest: readonly string[] | undefined;
  readonly to: FormName;
  readonly form: FormName | 'compose-short';
  readonly format: string;
  readonly chosen: ChosenDialect;
  readonly options: ConvertOptions;
  readonly io: CliIo;
}

/** A command as another docker takes it. */
async function forDockers(
  dockers: string,
  { flags, words, rest, io }: Pick<Asked, 'flags' | 'words' | 'rest' | 'io'>,
): Promise<number> {
  const other = ['--to', '--write', '--diff', '--file', '--merge', '--from'].find(
    (name) => flags[name as keyof typeof flags] !== undefined,
  );
  if (other !== undefined)
    throw new UsageError(
      `--for writes a command as that docker accepts it, and cannot be combined with ${other}`,
      "example: mountc convert --for 20.10 'docker run -v ./a:/b img'",
    );
  const chosen = await chooseDialect({ ...flags, '--docker': dockers }, io);
  const input = await readInput(words, rest, chosen, io);
  const directory = flags['--cwd'] === undefined ? undefined : { path: chosen.cwd };
  const options = { dialects: fleetOf(chosen.dialect), directory };
  return printConverted(input, 'compat', options, flags['--format'] ?? 'text', io);
}

/** A command of another engine, or a unit; the same of a file. */
async function toEngine({
  flags,
  words,
  rest,
  to,
  format,
  chosen,
  options: given,
  io,
}: Asked): Promise<number> {
  const { runEngine, splitFolder } = await import('#entry/convert-engines');
  const isWritten = flags['--write'] ?? false;
  if (isWritten && to !== 'quadlet') throw new UsageError(`files cannot be converted to ${to} in place`);
  if (flags['--diff']) throw new UsageError(`--to ${to} changes no files`);
  const { folder, others } = splitFolder(words, isWritten);
  const options = { ...given, cwd: chosen.cwd };
  const json = format === 'json';
  const from = flags['--from'];
  if (flags['--file'] === undefined && from === undefined) {
    const input = await readInput(others, rest, chosen, io);
    return runEngine({ input, to: to as EngineForm, options, folder, json }, io);
  }
  const files = flags['--file'] ?? ['-'];
  const isOne = to === 'quadlet' || files.length === 1;
  if (!isOne || others.length > 0 || rest !== undefined)
    throw new UsageError(`--to ${to} takes one command, or one file`);
  const kind = to === 'quadlet' ? 'compose' : 'quadlet';
  if (from !== undefined && from !== kind)
    throw new UsageError(`--to ${to} takes a file of ${kind}, not of \`${from}\``);
  const { runCompose, runUnit } = await import('#entry/convert-unit');
  return to === 'quadlet'
    ? runCompose({ options, json, files, service: flags['--service'], folder }, io)
    : runUnit({ options, json, file: files[0]!, to: to as EngineForm }, io);
}

/** Options that only a whole container of a command has a use for. */
function refuseWithoutCommands({ flags, to }: Asked): void {
  const { '--merge': merge, '--env-to-file': envToFile } = flags;
  if (merge === undefined && envToFile === undefined) return;
  if (to !== 'compose' || flags['--file'] !== undefined || flags['--from'] !== undefined)
    throw new UsageError(
      `${merge === undefined ? '--env-to-file' : '--merge'} needs --to compose and a command`,
      "example: mountc convert --to compose --merge compose.yaml 'docker run -p 80:80 nginx'",
    );
  if (merge === undefined && (flags['--write'] || flags['--diff']))
    throw new UsageError('--write and --diff change a file: name it with --merge');
}

/** Converts files where they stand, or shows how that would change them. */
async function changeFiles({ flags, words, rest, to, format, chosen, options, io }: Asked): Promise<number> {
  if (!FORMS[to].isInPlace) throw new UsageError(`files cannot be converted to ${to} in place`);
  if (rest !== undefined || words.length === 0)
    throw new UsageError(
      '--write and --diff take files and folders',
      'example: mountc convert --to mount --diff scripts/',
    );
  const { runFiles } = await import('#entry/convert-files');
  return runFiles(
    {
      words,
      to: to as TargetForm | 'compose',
      short: flags['--short'] ?? false,
      options,
      isDialectGiven: chosen.isChosen,
      config: flags['--no-config'] ? false : flags['--config'],
      write: flags['--write'] ?? false,
      diff: flags['--diff'] ?? false,
      color: flags['--color'],
      json: format === 'json',
    },
    io,
  );
}

/** The mounts or the containers of a file; undefined where a command is given. */
async function fromFile({
  flags,
  words,
  rest,
  to,
  form,
  format,
  options,
  io,
}: Asked): Promise<number | undefined> {
  const { '--merge': merge, '--env-to-file': envToFile, '--service': service } = flags;
  const isStdin = rest === undefined && (words.length === 0 || (words.length === 1 && words[0] === '-'));
  const isPiped =
    flags['--file'] === undefined &&
    isStdin &&
    (flags['--from'] !== undefined ||
      to === 'run' ||
      (to === 'compose' && merge === undefined && envToFile === undefined && (await isJson(io))));
  const files = flags['--file'] ?? (isPiped ? ['-'] : undefined);
  const kind = readKind(flags['--from']);
  const json = format === 'json';
  if (to === 'run') {
    if (files === undefined || !isStdin || (io.stdinIsTerminal && files[0] === '-'))
      throw new UsageError(
        '--to run takes a Compose file, or what docker inspect prints',
        'example: mountc convert --to run -f compose.yaml --service web',
      );
    const { runCommands } = await import('#entry/convert-mounts');
    return runCommands({ files, kind, options: { ...options, service }, json }, io);
  }
  if (files === undefined) return undefined;
  if ((words.length > 0 && !isPiped) || rest !== undefined)
    throw new UsageError('--file replaces the command; to change files in place, use --write');
  const { runMounts } = await import('#entry/convert-mounts');
  return runMounts({ input: { files, kind }, to: form as MountForm, options, service, json }, io);
}

/** The mounts or the containers of commands. */
async function fromCommand({
  flags,
  words,
  rest,
  to,
  form,
  format,
  chosen,
  options,
  io,
}: Asked): Promise<number> {
  const { '--merge': merge, '--env-to-file': envToFile, '--service': service } = flags;
  const json = format === 'json';
  const input = await readInput(words, rest, chosen, io);
  if (FORMS[to].gives === 'call') return printApi(input, io);
  if (FORMS[to].gives !== 'document') return printConverted(input, to as TargetForm, options, format, io);
  const why = unreadable(input);
  if (why !== undefined) {
    await io.stderr.write(show`mountc convert: ${why}\n`);
    return EXIT.findings;
  }
  const { runContainers, runMounts } = await import('#entry/convert-mounts');
  if (form !== 'compose' && form !== 'compose-short')
    return runMounts({ input: { command: input }, to: form as MountForm, options, service, json }, io);
  const places = {
    merge,
    envToFile,
    write: flags['--write'] ?? false,
    diff: flags['--diff'] ?? false,
    color: flags['--color'],
  };
  return runContainers(
    { input, to: form, options: { ...options, service, readText: textReader(io) }, json, ...places },
    io,
  );
}

function readForm(to: string | undefined): FormName {
  if (to === undefined)
    throw new UsageError(
      `choose the form with --to: ${FORM_NAMES.join(', ')}`,
      "example: mountc convert --to mount 'docker run -v /a:/b img'",
    );
  const form = FORM_NAMES.find((name) => name === to);
  if (form === undefined)
    throw new UsageError(`--to takes ${FORM_NAMES.join(', ')}, not \`${to}\`${didYouMean(to, FORM_NAMES)}`);
  return form;
}

/** Standard input can be read several times. */
function withStdinOnce(io: CliIo): CliIo {
  let read: Promise<Buffer> | undefined;
  const readStdin = () => {
    read ??= io.readStdin();
    return read;
  };
  return Object.create(io, { readStdin: { value: readStdin } }) as CliIo;
}

/** Whether JSON comes in, such as docker inspect prints. */
async function isJson(io: CliIo): Promise<boolean> {
  if (io.stdinIsTerminal) return false;
  return /^\s*[[{]/.test(decodeText((await io.readStdin()).subarray(0, 1000)));
}

/** Reads what a command names, as seen from here. */
const textReader =
  ({ cwd }: CliIo) =>
  (path: string): string | undefined => {
    const read = readTextFile(resolve(cwd, path));
    return 'text' in read ? read.text : undefined;
  };

function readKind(from: string | undefined): 'compose' | 'devcontainer' | 'api' | undefined {
  if (from === undefined || from === 'compose' || from === 'devcontainer' || from === 'api') return from;
  throw new UsageError(`--from takes compose, devcontainer or api, not \`${from}\``);
}

async function readInput(
  words: readonly string[],
  rest: readonly string[] | undefined,
  chosen: ChosenDialect,
  io: CliIo,
): Promise<CommandInput> {
  const options = { dialect: chosen.dialect, cwd: chosen.cwd };
  if (rest !== undefined && words.length > 0)
    throw new UsageError('give the command in quotes or after --, not both');
  if ([...words, ...(rest ?? [])].some((one) => one.includes('\ufffd')) && !isArgvText())
    throw new UsageError('the command is not UTF-8', 'give it on standard input, with -');
  if (rest !== undefined) {
    if (rest.length === 0) throw new UsageError('there is no command after --');
    return readArgvInput(rest, options);
  }
  const files = words.filter((one) => /^\S+$/.test(one) && existsSync(resolve(io.cwd, one)));
  if (words.length > 0 && files.length === words.length)
    throw new UsageError(
      `\`${files[0]}\` is a file: use --diff or --write to convert files in place, or --file for one that is not a script`,
    );
  if (words.length > 1)
    throw new UsageError(
      'give the command in quotes, or after --',
      'example: mountc convert --to mount -- docker run -v /a:/b img',
    );
  const [word] = words;
  if (word === undefined && io.stdinIsTerminal)
    throw new UsageError(
      'there is no command to convert',
      "example: mountc convert --to mount 'docker run -v /a:/b img'",
    );
  const bytes = word === undefined || word === '-' ? withoutEnd(await io.readStdin()) : undefined;
  const text = bytes === undefined ? word! : decodeText(bytes);
  if (text.trim() === '')
    throw new UsageError(
      word === undefined || word === '-' ? 'standard input is empty' : 'the command is empty',
      "example: mountc convert --to mount 'docker run -v /a:/b img'",
    );
  if (word !== undefined && /^[^\s-]\S*[./]\S*$/.test(word))
    throw new UsageError(`\`${word}\` is not a command, and there is no such file`);
  return { ...(await readTextInput(text, options)), bytes };
}

function withoutEnd(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}

/** Node has U+FFFD for what is no UTF-8 in an argument; the system knows better. */
function isArgvText(): boolean {
  try {
    return isUtf8(readFileSync('/proc/self/cmdline'));
  } catch {
    return true;
  }
}
