import type { FailOn } from '../lint/config.js';
import type { FixMode } from '../lint/fix-attempt.js';
import { FORMAT_NAMES, type FormatName } from '../report/index.js';
import { append } from '../text/append.js';
import type { Severity } from '../text/diagnostic.js';
import { DIALECT_OPTIONS } from './dialect-flags.js';
import { COLOR, HELP, type Options, wrapWords } from './options.js';
import { didYouMean, readFlags, splitMountFlags, UsageError } from './usage.js';

/** The options of `mountc lint`. */
export const LINT_OPTIONS = {
  '--command': {
    value: 'COMMAND',
    isOwn: true,
    help: 'lint this docker command, or these mount flags',
  },
  '--fix': {
    optional: 'unsafe',
    help: 'fix what can be fixed, in place; unsafe: also where the effect may change',
  },
  '--diff': { help: 'show what --fix would do, and change nothing' },
  '--list': { help: 'list every mount: file, line, form, type, source, target, ro or rw' },
  '--format': {
    value: 'FORMAT[:FILE]',
    isList: true,
    help: `${wrapWords(FORMAT_NAMES.join(', ').split(' '), 80)}; several may be given`,
    words: FORMAT_NAMES,
  },
  '--fail-on': {
    value: 'SEVERITY',
    help: 'exit with 1 on findings of this severity or higher: error (default), warning, info or never',
    words: ['error', 'warning', 'info', 'never'],
  },
  '--quiet': { short: '-q', help: 'print only findings that make it fail; no summary, no progress' },
  '--rule': {
    value: 'NAME=SEVERITY',
    isList: true,
    help: 'set one rule to error, warning, info or off; may be given several times',
  },
  '--check-paths': { help: 'also check whether the source paths of bind mounts exist on this machine' },
  '--comments': {
    help: 'also read commands in comments (# docker run …); their findings are infos',
  },
  '--baseline': {
    value: 'FILE',
    help: 'do not report the findings in this file; report its entries that no longer match',
  },
  '--no-baseline': { help: 'report all findings, including those in the baseline of the configuration' },
  '--write-baseline': {
    help: 'write all findings of these files to the baseline (--baseline, or that of the configuration)',
  },
  '--new-from': {
    value: 'REV',
    help: 'report only findings on lines changed since this git revision, such as origin/main',
  },
  '--add-disables': {
    help: 'add a comment that turns the rule off above each finding, in place; --diff only shows them',
  },
  '--reason': { value: 'TEXT', help: 'the reason in these comments' },
  '--config': {
    value: 'FILE',
    help: 'use this configuration instead of the nearest .mountc.yaml, .json, .jsonc or package.json#mountc',
  },
  '--no-config': { help: 'use no configuration' },
  '--print-config': { help: 'show the settings for FILE (or this folder), and where they come from' },
  '--files': {
    value: 'FILE …',
    isOwn: true,
    help: 'treat all following arguments as files, even if they look like options; for tools such as xargs',
  },
  '--stdin-filename': {
    value: 'PATH',
    help: 'the name of the file on standard input; decides its kind and its configuration',
  },
  ...DIALECT_OPTIONS,
  ...COLOR,
  ...HELP,
} as const satisfies Options;

/** Where one report goes; standard output without a file. */
export interface Output {
  readonly format: FormatName;
  readonly file?: string;
}

/** The command line of `mountc lint`, checked. */
export interface LintArgs {
  readonly isHelp: boolean;
  /** One command as a shell reads it. */
  readonly command?: string;
  /** One command as words. */
  readonly argv?: readonly string[];
  readonly paths: readonly string[];
  /** No files were given, so that those of the folder that we are in are meant. */
  readonly isWithoutPaths: boolean;
  /** Another program hands on names, of whatever files it has. */
  readonly isHandedOn: boolean;
  readonly fix?: FixMode;
  readonly isDiff: boolean;
  readonly isList: boolean;
  readonly outputs: readonly Output[];
  readonly failOn?: FailOn;
  readonly isQuiet: boolean;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly checkPaths?: boolean;
  /** Commands in comments are read too. */
  readonly comments?: boolean;
  /** The file of known findings, instead of what configurations name; `false`: none. */
  readonly baseline?: string | false;
  /** All findings are to be known. */
  readonly writesBaseline: boolean;
  /** Only findings on lines that were changed since that revision of git. */
  readonly newFrom?: string;
  /** All findings are to be turned off by comments, with that reason. */
  readonly addsDisables: boolean;
  readonly reason?: string;
  /** `false`: none is looked for. */
  readonly config?: string | false;
  readonly printConfig: boolean;
  readonly stdinFilename?: string;
  readonly color?: string;
  readonly dialect: { readonly [Name in keyof typeof DIALECT_OPTIONS]?: string };
}

