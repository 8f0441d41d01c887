// The one table of a sub-command's options: how they are read, what --help and the manual say, what a shell completes.
import type arg from 'arg';

/** One option of a sub-command. */
export interface Option {
  /** Its letter, with the dash. */
  readonly short?: `-${string}`;
  /** What its value is called; a switch has none. */
  readonly value?: string;
  /** A switch that may have this value after `=`. */
  readonly optional?: string;
  /** May be given several times. */
  readonly isList?: true;
  /** The command reads it itself, before the others: what follows it may look like an option. */
  readonly isOwn?: true;
  /** What it does, in lines. */
  readonly help: string;
  /** The words that the value may be, where they are few. */
  readonly words?: readonly string[];
}

/** The options of a sub-command by their long names, in the order of its help. */
export type Options = Readonly<Record<`--${string}`, Option>>;

/** How `arg` reads them. */
export type SpecOf<All extends Options> = {
  -readonly [Name in keyof All as All[Name] extends { isOwn: true } ? never : Name]: All[Name] extends {
    value: string;
    isList: true;
  }
    ? [StringConstructor]
    : All[Name] extends { value: string }
      ? StringConstructor
      : BooleanConstructor;
};

/** `--help`. */
export const HELP = { '--help': { short: '-h', help: 'show this help' } } as const satisfies Options;

/** `--color`. */
export const COLOR = {
  '--color': {
    value: 'WHEN',
    help: 'when to use colour: auto (default), always or never',
    words: ['auto', 'always', 'never'],
  },
} as const satisfies Options;

/** What {@link arg} takes for these options. */
export function argSpec<All extends Options>(options: All): SpecOf<All> {
  const spec: arg.Spec = {};
  for (const [name, { short, value, isList, isOwn }] of Object.entries(options)) {
    if (isOwn) continue;
    spec[name] = value === undefined ? Boolean : isList ? [String] : String;
    if (short !== undefined) spec[short] = name;
  }
  return spec as SpecOf<All>;
}

const COLUMN = 23;

/** The lines of a help text that say what the options do; without a line end after the last. */
export function optionsHelp(options: Options): string {
  const indent = `\n${' '.repeat(COLUMN)}`;
  return Object.entries(options)
    .map(([name, { short, value, optional, help }]) => {
      const takes = value === undefined ? (optional === undefined ? '' : `[=${optional}]`) : ` ${value}`;
      const head = `  ${short === undefined ? '' : `${short}, `}${name}${takes}`;
      const first = head.length < COLUMN ? head.padEnd(COLUMN) : head + indent;
      return first + help.replaceAll('\n', indent);
    })
    .join('\n');
}

/** Words in lines of at most so many characters. */
export function wrapWords(words: readonly string[], width: number): string {
  const lines = [''];
  for (const [index, name] of words.entries()) {
    const word = index > 0 ? ` ${name}` : name;
    if (lines.at(-1)!.length + word.length > width) lines.push(name);
    else lines[lines.length - 1] += word;
  }
  return lines.join('\n');
}
