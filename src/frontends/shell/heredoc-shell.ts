import type { HereDoc } from 'unbash';
import type { FoundWord, ShellKind } from '../frontend.js';
import { runsSsh, shellOf } from './nested.js';

/** The shell that runs a heredoc: the command itself, or one of those that read what it prints, when it prints all of it. */
export function heredocShell(
  doc: HereDoc,
  words: readonly FoundWord[],
  readers: () => Iterable<readonly FoundWord[]>,
): ShellKind | undefined {
  if (doc.descriptor !== undefined) return undefined;
  const direct = shellOfInput(words);
  if (direct !== undefined || words[0]?.value !== 'cat') return direct;
  if (words.length > 1 && words[1]?.value !== '-') return undefined;
  for (const reader of readers()) {
    const shell = shellOfInput(reader);
    if (shell !== undefined) return shell;
  }
  return undefined;
}

/** The shell that reads its script from standard input here: `bash -s`, `ssh host`, `docker exec -i x sh`. */
function shellOfInput(words: readonly FoundWord[]): ShellKind | undefined {
  if (words[0]?.value === 'newgrp' || runsSsh(words)) return 'bash';
  for (const [at, word] of words.entries()) {
    const shell = shellOf(word);
    if (shell === undefined) continue;
    const rest = words.slice(at + 1);
    const reads =
      rest.every(({ value }) => /^[-+]/.test(value) || value === 'pipefail') ||
      rest.some(({ value }) => value === '-s');
    return reads && !rest.some(({ value }) => /^-\w*c$/.test(value)) ? shell : undefined;
  }
  const name = words.findIndex(({ value }) => value === 'su' || value === 'sudo');
  return name === 0 && words.slice(1).some(({ value }) => value === '-s' || value === '-i' || value === '-')
    ? 'bash'
    : undefined;
}
