import { byteLength } from '../../../go/text.js';
import type { MountSpec, SyntaxProblem } from '../../../spec/ast.js';

/**
 * The words of Go's encoding/csv for a record that it cannot read, with its line and column: lines count from 1, blank ones
 * included; columns count bytes from 1 in that line, after CR LF became LF.
 */
export function csvError(spec: MountSpec, problem: SyntaxProblem): string {
  const { start, end } = spec.trimmed;
  const text = spec.text.slice(start, end);
  const unterminated = problem.kind === 'unterminated-quote';
  // The reader drops a CR at the very end; where a quote never ends it stops after the last line that has anything in it.
  const at = unterminated
    ? text.endsWith('\r')
      ? text.length - 1
      : text.length
    : problem.range.start - start;
  const before = text.slice(0, at);
  const lineEnd = before.lastIndexOf(
    '\n',
    unterminated && before.endsWith('\n') ? before.length - 2 : undefined,
  );
  const line = countLineFeeds(before.slice(0, lineEnd + 1)) + 1;
  const column = byteLength(before.slice(lineEnd + 1).replace('\r\n', '\n')) + 1;
  const startLine = countLineFeeds(spec.text.slice(spec.blank.start, spec.blank.end)) + 1;
  const words =
    problem.kind === 'bare-quote' ? 'bare " in non-quoted-field' : 'extraneous or missing " in quoted-field';
  const place = `parse error on line ${line}, column ${column}: ${words}`;
  return startLine === line ? place : `record on line ${startLine}; ${place}`;
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
