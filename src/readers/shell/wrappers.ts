import { baseName, type ExtraCommands, engineOf } from '../../source/engine.js';
import type { Engine, FoundWord } from '../../source/frontend.js';
import { isHole } from '../../source/words.js';
import { literal } from '../../text/spec-text.js';

/** A program that runs the command in its arguments, and how its own arguments are passed over. */
interface Wrapper {
  /** Letters of options that take a value. */
  readonly short?: string;
  /** Long options that take a value. */
  readonly long?: readonly string[];
  /** How many arguments of its own stand before the command. */
  readonly skip?: number;
  /** It takes `NAME=value` before the command. */
  readonly assigns?: true;
  /** The command stands after this option. */
  readonly behind?: RegExp;
  /** With one of these options it only describes the command. */
  readonly describes?: RegExp;
  /** Numbers before the command are its own. */
  readonly numbers?: true;
}

const RUNNER: Wrapper = { numbers: true };

// Programs of one kind; a number is how many arguments of their own stand before the command.
const ALIKE: readonly (readonly [names: string, Wrapper])[] = [
  [
    'builtin noglob nocorrect nohup setsid unbuffer winpty systemd-inhibit lima colima minikube entr npx flatpak-spawn host-spawn ' +
      'distrobox-host-exec dbus-run-session chronic',
    {},
  ],
  [
    'op doppler dotenv dotenvx infisical chamber aws-vault vault kubectl oc distrobox mise claude codex gemini daemon',
    { behind: /^--$/ },
  ],
  [
    'gnome-terminal x-terminal-emulator xfce4-terminal xterm konsole terminator alacritty',
    { behind: /^(?:--|-e|-x|--execute)$/ },
  ],
  ['repeat chrt taskset gosu su-exec s6-setuidgid setuidgid', { skip: 1 }],
  ['cross-env cross-env-shell', { assigns: true }],
  ['direnv', { skip: 2 }],
  ['command', { describes: /^-\w*[vV]/ }],
];

// Letters of options that take a value, long ones that do, and how many arguments stand before the command.
const WITH_VALUES: readonly (readonly [names: string, short: string, long?: string, skip?: number])[] = [
  ['doas', 'uC'],
  ['time', 'fo', 'format output'],
  ['exec', 'a'],
  ['nice', 'n', 'adjustment'],
  ['ionice', 'cnpPu', 'class classdata'],
  ['timeout gtimeout', 'sk', 'signal kill-after', 1],
  ['stdbuf', 'ioe', 'input output error'],
  ['xargs', 'adEIJLnPRSs', 'arg-file delimiter max-lines max-args max-procs max-chars'],
  ['runuser', 'ugGcsTPw', 'user group supp-group command session-command shell whitelist-environment'],
  ['setpriv', '', 'reuid regid ruid euid rgid egid groups inh-caps ambient-caps bounding-set pdeathsig'],
  ['chpst', 'uUbecmdofprtn/'],
  ['dumb-init', 'r', 'rewrite'],
  ['tini', 'pe'],
  ['ssh-agent', 'aEt'],
  ['strace', 'eopPsuXabIOS'],
  ['caffeinate', 'tw'],
  ['watch', 'n', 'interval'],
  ['flock', 'wE', 'timeout conflict-exit-code', 1],
  ['wsl', 'du', 'distribution user cd'],
  [
    'systemd-run',
    'puHME',
    'property unit slice uid gid nice working-directory description setenv machine host',
  ],
  ['multipass', 'd', 'working-directory', 2],
  ['lxc incus', '', 'env cwd user group mode', 2],
  ['limactl', '', 'workdir', 2],
  ['toolbox', 'cdr', 'container distro release', 1],
  ['chroot', '', 'userspec groups', 1],
  ['nsenter', 'tSG', 'target setuid setgid'],
  ['pkexec', '', 'user'],
  ['xvfb-run', 'efnspw', 'server-args server-num error-file auth-file'],
  ['proxychains4', 'f'],
  ['numactl', 'NmCipl'],
  ['cgexec', 'g'],
  ['screen', 'cehpsStT'],
  ['tmux', 'cefFLnsStTxy', '', 1],
  [
    'parallel',
    'ajILnNPS',
    'jobs arg-file colsep delay joblog max-args max-procs results retries sshlogin timeout',
  ],
  ['sem', 'j', 'jobs id timeout'],
];

