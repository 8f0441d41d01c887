import { baseName } from '../../source/engine.js';
import type { FoundWord, ShellKind } from '../../source/frontend.js';
import { type HostedText, joinHosted, sliceHosted } from '../../source/hosted-text.js';
import { isHole } from '../../source/words.js';
import { append } from '../../text/append.js';

/** A script in a word of a command. */
export interface NestedScript {
  readonly text: HostedText;
  readonly shell: ShellKind;
  /** Words will follow it: the value of an alias. */
  readonly partial?: boolean;
}

const SHELLS: ReadonlyMap<string, ShellKind> = new Map([
  ['sh', 'sh'],
  ['bash', 'bash'],
  ['dash', 'sh'],
  ['ash', 'sh'],
  ['zsh', 'zsh'],
  ['ksh', 'bash'],
  ['rbash', 'bash'],
]);

const NO_NAMES: ReadonlySet<string> = new Set();

const SSH_VALUES = 'bcDEeFIiJLlmOopQRSWw';

/** Programs that hand a word with blanks in it to a shell. */
const STRING_RUNNERS = new Set(
  (
    'tmux screen concurrently nodemon watch entr parallel script start-server-and-test hyperfine nix-shell sops ' +
    'gnome-terminal x-terminal-emulator xfce4-terminal xterm konsole terminator'
  ).split(' '),
);

/** The shell that a word names. */
export function shellOf(word: FoundWord): ShellKind | undefined {
  const name = baseName(word);
  return name === undefined ? undefined : SHELLS.get(name);
}

/**
 * The scripts in the words of a simple command: `sh -c`, `eval`, `ssh`, `su -c`, `trap`, `alias` and the like; `evaluators`
 * are functions that do so with their arguments.
 */
export function nestedScripts(
  words: readonly FoundWord[],
  evaluators: ReadonlySet<string> = NO_NAMES,
): NestedScript[] {
  const found: NestedScript[] = [];
  const first = words[0] && baseName(words[0]);
  if (first === 'echo' || first === 'printf') return found;
  for (const [at, word] of words.entries()) {
    const shell = shellOf(word);
    const script = shell && commandString(words, at + 1);
    if (shell !== undefined && script !== undefined) found.push({ text: script, shell });
  }
  for (const [at, word] of words.slice(0, WRAPS_SSH.has(first ?? '') ? 12 : 4).entries()) {
    const read = RUNNERS.get(baseName(word) ?? '');
    if (read === undefined) continue;
    append(found, read(words.slice(at + 1)));
    break;
  }
  if (first !== undefined && (STRING_RUNNERS.has(first) || evaluators.has(first))) {
    for (const word of words.slice(1)) {
      if (/\s(?:run|create)\s/.test(word.value)) found.push({ text: word, shell: 'sh' });
    }
  }
  return found;
}

/** Whether it is `ssh`, perhaps after what gives it a password or a limit. */
export function runsSsh(words: readonly FoundWord[]): boolean {
  const first = words[0] && baseName(words[0]);
  if (first === 'ssh') return true;
  return WRAPS_SSH.has(first ?? '') && words.slice(1, 12).some((word) => baseName(word) === 'ssh');
}

const WRAPS_SSH = new Set('sshpass timeout gtimeout sudo env nohup time'.split(' '));

/** The word after `-c`, through options such as `-e`, `-o pipefail`, `-lc`. */
function commandString(words: readonly FoundWord[], from: number): FoundWord | undefined {
  let isNext = false;
  for (let at = from; at < words.length; at++) {
    const { value } = words[at]!;
    if (/^[-+][A-Za-z]*[oO]$/.test(value)) at++;
    else if (!/^[-+]/.test(value)) return isNext ? words[at] : undefined;
    if (/^-[A-Za-z]*c[A-Za-z]*$/.test(value)) isNext = true;
  }
  return undefined;
}

const RUNNERS: ReadonlyMap<string, (words: readonly FoundWord[]) => NestedScript[]> = new Map([
  ['eval', (words) => joined(words)],
  ['ssh', readSsh],
  ['su', readSu],
  ['sg', readSg],
  ['vagrant', readSu],
  ['runuser', readSu],
  ['trap', (words) => (words[0] === undefined ? [] : [{ text: words[0], shell: 'bash' }])],
  ['alias', readAliases],
  ['abbr', readAbbreviation],
]);

function joined(words: readonly FoundWord[]): NestedScript[] {
  return words.length === 0
    ? []
    : [{ text: words.length === 1 ? words[0]! : joinHosted(words, ' '), shell: 'bash' }];
}

/** `sg group command` and `sg group -c command`. */
function readSg(words: readonly FoundWord[]): NestedScript[] {
  const [, script] = words.filter(({ value }) => !/^-c?$/.test(value));
  return script === undefined ? [] : [{ text: script, shell: 'sh' }];
}

/** `ssh host command`, and `gcloud compute ssh vm --command command`. */
function readSsh(words: readonly FoundWord[]): NestedScript[] {
  return words.some(({ value }) => /^--command(?:=|$)/.test(value))
    ? readSu(words)
    : joined(behindHost(words));
}

/** What `ssh` runs on the other machine, as far as its words say where the machine's name is. */
export function remoteCommand(words: readonly FoundWord[]): FoundWord[] {
  return behindHost(words.slice(words.findIndex((word) => baseName(word) === 'ssh') + 1));
}

function behindHost(words: readonly FoundWord[]): FoundWord[] {
  let host = skipOptions(words, 0);
  const known = words.findIndex((word, at) => at >= host && !isHole(word));
  // `ssh $OPTIONS user@host`: the variable is none of the machine's name.
  if (known > host && /^[^\s/=]+@[^\s/]+$/.test(words[known]!.value)) host = known;
  return words.slice(skipOptions(words, host + 1));
}

function skipOptions(words: readonly FoundWord[], from: number): number {
  let at = from;
  for (; words[at]?.value.startsWith('-'); at++) {
    const { value } = words[at]!;
    if (value.length === 2 && SSH_VALUES.includes(value[1]!)) at++;
  }
  return at;
}

function readSu(words: readonly FoundWord[]): NestedScript[] {
  const option = words.findIndex(({ value }) => /^(?:-\w*c|--command)$/.test(value));
  const script = option < 0 ? undefined : words[option + 1];
  if (script !== undefined) return [{ text: script, shell: 'sh' }];
  const attached = words.find(({ value }) => value.startsWith('--command='));
  if (attached === undefined) return [];
  return [{ text: sliceHosted(attached, { start: 10, end: attached.value.length }), shell: 'sh' }];
}

/** fish's `abbr -a name docker run …`, or the same in one word. */
function readAbbreviation(words: readonly FoundWord[]): NestedScript[] {
  const [, ...body] = words.filter(({ value }, at) => at > 3 || !/^(?:-a|--add|-g|-U|--)$/.test(value));
  return body.length === 0 || body[0]!.value.startsWith('-')
    ? []
    : joined(body).map((one) => ({ ...one, partial: true }));
}

function readAliases(words: readonly FoundWord[]): NestedScript[] {
  const [name, body, ...others] = words;
  // fish's other way to say it.
  if (name !== undefined && body !== undefined && others.length === 0 && /^[\w.-]+$/.test(name.value))
    return [{ text: body, shell: 'bash', partial: true }];
  return words.flatMap((word) => {
    const equals = /^[\w.-]+=/.exec(word.value)?.[0].length;
    if (equals === undefined) return [];
    return [
      {
        text: sliceHosted(word, { start: equals, end: word.value.length }),
        shell: 'bash' as const,
        partial: true,
      },
    ];
  });
}
