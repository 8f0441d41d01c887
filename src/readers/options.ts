import { parse } from 'unbash';
import { TextDecoder } from '../source/decode.js';
import type { FileKind } from '../source/file-kinds.js';
import type { Sink } from '../source/frontend.js';
import { deriveText, exactSource, type HostedText, sliceHosted } from '../source/hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../source/new-text.js';
import { exactWord, impliedWord } from '../source/words.js';
import { shellCommand } from './make-command.js';
import { decodeWord } from './shell/word.js';

/** Reads options that a program hands to `docker create` with no shell between: a blank ends a word, and `"` alone quotes. */
export function readLiteralOptions(
  host: HostedText,
  command: readonly string[],
  sink: Sink,
  language: FileKind = 'github',
): void {
  const items = [...host.value.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(({ index, 0: { length } }) => {
    const range = { start: index, end: index + length };
    return exactWord(withoutQuotes(sliceHosted(host, range)), host, range, 'options');
  });
  if (items.length === 0) return;
  const found = {
    engine: 'docker',
    shell: 'exec',
    language,
    words: [...command.map((word) => impliedWord(word, host)), ...items],
    host,
    range: { start: items[0]!.raw.start, end: items.at(-1)!.raw.end },
    conditional: false,
    partial: true,
  } as const;
  sink.commands.push(shellCommand(found, quoteOption));
}

/** One of these options; what holds a `"` cannot be written. */
function quoteOption(word: NewText, level: number): NewText | undefined {
  const encoded = encodeNewText(word, level, withoutQuoteMark);
  if (encoded === undefined || (word.value !== '' && !/\s/.test(word.value))) return encoded;
  return new NewTextBuilder().add('"').addText(encoded).add('"').build();
}

const withoutQuoteMark = (known: string) => (/["\n]/.test(known) ? undefined : known);

function withoutQuotes(text: HostedText): HostedText {
  if (!text.value.includes('"')) return text;
  const out = new TextDecoder(text, 0);
  let at = 0;
  for (const { index } of text.value.matchAll(/"/g)) {
    out.copy(at, index);
    at = index + 1;
  }
  const decoded = out.copy(at, text.value.length).build();
  return deriveText(text, decoded, (part, fresh) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(fresh, text.level + 1, withoutQuoteMark);
    return range && encoded && { range, text: encoded };
  });
}

/** Reads options that something else passes on to `docker create` or `docker run`, split as a shell would. */
export function readOptions(
  host: HostedText,
  command: readonly string[],
  sink: Sink,
  language: FileKind = 'github',
): void {
  if (!host.value.includes('-')) return;
  const node = parse(host.value.replaceAll('\n', ' ')).commands[0]?.command;
  if (node?.type !== 'Command' || node.name === undefined) return;
  const text = { host, shell: 'exec' as const, isAbsolute: () => false };
  const items = [node.name, ...node.suffix].flatMap((item) =>
    item.type === 'Word' || item.type === 'Assignment' ? [item] : [],
  );
  const words = [
    ...command.map((word) => impliedWord(word, host)),
    ...items.map((item) => decodeWord(text, item)),
  ];
  sink.commands.push(
    shellCommand({
      engine: 'docker',
      shell: 'exec',
      language,
      words,
      host,
      range: { start: node.pos, end: node.end },
      conditional: false,
      partial: true,
    }),
  );
}
