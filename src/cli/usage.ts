import arg from 'arg';
import { nearest } from '../text/nearest.js';
import type { Shown } from '../text/shown.js';
import { argSpec, type Options, type SpecOf } from './options.js';

/** A mistake on mountc's own command line; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do, in lines. */
  readonly help: readonly (string | Shown)[];

  constructor(message: string, ...help: readonly (string | Shown)[]) {
    super(message);
    this.help = help;
  }
}

/** Reads mountc's own flags; an unknown or incomplete one is a {@link UsageError}. Everything after `--` is in `rest`. */
export function readFlags<All extends Options>(
  options: All,
  argv: readonly string[],
): { flags: arg.Result<SpecOf<All>>; words: string[]; rest?: string[] } {
  const spec = argSpec(options);
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  try {
    const flags = arg(spec, { argv: [...own] });
    return { flags, words: flags._, rest: end < 0 ? undefined : argv.slice(end + 1) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const option = /(-\S+)/.exec(error.message)?.[1] ?? '';
    // `-to` is read as `-t -o`.
    const short = own.find((word) => /^-\w\w/.test(word) && word.startsWith(option));
    const long = short && Object.keys(spec).find((name) => name === `-${short.split('=', 1)[0]}`);
    if (long !== undefined) throw new UsageError(`\`${short}\` is not an option, did you mean ${long}?`);
    throw error.code === 'ARG_UNKNOWN_OPTION'
      ? new UsageError(`\`${option}\` is not an option${didYouMean(option, Object.keys(spec))}`)
      : new UsageError(`\`${option}\` takes a value`);
  }
}

/** The value of a flag that takes one of a few words; any other is a {@link UsageError}. */
export function oneOf<Word extends string>(
  flag: string,
  text: string | undefined,
  all: readonly Word[],
): Word | undefined {
  if (text === undefined || (all as readonly string[]).includes(text)) return text as Word | undefined;
  throw new UsageError(`${flag} takes ${all.slice(0, -1).join(', ')} or ${all.at(-1)}, not \`${text}\``);
}

/** `, did you mean X?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  // Any two options of one letter are near.
  const near = /^-.$/.test(word)
    ? undefined
    : (nearest(word, candidates) ?? [...candidates].find((one) => word.length > 3 && one.startsWith(word)));
  return near === undefined ? '' : `, did you mean ${near}?`;
}

const MOUNT_FLAG = /^(?:-v(?!e)|--volume(?:=|$)|--mount(?:=|$)|--tmpfs(?:=|$))/;

/**
 * Takes docker's mount flags out of mountc's own command line (`convert --to mount -v /a:/b`): their words, and what is left.
 * A single word of several flags (`'-v /a:/b --tmpfs /t'`) is left as a text. Nothing after `--` is touched.
 */
export function splitMountFlags(argv: readonly string[]): { own: string[]; bare: string[]; texts: string[] } {
  const own: string[] = [];
  const bare: string[] = [];
  const texts: string[] = [];
  const end = argv.indexOf('--');
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    const isOwn = (end >= 0 && i >= end) || !word.startsWith('-');
    if (!isOwn && /^-[^-\s]*\s|^--\S+\s/.test(word) && !/^--[a-z-]+=/.test(word)) texts.push(word);
    else if (!isOwn && MOUNT_FLAG.test(word)) {
      bare.push(word);
      const takesNext = word === '-v' || (word.startsWith('--') && !word.includes('='));
      if (takesNext && i + 1 < argv.length) bare.push(argv[++i]!);
    } else own.push(word);
  }
  return { own, bare, texts };
}
