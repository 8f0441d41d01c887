import type { LintedArgs } from '../rules/lint-args.js';
import type { CommandView } from '../source/site.js';
import type { SpecForm } from '../spec/ast.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { applyEdits } from '../text/edit.js';
import { overlaps } from '../text/range.js';
import { splitQuoted } from '../text/shell-quote.js';
import { sourceRange } from '../text/spec-text.js';
import type { Verdict } from './verdict.js';

/** A command that docker takes, in place of one that it refuses. */
export interface Corrected {
  /** As a POSIX shell reads it. */
  readonly command: string;
  /** It is what was surely meant, and nothing is wrong with it. */
  readonly isSafe: boolean;
}

// A command has a few mistakes; one that goes on and on is not understood.
const ROUNDS = 12;

type Lint = (args: readonly string[]) => LintedArgs;
type Judge = (args: readonly string[]) => Verdict;

/**
 * Puts docker's arguments right: with the fixes of the rules, one mistake after the other, or by words that belong together.
 * Undefined when docker refuses it still.
 */
export function correctArgs(args: readonly string[], lint: Lint, judge: Judge): Corrected | undefined {
  const filled = filledArgs(args, lint(args).view);
  if (filled !== undefined) {
    const right = judge(filled).kind === 'runs' ? lint(filled) : undefined;
    return right === undefined || right.diagnostics.some(isLoud)
      ? undefined
      : { command: right.text, isSafe: false };
  }
  const meant = meantArgs(args, lint, judge);
  if (meant !== undefined) return meant;
  // A colon that ends a word of a mount wants the next one: without it that would be the image.
  return args.some((word, i) => isOpenMount(args[i - 1], word))
    ? (joinedArgs(args, lint, judge) ?? fixedArgs(args, lint, judge))
    : (fixedArgs(args, lint, judge) ?? joinedArgs(args, lint, judge));
}

// What a shell, or cmd, would have filled in at the beginning of a source.
const FOLDER =
  /^((?:(?:--volume|-v)=?)?|(?:--mount=)?(?:[^,]*,)*(?:src|source)=)(?:\$(?:PWD|pwd|\{PWD\}|\{pwd\}|\(pwd\)|\(PWD\))|`pwd`|%cd%|(\$HOME|\$\{HOME\}))(?=[/:,]|$)/;

