import type { YAMLError } from 'yaml';
import type { FoundProblem, ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { problemScope } from '../../source/problem-scope.js';
import { fillMarks } from '../../text/hole-mark.js';
import { sourceRange } from '../../text/spec-text.js';

/** What the library says of a YAML text, for a person. */
export function yamlProblem(
  host: HostedText,
  { code, message, pos: [start, end] }: YAMLError,
  context: ReadContext,
): FoundProblem {
  // The text's own holes are templates too, but those of a CI system are no reason to doubt.
  const text = fillMarks(host.value, '');
  const templates = host.holes.map((hole) => hole.text).join('\n');
  const scope = problemScope(`${text}\n${templates}`, context);
  // The library names the end of the text; a person looks for the quote that was opened.
  const quote = code === 'MISSING_CHAR' ? closingChar(message) : undefined;
  const opened = quote === undefined ? -1 : host.value.lastIndexOf(quote, start - 1);
  const first = message.split('\n')[0]!.replace(/[.:]$/, '');
  return {
    message: `this is not valid YAML: ${first[0]?.toLowerCase() ?? ''}${first.slice(1)}`,
    range: sourceRange(host, opened < 0 ? { start, end } : { start: opened, end: opened + 1 }),
    scope: scope === 'file' && isLibrarysOwn(host.value, code, message, start) ? 'template' : scope,
  };
}

/** The indentation of what stands in quotes or brackets: YAML has rules for it that most readers do not keep. */
function isLibrarysOwn(text: string, code: string, message: string, at: number): boolean {
  if (code !== 'BAD_INDENT' && code !== 'MISSING_CHAR') return false;
  const wanted = closingChar(message);
  return wanted !== undefined && text.includes(wanted, at);
}

function closingChar(message: string): string | undefined {
  const wanted = /closing (["'])quote|end with an? ([\]}])/.exec(message);
  return wanted?.[1] ?? wanted?.[2];
}
