import { explainCommands } from '../explain/explain-commands.js';
import { explainSpec, guessForm } from '../explain/explain-spec.js';
import { explainedWords, explainRule, explainWord } from '../explain/explain-word.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import { DIRECTIVE_RULES } from '../lint/directive-rules.js';
import { findRule, RULES } from '../rules/index.js';
import { lintArgs } from '../rules/lint-args.js';
import type { SpecForm } from '../spec/ast.js';
import { quoteShell } from '../text/shell-quote.js';
import { exact, lines, show } from '../text/shown.js';
import { chooseDialect } from './choose-dialect.js';
import { DIALECT_OPTIONS } from './dialect-flags.js';
import { EXIT } from './exit-codes.js';
import type { Command } from './io.js';
import { COLOR, HELP, type Options, optionsHelp } from './options.js';
import { readTextInput } from './read-input.js';
import { didYouMean, readFlags, splitMountFlags, UsageError } from './usage.js';

/** The options of `mountc explain`. */
export const options = {
  '--rules': { help: 'list every rule' },
  ...DIALECT_OPTIONS,
  ...COLOR,
  ...HELP,
} as const satisfies Options;

const HELP_TEXT = `Explain in words what a mount does, or what a rule, a key or a mode means.

Usage: mountc explain [OPTIONS] SPEC | RULE | WORD | 'COMMAND'
       mountc explain --rules

SPEC is the value of --mount or -v, or a whole flag in quotes: '--tmpfs /run:size=64m'.

Options:
${optionsHelp(options)}

Examples:
  mountc explain 'type=bind,src=/etc,dst=/host/etc,ro'
  mountc explain /srv/data:/data:ro
  mountc explain -- --tmpfs /run:size=64m,exec
  mountc explain mount-field-whitespace
  mountc explain bind-propagation
  mountc explain 'docker volume create -o type=tmpfs -o device=tmpfs scratch; docker run -v scratch:/x alpine'

Exit codes: 0 explained, 1 docker refuses the spec, 2 usage.
`;

/** Every word that it explains, rules among them. */
export const explainable = (): readonly string[] => [...ruleNames(), ...explainedWords()];

/** `mountc explain`. */
export const run: Command = async (argv, io) => {
  const { own, bare, texts } = splitMountFlags(argv);
  const { flags, words, rest } = readFlags(options, own);
  if (flags['--help']) {
    await io.stdout.write(exact(HELP_TEXT));
    return EXIT.ok;
  }
  if (flags['--rules']) {
    for (const rule of [...RULES, ...DIRECTIVE_RULES])
      await io.stdout.write(show`${rule.code}  ${rule.severity.padEnd(7)}  ${rule.name}  ${rule.summary}\n`);
    return EXIT.ok;
  }
  const given =
    rest !== undefined && COMMAND.test(rest.join(' '))
      ? [rest.map(quoteShell).join(' ')]
      : [...texts, ...words, ...(rest ?? bare)];
  if (given.length === 0)
    throw new UsageError(
      'there is nothing to explain',
      "example: mountc explain 'type=bind,src=/etc,dst=/host/etc,ro'",
    );
  const subject = readSubject(given);
  if (subject.form === undefined) {
    const rule =
      findRule(subject.text) ?? DIRECTIVE_RULES.find(({ name, code }) => isNamed(subject.text, name, code));
    const known = rule === undefined ? explainWord(subject.text) : explainRule(rule);
    if (known !== undefined) {
      // All of it is ours.
      await io.stdout.write(exact(`${known.join('\n')}\n`));
      return EXIT.ok;
    }
    // A path looks otherwise, and a name alone is hardly ever meant as a mount.
    if (/^\w+(?:-\w+)*$/.test(subject.text))
      throw new UsageError(
        `\`${subject.text}\` is not a rule, key, type or mode${didYouMean(subject.text, explainable())}`,
        `see: mountc explain --rules; as a mount: mountc explain '-v ${subject.text}'`,
      );
  }
  const { dialect, cwd } = await chooseDialect(flags, io);
  if (subject.form === undefined && COMMAND.test(subject.text)) {
    const { views } = await readTextInput(subject.text, { dialect, cwd });
    const told = explainCommands(views, cwd);
    await io.stdout.write(lines(told.lines.length > 0 ? told.lines : ['it mounts nothing']));
    return told.isRefused ? EXIT.findings : EXIT.ok;
  }
  const form = subject.form ?? guessForm(subject.text);
  const { heading, sentences, others, isRefused } = explainSpec(form, subject.text, { dialect, cwd });
  const told = [
    heading,
    ...sentences.map((sentence) => `  - ${sentence}`),
    ...others.map((other) => `  ${other}`),
  ];
  const { diagnostics } = lintArgs(['create', FLAG_OF[form], subject.text, 'image'], { dialect, cwd });
  for (const { severity, rule, message, help } of diagnostics)
    told.push(`  ${severity} ${rule}: ${message}; ${help}`);
  await io.stdout.write(lines(told));
  return isRefused ? EXIT.findings : EXIT.ok;
};

// Somebody's whole command, or several.
const COMMAND = /(?:^|[\s;&|/])(?:docker|podman|nerdctl)\s|^(?:run|create|container|service|volume)\s/;

const ruleNames = () => [...RULES, ...DIRECTIVE_RULES].map(({ name }) => name);

const isNamed = (text: string, name: string, code: string): boolean =>
  text.toLowerCase() === name || text.toUpperCase() === code;

/** A flag with its value, in one word or two; or a bare spec, rule or word. */
function readSubject(given: readonly string[]): { form?: SpecForm; text: string } {
  const [first = '', second] = given.length === 1 ? splitOnce(given[0]!) : given;
  const match = /^(?:(-v|--volume)|(--mount)|(--tmpfs))(?:=|$)/.exec(first) ?? /^(-v)(?=.)/.exec(first);
  if (match === null) {
    if (given.length > 1) throw new UsageError('give one spec at a time, in quotes');
    return { text: given[0]! };
  }
  const form = match[1] ? 'volume' : match[2] ? 'mount' : 'tmpfs';
  const attached = first.slice(match[0].length);
  return { form, text: attached === '' ? (second ?? '') : attached };
}

function splitOnce(text: string): string[] {
  const match = /^(-v|--volume|--mount|--tmpfs)\s+(.*)$/s.exec(text);
  return match === null ? [text] : [match[1]!, match[2]!];
}
