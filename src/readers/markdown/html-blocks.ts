import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import { mapOf } from '../../text/map-of.js';
import type { Range } from '../../text/range.js';
import { makeRangeSet } from '../../text/range-set.js';
import { LANGUAGES } from '../code/languages.js';
import { codeText, isString } from '../code/text.js';
import { tokensOf } from '../code/tokens.js';
import type { CodeBlock } from './blocks.js';

interface Kind {
  readonly open: RegExp;
  readonly close: RegExp;
  /** Entities stand for characters, and tags that only dress the text are no part of it. */
  readonly isHtml: boolean;
}

const KINDS: readonly Kind[] = [
  // Hugo's.
  {
    open: /\{\{[<%]\s*highlight\s+([\w+-]+)[^>%\n]{0,200}[>%]\}\}/g,
    close: /\{\{[<%]\s*\/\s*highlight/g,
    isHtml: false,
  },
  { open: /\{%-?\s*highlight\s+([\w+-]+)[^%\n]*%\}/g, close: /\{%-?\s*endhighlight/g, isHtml: false },
  { open: /<pre\b([^<>\n]*)>(?:\s*<code\b([^<>\n]*)>)?/gi, close: /(?:<\/code>\s*)?<\/pre>/gi, isHtml: true },
  { open: /<code-?block\b([^<>\n]*)>/gi, close: /<\/code-?block>/gi, isHtml: true },
];
const LANGUAGE = /(?:lang(?:uage)?=["']?|language-|brush:\s*)([\w+-]+)/i;
const ENTITIES = mapOf<string>({
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
});
const DRESS = /&(lt|gt|amp|quot|apos|#39);|<\/?(?:span|code|b|i|em|strong|kbd|samp|font|mark)\b[^<>\n]*>/gi;

/** Code that is marked by other means than Markdown's: Jekyll's `highlight`, `<pre>`, `<code-block>`; in no order. */
export function markedBlocks(host: HostedText, taken: readonly CodeBlock[]): CodeBlock[] {
  return KINDS.flatMap((kind) => blocksOf(host, kind, taken));
}

function blocksOf(host: HostedText, { open, close, isHtml }: Kind, taken: readonly CodeBlock[]): CodeBlock[] {
  const found: CodeBlock[] = [];
  const code = makeRangeSet(taken.map(({ range }) => range));
  let after = 0;
  for (const match of host.value.matchAll(open)) {
    const start = match.index + match[0].length;
    if (match.index < after || code.overlaps({ start: match.index, end: match.index + 1 })) continue;
    close.lastIndex = start;
    const end = close.exec(host.value);
    if (end === null) break;
    after = end.index;
    const attributes = match.slice(1).join(' ');
    const info = isHtml ? (LANGUAGE.exec(attributes)?.[1] ?? '') : attributes;
    const inner = { start, end: after };
    const text = isHtml ? (jsxText(host, inner) ?? htmlText(host, inner)) : plainText(host, inner);
    found.push({ info, text, range: { start: match.index, end: after + end[0].length } });
  }
  return found;
}

/** MDX writes code as templates of JavaScript, one after the other: ``{`docker run \\\n`}``. */
function jsxText(host: HostedText, range: Range): HostedText | undefined {
  if (!/^\s*\{\s*`/.test(host.value.slice(range.start, range.start + 100))) return undefined;
  const inner = sliceHosted(host, range);
  const tokens = [...tokensOf(inner.value, LANGUAGES.javascript)];
  const strings = tokens.filter(isString);
  const isAll = tokens.every((token) => isString(token) || token.text === '{' || token.text === '}');
  return isAll && strings.length > 0 ? codeText(inner, strings, false) : undefined;
}

function plainText(host: HostedText, { start, end }: Range): HostedText {
  return derive(host, new TextDecoder(host, start).copy(start, end), (text) => text);
}

function htmlText(host: HostedText, { start, end }: Range): HostedText {
  const out = new TextDecoder(host, start);
  let at = start;
  for (const match of host.value.slice(start, end).matchAll(DRESS)) {
    const from = start + match.index;
    out.copy(at, from);
    at = from + match[0].length;
    const entity = match[1]?.toLowerCase();
    if (entity !== undefined) out.atom(ENTITIES.get(entity) ?? '', from, at);
  }
  return derive(host, out.copy(at, end), (text) =>
    text.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;')),
  );
}

function derive(host: HostedText, out: TextDecoder, encode: (text: string) => string): HostedText {
  const decoded = out.build();
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, encode);
    return range && encoded && { range, text: encoded };
  });
}
