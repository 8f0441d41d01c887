import type { ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { withoutAnnotations } from './annotations.js';
import { languageOf } from './language.js';
import { partsByShell } from './mixed-shells.js';
import { areOptions, behindCommand } from './options-alone.js';
import { consoleText } from './prompt.js';

/** Reads a block of code in documentation as what it is; `info`: its language as it is said, `above`: the line above it. */
export function readCodeBlock(info: string, raw: HostedText, context: ReadContext, above = ''): void {
  const code = withoutAnnotations(raw);
  const options = areOptions(code.value) ? behindCommand(code) : undefined;
  const text = options?.command ?? code;
  const language = languageOf(info, text.value, above);
  if (language === undefined) return;
  const inner = {
    ...context,
    language: 'markdown' as const,
    placeholders: true,
    ...(language.shell && { shell: language.shell }),
    ...(options && { partial: true }),
  };
  if (options !== undefined) {
    if (language.kind !== 'shell') return;
    // They may hold directives.
    context.readNested?.('shell', options.notes, inner);
  }
  if (language.kind !== 'shell' || language.prompts)
    context.readNested?.(language.kind, language.prompts ? consoleText(text) : text, inner);
  else for (const part of partsByShell(text)) context.readNested?.(part.kind, part.text, inner);
}
