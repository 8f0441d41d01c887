import type { Fix } from '../text/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import type { EditableText } from '../text/editable-text.js';
import { sourceRange } from '../text/spec-text.js';
import { type Break, type BreakKind, breaksOf, continuationOf } from './command-breaks.js';
import type { Rule } from './rule.js';

/** A command that ends at a line end where it was meant to go on. */
export const brokenContinuation: Rule = {
  code: 'MC601',
  name: 'broken-continuation',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary:
    'a line of the command that does not belong to it, because the backslash at the end of the line is missing',
  why:
    'A backslash continues on the next line only as the very last character of its line. With a space or a comment after it, ' +
    'or without it, docker runs without the rest, and the shell reports `-v: command not found`.',
  sources: ['https://github.com/docker/docs/pull/1611', 'https://github.com/pi-hole/docker-pi-hole/pull/615'],
  valid: [
    'docker run \\\n  -v /a:/b \\\n  alpine',
    'docker run -v /a:/b alpine\n\n-v',
    'docker run -v /a:/b alpine\necho -v /a:/b',
    'docker run -v /a:/b `#here` \\\n  -v /c:/d alpine',
    'docker run -v /a:/b alpine echo \\ \necho done',
    'docker run -v /a:/b alpine \\\n\necho done',
    'docker run -v /a:/b alpine # why\n# -v /c:/d\necho done',
    'docker run -v /a:/b alpine\n  -v  what it does',
    'docker run -v /a:/b "$@"\n  alpine',
    'if docker run -v /a:/b $IMAGE\n  then echo',
    { file: 'powershell', command: 'docker run --rm `\n  -v C:/a:/b `\n  app\n' },
  ],
  invalid: [
    { command: 'docker run \\ \n  -v /a:/b alpine', fixed: 'docker run \\\n  -v /a:/b alpine' },
    {
      command: 'docker run --rm \\\n  -p 80:80\n  -v /a:/b \\\n  alpine',
      fixed: 'docker run --rm \\\n  -p 80:80 \\\n  -v /a:/b \\\n  alpine',
    },
    {
      command: 'docker run -v /a:/b \\ # data\n  -v /c:/d alpine',
      fixed: '# data\ndocker run -v /a:/b \\\n  -v /c:/d alpine',
    },
    {
      command: 'docker run \\ \n  -p 80:80 \\ \n  -v /a:/b \\\n  alpine',
      fixed: 'docker run \\\n  -p 80:80 \\\n  -v /a:/b \\\n  alpine',
    },
    { command: 'docker run -v /a:/b \\ \n  alpine ls', fixed: 'docker run -v /a:/b \\\n  alpine ls' },
    { command: 'docker run -it \\\t\n  "$IMAGE"', fixed: 'docker run -it \\\n  "$IMAGE"' },
    {
      command: 'docker run -v /a:/b \\ # the data\n  alpine',
      fixed: '# the data\ndocker run -v /a:/b \\\n  alpine',
    },
    {
      command: 'docker run --rm \\\n  # the data\n  -v /a:/b \\\n  alpine',
      fixed: '# the data\ndocker run --rm \\\n  -v /a:/b \\\n  alpine',
    },
    {
      command: 'docker run -v /a:/b \\\n  # which\n  # image\n  alpine',
      fixed: '# which\n# image\ndocker run -v /a:/b \\\n  alpine',
    },
    { command: 'docker run -v /a:/b\n  alpine ls', fixed: 'docker run -v /a:/b \\\n  alpine ls' },
    {
      command: 'docker run\n  -p 80:80\n  -v $A:/b\n  "$IMAGE"',
      fixed: 'docker run \\\n  -p 80:80 \\\n  -v $A:/b \\\n  "$IMAGE"',
    },
    { command: 'docker run -v /a:/b \\\\\n  alpine', fixed: 'docker run -v /a:/b \\\n  alpine' },
    {
      file: 'powershell',
      command: 'docker run --rm `\n  -v ${PWD}:/b\n  -p 80:80 `\n  app\n',
      fixed: 'docker run --rm `\n  -v ${PWD}:/b `\n  -p 80:80 `\n  app\n',
    },
    {
      file: 'powershell',
      command: 'docker run --rm ` \n  -v C:/a:/b app\n',
      fixed: 'docker run --rm `\n  -v C:/a:/b app\n',
    },
    {
      file: 'batch',
      command: 'docker run --rm ^\n  -v C:/a:/b\n  -p 80:80 app\n',
      fixed: 'docker run --rm ^\n  -v C:/a:/b ^\n  -p 80:80 app\n',
    },
    {
      command: 'docker run --rm \\\n\n  -v /a:/b \\\n  alpine',
      fixed: 'docker run --rm \\\n  -v /a:/b \\\n  alpine',
    },
  ],
  checkCommand(command, report) {
    const { source } = command;
    const { host, shell, range } = source;
    const mark = continuationOf(shell);
    // What is cut off is looked at with the command that it was meant for.
    if (source.cutOff || host === undefined || range === undefined || mark === undefined) return;
    const breaks = breaksOf(command);
    const fix = breaks.length === 0 ? undefined : fixOf(host, range.start, breaks, mark);
    for (const { how, part, first, start } of breaks) {
      const { ends, help } = WAYS[how];
      // Of a line without the mark its last character is shown.
      const shown = how === 'bare' ? { start: Math.max(start, part.end - 1), end: part.end } : part;
      report({
        range: sourceRange(host, shown),
        message: `${ends(mark)}: \`${first}\` on the next line becomes a command of its own`,
        help: help(mark),
        fix,
      });
    }
  },
};