/** The arguments with the folder itself where its name in a shell reached docker; undefined where none did. */
function filledArgs(args: readonly string[], { cwd, host, sites }: CommandView): string[] | undefined {
  let isFilled = false;
  const values = new Set(sites.map(({ use }) => use.valueWord));
  const filled = args.map((word, at) => {
    if (!values.has(at)) return word;
    return word.replace(FOLDER, (typed, before: string, home: string | undefined) => {
      const folder = home === undefined ? cwd : host?.home;
      if (folder === undefined || /[:,"]/.test(folder)) return typed;
      isFilled = true;
      return before + folder;
    });
  });
  return isFilled ? filled : undefined;
}

/** One mount with its parts in their places, or its signs as docker reads them, and nothing wrong with the command then. */
function meantArgs(args: readonly string[], lint: Lint, judge: Judge): Corrected | undefined {
  const { view } = lint(args);
  for (const { form, use, text } of view.sites) {
    const typed = args[use.valueWord]!;
    const { start, end } = use.valueRange;
    for (const { value, isSeen, missing } of meantValues(form, text.value)) {
      const { engineIsHere, pathState } = view.host ?? {};
      if (isSeen && engineIsHere !== true) continue;
      if (missing !== undefined && pathState?.(missing) !== 'missing') continue;
      const words = args.with(use.valueWord, typed.slice(0, start) + value + typed.slice(end));
      const mended = judge(words).kind === 'runs' ? undefined : fixedArgs(words, lint, judge)?.command;
      const right = mended === undefined ? words : splitQuoted(mended).slice(1);
      if (judge(right).kind !== 'runs') continue;
      const { text: command, diagnostics } = lint(right);
      if (!diagnostics.some(isLoud)) return { command, isSafe: false };
    }
  }
  return undefined;
}

const NAMES = 'type|source|src|target|dst|destination|readonly|ro|bind-propagation';
const WRONG_COMMA = new RegExp(`;[ \\t]*(?=(?:${NAMES})\\b)`, 'gi');
const WRONG_EQUALS = new RegExp(`(?<=(?:^|,)(?:${NAMES}))[ \\t]*:[ \\t]*`, 'gi');
const SOURCE = /(^|,)(source|src)=([^,"]*)/i;
const TARGET = /(^|,)(target|dst|destination)=([^,"]*)/i;

/** What a value may have been meant as. */
interface MeantValue {
  readonly value: string;
  /** Only if what is meant is there. */
  readonly isSeen?: boolean;
  /** And if there is nothing at that path. */
  readonly missing?: string;
}

function meantValues(form: SpecForm, value: string): MeantValue[] {
  const found: MeantValue[] = [];
  const plain = value.normalize('NFKC');
  if (plain !== value) found.push({ value: plain });
  if (form === 'mount') {
    const keyed = value.replace(WRONG_COMMA, ',').replace(WRONG_EQUALS, '=');
    if (keyed !== value) found.push({ value: keyed });
    const source = SOURCE.exec(value)?.[3];
    const target = TARGET.exec(value)?.[3];
    if (source?.startsWith('/') && target !== undefined && /^[\w.]/.test(target)) {
      const host = target.startsWith('.') ? target : `./${target}`;
      const swapped = value.replace(SOURCE, `$1$2=${host.replaceAll('$', '$$$$')}`);
      found.push({
        value: swapped.replace(TARGET, `$1$2=${source.replaceAll('$', '$$$$')}`),
        missing: source,
      });
    }
    return found;
  }
  const [first = '', second = '', ...more] = value.split(':');
  const tidy = value
    .replace(/^file:\/\/(?=\/)/, '')
    .replace(/^:(?=.*:)/, '')
    .replace(/::+/g, ':');
  if (tidy !== value) found.push({ value: tidy });
  const mode = more.join(':');
  const modes = mode.replace(/(?<=\w)[; |+]+(?=\w)/g, ',');
  if (form === 'volume' && modes !== mode) found.push({ value: [first, second, modes].join(':') });
  if (form === 'volume' && /^[^\W_][^/]*$/.test(first) && second.startsWith('/'))
    found.push({ value: `./${value}`, isSeen: true });
  if (form === 'volume' && first.startsWith('/') && /^[\w.][^,]*$/.test(second)) {
    const host = second.startsWith('.') ? second : `./${second}`;
    found.push({ value: [host, first, ...more].join(':'), isSeen: true, missing: first });
  }
  if (form === 'tmpfs' && second.startsWith('/') && first !== '' && more.length === 0)
    found.push({ value: `${second}:${first}` });
  return found;
}

const isOpenMount = (flag: string | undefined, word: string): boolean =>
  /^(?:-v|--volume)$/.test(flag ?? '') && word.endsWith(':');

/** Mends one thing that docker takes and that surprises; undefined where that makes something else wrong. */
export function mendArgs(
  args: readonly string[],
  { rule, fix }: Diagnostic,
  lint: Lint,
  judge: Judge,
): string | undefined {
  const { text, diagnostics } = lint(args);
  const fixed = fix && applyEdits(text, fix.edits);
  if (fixed === undefined) return undefined;
  const words = splitQuoted(fixed).slice(1);
  const after = lint(words);
  const isWorse = after.diagnostics.filter(isLoud).length >= diagnostics.filter(isLoud).length;
  const isThere = after.diagnostics.some((one) => one.rule === rule && isLoud(one));
  return isWorse || isThere || judge(words).kind !== 'runs' ? undefined : after.text;
}

const isLoud = ({ severity }: Diagnostic): boolean => severity !== 'info';

// More blanks in one path are odd.
const MOST_JOINED = 3;

/** The value of a mount flag that a blank has cut, of an expansion without quotes or one too many: whole, it has nothing wrong. */
function joinedArgs(args: readonly string[], lint: Lint, judge: Judge): Corrected | undefined {
  for (const [at, word] of args.entries()) {
    if (!/^(?:-v|--volume|--mount)$/.test(args[at - 1] ?? '') && !/^--(?:volume|mount)=/.test(word)) continue;
    for (const joined of pairs(word, args[at + 1])) {
      const words = [...args.slice(0, at), joined, ...args.slice(at + 2)];
      if (judge(words).kind !== 'runs') continue;
      const { text, diagnostics, view } = lint(words);
      if (view.host?.engineIsHere === true && isGood(diagnostics, view, joined))
        return { command: text, isSafe: false };
    }
    let joined = word;
    for (let end = at + 1; end <= at + MOST_JOINED && end < args.length; end++) {
      const next = args[end]!;
      if (next.startsWith('-')) break;
      const glue = joined.endsWith(':') || next.startsWith(':') ? '' : ' ';
      // After the colon, the next word is the image.
      if (glue !== '' && !END_OF_SOURCE.test(word)) break;
      joined += glue + next;
      const words = [...args.slice(0, at), joined, ...args.slice(end + 1)];
      if (judge(words).kind !== 'runs') continue;
      const { text, diagnostics, view } = lint(words);
      // Whether a path with a blank was meant, only one that is there says.
      const isSeen = glue === '' || view.host?.engineIsHere === true;
      if (isSeen && isGood(diagnostics, view, joined)) return { command: text, isSafe: false };
    }
  }
  return undefined;
}

/** Whether nothing is wrong with that word, and no error is anywhere else. */
function isGood(diagnostics: readonly Diagnostic[], { source }: CommandView, joined: string): boolean {
  const places = source.words.filter(({ value }) => value === joined).map((word) => sourceRange(word));
  return !diagnostics.some(
    (one) =>
      one.severity === 'error' ||
      (isLoud(one) && (places.length === 0 || places.some((place) => overlaps(one.range, place)))),
  );
}

const END_OF_SOURCE = /^(?:--volume=)?[^:=]*$|(?:^|[,=])(?:src|source)=[^,]*$/;

/** A source and a target that have a blank between them in the place of the colon. */
const pairs = (source: string, target = ''): string[] =>
  !source.includes(':') && !source.includes(',') && target.startsWith('/') ? [`${source}:${target}`] : [];

function fixedArgs(args: readonly string[], lint: Lint, judge: Judge): Corrected | undefined {
  let words = args;
  let isSafe = true;
  for (let round = 0; round < ROUNDS; round++) {
    const { text, diagnostics } = lint(words);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const fix = errors.find((each) => each.fix !== undefined)?.fix;
    const fixed = fix && applyEdits(text, fix.edits);
    if (fix === undefined || fixed === undefined) {
      if (words === args) return undefined;
      const { kind } = judge(words);
      if (kind === 'refused') return undefined;
      return { command: text, isSafe: isSafe && kind === 'runs' && errors.length === 0 };
    }
    isSafe &&= fix.safety === 'safe';
    words = splitQuoted(fixed).slice(1);
  }
  return undefined;
}
