import type { Command } from 'unbash';
import type { FileKind } from '../../source/file-kinds.js';
import type { FoundWord } from '../../source/frontend.js';
import { kindOf } from '../../source/kind.js';

// Not scripts: the text of a heredoc is a command only to a shell that is given it.
const READ: ReadonlySet<FileKind> = new Set(['compose', 'dockerfile', 'systemd', 'quadlet']);

/** Where a command writes what it is given: `cat > path`, `tee path`. */
export function writtenPath(node: Command, words: readonly FoundWord[]): string | undefined {
  return redirectedTo(node) ?? teesTo(words);
}

/** The kind of such a file, when mounts are looked for in it. */
export function writtenKind(path: string, body: string): FileKind | undefined {
  const kind = kindOf(path, body);
  return kind !== undefined && READ.has(kind) ? kind : undefined;
}

function redirectedTo({ redirects }: Command): string | undefined {
  const [last] = redirects.filter(({ type, operator }) => type === 'Redirect' && /^>[>|]?$/.test(operator));
  return last?.type === 'Redirect' && last.target?.text !== '/dev/null' ? last.target?.value : undefined;
}

function teesTo(words: readonly FoundWord[]): string | undefined {
  const tee = words.findIndex(({ value }) => value === 'tee');
  return tee < 0 ? undefined : words.slice(tee + 1).find(({ value }) => !value.startsWith('-'))?.value;
}
