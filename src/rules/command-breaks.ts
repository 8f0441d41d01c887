import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { argvSource } from '../source/argv-source.js';
import type { ShellKind } from '../source/command-source.js';
import type { CommandView } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import { once } from '../text/once.js';
import type { Range } from '../text/range.js';
import type { Hole } from '../text/spec-text.js';

/** How a line ends a command: without the mark that continues it, with something after it, or with a line that holds nothing of it. */
export type BreakKind = 'bare' | 'doubled' | 'blank' | 'comment' | 'commentLine' | 'emptyLine';

/** A place where a command ends too early. */
export interface Break {
  readonly how: BreakKind;
  /** What ends it. */
  readonly part: Range;
  /** Of the last line that does not belong to what follows. */
  readonly start: number;
  readonly end: number;
  /** What the next line begins with. */
  readonly first: string;
  /** What is to go for the command to go on; the comments in it are to be kept elsewhere. */
  readonly surplus: Range;
}

/** What continues a line of each shell. */
const MARKS: Partial<Record<ShellKind, string>> = {
  sh: '\\',
  bash: '\\',
  zsh: '\\',
  fish: '\\',
  powershell: '`',
  cmd: '^',
};

/** What continues a line of the shell that reads a command; undefined where none reads it. */
export function continuationOf(shell: ShellKind): string | undefined {
  return MARKS[shell];
}

/** How a mark stands at the end of a line with something after it, before lines that hold nothing, and in a command. */
interface Patterns {
  readonly behind: RegExp;
  readonly gap: RegExp;
  readonly whole: RegExp;
  readonly last: RegExp;
}

const patterns = once(
  (): ReadonlyMap<string, Patterns> =>
    new Map(
      ['\\', '`', '^'].map((mark) => [
        mark,
        {
          behind: new RegExp(`(?:^|[ \\t])\\${mark}([ \\t]+(?:#.*)?)$`),
          gap: new RegExp(`^(?:[ \\t]*\\${mark}\\n)+((?:[ \\t]*(?:#[^\\n]*)?\\n)+)`),
          whole: mark === '\\' ? /^(?:[^\n\\]|\\[\s\S])*/ : new RegExp(`^(?:[^\\n\\${mark}]|\\${mark}\\n?)*`),
          last: new RegExp(`[ \\t]*\\${mark}$`),
        },
      ]),
    ),
);

/** How far from the end of a command its line is looked at. */
const NEAR = 2000;
/** Nobody has as many. */
const MOST = 50;

