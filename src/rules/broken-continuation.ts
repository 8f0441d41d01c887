import type { Fix } from '../text/diagnostic.js';
import type { Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';
import type { Rule } from './rule.js';

/** A command that ends at a line end where it was meant to go on. */
export const brokenContinuation: Rule = {
  code: 'MC601',
  name: 'broken-continuation',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a line of the command that does not belong to it, for want of a backslash at the line end',
  why:
    'A backslash goes on to the next line only as the very last character of its own. With a blank or a comment behind it, ' +
    'or without it, docker runs without the rest, and the shell says `-v: command not found`.',
  sources: ['https://github.com/docker/docs/pull/1611', 'https://github.com/pi-hole/docker-pi-hole/pull/615'],
  valid: [
    'docker run \\\n  -v /a:/b \\\n  alpine',
    'docker run -v /a:/b alpine\n\n-v',
    'docker run -v /a:/b alpine\necho -v /a:/b',
    'docker run -v /a:/b `#here` \\\n  -v /c:/d alpine',
    'docker run -v /a:/b alpine echo \\ \necho done',
    'docker run -v /a:/b alpine \\\n\necho done',
    'docker run -v /a:/b alpine # why\n# -v /c:/d\necho done',
  ],
  invalid: [
    { command: 'docker run \\ \n  -v /a:/b alpine', fixed: 'docker run \\\n  -v /a:/b alpine' },
    {
      command: 'docker run --rm \\\n  -p 80:80\n  -v /a:/b \\\n  alpine',
      fixed: 'docker run --rm \\\n  -p 80:80 \\\n  -v /a:/b \\\n  alpine',
    },
    'docker run -v /a:/b \\ # data\n  -v /c:/d alpine',
    {
      command: 'docker run \\ \n  -p 80:80 \\ \n  -v /a:/b \\\n  alpine',
      fixed: 'docker run \\\n  -p 80:80 \\\n  -v /a:/b \\\n  alpine',
    },
    { command: 'docker run -v /a:/b \\ \n  alpine ls', fixed: 'docker run -v /a:/b \\\n  alpine ls' },
    { command: 'docker run -it \\\t\n  "$IMAGE"', fixed: 'docker run -it \\\n  "$IMAGE"' },
    'docker run -v /a:/b \\ # the data\n  alpine',
    'docker run --rm \\\n  # the data\n  -v /a:/b \\\n  alpine',
    'docker run -v /a:/b \\\n  # which\n  # image\n  alpine',
    {
      command: 'docker run --rm \\\n\n  -v /a:/b \\\n  alpine',
      fixed: 'docker run --rm \\\n  -v /a:/b \\\n  alpine',
    },
  ],
  checkCommand({ source, invocation }, report) {
    const { host, range, shell } = source;
    // What is cut off is looked at with the command that it was meant for.
    if (source.cutOff || host === undefined || range === undefined || !/^(?:sh|bash|zsh)$/.test(shell))
      return;
    const text = host.value;
    // The blank that a backslash quotes is taken for the image.
    const image = invocation?.image === undefined ? undefined : source.words[invocation.image + 1];
    const lacksImage = image === undefined || /^[ \t](?:#.*)?$/.test(image.value);
    let one: Break | undefined = breakAfter(text, range, lacksImage ? LAST_PART : FLAG);
    for (; one !== undefined; one = breakAfter(text, restOf(text, one), FLAG)) {
      const { how, part, first } = one;
      const { ends, help, mends }: Way = WAYS[how];
      const edit = mends && host.edit(part, { value: mends.text, holes: [] });
      // Of a line without a backslash its last character is shown.
      const shown = how === 'bare' ? { start: Math.max(one.start, part.end - 1), end: part.end } : part;
      report({
        range: sourceRange(host, shown),
        message: `${ends}: \`${first}\` on the next line becomes a command of its own`,
        help,
        fix: edit && { title: mends.title, safety: mends.safety, edits: [edit] },
      });
    }
  },
};

interface Way {
  readonly ends: string;
  readonly help: string;
  readonly mends?: { readonly title: string; readonly safety: Fix['safety']; readonly text: string };
}

/** How a line ends a command: without a backslash, with something behind it, or with a line that holds nothing of it. */
const WAYS = {
  bare: {
    ends: 'the command ends here',
    help: 'end the line with ` \\`',
    mends: { title: 'add `\\`', safety: 'unsafe', text: ' \\' },
  },
  blank: {
    ends: 'a blank behind the `\\` ends the command',
    help: 'remove the blank',
    mends: { title: 'remove the blank', safety: 'safe', text: '' },
  },
  comment: {
    ends: 'a comment behind the `\\` ends the command',
    help: 'move the comment above the command',
  },
  commentLine: {
    ends: 'a line with a comment ends the command',
    help: 'move the comment above the command',
  },
  emptyLine: {
    ends: 'an empty line ends the command',
    help: 'remove the empty line',
    mends: { title: 'remove the empty line', safety: 'unsafe', text: '' },
  },
} as const satisfies Record<string, Way>;

type How = keyof typeof WAYS;

/** A place where a command ends too early. */
interface Break {
  readonly how: How;
  /** What ends it. */
  readonly part: Range;
  /** Of the last line that does not belong to what follows. */
  readonly start: number;
  readonly end: number;
  /** What the next line begins with. */
  readonly first: string;
}

/** How far from the end of a command its line is looked at. */
const NEAR = 2000;

/** How a next line begins that belongs to the command. */
const FLAG = /^[ \t]*(-{1,2}[A-Za-z][\w-]*)(?:[ \t=]|\\?$)/m;
const LAST_PART = /^[ \t]*(?!(?:fi|done|esac|else|elif|then|exit|return)\b)([\w$"'./-][^\s\\]*)/;

function breakAfter(text: string, range: Range | undefined, goesOn: RegExp): Break | undefined {
  if (range === undefined) return undefined;
  const gap = gapAfter(text, range.end);
  const from = Math.max(range.start, range.end - 1);
  // There may be thousands of commands on a line: only what is near the end of this one is looked at.
  const near = gap === undefined ? text.slice(from, from + NEAR).indexOf('\n') : gap.end - from;
  if (near < 0) return undefined;
  const ends = from + near;
  const next = text.slice(ends + 1, ends + 300);
  const flag = FLAG.exec(next);
  const first = flag?.index === 0 ? flag : goesOn.exec(next);
  if (first === null || first.index !== 0) return undefined;
  const before = Math.max(0, ends - NEAR);
  const start = before + text.slice(before, ends).lastIndexOf('\n') + 1;
  const found = { start, end: ends, first: first[1]! };
  // Without an indent it may be another command.
  if (gap !== undefined)
    return first === flag || /^[ \t]/.test(next) ? { ...found, how: gap.how, part: gap.part } : undefined;
  const line = text.slice(start, ends);
  const behind = /\\([ \t]+(?:#.*)?)$/.exec(line)?.[1];
  if (behind !== undefined) {
    const part = { start: ends - behind.length, end: ends };
    return { ...found, how: behind.trim() === '' ? 'blank' : 'comment', part };
  }
  // What stands behind the command must be nothing: `docker run … && x` is another matter.
  if (first !== flag || text.slice(range.end, ends).trim() !== '' || /[;&|]\s*$/.test(line)) return undefined;
  const isComment = /^[ \t]*#/.test(line);
  return isComment
    ? { ...found, how: 'commentLine', part: { start: start + line.indexOf('#'), end: ends } }
    : { ...found, how: 'bare', part: { start: ends, end: ends } };
}

/** Lines that are empty or a comment behind a backslash: the first of them, and the end of the last. */
function gapAfter(text: string, from: number): (Pick<Break, 'how' | 'part'> & { end: number }) | undefined {
  const gap = /^(?:[ \t]*\\\n)+((?:[ \t]*(?:#[^\n]*)?\n)+)/.exec(text.slice(from, from + 4000));
  if (gap === null) return undefined;
  const start = from + gap[0].length - gap[1]!.length;
  const end = from + gap[0].length - 1;
  const line = /^[ \t]*(#[^\n]*)?/.exec(gap[1]!)!;
  const comment = line[1];
  return comment === undefined
    ? { how: 'emptyLine', part: { start, end: start + line[0].length + 1 }, end }
    : {
        how: 'commentLine',
        part: { start: start + line[0].length - comment.length, end: start + line[0].length },
        end,
      };
}

/** The lines behind a break up to the end of what the shell takes for a command; undefined when that is not plain to see. */
function restOf(text: string, { end }: Break): Range | undefined {
  const start = end + 1;
  const rest = /^(?:[^\n\\]|\\[\s\S])*/.exec(text.slice(start, start + 4000))![0];
  return /["'`;&|<>()]/.test(rest.replace(/"[^"\\]*"|'[^']*'|\$\([^()]*\)/g, ''))
    ? undefined
    : { start, end: start + rest.length };
}