/** What is to be linted, and the other flags. */
function readWords(argv: readonly string[]) {
  const { flagsAndWords, files } = takeFiles(argv);
  const { words: before, command: given, isUnfinished } = takeCommand(flagsAndWords);
  const { own, bare, texts } = splitMountFlags(before);
  const { words: plain, mode } = takeFixMode(own);
  const { flags, words, rest } = readFlags(LINT_OPTIONS, plain);
  const command = given ?? (texts.length === 1 && words.length === 0 ? texts[0] : undefined);
  const args = rest ?? (bare.length > 0 ? bare : undefined);
  if (isUnfinished && args === undefined) throw new UsageError('--command needs a command');
  if (command !== undefined && args !== undefined)
    throw new UsageError('give the command in quotes or after --, not both');
  if (args !== undefined && args.length === 0) throw new UsageError('there is no command after --');
  if ((command !== undefined || args !== undefined) && (words.length > 0 || files !== undefined))
    throw new UsageError('give files or a command, not both');
  return {
    command,
    args,
    words,
    files,
    flags,
    fix: mode ?? (flags['--fix'] ? ('safe' as const) : undefined),
  };
}

/** Reads the command line; a mistake is a {@link UsageError}. */
export async function readLintArgs(argv: readonly string[]): Promise<LintArgs> {
  const { command, args, words, files, flags, fix } = readWords(argv);
  const stdinFilename = flags['--stdin-filename'];
  const isPrinted = flags['--print-config'] ?? false;
  // It stands for standard input, so it asks for that too.
  const paths =
    stdinFilename !== undefined && words.length === 0 && !isPrinted ? ['-'] : [...words, ...(files ?? [])];
  if (stdinFilename !== undefined && !isPrinted && !paths.includes('-'))
    throw new UsageError('--stdin-filename needs -, not files');
  if (fix !== undefined && (command !== undefined || args !== undefined) && !flags['--diff'])
    throw new UsageError('a command cannot be fixed in place', 'use --diff, or mountc convert');
  const writesBaseline = flags['--write-baseline'] ?? false;
  const newFrom = flags['--new-from'];
  // git takes such a name for an option, wherever it stands.
  if (newFrom !== undefined && !/^[^-\s\0-\x1f\x7f][^\0-\x1f\x7f]{0,999}$/.test(newFrom))
    throw new UsageError(`--new-from takes a revision of git, not \`${newFrom}\``);
  const addsDisables = flags['--add-disables'] ?? false;
  const reason = flags['--reason'];
  if (reason !== undefined) checkReason(reason, addsDisables);
  checkApart({
    'a command': command !== undefined || args !== undefined,
    '--baseline': flags['--baseline'] !== undefined,
    '--no-baseline': flags['--no-baseline'],
    '--write-baseline': writesBaseline,
    '--new-from': newFrom !== undefined,
    '--add-disables': addsDisables,
    '--fix': fix !== undefined,
    '--diff': flags['--diff'],
    '--list': flags['--list'],
  });
  const asksName = (writesBaseline && '--write-baseline') || (newFrom !== undefined && '--new-from');
  if (asksName && paths.includes('-') && stdinFilename === undefined)
    throw new UsageError(
      `${asksName} needs a name for standard input`,
      'give its name with --stdin-filename',
    );
  const color = flags['--color'];
  if (color !== undefined && !['auto', 'always', 'never'].includes(color))
    throw new UsageError(`--color takes auto, always or never, not \`${color}\``);
  return {
    isHelp: flags['--help'] ?? false,
    command,
    argv: args,
    paths,
    isWithoutPaths: files === undefined && paths.length === 0,
    isHandedOn: files !== undefined,
    fix,
    isDiff: flags['--diff'] ?? false,
    isList: flags['--list'] ?? false,
    outputs: readOutputs(flags['--format'] ?? []),
    failOn: readFailOn(flags['--fail-on']),
    isQuiet: flags['--quiet'] ?? false,
    rules: await readRules(flags['--rule'] ?? []),
    checkPaths: flags['--check-paths'],
    comments: flags['--comments'],
    baseline: flags['--no-baseline'] ? false : flags['--baseline'],
    writesBaseline,
    newFrom,
    addsDisables,
    reason,
    config: flags['--no-config'] ? false : flags['--config'],
    printConfig: isPrinted,
    stdinFilename,
    color,
    dialect: flags,
  };
}

/** What has no use for the others. */
const APART = [
  ['a command', ['--baseline', '--write-baseline', '--new-from', '--add-disables']],
  ['--write-baseline', ['--no-baseline', '--new-from', '--add-disables', '--diff', '--list']],
  ['--add-disables', ['--fix', '--list']],
] as const;

function checkApart(
  uses: Readonly<Record<(typeof APART)[number][0] | (typeof APART)[number][1][number], boolean | undefined>>,
): void {
  for (const [one, others] of APART) {
    const other = others.find((name) => uses[name]);
    if (uses[one] && other !== undefined) throw new UsageError(`${one} and ${other} cannot be combined`);
  }
}

