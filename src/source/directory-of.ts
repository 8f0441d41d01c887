import type { WorkingDirectory } from '../forms/relative-source.js';
import type { CommandView } from './site.js';

/** Where a command runs: as it is given, or where its shell is; undefined where what stands before the engine runs it elsewhere. */
export function directoryOf(
  { source }: Pick<CommandView, 'source'>,
  given?: WorkingDirectory,
): WorkingDirectory | undefined {
  const [{ host, raw } = {}] = source.words;
  const whole = host?.value ?? '';
  const end = raw?.start ?? whole.length;
  let start = end;
  // Backwards: a pattern would look through all of the file for each of its commands.
  while (start > 0 && !BEGINS.has(whole[start - 1]!)) start--;
  if (MOVES.test(whole.slice(start, end))) return undefined;
  const isPosix = source.shell === 'sh' || source.shell === 'bash' || source.shell === 'zsh';
  return given ?? (isPosix ? 'shell' : undefined);
}

/** After one of these a command begins. */
const BEGINS: ReadonlySet<string> = new Set('\n;&|({');

const MOVES =
  /(?:^|\s)(?:PWD=|-C|-D|-[A-Za-z]*i[A-Za-z]*(?:\s|$)|--(?:chdir|login|directory|working-directory)\b|-execdir\b|(?:systemd-run|chroot|nsenter|ssh|su)\s)/;
