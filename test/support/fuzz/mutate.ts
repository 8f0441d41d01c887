// Makes texts that nobody wrote out of texts that somebody did: bytes, tokens and lines of them, spliced.

import type { FileKind } from '../../../src/source/file-kinds.js';
import { quoteShell } from '../../../src/text/shell-quote.js';
import { HOSTS } from '../script-hosts.js';
import type { Random } from './random.js';

/** What is put in besides pieces of other texts. */
const WORDS = [
  ...'docker run create podman nerdctl compose service container exec build -v --mount --tmpfs --volume -it --rm -- - x'.split(
    ' ',
  ),
  ...'/a:/b:ro type=bind src=/a dst=/b readonly ro,ro z,Z ~/a ./a ../a C:\\a \\\\srv\\a data: :/x /x: :: , = : ; | & && || ( ) { } [ ] < > << >> <<< $( ` ${ }} ${{ {{ $PWD $(pwd) "$@" ${A[@]} $$ $( #'.split(
    ' ',
  ),
  ...'constructor __proto__ toString hasOwnProperty null undefined NaN 0 -1 1e9 true ~ !!binary &a *a <<: - ? | > |- >+2 # // /* */ <!-- --> ``` ~~~ %PATH% ^ \\ \' " \'\' "" \\n'.split(
    ' ',
  ),
  'mountc-disable',
  'mountc-disable-next-line broad-host-mount -- why',
  'if true; then',
  'fi',
  'for i in a b; do',
  'done',
  'case x in',
  'esac',
  'eval "',
  "sh -c '",
  'cat <<EOF\n',
  '\nEOF\n',
  'services:\n  a:\n    volumes:\n      - ',
  'RUN --mount=type=cache,target=/x ',
  'ExecStart=',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' \\\n',
  ' `\n',
  ' ^\n',
  '\0',
  '\ufeff',
  '\ufffd',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\u2013',
  '\u201c',
  '\ue000',
  '\ud800',
  '\udfff',
  '\ud83d\ude00',
  '\u001b[31m',
  '\u0085',
  '\u2028',
];

/** Where tokens end: words, quotes, separators, blanks. */
const TOKEN = /[\w./$~-]+|[ \t]+|\r?\n|./gs;
const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const unitsOf = (text: string): string[] => [...text];

/** The largest text that comes out, in characters. */
const MOST = 6_000;

type Change = (text: string, random: Random, others: readonly string[]) => string;

const byPieces =
  (
    cut: (text: string) => string[],
    change: (pieces: string[], random: Random, other: string[]) => void,
  ): Change =>
  (text, random, others) => {
    const pieces = cut(text);
    change(pieces, random, cut(random.pick(others)));
    return pieces.join('');
  };

const CHANGES: readonly Change[] = [tokensOf, tokensOf, linesOf, unitsOf].flatMap((cut): Change[] => [
  byPieces(cut, (pieces, random) => pieces.splice(random.below(pieces.length), 1 + random.below(3))),
  byPieces(cut, (pieces, random) => pieces.splice(random.below(pieces.length), 0, random.pick(WORDS))),
  byPieces(cut, (pieces, random) => pieces.splice(random.below(pieces.length), 1, random.pick(WORDS))),
  byPieces(cut, (pieces, random, other) => {
    const from = random.below(other.length);
    const part = other.slice(from, from + 1 + random.below(8));
    pieces.splice(random.below(pieces.length), random.below(4), ...part);
  }),
  byPieces(cut, (pieces, random) => {
    const from = random.below(pieces.length);
    const part = pieces.slice(from, from + 1 + random.below(4));
    pieces.splice(random.below(pieces.length), 0, ...part);
  }),
  byPieces(cut, (pieces, random) => {
    const from = random.below(pieces.length);
    const part = pieces.slice(from, from + 1 + random.below(3)).join('');
    pieces.splice(from, 0, part.repeat(1 + random.below(random.once(8) ? 300 : 6)));
  }),
  byPieces(cut, (pieces, random) => {
    const [a, b] = [random.below(pieces.length), random.below(pieces.length)];
    [pieces[a], pieces[b]] = [pieces[b] ?? '', pieces[a] ?? ''];
  }),
  byPieces(cut, (pieces, random) => pieces.splice(random.below(pieces.length))),
  byPieces(cut, (pieces, random, other) => {
    pieces.splice(random.below(pieces.length), pieces.length, ...other.slice(random.below(other.length)));
  }),
]);

const WRAPS: readonly ((text: string) => string)[] = [
  (text) => `sh -c ${quoteShell(text)}\n`,
  (text) => `eval "${text}"\n`,
  (text) => `A='${text}'\neval "$A"\n`,
  (text) => `cat <<EOF | sh\n${text}\nEOF\n`,
  (text) => `\`\`\`sh\n${text}\n\`\`\`\n`,
  (text) => `> ${text.replaceAll('\n', '\n> ')}`,
  (text) => `a:\n\t${text.replaceAll('\n', '\n\t')}\n`,
  (text) => `a:\n  script: |\n    ${text.replaceAll('\n', '\n    ')}\n`,
  (text) => `- run: ${JSON.stringify(text)}\n`,
  (text) => `{"scripts":{"a":${JSON.stringify(text)}}}`,
  (text) => `if true; then\n${text}\nfi\n`,
  (text) => `f() {\n${text}\n}\nf "$@"\n`,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
];