interface Way {
  readonly ends: (mark: string) => string;
  readonly help: (mark: string) => string;
}

const ABOVE = () => 'move the comment above the command';

const WAYS: Record<BreakKind, Way> = {
  bare: {
    ends: () => 'the command ends here',
    help: (mark) => `end the line with ${shownMark(mark)}`,
  },
  doubled: {
    ends: () => 'a backslash that is quoted by another one ends the command',
    help: () => 'write a single `\\`',
  },
  blank: {
    ends: (mark) => `a space after the ${shownMark(mark)} ends the command`,
    help: () => 'remove the space',
  },
  comment: {
    ends: (mark) => `a comment after the ${shownMark(mark)} ends the command`,
    help: ABOVE,
  },
  commentLine: { ends: () => 'a line with a comment ends the command', help: ABOVE },
  emptyLine: { ends: () => 'an empty line ends the command', help: () => 'remove the empty line' },
};

const shownMark = (mark: string): string => (mark === '`' ? 'backtick' : `\`${mark}\``);

/** One fix for all the places where a command breaks off: with less it would still not be whole. */
function fixOf(host: EditableText, start: number, breaks: readonly Break[], mark: string): Fix | undefined {
  const edits: (TextEdit | undefined)[] = [];
  let comments = '';
  for (const { how, surplus } of breaks) {
    // Of a line with a comment inside of the rest it is not plain what is to go.
    if (how === 'commentLine' && surplus.start === surplus.end) return undefined;
    edits.push(host.edit(surplus, { value: how === 'bare' ? ` ${mark}` : '', holes: [] }));
    const text = host.value.slice(surplus.start, surplus.end);
    for (const [comment] of text.matchAll(/#[^\n]*/g)) comments += `${comment}\n`;
  }
  if (comments !== '') edits.unshift(putAbove(host, start, comments, mark));
  if (edits.some((edit) => edit === undefined)) return undefined;
  const isSafe = breaks.every(({ how }) => how === 'blank');
  const title = breaks.length > 1 ? 'continue every line of the command' : TITLES[breaks[0]!.how];
  return {
    title: title ?? `add ${shownMark(mark)}`,
    safety: isSafe ? 'safe' : 'unsafe',
    edits: edits.flatMap((edit) => edit ?? []),
  };
}

/** Puts comments on lines of their own above a command that is the first of its line. */
function putAbove(host: EditableText, start: number, comments: string, mark: string): TextEdit | undefined {
  const line = host.value.lastIndexOf('\n', start - 1) + 1;
  const indent = host.value.slice(line, start);
  if (
    !/^[ \t]*$/.test(indent) ||
    host.value[line - 2] === mark ||
    /[|&]$/.test(host.value.slice(0, line).trimEnd())
  )
    return undefined;
  const value = comments.replace(/^(?=#)/gm, indent);
  return host.edit({ start: line, end: line }, { value, holes: [] });
}

const TITLES: Partial<Record<BreakKind, string>> = {
  doubled: 'remove a backslash',
  blank: 'remove the space',
  comment: 'move the comment above',
  commentLine: 'move the comment above',
  emptyLine: 'remove the empty line',
};
