import type { Fix } from '../diagnostic/diagnostic.js';
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
  ],
  checkCommand({ source, invocation }, report) {
    const { host, range, shell } = source;
    // What is cut off is looked at with the command that it was meant for.
    if (source.cutOff || host === undefined || range === undefined || !/^(?:sh|bash|zsh)$/.test(shell))
      return;
    const text = host.value;
    // The blank that a backslash quotes is taken for the image.
    const image = invocation?.image === undefined ? undefined : source.words[invocation.image + 1];
    const lacksImage = image !== undefined && /^[ \t](?:#.*)?$/.test(image.value);
    let one: Break | undefined = breakAfter(text, range, lacksImage ? LAST_PART : FLAG);
    for (; one !== undefined; one = breakAfter(text, restOf(text, one), FLAG)) {
      const { start, end, behind, first } = one;
      const { ends, help, mends } =
        WAYS[behind === undefined ? 'bare' : behind.trim() === '' ? 'blank' : 'comment'];
      const part = { start: end - (behind?.length ?? 0), end };
      const edit = mends && host.edit(part, { value: mends.text, holes: [] });
      report({
        range: sourceRange(host, behind === undefined ? { start: Math.max(start, end - 1), end } : part),
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

/** How a line ends a command: without a backslash, or with something behind it. */
const WAYS: Readonly<Record<'bare' | 'blank' | 'comment', Way>> = {
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
};

/** A line end that ends a command too early. */
interface Break {
  /** Of the line. */
  readonly start: number;
  readonly end: number;
  /** What stands behind its backslash; undefined when there is none. */
  readonly behind: string | undefined;
  /** What the next line begins with. */
  readonly first: string;
}

/** How a next line begins that belongs to the command. */
const FLAG = /^[ \t]*(-{1,2}[A-Za-z][\w-]*)(?:[ \t=]|\\?$)/m;
const LAST_PART = /^[ \t]*(?!(?:fi|done|esac|else|elif|then|exit|return)\b)([\w$"'./-][^\s\\]*)/;

function breakAfter(text: string, range: Range | undefined, goesOn: RegExp): Break | undefined {
  if (range === undefined) return undefined;
  const ends = text.indexOf('\n', Math.max(range.start, range.end - 1));
  const end = ends < 0 ? text.length : ends;
  const next = goesOn.exec(text.slice(end + 1, end + 300));
  if (next === null || next.index !== 0 || ends < 0) return undefined;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const line = text.slice(start, end);
  const behind = /\\([ \t]+(?:#.*)?)$/.exec(line)?.[1];
  // What stands behind the command must be nothing: `docker run … && x` is another matter.
  if (behind === undefined && (goesOn !== FLAG || text.slice(range.end, end).trim() !== '')) return undefined;
  if (behind === undefined && /[;&|]\s*$/.test(line)) return undefined;
  return { start, end, behind, first: next[1]! };
}

/** The lines behind a break up to the end of what the shell takes for a command; undefined when that is not plain to see. */
function restOf(text: string, { end }: Break): Range | undefined {
  const start = end + 1;
  const rest = /^(?:[^\n\\]|\\[\s\S])*/.exec(text.slice(start, start + 4000))![0];
  return /["'`;&|<>()]/.test(rest.replace(/"[^"\\]*"|'[^']*'|\$\([^()]*\)/g, ''))
    ? undefined
    : { start, end: start + rest.length };
}
