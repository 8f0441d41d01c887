import { TextDecoder } from '../../source/decode.js';
import type { FoundMount, Sink } from '../../source/frontend.js';
import { deriveText, exactSource, type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { findTemplates, type Mask } from '../../source/mask.js';
import { encodeNewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';
import { sourceRange } from '../../text/spec-text.js';

/** What is known of a RUN besides its words. */
interface RunContext extends Pick<FoundMount, 'engine' | 'build'> {
  /** Documentation leaves parts to the reader. */
  readonly placeholders?: boolean;
}

/** Reads the flags of a RUN and answers where its command begins. */
export function readFlags(
  text: HostedText,
  index: number,
  sink: Sink,
  { engine, placeholders, build }: RunContext = {},
): number {
  if (!/^\s*--/.test(text.value)) return /^\s*/.exec(text.value)![0].length;
  const all = findTemplates(text.value, placeholders);
  const ends = new Map(all.map(({ range }) => [range.start, range.end]));
  let next = 0;
  // In the flag's value.
  const masksIn = ({ start, end }: Range): Mask[] => {
    if (placeholders && text.value.slice(start, end).includes('[')) return [grammar(end - start)];
    const masks: Mask[] = [];
    // Flags come in order, and so do masks.
    for (let one = all[next]; one !== undefined && one.range.end <= end; one = all[++next])
      if (one.range.start >= start)
        masks.push({ ...one, range: { start: one.range.start - start, end: one.range.end - start } });
    return masks;
  };
  let at = 0;
  while (true) {
    at += /^\s*/.exec(text.value.slice(at))![0].length;
    if (!text.value.startsWith('--', at)) return at;
    const end = flagEnd(text.value, at, ends);
    const flag = text.value.slice(at, end);
    if (flag === '--') return end;
    const value = /^--mount=/.exec(flag)?.[0].length;
    if (value !== undefined) {
      const spec = unquoted(text, { start: at + value, end }, masksIn({ start: at + value, end }));
      sink.mounts.push({
        form: 'run-mount',
        spec,
        range: sourceRange(text, { start: at + value, end }),
        group: `RUN ${index}`,
        ...(engine && { engine }),
        ...(build && { build }),
      });
    } else if (/^--mo?u?n/.test(flag)) {
      const gap = /^\s*/.exec(text.value.slice(end))![0].length;
      sink.instructions.push({ name: 'RUN', text: sliceHosted(text, { start: at, end: end + gap }) });
    }
    at = end;
  }
}

/** Blanks in quotes end no flag, nor do those of a template, of which `ends` says where each that begins stops. */
function flagEnd(text: string, from: number, ends: ReadonlyMap<number, number>): number {
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    const filled = ends.get(i);
    if (filled !== undefined) i = Math.max(i, filled - 1);
    else if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) return i;
    else if (char === '\\') i++;
  }
  return text.length;
}

const VARIABLE = /\$\{[^}\s]{0,300}\}|\$[A-Za-z_]\w*/y;

/** Brackets mean nothing there: where documentation has them, it shows what may be written. */
const grammar = (length: number): Mask => ({ range: { start: 0, end: length }, kind: 'placeholder' });

/** The flag's value as BuildKit reads it: quotes and backslashes are gone before it looks for commas, build arguments are holes. */
function unquoted(text: HostedText, range: Range, masks: readonly Mask[]): HostedText {
  const part = sliceHosted(text, range);
  const { value } = part;
  const out = new TextDecoder(part, 0);
  let mask = 0;
  let quote = '';
  for (let at = 0; at < value.length; ) {
    const char = value[at]!;
    while (mask < masks.length && masks[mask]!.range.start < at) mask++;
    const masked = masks[mask];
    if (masked?.range.start === at && masked.range.end > at) {
      out.hole(masked.range, { kind: masked.kind, quoted: true });
      at = masked.range.end;
      continue;
    }
    VARIABLE.lastIndex = at;
    const end = at + (char === '$' ? (VARIABLE.exec(value)?.[0].length ?? 1) : 1);
    if (end > at + 1) out.hole({ start: at, end }, { kind: 'variable', quoted: true });
    else if (char === '\\') out.atom(value[at + 1] ?? '', at, at + 2);
    else if (quote === '' ? char === '"' || char === "'" : char === quote) quote = quote === '' ? char : '';
    else out.copy(at, end, { quoted: true });
    at = char === '\\' ? at + 2 : end;
  }
  const decoded = out.build();
  return deriveText(part, decoded, (inner, fresh) => {
    const source = exactSource(decoded.map, inner);
    const encoded = encodeNewText(fresh, part.level + 1, (known) =>
      /[\s$"'\\]/.test(known) ? undefined : known,
    );
    return source && encoded && { range: source, text: encoded };
  });
}
