import type { Command } from 'unbash';
import { withoutControls } from '../../source/control-words.js';
import type { FoundWord } from '../../source/frontend.js';
import { append } from '../../text/append.js';
import { expandWord } from './expand.js';
import type { ScriptPosition, ShellScript } from './script.js';
import type { ShellContext } from './shell-context.js';
import { decodeWord, type ScriptText } from './word.js';

/** The words of a simple command as far as the script tells them; `site` is where it stands. */
export function wordsOf(
  text: ScriptText,
  script: ShellScript,
  node: Command,
  site: ScriptPosition,
): FoundWord[] {
  if (node.name === undefined) return [];
  const words = [...expandWord(text, script, node.name, site)];
  for (const item of node.suffix) {
    if (item.type === 'Word' && !COMMENT.test(item.text)) append(words, expandWord(text, script, item, site));
    else if (item.type === 'Assignment') words.push(decodeWord(text, item));
  }
  return withoutControls(words);
}

/** A comment between words comes to nothing, which is no word. */
const COMMENT = /^`[ \t]*#[^`\n]*`$/;

/** Puts the words that the host knows in place of words that are nothing but a hole of it. */
export function expandHoles(words: readonly FoundWord[], { expandHole }: ShellContext): readonly FoundWord[] {
  if (expandHole === undefined) return words;
  return words.flatMap((word) => {
    const hole = word.value.length === 1 ? word.holes[0] : undefined;
    return (hole !== undefined && !hole.quoted && expandHole(hole)) || [word];
  });
}
