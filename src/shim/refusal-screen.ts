import { excerpt } from '../report/excerpt.js';
import { makeHiddenValues } from '../report/hidden-values.js';
import type { Paint } from '../report/paint.js';
import { append } from '../text/append.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import { join, NOTHING, pastedLine, type Shown, show } from '../text/shown.js';
import type { Corrected } from './correct.js';

/** What there is to say about a command that is not run. */
export interface RefusedCommand {
  /** The command line that the ranges of the mistakes are in. */
  readonly text: string;
  /** The one that decides first; there may be none. */
  readonly mistakes: readonly Diagnostic[];
  /** What docker itself would say, as a sentence. */
  readonly sentence: string;
  readonly right?: Corrected;
}

/** How it is said. */
interface ScreenOptions {
  readonly paint: Paint;
  /** Columns of the terminal; 0 of one that does not know. */
  readonly width?: number;
  /** Of the shell that the correction is copied into. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The rest can be asked for, so that the first mistake and what fixes it are enough. */
  readonly isShort: boolean;
}

const INDENT = 2;

/** The mistake, the command put right alone on its line, where the mistake is; after that, or on request, all the rest. */
export function refusalScreen(
  command: RefusedCommand,
  { paint, width: columns = 160, env, isShort }: ScreenOptions,
): Shown {
  const { text, mistakes, sentence, right } = command;
  const width = columns || 80;
  const lines = new LineIndex(text);
  const source = { lines, hidden: makeHiddenValues(lines, true) };
  const by = paint('red', 'mountc:');
  const place = ({ range }: Diagnostic): Shown[] =>
    excerpt(range, source, {
      lead: () => show`${' '.repeat(INDENT - 1)}`,
      room: width - INDENT,
      mark: (marks) => paint('red', marks),
    });
  const rest = (one: Diagnostic): Shown[] =>
    isShort
      ? []
      : [
          ...(one.help === '' ? [] : [show`  ${paint('bold', 'help:')} ${one.help}\n`]),
          show`  ${paint('dim', `${one.rule} (${one.code}); see: mountc explain ${one.rule}`)}\n`,
        ];
  const [first, ...others] = mistakes;
  const pasted = right && pastedLine(right.command, env);
  const offered = pasted && right;
  const count = isShort && others.length > 0 ? ` (1 of ${mistakes.length} mistakes)` : '';
  const offer = offered === undefined ? '' : offered.isSafe ? '; this works:' : '; did you mean:';
  const out: Shown[] = [show`${by} ${paint('bold', `${first?.message ?? sentence}${count}${offer}`)}\n`];
  if (offered !== undefined && pasted !== undefined)
    out.push(show`${paint(offered.isSafe ? 'green' : 'yellow', pasted)}\n\n`);
  if (first !== undefined) append(out, [...place(first), ...rest(first)]);
  if (isShort) {
    // A list of all that there is would push the mistake off the screen.
    if (offered === undefined && first !== undefined && first.help !== '' && first.help.length < 3 * width)
      out.push(show`${by} ${first.help}\n`);
    out.push(show`${by} nothing was run; why: mountc last; to run it anyway: MOUNTC=warn\n`);
    return join(out);
  }
  for (const other of others)
    append(out, [show`\n${by} ${paint('bold', other.message)}\n`, ...place(other), ...rest(other)]);
  out.push(first === undefined ? NOTHING : show`\n${by} ${sentence}\n`);
  out.push(show`${by} nothing was run; MOUNTC=warn runs it anyway\n`);
  return join(out);
}
