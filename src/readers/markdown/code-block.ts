import { TextDecoder } from '../../source/decode.js';
import type { ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { deriveAsWritten } from '../../source/mask.js';
import { withoutAnnotations } from './annotations.js';
import { languageOf } from './language.js';
import { partsByShell } from './mixed-shells.js';
import { consoleText } from './prompt.js';

/** Reads a block of code in documentation as what it is; `info`: its language as it is said, `above`: the line above it. */
export function readCodeBlock(info: string, raw: HostedText, context: ReadContext, above = ''): void {
  const code = withoutAnnotations(raw);
  const isOptions = areOptions(code.value);
  const text = isOptions ? behindCommand(code) : code;
  const language = languageOf(info, text.value, above);
  if (language === undefined) return;
  const inner = {
    ...context,
    language: 'markdown' as const,
    placeholders: true,
    ...(language.shell && { shell: language.shell }),
    ...(isOptions && { partial: true }),
  };
  if (isOptions && language.kind !== 'shell') return;
  if (language.kind !== 'shell' || language.prompts)
    context.readNested?.(language.kind, language.prompts ? consoleText(text) : text, inner);
  else for (const part of partsByShell(text)) context.readNested?.(part.kind, part.text, inner);
}

const OPTION_LINES = /^(?:[ \t]*(?:-[^\n]*|#[^\n]*|\.{3})?[ \t\r]*(?:\n|$))+$/;
const MOUNT_OPTION =
  /^[ \t]*(?:(?:-v|--volume)[ =]["']?(?:[/.~$][^\s"',]*["']?:|[^\s"',]+["']?:["']?[/$~])|--mount[ =]["']?type=\w+,)/m;

/** Documentation says which options to add to a command that stands elsewhere. */
function areOptions(text: string): boolean {
  return text.length < LONGEST_OPTIONS && MOUNT_OPTION.test(text) && OPTION_LINES.test(text);
}

const LONGEST_OPTIONS = 3000;

/** Options behind the command that they are for. */
function behindCommand(host: HostedText): HostedText {
  const out = new TextDecoder(host, 0).atom('docker run ', 0, 0).copy(0, host.value.length);
  return deriveAsWritten(host, out.build());
}
