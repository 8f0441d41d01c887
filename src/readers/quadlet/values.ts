import { TextDecoder } from '../../source/decode.js';
import type { FoundWord } from '../../source/frontend.js';
import { deriveText, exactSource, type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { maskText } from '../../source/mask.js';
import { encodeNewText, type NewText } from '../../source/new-text.js';
import { exactWord } from '../../source/words.js';
import { escapeMarks, takeExpansion } from '../systemd.js';

/** The value of `Volume=` as a word of the command. */
export function volumeWord(value: HostedText, host: HostedText): FoundWord {
  return exactWord(
    withoutInstance(withoutEmptySource(literalText(value))),
    host,
    { start: 0, end: 0 },
    'quadlet',
  );
}

/** A value that Quadlet hands on as one word, quotes and blanks included; systemd then fills in its specifiers. */
export const literalWord = (value: HostedText, host: HostedText): FoundWord =>
  exactWord(literalText(value), host, { start: 0, end: 0 }, 'quadlet');

function literalText(value: HostedText): HostedText {
  const text = value.value;
  const out = new TextDecoder(value, 0);
  for (let i = 0; i < text.length; ) {
    const end = takeExpansion(out, text, i, text.length, isVariableAlone(text));
    if (end === undefined) out.copy(i, ++i, { quoted: true });
    else i = end;
  }
  const decoded = out.build();
  return deriveText(value, decoded, (part, fresh) => {
    const range = exactSource(decoded.map, part);
    const encoded = quoteLiteral(fresh, value.level + 1);
    return range && encoded && { range, text: encoded };
  });
}

// Inside of a word systemd leaves `$NAME` alone.
const isVariableAlone = (text: string) => /^\$[A-Za-z_]\w*$/.test(text);

/** Of `:/data:ro` Quadlet hands on `/data`. */
function withoutEmptySource(word: HostedText): HostedText {
  const found = /^:([^:]*)/.exec(word.value);
  return found === null ? word : sliceHosted(word, { start: 1, end: found[0].length });
}

/** What a unit makes that is a template has a name that Quadlet puts together. */
export function withoutInstance<Word extends HostedText>(word: Word): Word {
  const found = INSTANCE.exec(word.value);
  if (found === null) return word;
  const start = found.index + found[1]!.length;
  const range = { start, end: found.index + found[0].length };
  return { ...word, ...maskText(word, [{ range, kind: 'template' }]) };
}

const INSTANCE = /(^|,(?:src|source)=)[^:/.@,=][^:/@,=]*@[^:/,=]*\.(?:volume|image|build|artifact)(?=[:,]|$)/;

/** The text as such a value; undefined where it cannot be one. */
export function quoteLiteral(text: NewText, level: number): NewText | undefined {
  if (/^\s|\s$|\\$|[\n\r]/.test(text.value)) return undefined;
  return encodeNewText(text, level, escapeMarks);
}
