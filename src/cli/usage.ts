import arg from 'arg';

/** A mistake on mountc's own command line; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly help: string;

  /** `help` says what to do. */
  constructor(message: string, help = '') {
    super(message);
    this.help = help;
  }
}

/** Reads mountc's own flags; an unknown or incomplete one is a {@link UsageError}. Everything behind `--` is in `rest`. */
export function readFlags<Spec extends arg.Spec>(
  spec: Spec,
  argv: readonly string[],
): { flags: arg.Result<Spec>; words: string[]; rest?: string[] } {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  try {
    const flags = arg(spec, { argv: [...own] });
    return { flags, words: flags._, rest: end < 0 ? undefined : argv.slice(end + 1) };
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(lowerFirst(error.message));
    throw error;
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
