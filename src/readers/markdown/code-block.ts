import type { ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { withoutAnnotations } from './annotations.js';
import { languageOf } from './language.js';
import { partsByShell } from './mixed-shells.js';
import { consoleText } from './prompt.js';

/** Reads a block of code in documentation as what it is; `info`: its language as it is said, `above`: the line above it. */
export function readCodeBlock(info: string, raw: HostedText, context: ReadContext, above = ''): void {
  const text = withoutAnnotations(raw);
  const language = languageOf(info, text.value, above);
  if (language === undefined) return;
  const inner = {
    ...context,
    language: 'markdown' as const,
    placeholders: true,
    ...(language.shell && { shell: language.shell }),
  };
  if (language.kind !== 'shell' || language.prompts)
    context.readNested?.(language.kind, language.prompts ? consoleText(text) : text, inner);
  else for (const part of partsByShell(text)) context.readNested?.(part.kind, part.text, inner);
}
