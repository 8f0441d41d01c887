import { append } from './append.js';
import type { Range } from './range.js';
import { type Quotes, readWords, type Word } from './rough-words.js';

/** A value that is not repeated where others read it, and what it is the value of. */
export interface Secret extends Range {
  readonly name: string;
  /** As the shell hands it on. */
  readonly value: string;
  /** The quotes around its first and its last character. */
  readonly opened: Quotes;
  readonly closed: Quotes;
}

/**
 * `source`: a command, or a line of a script or another file. `sentence`: words of ours or of docker's, in which `NAME=value`
 * may be an advice, and hidden is only what is said to be a secret.
 */
type SecretContext = 'source' | 'sentence';

/** Stands for what is left out. */
export const HIDDEN = '…';

/**
 * The values in a text that others should not read: those of `-e`, `--label`, `--build-arg` and flags like them, of variables
 * that are set before a command, of whatever is called a password or a token, and logins in URLs. A value that only
 * refers to another place (`$VAR`) is none. In order of place, without overlaps. Total, in proportion to the text.
 */
export function findSecrets(text: string, context: SecretContext = 'source'): Secret[] {
  const found: Secret[] = [];
  let before: Word | undefined;
  let lastButOne: Word | undefined;
  let program: Program | undefined;
  let isOfSecretKey = false;
  const words = readWords(text, context === 'sentence');
  for (const [index, word] of words.entries()) {
    const last = word.parted === 'command' ? undefined : before;
    const named = namedSecret(last, lastButOne, program);
    lastButOne = last;
    before = word;
    if (last === undefined) program = undefined;
    if (word.parted !== undefined || last?.text.endsWith(',')) isOfSecretKey = false;
    const next = words[index + 1];
    if (context === 'source' && (named || isLoneContent(word, last, next))) isOfSecretKey = true;
    const isLast = next === undefined || next.parted === 'command';
    const parts = partsOf(word, { last, isLast, program, isOfSecretKey, context });
    program = PROGRAMS.find(({ name }) => name.test(word.text)) ?? program;
    for (const part of withoutOverlaps(parts)) found.push(placed(word, part));
  }
  return found;
}

