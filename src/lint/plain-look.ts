import { isPlainlyPlaced, type PlainCommand, plainCommand } from '../shim/plain-command.js';
import type { PlainMount } from '../shim/plain-specs.js';
import type { Findings, FoundCommand, FoundWord } from '../source/frontend.js';
import type { FileSettings } from './settings.js';

/**
 * Whether no rule has a word about a file's findings: a quick look at commands that are written as most are, which need
 * not know the rules. A "no" only means that they have to be asked.
 */
export function isPlainlyFine(
  { commands, mounts, volumes, comments, problems }: Findings,
  { rules, isDialectGiven }: FileSettings,
): boolean {
  if (mounts.length + volumes.length + comments.length + problems.length > 0) return false;
  for (const _ in rules) return false;
  return !isDialectGiven && commands.every(isFine);
}

// Commands that take no mount, and words in which nothing looks like one.
const WITHOUT_MOUNTS: ReadonlySet<string> = new Set(
  'build commit cp exec images info inspect kill load login logout logs network port ps pull push rename restart rm rmi save start stop tag version wait'.split(
    ' ',
  ),
);
const QUIET = /^(?!-[a-z]*v|--[mtv])[ -~]*$/;
// Values that docker surely takes, of the flags that are typed most.
const ANY_NAME = /^\w[\w.:/-]*$/;
const VALUES: ReadonlyMap<string, RegExp> = new Map([
  ...['-e', '--env'].map((flag) => [flag, /^\w+(?:=.*)?$/s] as const),
  ...['-w', '--workdir'].map((flag) => [flag, /^\//] as const),
  ...['-p', '--publish'].map((flag) => [flag, /^(?:\d{1,4}:)?\d{1,4}$/] as const),
  ...['-u', '--user', '--name', '-h', '--hostname', '--net', '--network', '--entrypoint', '--cap-add'].map(
    (flag) => [flag, ANY_NAME] as const,
  ),
]);

function isFine(command: FoundCommand): boolean {
  const { engine, shell, language, partial, cutOff } = command;
  if (engine !== 'docker' || language !== 'shell' || (shell !== 'sh' && shell !== 'bash')) return false;
  if (partial === true || cutOff === true) return false;
  const args: string[] = [];
  for (let i = 1; i < command.words.length; i++) {
    const text = plainText(command.words[i]!);
    if (text === undefined) return false;
    args.push(text);
  }
  const [name = ''] = args;
  // `create` takes fewer flags.
  if (name !== 'run') return WITHOUT_MOUNTS.has(name) && args.every((word) => QUIET.test(word));
  const plain = plainCommand(args);
  if (plain === undefined || plain.mayTell) return false;
  return (
    plain.mounts.every(isFineMount, plain) &&
    plain.others.every(([flag, value]) => VALUES.get(flag)?.test(value) === true)
  );
}

// A home directory is spoken of, and so is a name that only some other shell, or make, knows.
const VARIABLE = /^\$(?:PWD|\{PWD\}|\(pwd\)|\{?(?!\w*(?:HOME|PROFILE|[PC]WD|DIR))[A-Z\d]\w*\}?)$/;

/** What a word says, with something harmless for a variable in double quotes; undefined for one that must be read properly. */
function plainText({ value, holes, pieces, via, within, conditional }: FoundWord): string | undefined {
  if (via !== undefined || within !== undefined || conditional === true) return undefined;
  const [hole, other] = holes;
  if (hole === undefined) return value;
  if (other !== undefined || !VARIABLE.test(hole.text)) return undefined;
  const { start, end } = hole.range;
  const isQuoted = pieces.some(
    ({ style, range }) => style === 'double' && range.start <= start && range.end >= end,
  );
  if (!isQuoted) return undefined;
  const isPath = start === 0 && /^[/:]/.test(value.slice(end));
  return `${value.slice(0, start)}${isPath ? '/srv/any' : 'any'}${value.slice(end)}`;
}

// The whole host, and the socket of an engine.
const SPOKEN_OF = /^\/$|\.sock$/;

function isFineMount(this: PlainCommand, mount: PlainMount): boolean {
  const { path, mayTell, mayRemark } = mount;
  if (mayTell || mayRemark || !isPlainlyPlaced(mount, this.mounts)) return false;
  return path === undefined || !SPOKEN_OF.test(path);
}
