import { closingBracket } from '../source/brackets.js';
import type { CommandWord } from '../source/command-source.js';
import type { Fix } from '../text/diagnostic.js';
import type { EditableText } from '../text/editable-text.js';
import type { Range } from '../text/range.js';
import { displayText } from '../text/spec-text.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

const FILE = (...words: string[]) => ({
  file: 'powershell' as const,
  command: `docker run ${words.join(' ')} app\n`,
});
const FIXED = (written: string, fixed: string) => ({
  ...FILE('-v', written),
  fixed: FILE('-v', fixed).command,
});

/** A mount that PowerShell does not hand on as one word. */
export const powershellSplitWord: Rule = {
  code: 'MC611',
  name: 'powershell-split-word',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a mount that PowerShell splits in two, or whose colon it reads as part of a variable',
  why:
    'A word that begins with a quote or with `$(…)` ends in PowerShell where the quote or parenthesis closes: `-v "$(pwd)":/x` becomes the two words ' +
    '`C:\\work` and `:/x`. In `"$PWD:/x"` the colon belongs to the variable, as in `$env:HOME`, and PowerShell stops: ' +
    '`Variable reference is not valid`. The whole in double quotes, with braces around the name, is one word: `"$' +
    '{PWD}:/x"`.',
  sources: [
    'https://github.com/PowerShell/PowerShell/issues/6467',
    'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_variables#variable-names-that-include-special-characters',
  ],
  valid: [
    FILE('-v', '$' + '{PWD}:/x'),
    FILE('-v', '"$' + '{PWD}:/x"'),
    FILE('-v', '"$(pwd):/x"'),
    FILE('-v', '$PWD/a:/x'),
    FILE('-v', '"$PWD`:/x"'),
    FILE('-v', '$VOLUME`:/x'),
    FILE('-v', '$env:USERPROFILE/a:/x'),
    FILE('--mount', 'type=bind,src="$PWD",dst=/x'),
    FILE('-v', "'C:/a:/x'", '-v', '$spec'),
    'docker run -v "$(pwd)":/x app',
  ],
  invalid: [
    FIXED('"$(pwd)":/x', '"$(pwd):/x"'),
    FIXED('"$PWD":/x', '"$' + '{PWD}:/x"'),
    FIXED('$(pwd)/d:/x', '"$(pwd)/d:/x"'),
    FIXED("'C:/my files':/x", '"C:/my files:/x"'),
    FIXED('"$PWD:/x"', '"$' + '{PWD}:/x"'),
    FIXED('$PWD:/x', '$' + '{PWD}:/x'),
    FIXED('"$PWD/a":"/x"', '"$PWD/a:/x"'),
  ],
  checkFlag({ use, text }, report, { source }) {
    const word = source.words[use.valueWord + 1];
    if (source.shell !== 'powershell' || word === undefined || use.valueWord === use.word) return;
    const { host, raw } = word;
    if (host === undefined || host !== source.host || raw === undefined) return;
    const written = host.value.slice(raw.start, raw.end);
    const end = firstEnd(written);
    if (end !== undefined && end < written.length) {
      const cite = (from: number, to: number) => displayText(host, { start: from, end: to });
      report({
        range: at(text),
        message: `to PowerShell these are two words: \`${cite(raw.start, raw.start + end)}\` and \`${cite(raw.start + end, raw.end)}\``,
        help: 'put all of it in one pair of double quotes',
        fix: written.startsWith('$')
          ? inQuotes(host, raw, written)
          : rewrite(word, 'put all of it in quotes'),
      });
      return;
    }
    const hole = word.holes.find(
      ({ text: name, range, kind }) =>
        kind === 'variable' &&
        /^\$\w+$/.test(name) &&
        /^:[^:\w]/.test(word.value.slice(range.end, range.end + 2)) &&
        // A backtick before the colon ends the name.
        written.includes(`${name}:`),
    );
    if (hole === undefined) return;
    report({
      range: at(word, hole.range),
      message: `the colon in \`${displayText(word)}\` is part of the name of \`${hole.text}\` to PowerShell, which stops`,
      help: `write \`\${${hole.text.slice(1)}}\``,
      fix: rewrite(word, 'put the name in braces'),
    });
  },
};

/** Where the quotes or the bracket end that a word begins with; undefined when it begins with neither. */
function firstEnd(written: string): number | undefined {
  if (written.startsWith('"')) return /^"(?:[^"`]|`[\s\S]|"")*"/.exec(written)?.[0].length;
  if (written.startsWith("'")) return /^'(?:[^']|'')*'/.exec(written)?.[0].length;
  if (!written.startsWith('$(')) return undefined;
  const close = closingBracket(written, 1, 2000);
  return close === undefined ? undefined : close + 1;
}

/** The word as one that PowerShell takes as it is meant. */
function rewrite(word: CommandWord, title: string) {
  const edit = word.edit({ start: 0, end: word.value.length }, { value: word.value, holes: word.holes });
  return edit && ({ title, safety: 'safe', edits: [edit] } as const);
}

/** A bare word in double quotes. */
function inQuotes(host: EditableText, { start, end }: Range, written: string): Fix | undefined {
  const edits = [start, end].flatMap(
    (at) => host.edit({ start: at, end: at }, { value: '"', holes: [] }) ?? [],
  );
  const isPlain = edits.length === 2 && !/["'`]/.test(written);
  return isPlain ? { title: 'put all of it in quotes', safety: 'safe', edits } : undefined;
}
