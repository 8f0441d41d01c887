import type { FoundWord, ShellKind } from '../../source/frontend.js';
import { isHole } from '../../source/words.js';
import { remoteCommand, runsSsh, shellOf } from './nested.js';

/** The shell that runs what a command is given: the command itself, or one that reads what a `cat` prints of it. */
export function inputShell(
  words: readonly FoundWord[],
  readers: () => Iterable<readonly FoundWord[]>,
): ShellKind | undefined {
  const direct = shellOfInput(words);
  if (direct !== undefined || words[0]?.value !== 'cat') return direct;
  return words.length > 1 && words[1]?.value !== '-' ? undefined : firstShell(readers());
}

/** The first command of a pipe that is a shell which reads its script from there. */
export function firstShell(readers: Iterable<readonly FoundWord[]>): ShellKind | undefined {
  for (const reader of readers) {
    const shell = shellOfInput(reader);
    if (shell !== undefined) return shell;
  }
  return undefined;
}

/** The shell that reads its script from standard input here: `bash -s`, `ssh host`, `docker exec -i x sh`. */
function shellOfInput(words: readonly FoundWord[]): ShellKind | undefined {
  if (words[0]?.value === 'newgrp') return 'bash';
  if (runsSsh(words)) return readsInputThere(words) ? 'bash' : undefined;
  for (const [at, word] of words.entries()) {
    const shell = shellOf(word);
    if (shell === undefined) continue;
    const rest = words.slice(at + 1);
    const reads =
      rest.every(({ value }) => /^[-+]/.test(value) || value === 'pipefail') ||
      rest.some(({ value }) => value === '-s' || value === '/dev/stdin');
    return reads && !rest.some(({ value }) => /^-\w*c$/.test(value)) ? shell : undefined;
  }
  const name = words.findIndex(({ value }) => value === 'su' || value === 'sudo');
  return name === 0 && words.slice(1).some(({ value }) => value === '-s' || value === '-i' || value === '-')
    ? 'bash'
    : undefined;
}

const ENDS_IN_SHELL =
  /(?:^|[\s;&|/])(?:(?:ba|da|z|k|a)?sh(?:\s+-[\w-]+|\s+pipefail)*(?:\s+(?:-s|--)\s.*)?|sudo\s(?:\S+\s+)*-[is]|(?:su|newgrp)(?:\s+[\w.-]+)*)\s*$/;

/** Whether nothing else than a shell runs on the other machine; `ssh $OPTIONS $HOST` names none. */
function readsInputThere(words: readonly FoundWord[]): boolean {
  const command = remoteCommand(words);
  if (command.every(isHole)) return command.length < 2;
  return ENDS_IN_SHELL.test(
    command
      .slice(-20)
      .map(({ value }) => value.slice(-200))
      .join(' '),
  );
}
