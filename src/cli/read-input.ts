import { argvSource, plainSource } from '../source/argv-source.js';
import type { CommandSource } from '../source/command-source.js';
import { type FoundCommand, makeSink } from '../source/frontend.js';
import { fileText } from '../source/hosted-text.js';
import type { CommandView } from '../source/site.js';
import { type ViewOptions, viewCommand } from '../source/view-command.js';
import { UsageError } from './usage.js';

/** Stands before mount flags alone: they are read as those of this command. */
export const BARE_PREFIX = 'docker create ';

/** The commands that somebody gave on the command line, and the text that their ranges are in. */
export interface CommandInput {
  /** What the text of the source is, with `prefix` in front where the person left docker's words out. */
  readonly text: string;
  /** Put in front for reading: `docker create `, `docker `, or nothing. */
  readonly prefix: string;
  readonly views: readonly CommandView[];
  /** What the text after the prefix was read from, where it was given in bytes. */
  readonly bytes?: Buffer;
}

/** Reads docker's words given one by one: `docker run …`, `run …`, or mount flags alone; anything before docker is left. */
export async function readArgvInput(args: readonly string[], options: ViewOptions): Promise<CommandInput> {
  const name = args[0]
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.exe$/i, '');
  if (name !== undefined && PREFIXES.has(name) && name !== 'docker') {
    // sudo and the like: the shell front-end knows how they take their own options.
    return readTextInput(argvSource(args).text, options);
  }
  const isDocker = name === 'docker';
  const direct = view(isDocker ? '' : 'docker ', args, options);
  if (direct.views[0]?.invocation !== undefined || isDocker || !args[0]?.startsWith('-')) return direct;
  return view(BARE_PREFIX, args, options);
}

const PREFIXES = new Set([
  'sudo',
  'env',
  'time',
  'exec',
  'command',
  'nohup',
  'nice',
  'timeout',
  'doas',
  'podman',
  'nerdctl',
  'nvidia-docker',
]);

function view(prefix: string, args: readonly string[], options: ViewOptions): CommandInput {
  const { source, text } = argvSource([...prefix.split(' ').filter(Boolean), ...args]);
  return { text, prefix, views: [viewCommand(behindPrefix(source, prefix), options)] };
}

/** Of flags alone, the image is still to come. */
function behindPrefix(source: CommandSource, prefix: string): CommandSource {
  return prefix === BARE_PREFIX ? { ...source, partial: true } : source;
}

/** Reads a command line without anything that only a shell knows; undefined for all others. Most need no shell parser. */
function readPlainInput(text: string, options: ViewOptions): CommandInput | undefined {
  const first = /^[^ ]*/.exec(text)![0];
  const prefixes = /(?:^|\/)docker$/.test(first)
    ? ['']
    : first.startsWith('-')
      ? ['docker ', BARE_PREFIX]
      : /^(?:run|create|container|service)$/.test(first)
        ? ['docker ']
        : [];
  for (const prefix of prefixes) {
    const source = plainSource(prefix + text);
    if (source === undefined) return undefined;
    const command = viewCommand(behindPrefix(source, prefix), options);
    if (command.invocation !== undefined) return { text: prefix + text, prefix, views: [command] };
  }
  return undefined;
}

/**
 * Reads one command as a person would type it in a shell. Whatever the text is, it is read whole: pipes, lists and all. A quote
 * that is not closed is a {@link UsageError}, since nobody knows where a word ends then.
 */
export async function readTextInput(text: string, options: ViewOptions): Promise<CommandInput> {
  const plain = readPlainInput(text, options);
  if (plain !== undefined) return plain;
  const { readShell } = await import('#entry/shell');
  const read = (prefix: string): CommandInput => {
    const sink = makeSink();
    const partial = prefix === BARE_PREFIX;
    readShell(fileText(prefix + text), sink, { shell: 'bash', placeholders: true, partial });
    const unclosed = sink.problems.find(({ message }) => message.includes('unterminated'));
    if (unclosed !== undefined)
      throw new UsageError(
        `${unclosed.message} (character ${unclosed.range.start - prefix.length + 1})`,
        'close it; inside the quotes that hold the whole command, use the other kind',
      );
    return {
      text: prefix + text,
      prefix,
      views: sink.commands.map((found) => viewCommand(asSource(found), options)),
    };
  };
  const whole = read('');
  if (whole.views.length > 0) return whole;
  const isBare = /^\s*-/.test(text);
  const command = read('docker ');
  if (!isBare || command.views.some(({ invocation }) => invocation !== undefined)) return command;
  return read(BARE_PREFIX);
}

function asSource(found: FoundCommand): CommandSource {
  return found;
}
