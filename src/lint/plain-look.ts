import type { Findings, FoundCommand, FoundWord } from '../frontends/frontend.js';
import { isPlainlyPlaced, type PlainCommand, plainCommand } from '../model/plain-command.js';
import type { PlainMount } from '../model/plain-specs.js';
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
const WITHOUT_MOUNTS =
  /^(?:build|commit|cp|exec|images|info|inspect|kill|load|login|logout|logs|network|port|ps|pull|push|rename|restart|rm|rmi|save|start|stop|tag|version|wait)$/;
const QUIET = /^(?!-[a-z]*v|--[mtv])[ -~]*$/;
// Values that docker surely takes, of the flags that are typed most.
const OTHERS =
  /^(?:(?:-e|--env) \w+(?:=.*)?|(?:-w|--workdir) \/.*|(?:-p|--publish) (?:\d{1,4}:)?\d{1,4}|(?:-u|--user|--name|-h|--hostname|--net|--network|--entrypoint|--cap-add) \w[\w.:/-]*)$/s;

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
  if (WITHOUT_MOUNTS.test(name)) return args.every((word) => QUIET.test(word));
  // `create` takes fewer flags.
  const plain = name === 'run' ? plainCommand(args) : undefined;
  if (plain === undefined || plain.mayTell) return false;
  return (
    plain.mounts.every(isFineMount, plain) &&
    plain.others.every(([flag, value]) => OTHERS.test(`${flag} ${value}`))
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
