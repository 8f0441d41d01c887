import type { EditableText } from '../text/editable-text.js';
import { toSource } from '../text/offset-map.js';
import { quoteShell, quoteShellMapped } from '../text/shell-quote.js';
import type { CommandSource } from './site.js';

/** Words that were given as a list, with the command line that a person would type for them; ranges are in that line. */
export function argvSource(args: readonly string[]): { source: CommandSource; text: string } {
  let text = '';
  const words = args.map((value): EditableText => {
    if (text !== '') text += ' ';
    const start = text.length;
    const quoted = quoteShellMapped(value, start);
    text += quoted.text;
    const end = text.length;
    return {
      value,
      map: quoted.map,
      holes: [],
      edit: (part, replacement) => {
        if (replacement.holes.length > 0) return undefined;
        // In place, so that two edits of one word do not collide; quotes stay as they are.
        const isQuoted = quoted.text !== value;
        const isSafe = quoteShell(replacement.value) === replacement.value || replacement.value === '';
        const leavesSome = part.end - part.start < value.length || replacement.value !== '';
        if ((isQuoted || isSafe) && value !== '' && leavesSome)
          return {
            range: toSource(quoted.map, part),
            text: isQuoted ? replacement.value.replaceAll("'", "'\\''") : replacement.value,
          };
        return {
          range: { start, end },
          text: quoteShell(value.slice(0, part.start) + replacement.value + value.slice(part.end)),
        };
      },
    };
  });
  const ends = wordEnds(args);
  return {
    text,
    source: {
      engine: 'docker',
      shell: 'exec',
      words,
      replaceWords: (from, to, replacements) => {
        if (replacements.some(({ holes }) => holes.length > 0)) return undefined;
        const start = from === 0 ? 0 : (ends[from - 1] ?? 0) + 1;
        const end = from === to ? start : (ends[to - 1] ?? text.length);
        const quoted = replacements.map(({ value }) => quoteShell(value)).join(' ');
        return { range: { start, end }, text: from === to && quoted !== '' ? `${quoted} ` : quoted };
      },
    },
  };
}

function wordEnds(args: readonly string[]): number[] {
  let end = -1;
  return args.map((arg) => {
    end += 1 + quoteShell(arg).length;
    return end;
  });
}
