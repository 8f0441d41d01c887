import { mentionsEngine } from '../../source/engine.js';
import type { FoundWord, ReadContext } from '../../source/frontend.js';
import { type HostedText, joinHosted, sliceHosted } from '../../source/hosted-text.js';

/** A command line in the words of another command, which Windows cuts into words once more. */
interface InnerLine {
  readonly text: HostedText;
  /** Words will follow it. */
  readonly isPartial?: true;
  /** No shell reads it. */
  readonly isExec?: true;
}

const STARTS_PROCESS = /^(?:start-process|saps|start)$/i;

/** What `Start-Process`, `set X=docker …` and `for /f … in ('docker …')` run, or keep for later. */
export function innerLine(
  words: readonly FoundWord[],
  host: HostedText,
  { commands }: ReadContext,
): InnerLine | undefined {
  const first = words[0]?.value.toLowerCase() ?? '';
  const found = STARTS_PROCESS.test(first)
    ? startedProcess(words)
    : first === 'set'
      ? setValue(words, host)
      : first === 'for' && /^\/f$/i.test(words[1]?.value ?? '')
        ? readLines(words, host)
        : undefined;
  return found !== undefined && mentionsEngine(found.text.value, commands) ? found : undefined;
}

/** Whether the arguments of a new process stand after these words, which are those of PowerShell's command for that. */
export function takesArguments(words: readonly FoundWord[]): boolean {
  return STARTS_PROCESS.test(words[0]?.value ?? '') && /^-arg\w*$/i.test(words.at(-1)?.value ?? '');
}

/** The program and its arguments; PowerShell joins these with blanks and quotes none. */
function startedProcess(words: readonly FoundWord[]): InnerLine | undefined {
  const own = words.filter(({ list }, i) => i > 0 && list === words[0]!.list);
  const lists = words.filter(({ list }) => list !== words[0]!.list);
  const named = own.findIndex(({ value }) => /^-f\w*$/i.test(value));
  const program = named < 0 ? own.find(({ value }) => !value.startsWith('-')) : own[named + 1];
  if (program === undefined) return undefined;
  const next = own[own.indexOf(program) + 1];
  const args = lists.length > 0 || next === undefined || next.value.startsWith('-') ? lists : [next];
  return args.length === 0 ? undefined : { text: joinHosted([program, ...args], ' '), isExec: true };
}

/** `set X=docker run …` and `set "X=docker run …"`: the beginning of commands. */
function setValue(words: readonly FoundWord[], host: HostedText): InnerLine | undefined {
  const [, first] = words;
  const equals =
    first && /^[\w.]+=(?=(?:docker|podman|nerdctl)(?:\.exe)?(?:\s|$))/i.exec(first.value)?.[0].length;
  if (first === undefined || equals === undefined) return undefined;
  const isQuoted = host.value[first.raw.start] === '"';
  const text = isQuoted
    ? sliceHosted(first, { start: equals, end: first.value.length })
    : sliceHosted(host, { start: first.raw.start + equals, end: words.at(-1)!.raw.end });
  return { text, isPartial: true };
}

/** The command whose lines a `for /f` goes through. */
function readLines(words: readonly FoundWord[], host: HostedText): InnerLine | undefined {
  const start = words[1]!.raw.end;
  const text = host.value.slice(start, words.at(-1)!.raw.end);
  const found = /\bin[ \t]*\([ \t]*(['`])/i.exec(text);
  if (found === null) return undefined;
  const from = found.index + found[0].length;
  const end = text.slice(from).search(new RegExp(`${found[1]}[ \\t]*\\)`));
  return end < 0 ? undefined : { text: sliceHosted(host, { start: start + from, end: start + from + end }) };
}
