import type { ReadContext, Sink } from '../../source/frontend.js';
import { type HostedText, joinHosted, sliceHosted } from '../../source/hosted-text.js';
import { readShell } from '../shell/read-shell.js';
import { readRoot } from './read-json.js';
import { jsonString } from './strings.js';
import { entryValue, type JsonNode } from './tree.js';

/** Reads a notebook of Jupyter: its prose, its cells of bash, and the commands after `!`. */
export function readNotebook(host: HostedText, sink: Sink, context: ReadContext): void {
  const root = readRoot(host, sink, context, false);
  for (const cell of entryValue(root, 'cells')?.items ?? []) {
    const text = sourceOf(host, entryValue(cell, 'source'));
    const type = entryValue(cell, 'cell_type');
    if (text === undefined || type?.type !== 'string') continue;
    if (jsonString(host, type.range).value === 'markdown') context.readNested?.('markdown', text, context);
    else readCode(text, sink, context);
  }
}

/** A text, or its lines, each with its end. */
function sourceOf(host: HostedText, source: JsonNode | undefined): HostedText | undefined {
  const lines = source?.type === 'array' ? source.items : source === undefined ? [] : [source];
  if (lines.length === 0 || lines.some(({ type }) => type !== 'string')) return undefined;
  return joinHosted(
    lines.map(({ range }) => jsonString(host, range)),
    '',
  );
}

function readCode(text: HostedText, sink: Sink, context: ReadContext): void {
  // IPython fills in `{name}`.
  const inner = { ...context, language: 'notebook' as const, placeholders: true, shell: 'bash' as const };
  const magic = MAGIC.exec(text.value)?.[0].length;
  if (magic !== undefined)
    readShell(sliceHosted(text, { start: magic, end: text.value.length }), sink, inner);
  else
    for (const { index, 0: line, 1: mark = '' } of text.value.matchAll(COMMAND))
      readShell(sliceHosted(text, { start: index + mark.length, end: index + line.length }), sink, inner);
}

const MAGIC = /^\s*%%(?:bash|sh|shell|script +(?:--\S+ +)*(?:ba)?sh)\b[^\n]*\n/;
const COMMAND = /^([ \t]*!{1,2})(?!=)(?:[^\n]*\\\n)*[^\n]*/gm;
