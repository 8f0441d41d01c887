import type { ShellKind } from '../../source/frontend.js';
import type { Range } from '../../text/range.js';
import type { WordPlace } from './word-place.js';

/**
 * Where the name of a tilde at `at` ends, if the shell expands it. bash does so after the `=` and `:` of what looks like an
 * assignment.
 */
export function tildeEnd(
  value: string,
  at: number,
  word: Range,
  place: WordPlace,
  shell: ShellKind,
): number | undefined {
  if (place === 'operand') return undefined;
  const isBashArgument = shell === 'bash' && place !== 'assigned';
  const name = /^~(?:[A-Za-z_][\w.-]*|[+-]?)/.exec(value.slice(at, Math.min(word.end, at + 64)))?.[0] ?? '~';
  const end = at + name.length;
  let after = end;
  while (value.startsWith('\\\n', after)) after += 2;
  const next = after >= word.end ? undefined : value[after];
  // For bash `=~` ends the name too, where nothing is assigned.
  const another = next === '=' && value[after + 1] === '~' && at === word.start && isBashArgument;
  if (next !== undefined && next !== '/' && next !== ':' && !another) return undefined;
  if (at === word.start) {
    // bash looks for the name up to a slash; a quote on the way there makes the tilde an ordinary character.
    const quoted = (next === ':' || another) && /^[^/]*["'\\]/.test(value.slice(after, word.end));
    return quoted && place !== 'assigned' ? undefined : end;
  }
  const before = value[at - 1];
  if ((before !== ':' && before !== '=') || isEscaped(value, at - 1)) return undefined;
  if (place === 'assigned') return before === ':' ? end : undefined;
  if (shell !== 'bash' || place === 'element') return undefined;
  const assigns = /^[A-Za-z_]\w*=/.exec(value.slice(word.start, Math.min(at, word.start + 128)));
  if (assigns === null) return undefined;
  return before === '=' && assigns[0].length !== at - word.start ? undefined : end;
}

/** Whether an odd number of backslashes stands right before. */
function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