/** The text with such values left out. */
export function hideSecrets(text: string, context: SecretContext = 'sentence'): string {
  if (context === 'source') return replaceSecrets(text, context, () => HIDDEN);
  if (!MAY_HOLD.test(text)) return text;
  // Several words in backticks are a command, or a line of a file.
  const isQuoted = (part: string) => part.startsWith('`') && /\s/.test(part);
  const parts = text.split(/(`[^`]*`)/);
  return parts
    .map((part) => replaceSecrets(part, isQuoted(part) ? 'source' : context, () => HIDDEN))
    .join('');
}

// For most sentences a look is enough.
const MAY_HOLD = /[=@]|eyJ|gh[a-z]_|github_pat_|glpat-|xox|AKIA/;

/**
 * The command line with variables in the place of such values, for somebody who copies it: a shell in which one of them is not
 * set says so, and runs nothing. None of them is a variable of `env` with another value, or stands for two values.
 */
export function withVariables(
  command: string,
  env: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = new Map<string, string>();
  return replaceSecrets(command, 'source', ({ name, value, opened, closed }) => {
    const base = name.replace(/\W/g, '_').replace(/^(?=\d|$)/, '_');
    const isOther = (variable: string) => (given.get(variable) ?? (env[variable] || value)) !== value;
    let variable = base;
    for (let number = 2; isOther(variable); number++) variable = `${base}_${number}`;
    given.set(variable, value);
    const written = `\${${variable}:?}`;
    return opened === '"' && closed === '"' ? written : `${opened}"${written}"${closed}`;
  });
}

function replaceSecrets(text: string, context: SecretContext, write: (secret: Secret) => string): string {
  let out = '';
  let at = 0;
  for (const secret of findSecrets(text, context)) {
    out += text.slice(at, secret.start) + write(secret);
    at = secret.end;
  }
  return out + text.slice(at);
}

/** A part of a word's text, and what it is the value of. */
type Part = Range & { readonly name: string };

interface Around {
  /** The word in front, in the same command. */
  readonly last: Word | undefined;
  readonly isLast: boolean;
  readonly program: Program | undefined;
  /** The value of a key in YAML, in JSON or in a header that is a secret. */
  readonly isOfSecretKey: boolean;
  readonly context: SecretContext;
}

function partsOf({ text, parted }: Word, around: Around): Part[] {
  const { last, isLast, program, isOfSecretKey, context } = around;
  const isSource = context === 'source';
  const parts: Part[] = [];
  const hide = (start: number, end: number, name: string) => {
    if (!isReference(text.slice(start, end))) parts.push({ start, end, name });
  };
  const hideAssigned = (start: number) => {
    const equals = text.indexOf('=', start);
    // The shell that a command is pasted into has values of its own for these.
    if (equals >= 0 && !PUBLIC_VARIABLE.test(text.slice(start, equals)))
      hide(equals + 1, text.length, text.slice(start, equals));
  };

  const own = /^([-–—][ditqP]*[el])(?=\w[\w.-]*=)/.exec(text) ?? /^([-–—]{1,2}[A-Za-z][\w-]*)=/.exec(text);
  const ownKind = own === null ? undefined : flagKind(own[1]!);
  if (ownKind === 'assigns') hideAssigned(own![0].length);
  if (ownKind === 'holds') hide(own![0].length, text.length, nameOf(own![1]!));
  const lastKind = last === undefined ? undefined : flagKind(last.text);
  if (lastKind === 'assigns') hideAssigned(0);
  // Of a sentence it is not known whether the next word is the value.
  if (lastKind === 'holds' && isSource && !text.startsWith('-')) hide(0, text.length, nameOf(last!.text));
  if (isOfSecretKey) hide(0, text.length, 'VALUE');
  ofSecretNames(text, hide);
  // An argument in JSON has no blanks to tell its words by.
  for (const { 0: pair, 1: name = '', 2: value = '', index } of text.matchAll(JSON_PAIR))
    if (isSecretName(name))
      hide(index + pair.length - 1 - value.length, index + pair.length - 1, nameOf(name));
  ofUrls(text, hide);
  for (const { 0: token, index } of text.matchAll(KNOWN_TOKEN)) hide(index, index + token.length, 'TOKEN');
  if (isSource) {
    const isFirst = parted === 'command' && !isLast;
    const isVariable = isFirst ? isAssignment(text) : /^(?:\$env:)?[A-Z_][A-Z0-9_]*=/.test(text);
    // The keys of a mount may be in capitals: `--mount TYPE=bind,SRC=/a`.
    if (isVariable && last?.text !== '--mount' && !isPublic(text)) hideAssigned(0);
    if (program !== undefined) ofProgram(text, last, program, hide);
  }
  // A command, a header or a list in quotes.
  if (/\s/.test(text)) append(parts, findSecrets(text, context));
  return parts;
}

type Hide = (start: number, end: number, name: string) => void;

/** `password=…`, also as one of many in the value of a mount. */
function ofSecretNames(text: string, hide: Hide): void {
  let isQuoted = false;
  let seen = 0;
  for (
    let equals = text.indexOf('='), end = 0;
    equals >= 0;
    equals = text.indexOf('=', Math.max(end, equals + 1))
  ) {
    for (; seen < equals; seen++) if (text[seen] === '"') isQuoted = !isQuoted;
    const key = /[\w.-]+$/.exec(text.slice(Math.max(0, equals - LONGEST_NAME), equals))?.[0];
    if (key === undefined || !SECRET_NAME.test(key)) continue;
    const isWhole = equals === key.length;
    // A list of keys goes on after a comma.
    const stop = isWhole ? -1 : text.slice(equals + 1).search(isQuoted ? END_IN_QUOTES : /[,;&\s]/);
    end = stop < 0 ? text.length : equals + 1 + stop;
    hide(equals + 1, end, key);
  }
}

const LONGEST_NAME = 80;
/** A quoted field of `--mount` ends with a quote, which two of them are not. */
const END_IN_QUOTES = /[,;&\s]|"(?=,|$)/;

/** The login of a URL. */
function ofUrls(text: string, hide: Hide): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z][a-z0-9+.-]*$/i.exec(text.slice(Math.max(0, at - 20), at))?.[0];
    const login = /^([^\s/'"]*)@/.exec(text.slice(at + 3))?.[1];
    if (scheme === undefined || !login) continue;
    const colon = login.indexOf(':');
    // `ssh://git@host` names an account.
    if (colon < 0 && /ssh|sftp|rsync/i.test(scheme)) continue;
    hide(at + 3 + colon + 1, at + 3 + login.length, 'PASSWORD');
  }
}

/** What a program that is no container engine takes as a secret. */
function ofProgram(text: string, last: Word | undefined, program: Program, hide: Hide): void {
  const { flags = [], isLogin = false, isAttached = false } = program;
  const from = (start: number) => start + (isLogin ? text.slice(start).indexOf(':') + 1 : 0);
  if (!isAttached && last !== undefined && flags.includes(last.text))
    hide(from(0), text.length, nameOf(last.text));
  for (const flag of flags) {
    const start = flag.startsWith('--') ? `${flag}=`.length : flag.length;
    if (text.startsWith(flag) && text.length > start && (start === flag.length || text[flag.length] === '='))
      hide(from(start), text.length, nameOf(flag));
  }
}

interface Program {
  readonly name: RegExp;
  readonly flags?: readonly string[];
  /** Its value is `user:password`. */
  readonly isLogin?: boolean;
  /** The value stands in the same word. */
  readonly isAttached?: boolean;
  /** It sets a variable: `ENV NAME value`. */
  readonly isSetter?: boolean;
}

