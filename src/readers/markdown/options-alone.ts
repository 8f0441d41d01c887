import { TextDecoder } from '../../source/decode.js';
import type { HostedText } from '../../source/hosted-text.js';
import { deriveAsWritten } from '../../source/mask.js';

const OPTION_LINE = /^[ \t]*(?:[-#]|(?:\.{3}|…)?\s*$)/;
const MOUNT_OPTION =
  /^[ \t]*(?:(?:-v|--volume)[ =]["']?(?:[/.~$][^\s"',]*["']?:|[^\s"',]+["']?:["']?[/$~])|--mount[ =]["']?type=\w+,)/m;

/** Documentation says which options to add to a command that stands elsewhere. */
export function areOptions(text: string): boolean {
  return MOUNT_OPTION.test(text) && text.split('\n').every((line) => OPTION_LINE.test(line));
}

/** They stand for more options. */
const DOTS = /^[ \t]*(?:\.{3}|…)[ \t]*$/;
const NO_OPTION = /^[ \t]*(?:#|$)/;
/** What was meant to go on, and does not. */
const BROKEN = /\\[ \t]+(?:#.*)?$/;
/** How a line goes on in the shells of Windows. */
const MARK_OF_WINDOWS = /[ \t][`^][ \t\r]*$/m;
/** As far as no comment begins, or a quote that does not end. */
const IN_FRONT_OF_COMMENT = /^(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.?|[^\s"'\\]|[ \t](?!#))*/;

/**
 * Options after the command that they are for, and the comments between them. Who writes one on each line without a mark does
 * not mean the end of the command.
 */
export function behindCommand(host: HostedText): {
  readonly command: HostedText;
  readonly notes: HostedText;
} {
  const { value } = host;
  const out = new TextDecoder(host, 0).atom('docker run ', 0, 0);
  const notes = new TextDecoder(host, 0);
  const lines = MARK_OF_WINDOWS.test(value) ? [] : value.matchAll(/[^\n]*\n|[^\n]+$/g);
  let at = 0;
  let goesOn = false;
  for (const { index: start, 0: line } of lines) {
    at = start + line.length;
    const text = line.replace(/\r?\n$/, '');
    if (DOTS.test(text)) continue;
    if (NO_OPTION.test(text)) {
      // After a backslash it is a part of the command, and ends it.
      (goesOn ? out : notes).copy(start, at);
      goesOn = false;
      continue;
    }
    goesOn = text.endsWith('\\');
    if (goesOn || BROKEN.test(text)) {
      out.copy(start, at);
      continue;
    }
    const end = start + lengthOfOptions(text);
    out.copy(start, end).atom(' ', end, at);
    notes.copy(end, at);
  }
  const command = out.copy(at, value.length).build();
  return { command: deriveAsWritten(host, command), notes: deriveAsWritten(host, notes.build()) };
}

/** How much of a line stands before the comment after it. */
function lengthOfOptions(line: string): number {
  const { length } = IN_FRONT_OF_COMMENT.exec(line)![0];
  return /^[ \t]#/.test(line.slice(length)) ? length : line.length;
}
