import type { ArrayValue, Command, Word } from 'unbash';
import type { ScriptPosition, ShellAssignment } from './script.js';

const DECLARES = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);

/** What a simple command assigns, its own words and what builtins such as `read` and `set` do. */
export function* assignmentsOf(node: Command, site: ScriptPosition): Generator<ShellAssignment> {
  const name = node.name?.value;
  const unknown = (target: string): ShellAssignment => {
    return { ...site, name: target, append: false, local: false, value: undefined };
  };
  const declares = name !== undefined && DECLARES.has(name);
  if (name === undefined || declares) {
    const local =
      declares && (name === 'local' || (name !== 'export' && name !== 'readonly' && site.scope > 0));
    for (const item of name === undefined ? node.prefix : node.suffix) {
      if (item.type !== 'Assignment') continue;
      const { append, index, value } = item;
      yield { ...site, name: item.name, append: append === true, local, value: index ? undefined : value };
    }
    return;
  }
  const words = node.suffix.filter((item) => item.type === 'Word');
  if (name === 'unset' && words[0]?.value !== '-f') {
    const value: ArrayValue = { type: 'ArrayValue', pos: node.pos, end: node.end, elements: [] };
    for (const word of words) yield { ...unknown(word.value), value };
  } else if (name === 'read' || name === 'mapfile' || name === 'readarray') {
    for (const word of words) if (/^[A-Za-z_]\w*$/.test(word.value)) yield unknown(word.value);
  } else if (name === 'getopts' && words[1] !== undefined) {
    yield unknown(words[1].value);
  } else if (name === 'printf' && words[0]?.value === '-v' && words[1] !== undefined) {
    yield unknown(words[1].value);
  } else if (name === 'set') {
    const dashes = words.findIndex((word) => word.value === '--');
    if (dashes >= 0) yield positionalOf(words.slice(dashes + 1), node, site);
  } else if (name === 'shift') {
    yield unknown('@');
  }
}

/** `set -- a "$@" b` gives the script new arguments and may keep those that it had. */
function positionalOf(words: readonly Word[], node: Command, site: ScriptPosition): ShellAssignment {
  const elements = words.filter((word) => !/^"?\$(?:@|\{@\})"?$/.test(word.text));
  const value: ArrayValue = { type: 'ArrayValue', pos: node.pos, end: node.end, elements };
  return { ...site, name: '@', append: elements.length < words.length, local: true, value };
}