// Made for the first command that does not begin with its engine: most scripts have none.
let made: ReadonlyMap<string, Wrapper> | undefined;

function makeWrappers(): ReadonlyMap<string, Wrapper> {
  const each = <T>(names: string, value: T) => names.split(' ').map((name) => [name, value] as const);
  const sudo = 'user group prompt host chdir role type'.split(' ');
  return new Map<string, Wrapper>([
    ...ALIKE.flatMap(([names, wrapper]) => each(names, wrapper)),
    ...WITH_VALUES.flatMap(([names, short, long = '', skip]) =>
      each(names, { short, long: long.split(' '), skip }),
    ),
    ['sudo', { short: 'ugpCrtThDRU', long: sudo, assigns: true }],
    ['env', { short: 'uC', long: ['unset', 'chdir'], assigns: true }],
  ]);
}

const RUNNER_NAME =
  /^(?:run|retry|try|exe|execute|trace|x|do_?(?:cmd|exec)|_?run_?(?:cmd|command|it|with_\w+|or_\w+)|exec_?(?:cmd|command)|cmd|log_?and_?(?:run|exec)|(?:print|show|echo)_?and_?(?:run|exec)|dry_?run|maybe_?(?:run|dry_?run)|verbose|must|check_call|travis_(?:retry|wait|fold)|assert_(?:success|failure)|with_retry|retry_\w+)$/i;

const FIND = new Set(['find', 'fd', 'fdfind']);

/** GNU parallel runs the words up to its `:::`. */
function endOf(name: string, words: readonly FoundWord[], from: number): number {
  return name === 'parallel' ? indexFrom(words, from + 1, /^:::/) : words.length;
}

/** The first word from there on whose value fits; after the last where none does. */
function indexFrom(words: readonly FoundWord[], from: number, pattern: RegExp): number {
  let at = from;
  while (at < words.length && !pattern.test(words[at]!.value)) at++;
  return at;
}

/** An engine's command among the words of a simple one. */
interface EngineCall {
  readonly engine: Engine;
  readonly index: number;
  readonly end: number;
  /** Words that are not known follow: those that `xargs` reads. */
  readonly isOpen?: boolean;
}

/** Where the engine's word is among the words of a simple command; what runs it stands before. */
export function findEngine(
  words: readonly FoundWord[],
  runners: ReadonlyMap<string, number>,
  extra?: ExtraCommands,
): EngineCall | undefined {
  const found = findCall(words, runners, extra);
  const isOpen = found !== undefined && addsWords(words.slice(0, found.index), words.slice(found.index));
  return isOpen ? { ...found, isOpen } : found;
}

const FILLS_IN = /^(?:parallel|fd|fdfind)$/;
const REPLACES = /^-[0rtxp]*[IiJ]|^--replace/;

/** Whether the program that runs the command adds words at its end, as it does where nothing says where they go. */
function addsWords(before: readonly FoundWord[], command: readonly FoundWord[]): boolean {
  const lastReplaced = before.findLastIndex(({ value }) => REPLACES.test(value));
  const names = before.map((word) => baseName(word));
  if (names.lastIndexOf('xargs') > lastReplaced) return true;
  return (
    names.some((name) => name !== undefined && FILLS_IN.test(name)) &&
    !command.some(({ holes }) => holes.some(({ kind }) => kind === 'placeholder'))
  );
}

function findCall(
  words: readonly FoundWord[],
  runners: ReadonlyMap<string, number>,
  extra?: ExtraCommands,
): EngineCall | undefined {
  let end = words.length;
  for (let at = 0; at < words.length; ) {
    const word = words[at]!;
    const engine = engineOf(word, words[at + 1], extra);
    if (engine !== undefined) {
      const inner = innerEngine(words, at, extra);
      if (inner !== undefined) return { index: inner, end, engine: engineOf(words[inner]!, undefined)! };
      return composeOf(words, at, end) ?? { index: at, end, engine };
    }
    const harness = harnessOf(words, at);
    if (harness !== undefined) return { ...harness, end };
    if (FIND.has(baseName(word) ?? '')) return findExec(words, at, runners, extra);
    end = Math.min(end, endOf(word.value, words, at));
    const next = passOver(words, at, runners);
    if (next === undefined || next <= at) return undefined;
    at = next;
  }
  return undefined;
}

const RUNS_FOUND = /^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/;