/** How a next line begins that belongs to the command. */
const FLAG = /^[ \t]*(-{1,2}[A-Za-z][\w-]*)(?:[ \t=]|\\?$)/m;
const LAST_PART =
  /^[ \t]*(?!(?:fi|done|esac|else|elif|then|do|exit|return|end|docker|podman|nerdctl|sudo|if|for|while)\b)([\w$"'{@./-][^\s\\`^]*)/;

const IMAGE = /^[ \t]*(?:[\w-][\w.-]*(?::\d+)?\/)*[\w-][\w.-]*(?:\/[\w-][\w.-]*|:[\w][\w.-]*)[ \t]*(?:\n|$)/;

/** Where a command breaks off, and where its rest does again. */
export function breaksOf({ source, invocation }: CommandView): Break[] {
  const { host, range, shell } = source;
  const mark = continuationOf(shell);
  if (host === undefined || range === undefined || mark === undefined) return [];
  const text = host.value;
  const found: Break[] = [];
  const image = invocation?.image === undefined ? undefined : source.words[invocation.image + 1];
  // What a mark quotes that continues nothing is taken for the image: a blank, or itself.
  const isNone = image === undefined || /^[ \t](?:#.*)?$|^\\$/.test(image.value);
  const isSurelyNone =
    isNone && source.partial !== true && (invocation?.opaque === undefined || image !== undefined);
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 200))![0].length;
  let state = { lacksImage: isNone, isSure: isSurelyNone && invocation !== undefined };
  const isSketch = source.words.some(
    ({ value, holes }, index) => holes.some(isLeftOut) || (index > 2 && EXPLAINED.test(value)),
  );
  for (let rest: Range | undefined = range; rest !== undefined && found.length < MOST; ) {
    const one: Break | undefined = breakAfter(text, rest, { mark, indent, ...state });
    if (one === undefined) break;
    // Where dots stand for words, or each has its explanation, the lines are no more than a list of them.
    if (!isSketch || one.how !== 'bare') found.push(one);
    rest = restOf(text, one, mark);
    if (rest !== undefined && state.lacksImage && hasImage(text.slice(rest.start, rest.end), mark))
      state = { lacksImage: false, isSure: false };
  }
  return found;
}

/** What stands between an option and what is said of it: `-e SEEDS=…    -- where the others are`. */
const EXPLAINED = /^(?:--|\/\/|[—–←→])$/;

const isLeftOut = ({ kind, text }: Hole): boolean => kind === 'placeholder' && /^[.…]/.test(text);

interface State {
  readonly mark: string;
  /** Of the line that the command begins on. */
  readonly indent: number;
  /** No word of it is known to be the image; and none can be. */
  readonly lacksImage: boolean;
  readonly isSure: boolean;
}

function breakAfter(
  text: string,
  range: Range,
  { mark, indent, lacksImage, isSure }: State,
): Break | undefined {
  const gap = mark === '^' ? undefined : gapAfter(text, range.end, mark);
  const from = Math.max(range.start, range.end - 1);
  // There may be thousands of commands on a line: only what is near the end of this one is looked at.
  const near = gap === undefined ? text.slice(from, from + NEAR).indexOf('\n') : gap.end - from;
  if (near < 0) return undefined;
  const ends = from + near;
  const next = text.slice(ends + 1, ends + 300);
  const flag = FLAG.exec(next);
  const isFlag = flag?.index === 0;
  const first = isFlag ? flag : lacksImage ? LAST_PART.exec(next) : null;
  if (first === null || first.index !== 0) return undefined;
  const before = Math.max(0, ends - NEAR);
  const start = before + text.slice(before, ends).lastIndexOf('\n') + 1;
  const found = { start, end: ends, first: first[1]!, surplus: { start: ends, end: ends } };
  // Without an indent it may be another command.
  if (gap !== undefined) return isFlag || /^[ \t]/.test(next) ? { ...found, ...gap, end: ends } : undefined;
  const line = text.slice(start, ends);
  const behind = patterns().get(mark)!.behind.exec(line)?.[1];
  if (behind !== undefined) {
    const part = { start: ends - behind.length, end: ends };
    return { ...found, how: behind.trim() === '' ? 'blank' : 'comment', part, surplus: part };
  }
  if (mark === '\\' && /[ \t]\\\\$/.test(line)) {
    const part = { start: ends - 1, end: ends };
    return { ...found, how: 'doubled', part, surplus: part };
  }
  // Another mark than this shell's is said by another rule.
  if (/[ \t][\\`^]$/.test(line)) return undefined;
  const isDeeper = /^[ \t]*/.exec(next)![0].length > indent;
  // Below lines that are not indented either, what can only be the name of an image is none of a program.
  const isImage = start > range.start && IMAGE.test(next);
  if (!isFlag && !(isSure && (isDeeper || isImage))) return undefined;
  // Documentation lists flags below a command: `-v  what it does`.
  if (
    isFlag &&
    !lacksImage &&
    /^[ \t]*-\S+(?:,[ \t]*-\S+)*(?:[ \t]{2,}|[ \t]+[A-Z]?[a-z]+[ \t]+[a-z]+[ \t]+[a-z]+\b)/.test(next)
  )
    return undefined;
  // What stands after the command must be nothing: `docker run … && x` is another matter.
  if (text.slice(range.end, ends).trim() !== '' || /[;&|]\s*$/.test(line)) return undefined;
  const isComment = /^[ \t]*#/.test(line);
  const part = { start: isComment ? start + line.indexOf('#') : ends, end: ends };
  return { ...found, how: isComment ? 'commentLine' : 'bare', part };
}

/** Lines that are empty or a comment after the mark: the first of them, and the end of the last. */
function gapAfter(
  text: string,
  from: number,
  mark: string,
): Pick<Break, 'how' | 'part' | 'surplus' | 'end'> | undefined {
  const gap = patterns()
    .get(mark)!
    .gap.exec(text.slice(from, from + 4000));
  if (gap === null) return undefined;
  const start = from + gap[0].length - gap[1]!.length;
  const end = from + gap[0].length - 1;
  const surplus = { start, end: end + 1 };
  const line = /^[ \t]*(#[^\n]*)?/.exec(gap[1]!)!;
  const comment = line[1];
  return comment === undefined
    ? { how: 'emptyLine', part: { start, end: start + line[0].length + 1 }, end, surplus }
    : {
        how: 'commentLine',
        part: { start: start + line[0].length - comment.length, end: start + line[0].length },
        end,
        surplus,
      };
}

/** The lines after a break up to the end of what the shell takes for a command; undefined when that is not plain to see. */
function restOf(text: string, { end }: Break, mark: string): Range | undefined {
  const start = end + 1;
  const { whole, last } = patterns().get(mark)!;
  const rest = whole.exec(text.slice(start, start + 4000))![0];
  return /["'`;&|<>()]/.test(rest.replace(/"[^"\\]*"|'[^']*'|\$\([^()]*\)|`(?=\n|$)|`[^`\n]*`/g, ''))
    ? undefined
    : { start, end: start + lengthOf(rest, last) };
}

/** Without blanks at the end, and the mark of a last line that is continued by an empty one. */
function lengthOf(rest: string, last: RegExp): number {
  const text = rest.trimEnd();
  return (rest.endsWith('\n') ? text.replace(last, '') : text).length;
}

const NEWEST = makeDialect();

/** Whether the words of a rest are more than flags and their values. */
function hasImage(rest: string, mark: string): boolean {
  const words = rest.replaceAll(`${mark}\n`, ' ').match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const { invocation } = viewCommand(
    argvSource(['docker', 'run', ...words.filter((word) => word !== mark)]).source,
    {
      dialect: NEWEST,
    },
  );
  return invocation === undefined || invocation.problem !== undefined || invocation.image !== undefined;
}