const PROGRAMS: readonly Program[] = [
  { name: /^login$/, flags: ['-p'] },
  { name: /^(?:.*\/)?sshpass$/, flags: ['-p'] },
  { name: /^(?:.*\/)?redis-cli$/, flags: ['-a'] },
  { name: /^(?:.*\/)?(?:curl|wget)$/, flags: ['-u', '--user', '--proxy-user'], isLogin: true },
  { name: /^(?:.*\/)?(?:mysql|mariadb)[\w-]*$/, flags: ['-p'], isAttached: true },
  { name: /^(?:ENV|ARG|set|setenv|setx)$/, isSetter: true },
];

/** Flags of docker, podman, nerdctl and Compose whose value assigns something. */
const ASSIGNS =
  /^(?:env|env-merge|label|container-label|annotation|build-arg|log-opt|storage-opt|driver-opt)(?:-add)?$/;
/** Those whose value is a secret, or may hold one. */
const HOLDS = /^(?:health-cmd|creds)$/;

function flagKind(flag: string): 'assigns' | 'holds' | undefined {
  if (/^[-–—][ditqP]*[el]$/.test(flag)) return 'assigns';
  const name = /^[-–—]{1,2}([A-Za-z][\w-]*)$/.exec(flag)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  if (ASSIGNS.test(name)) return 'assigns';
  return HOLDS.test(name) || SECRET_NAME.test(name) ? 'holds' : undefined;
}

const nameOf = (flag: string): string => flag.replace(/^[-–—]+/, '').toUpperCase();

const SECRET_NAME =
  /(?:pass(?:word|wd|phrase|code)?|[_.-]pwd|secret|tokens?|credentials?|creds?|(?:^|[_.-])auth|authorization|(?:api|access|private|secret|encryption|signing|account|license)[_-]?key)$/i;

/** Whether the word in front says that a secret follows: `password:`, `password =`, `ENV PASSWORD`, `set -x PASSWORD`. */
function namedSecret(
  last: Word | undefined,
  lastButOne: Word | undefined,
  program: Program | undefined,
): boolean {
  if (last === undefined) return false;
  const { text } = last;
  if (text.endsWith(':')) return isSecretName(text.slice(0, -1));
  if (text === '=') return lastButOne !== undefined && isSecretName(lastButOne.text);
  return program?.isSetter === true && isSecretName(text);
}

/** `content: hunter2`, as a secret of Compose has it; a text of several words is none. */
function isLoneContent(word: Word, last: Word | undefined, next: Word | undefined): boolean {
  const isKey = last !== undefined && /^[{,]?content:$/.test(last.text);
  return isKey && !/\s/.test(word.text) && (next === undefined || next.parted !== undefined);
}

const JSON_PAIR = /"([\w.-]{1,60})":"((?:[^"\\]|\\.)*)"/g;

const isSecretName = (text: string): boolean => SECRET_NAME.test(text.slice(-LONGEST_NAME));

/** Whether a variable holds what is not a secret, and often what a finding is about: a command or flags, whose own values are looked at. */
function isPublic(text: string): boolean {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals).replace('$env:', '');
  if (isSecretName(name)) return false;
  return PUBLIC_VARIABLE.test(name) || OF_COMMAND.test(text.slice(equals + 1));
}

const PUBLIC_VARIABLE =
  /^(?:PATH|PWD|OLDPWD|HOME|HOSTNAME|USER|LOGNAME|UID|EUID|GID|PUID|PGID|DISPLAY|SHELL|TERM|TZ|LANG|LC_\w+|CI|DOCKER_\w+|BUILDKIT_\w+|COMPOSE_\w+|CONTAINER_HOST|MOUNTC\w*|MSYS\w*)$/;
const OF_COMMAND =
  /(?:^|[\s/])(?:docker|podman|nerdctl)(?:\s|$)|(?:^|\s)(?:-[a-zA-Z]*v|--(?:volume|mount|tmpfs))(?:[\s=]|$)/;

/** `name=value`, and no mount. */
function isAssignment(text: string): boolean {
  return (
    /^(?:\$env:)?[A-Za-z_]\w*=/i.test(text) &&
    !/^(?:type|src|source|dst|dest|target|destination|readonly|ro|volume|bind|tmpfs)[\w-]*=/.test(text)
  );
}

const KNOWN_TOKEN =
  /\b(?:gh[a-z]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{10,}|AKIA[0-9A-Z]{12,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g;

/** Whether it is empty, or says where the value is and not what it is. */
function isReference(value: string): boolean {
  return /^(?:\$?\{\{[^}]*|\$+\w*|\$\{\w+(?::?\?[^{}]*)?\}|\$\{\{.*\}\}|\{\{.*\}\}|%\w+%|<[^>]*>|\*+|\.{3}|…+|)$/s.test(
    value,
  );
}

function withoutOverlaps(parts: readonly Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of [...parts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || part.start >= last.end) kept.push(part);
    else if (part.end > last.end) kept[kept.length - 1] = { ...last, end: part.end };
  }
  return kept;
}

function placed({ text, starts, ends, quotes }: Word, { start, end, name }: Part): Secret {
  return {
    start: starts[start]!,
    end: ends[end - 1]!,
    name,
    value: text.slice(start, end),
    opened: quotes[start]!,
    closed: quotes[end - 1]!,
  };
}