function readOutputs(formats: readonly string[]): LintArgs['outputs'] {
  const outputs = formats.map(readOutput);
  const toStdout = outputs.filter(({ file }) => file === undefined);
  if (toStdout.length > 1 && toStdout.some(({ format }) => !LINEWISE.has(format)))
    throw new UsageError(
      'only one report can go to standard output',
      'write one to a file: --format sarif:mounts.sarif',
    );
  return outputs;
}

/** A reason stands in comments of many languages, and ends none of them. */
function checkReason(reason: string, addsDisables: boolean): void {
  if (!addsDisables) throw new UsageError('--reason needs --add-disables');
  if (
    !/^[^\s\p{C}](?:[^\p{C}\u2028\u2029]{0,298}[^\s\p{C}\\`^])?$/u.test(reason) ||
    /-->|\*\/|--\s/.test(reason)
  )
    throw new UsageError(
      '--reason takes one line of at most 300 characters',
      'without `-->`, `*/` and `-- `, and without a backslash, backtick or caret at its end',
    );
}

/** Formats that may share standard output: each finding is a line or a block of its own. */
const LINEWISE: ReadonlySet<string> = new Set(['pretty', 'compact', 'jsonl', 'github']);

/** Takes `--files FILE…` out: names that another program hands on, which may look like flags, or like `-`. */
function takeFiles(argv: readonly string[]): { flagsAndWords: readonly string[]; files?: string[] } {
  const at = argv.indexOf('--files');
  if (at < 0) return { flagsAndWords: argv };
  const files = argv.slice(at + 1).map((name) => (name.startsWith('-') ? `./${name}` : name));
  return { flagsAndWords: argv.slice(0, at), files };
}

/** Takes `--command X` out: what follows it may start with a dash, which no other flag's value does. */
function takeCommand(argv: readonly string[]): { words: string[]; command?: string; isUnfinished: boolean } {
  const words: string[] = [];
  let command: string | undefined;
  let isUnfinished = false;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--') {
      append(words, argv.slice(i));
      break;
    }
    const isLast = argv[i + 1] === undefined || argv[i + 1] === '--';
    if (word.startsWith('--command=')) command = word.slice('--command='.length);
    else if (word === '--command' && isLast) isUnfinished = true;
    else if (word === '--command') command = argv[++i];
    else words.push(word);
  }
  return { words, command, isUnfinished };
}

/** Takes `--fix=MODE` out: only with `=` does it have a value. */
function takeFixMode(argv: readonly string[]): { words: string[]; mode?: FixMode } {
  let mode: FixMode | undefined;
  const end = argv.indexOf('--');
  const words = argv.filter((word, i) => {
    if (!word.startsWith('--fix=') || (end >= 0 && i > end)) return true;
    const value = word.slice('--fix='.length);
    if (value !== 'safe' && value !== 'unsafe')
      throw new UsageError(`--fix takes safe or unsafe, not \`${value}\``);
    mode = value;
    return false;
  });
  return { words, mode };
}

function readOutput(text: string): Output {
  const [name = '', ...rest] = text.split(':');
  const file = rest.length > 0 ? rest.join(':') : undefined;
  const format = FORMAT_NAMES.find((one) => one === name);
  if (format === undefined) {
    throw new UsageError(
      `--format has no \`${name}\`${didYouMean(name, FORMAT_NAMES)}`,
      `the formats are ${FORMAT_NAMES.join(', ')}`,
    );
  }
  if (file === '') throw new UsageError(`--format ${name}: needs a file after the colon`);
  return { format, file };
}

function readFailOn(text: string | undefined): FailOn | undefined {
  if (text === undefined || text === 'error' || text === 'warning' || text === 'info' || text === 'never')
    return text;
  throw new UsageError(`--fail-on takes error, warning, info or never, not \`${text}\``);
}

async function readRules(texts: readonly string[]): Promise<LintArgs['rules']> {
  if (texts.length === 0) return {};
  const known = await import('#entry/judge');
  return Object.fromEntries(texts.map((text) => readRule(text, known)));
}

function readRule(
  text: string,
  { RULE_NAMES, ruleName }: Pick<typeof import('#entry/judge'), 'RULE_NAMES' | 'ruleName'>,
): [string, Severity | 'off'] {
  const [, name = '', severity = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const rule = ruleName(name);
  if (severity !== 'error' && severity !== 'warning' && severity !== 'info' && severity !== 'off')
    throw new UsageError(`--rule takes NAME=error, warning, info or off, not \`${text}\``);
  if (rule !== undefined) return [rule, severity];
  throw new UsageError(
    `\`${name}\` is not a rule${didYouMean(name, RULE_NAMES)}`,
    'see: mountc explain --rules',
  );
}
