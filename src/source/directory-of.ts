import type { WorkingDirectory } from '../forms/relative-source.js';
import type { CommandView } from './site.js';

/** Where a command runs: as it is given, or where its shell is; undefined where what stands in front of the engine runs it elsewhere. */
export function directoryOf(
  { source }: Pick<CommandView, 'source'>,
  given?: WorkingDirectory,
): WorkingDirectory | undefined {
  const [{ host, raw } = {}] = source.words;
  const before = host?.value.slice(0, raw?.start) ?? '';
  if (MOVES.test(before.slice(before.search(/[^\n;&|({]*$/)))) return undefined;
  const isPosix = source.shell === 'sh' || source.shell === 'bash' || source.shell === 'zsh';
  return given ?? (isPosix ? 'shell' : undefined);
}

const MOVES =
  /(?:^|\s)(?:PWD=|-C|-D|-[A-Za-z]*i[A-Za-z]*(?:\s|$)|--(?:chdir|login|directory|working-directory)\b|-execdir\b|(?:systemd-run|chroot|nsenter|ssh|su)\s)/;
