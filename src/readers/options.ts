import { parse } from 'unbash';
import type { FileKind } from '../source/file-kinds.js';
import type { Sink } from '../source/frontend.js';
import type { HostedText } from '../source/hosted-text.js';
import { impliedWord } from '../source/words.js';
import { shellCommand } from './make-command.js';
import { decodeWord } from './shell/word.js';

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