/** The first of the commands of a `find` that is an engine's. */
function findExec(
  words: readonly FoundWord[],
  from: number,
  runners: ReadonlyMap<string, number>,
  extra?: ExtraCommands,
): EngineCall | undefined {
  for (let at = indexFrom(words, from + 1, RUNS_FOUND); at < words.length; ) {
    const start = at + 1;
    const end = indexFrom(words, start, /^[;+]$/);
    const found = findCall(words.slice(start, end), runners, extra);
    if (found !== undefined) return { ...found, index: start + found.index, end: start + found.end };
    at = indexFrom(words, end, RUNS_FOUND);
  }
  return undefined;
}

const MAKES_CONTAINER = /^(?:run|create|container)$/;
const HARNESS = /^_?(?:run|do|exec|call|try|with|sudo)_(docker|podman|nerdctl)$/;

/** Functions that test suites keep elsewhere: `run_podman 0 run …`, the number being the exit code that is right. */
function harnessOf(words: readonly FoundWord[], at: number) {
  const engine = HARNESS.exec(literal(words[at]!) ?? '')?.[1] as Engine | undefined;
  if (engine === undefined) return undefined;
  const index = words[at + 1]?.value === '0' ? at + 1 : at;
  return MAKES_CONTAINER.test(words[index + 1]?.value ?? '') ? { index, engine } : undefined;
}

/** `docker exec dind docker run …`: where the second engine stands. */
function innerEngine(words: readonly FoundWord[], at: number, extra?: ExtraCommands): number | undefined {
  const exec = words.findIndex((word, i) => i > at && literal(word) === 'exec');
  if (exec < 0 || exec > at + 4) return undefined;
  const inner = words.findIndex(
    (word, i) =>
      i > exec + 1 &&
      engineOf(word, undefined, extra) !== undefined &&
      MAKES_CONTAINER.test(words[i + 1]?.value ?? ''),
  );
  return inner < 0 ? undefined : inner;
}

/** `docker compose …` is a program of its own, docker's options before it left out. */
function composeOf(words: readonly FoundWord[], at: number, end: number) {
  const isOption = (i: number) => words[i]!.value.startsWith('-');
  const index = words.findIndex((word, i) => i > at && literal(word) === 'compose');
  // Some of the options take a value.
  const isFirst = words
    .slice(at + 1, index)
    .every((_, i) => isOption(at + 1 + i) || (i > 0 && isOption(at + i)));
  return index > at && isFirst ? { index, end, engine: 'compose' as const } : undefined;
}

function passOver(
  words: readonly FoundWord[],
  at: number,
  runners: ReadonlyMap<string, number>,
): number | undefined {
  const word = words[at]!;
  // `"$@"` and `"${SUDO[@]}"` too, but no `*`.
  if (isHole(word) && (word.holes[0]!.kind !== 'glob' || word.holes[0]!.text.startsWith('$'))) return at + 1;
  if (literal(word) === '' && word.via !== undefined) return at + 1;
  const name = baseName(word);
  if (name === undefined) return undefined;
  made ??= makeWrappers();
  const known = made.get(name);
  const skip = runners.get(name) ?? (RUNNER_NAME.test(name) ? 0 : undefined);
  const wrapper = known ?? (skip === undefined ? undefined : { ...RUNNER, skip });
  return wrapper === undefined ? undefined : passOptions(words, at + 1, wrapper);
}

function passOptions(words: readonly FoundWord[], from: number, wrapper: Wrapper): number | undefined {
  const { behind } = wrapper;
  if (behind !== undefined) {
    const option = indexFrom(words, from, behind);
    return option === words.length ? undefined : option + 1;
  }
  let skip = wrapper.skip ?? 0;
  for (let at = from; at < words.length; at++) {
    const { value } = words[at]!;
    if (wrapper.describes?.test(value)) return undefined;
    if (value === '--') {
      if (skip === 0) return at + 1;
    } else if (value.startsWith('-') && value.length > 1) {
      if (takesNext(value, wrapper)) at++;
    } else if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(value)) {
    } else if (wrapper.numbers && /^\d+[smh]?$/.test(value)) {
    } else if (skip > 0) {
      skip--;
    } else return at;
  }
  return undefined;
}

function takesNext(option: string, wrapper: Wrapper): boolean {
  if (option.startsWith('--')) return wrapper.long?.includes(option.slice(2)) ?? false;
  const letters = option.slice(1);
  const at = [...letters].findIndex((letter) => wrapper.short?.includes(letter));
  return at >= 0 && at === letters.length - 1;
}