/** A text out of one of them and pieces of the others. */
export function splice(random: Random, texts: readonly string[], from = random.pick(texts)): string {
  let text = from;
  // What is long is mostly the same over and over: a stretch of it is enough, most of the time.
  if (text.length > 1_500 && !random.once(5)) {
    const lines = linesOf(text);
    const start = random.below(lines.length);
    text = (random.once(2) ? lines.slice(0, 1) : [])
      .concat(lines.slice(start, start + 1 + random.below(25)))
      .join('');
  }
  for (let count = 1 + random.below(random.once(4) ? 20 : 4); count > 0; count--)
    text = random.once(25) ? random.pick(WRAPS)(text) : random.pick(CHANGES)(text, random, texts);
  return text.slice(0, MOST);
}

const JOINTS = ['\n', '\n', '\n', '; ', ' && ', ' | ', ' || ', ' \\\n', '\n# ', '\n\n'];

/** A script of some of the commands, most of them as they are or with one change, in a file of some kind. */
export function randomScript(random: Random, commands: readonly string[]): { kind: FileKind; text: string } {
  let script = '';
  for (let count = 1 + random.below(random.once(3) ? 15 : 4); count > 0; count--) {
    const command = random.pick(commands);
    const isMade = random.once(3);
    script += `${script === '' ? '' : random.pick(JOINTS)}${isMade ? random.pick(CHANGES.slice(0, 18))(command, random, commands) : command}`;
  }
  const kind = random.pick(Object.keys(HOSTS) as (keyof typeof HOSTS)[]);
  return { kind, text: HOSTS[kind](script).slice(0, MOST) };
}

/** What opens something, and what closes it. */
const OPENERS: readonly (readonly [open: string, close: string])[] = [
  ...'$( )|${A:- }|"$( )"|` `|( )|{ ; }|[ ]|{a: }|<( )|$(( ))|[[ ]]|" "|\' \'|{{ }}|${{ }}'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
  ['if true; then ', '; fi'],
  ['f() { ', '; }'],
  ['case x in x) ', ';; esac'],
  ['while a; do ', '; done'],
  ['! ', ''],
  ['time ', ''],
  ['sudo ', ''],
  ['env A=b ', ''],
  ['xargs ', ''],
  ['sh -c ', ''],
  ["sh -c '", "'"],
  ['eval "', '"'],
  ['ssh a ', ''],
  ['A=', ''],
  ['A=(', ')'],
  ['a && ', ''],
  ['a | ', ''],
  ['<<A ', '\nA\n'],
  ['> ', ''],
  ['- ', ''],
  ['* ', ''],
  ['1. ', ''],
  ['? ', ''],
  ['[', '](a)'],
  ['*', '*'],
  ['<a>', '</a>'],
  ['<!--', '-->'],
  ['&a ', ''],
  ['!a ', ''],
  ['$(call f,', ')'],
  ['$(if a,', ')'],
  ['ifdef A\n', '\nendif'],
  ['define A\n', '\nendef'],
  ['@', ''],
  ['-', ''],
  ['\\', ''],
  ['^', ''],
  ['\\\n', ''],
  ['/', ''],
  [',', ''],
  [':', ''],
  ['=', ''],
  ['#', ''],
  ['\n', ''],
  ['\t', ''],
];

/** A text of somebody's in which something is inside itself very often. */
export function nestDeeply(random: Random, text: string): string {
  const pieces = tokensOf(text.slice(0, 2_000));
  for (let count = 1 + random.below(2); count > 0; count--) {
    const [open, close] = random.pick(OPENERS);
    const [other, otherClose] = random.once(3) ? random.pick(OPENERS) : ['', ''];
    const depth = Math.ceil(random.pick([30, 300, 3_000, 12_000]) / (open.length + other.length));
    const at = random.below(pieces.length + 1);
    const end = at + random.below(pieces.length + 1 - at);
    pieces.splice(end, 0, (otherClose + close).repeat(random.once(4) ? 0 : depth));
    pieces.splice(at, 0, (open + other).repeat(depth));
  }
  return pieces.join('');
}

/** The same in bytes: some of them are no UTF-8. */
export function spoilBytes(random: Random, text: string): Buffer {
  const bytes = Buffer.from(text);
  for (let count = random.below(4); count > 0 && bytes.length > 0; count--)
    bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

/** The smallest text that still fails, as far as a short search finds it. */
export async function shrink(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let best = text;
  const end = Date.now() + 15_000;
  for (const cut of [linesOf, tokensOf, unitsOf]) {
    let size = Math.ceil(cut(best).length / 2);
    while (size > 0 && Date.now() < end) {
      let hasShrunk = false;
      for (let at = 0; at < cut(best).length && Date.now() < end; ) {
        const pieces = cut(best);
        pieces.splice(at, size);
        const next = pieces.join('');
        if (next !== best && (await fails(next))) {
          best = next;
          hasShrunk = true;
        } else at += size;
      }
      if (!hasShrunk) size = size === 1 ? 0 : Math.ceil(size / 2);
    }
  }
  return best;
}
