import { spend } from '../../source/expansion-budget.js';
import type { FoundWord } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import type { Hole } from '../../text/spec-text.js';
import { ABSOLUTE_VARIABLES } from './absolute.js';
import { operandWords } from './expand.js';
import { parseScript } from './parse-script.js';
import type { ScriptPosition, ShellScript } from './script.js';
import { evaluatedValue } from './shared-value.js';
import { resolveVariable } from './variables.js';
import { decodeWord, type ScriptText, type ShellText } from './word.js';

const DEEPEST = 5;

/** The words of a variable's value, split and unquoted as a shell does that reads it as a script. */
export function valueWords(
  host: HostedText,
  shell: ShellText['shell'],
  via: string,
  list: string,
): FoundWord[] {
  const parsed = parseScript(host.value);
  const node = 'script' in parsed ? parsed.script.commands[0]?.command : undefined;
  if (node?.type !== 'Command') return [];
  const text = { host, shell, isAbsolute: (name: string) => ABSOLUTE_VARIABLES.has(name) };
  const items = [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix];
  return items.flatMap((item) => {
    if (item.type !== 'Word' && item.type !== 'Assignment') return [];
    const flags = item.type === 'Word' ? operandWords(text, item, 'argument') : undefined;
    if (flags !== undefined) return flags.map((word) => ({ ...word, via }));
    return [{ ...decodeWord(text, item), via, list }];
  });
}

/** The words that `$CMD` stands for in a script that the command at `site` puts together: `eval "$CMD $ARGS"`. */
export function evaluatedHole(
  text: ScriptText,
  script: ShellScript,
  site: ScriptPosition,
  hole: Hole,
  depth = 0,
): readonly FoundWord[] | undefined {
  const { budget } = text;
  if (depth > DEEPEST) return undefined;
  const name = /^\$\{?([A-Za-z_]\w*)\}?$/.exec(hole.text)?.[1];
  const [part, ...others] = (name !== undefined && resolveVariable(script, name, site, budget)) || [];
  if (name === undefined || part === undefined || others.length > 0) return undefined;
  if (part === 'unknown' || part.conditional || part.value.type !== 'Word') return undefined;
  const { pos } = part.value;
  const inner = { ...site, pos };
  const value = evaluatedValue(decodeWord(text, part.value, 'assigned'), name, text.host);
  const words = valueWords(value, text.shell, name, `e${pos}`);
  spend(budget, words);
  return words.flatMap((word) => {
    const own = word.value.length === 1 ? word.holes[0] : undefined;
    return (own !== undefined && evaluatedHole(text, script, inner, own, depth + 1)) || [word];
  });
}
