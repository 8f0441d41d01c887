import type { CommandView } from '../source/site.js';
import { mapOf } from '../text/map-of.js';
import { nearest } from '../text/nearest.js';
import { displayText, hasHole } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** `-volume`, `--volumes`: not the flag that was meant. */
export const misspeltMountFlag: Rule = {
  code: 'MC126',
  name: 'misspelt-mount-flag',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a mount flag with one dash, or with a wrong name',
  why:
    'A name after a single dash is a cluster of letters: `-volume /a:/b` is `-v olume` with the image `/a:/b`, and ' +
    '`-mount type=bind,…` sets the memory to `ount`. A name that docker does not know is `unknown flag: --volumes`.',
  sources: ['https://github.com/spf13/pflag/blob/master/README.md#command-line-flag-syntax'],
  valid: [
    'docker run -vmount:/b alpine',
    'docker run -v volume:/b alpine',
    'docker run -e -volume alpine -mount',
    'docker run alpine --volumes /a:/b',
    'docker run --volumes-$FROM x alpine',
    '$ENGINE run --bind /a:/b alpine',
    'docker run --labels /a:/b alpine',
    { file: 'dockerfile', command: 'FROM a\nRUN --mount=type=cache,target=/c make --mount x\n' },
  ],
  invalid: [
    { command: 'docker run -volume /a:/b alpine', fixed: 'docker run --volume /a:/b alpine' },
    {
      command: 'docker run --rm -volume="$PWD":/b alpine',
      fixed: 'docker run --rm --volume="$PWD":/b alpine',
    },
    {
      command: 'docker run -mount type=bind,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    { command: 'docker run -tmpfs /x alpine', fixed: 'docker run --tmpfs /x alpine' },
    { command: 'docker run -volumes-from web alpine', fixed: 'docker run --volumes-from web alpine' },
    { command: 'docker run --volumes /a:/b alpine', fixed: 'docker run --volume /a:/b alpine' },
    { command: 'docker run --volume-from web alpine', fixed: 'docker run --volumes-from web alpine' },
    { command: 'docker run --readonly alpine', fixed: 'docker run --read-only alpine' },
    'docker run --bind /a:/b alpine',
    {
      file: 'dockerfile',
      command: 'FROM a\nRUN --mount type=cache,target=/c make\n',
      fixed: 'FROM a\nRUN --mount=type=cache,target=/c make\n',
    },
    {
      file: 'dockerfile',
      command: 'FROM a\nRUN --mounts=type=cache,target=/c make\n',
      fixed: 'FROM a\nRUN --mount=type=cache,target=/c make\n',
    },
  ],
  checkFile({ instructions }, report) {
    for (const { name, text } of instructions) {
      if (name !== 'RUN') continue;
      const flag = /^--\w+/.exec(text.value)?.[0] ?? '';
      const isBare = flag === '--mount' && text.value.trimEnd() === flag;
      const blank = { start: flag.length, end: text.value.length };
      const change = isBare
        ? { range: blank, text: '=' }
        : { range: { start: 0, end: flag.length }, text: '--mount' };
      report({
        range: at(text, { start: 0, end: flag.length }),
        message: isBare
          ? 'a flag of `RUN` needs `=` before its value: the build stops'
          : `\`RUN\` has no flag \`${flag}\`: the build stops`,
        help: isBare ? 'write `--mount=…`' : 'did you mean `--mount`?',
        fix:
          isBare && blank.end === blank.start
            ? undefined
            : fixIn(text, [change], isBare ? 'write `=`' : 'write `--mount`', 'unsafe'),
      });
    }
  },
  checkCommand(command, report) {
    const { invocation, source } = command;
    if (invocation === undefined || invocation.command < 0) return;
    const last = invocation.problem?.word;
    const words = new Set(invocation.flags.filter(({ uncertain }) => !uncertain).map(({ word }) => word));
    if (last !== undefined) words.add(last);
    for (const index of words) {
      const word = source.words[index + 1]!;
      const name = singleDashName(word.value) ?? (index === last ? wrongName(command, index) : undefined);
      if (name === undefined) continue;
      const end = nameEnd(word.value);
      if (hasHole(word, { start: 0, end })) continue;
      // Nothing after it: documentation that talks about the flag.
      if (source.language === 'markdown' && source.words.length === index + 2 && end === word.value.length)
        continue;
      const flag = meant(name);
      const written = displayText(word, { start: 0, end });
      // Spelt right, for a command that has no such flag: another rule's.
      if (written === `--${flag}`) continue;
      const edit =
        flag === undefined ? undefined : word.edit({ start: 0, end }, { value: `--${flag}`, holes: [] });
      report({
        range: at(word, { start: 0, end }),
        message: written.startsWith('--')
          ? `docker has no flag \`${written}\``
          : `\`${written}\` has one dash: docker reads it as \`${written.slice(0, 2)}\` followed by more letters`,
        help: flag === undefined ? HELP : `write \`--${flag}\``,
        fix: edit && { title: `write \`--${flag}\``, safety: 'unsafe', edits: [edit] },
      });
    }
  },
};

/** Whether the word is the name of a mount flag after one dash: its "value" is none, whatever docker makes of it. */
export function isSingleDashName(command: CommandView, word: number): boolean {
  const text = command.source.words[word + 1]?.value;
  return text !== undefined && singleDashName(text) !== undefined;
}

const HELP = 'write `--volume source:target` or `--mount type=bind,source=…,target=…`';
const FLAGS = ['volume', 'mount', 'tmpfs', 'volumes-from', 'volume-driver', 'read-only'];
// What people write, and too far from the right name to be told by its letters.
const SYNONYMS = mapOf<string | undefined>({ vol: 'volume', bind: undefined });

const meant = (name: string) => (SYNONYMS.has(name) ? SYNONYMS.get(name) : nearest(name, FLAGS));

function nameEnd(word: string): number {
  const equals = word.indexOf('=');
  return equals < 0 ? word.length : equals;
}

function singleDashName(word: string): string | undefined {
  const name = word.slice(1, nameEnd(word));
  return word[0] === '-' && FLAGS.includes(name) ? name : undefined;
}

// The flags of other engines, and of one that is not known, are not docker's.
function wrongName({ source, invocation }: CommandView, index: number): string | undefined {
  if (source.engine !== 'docker' || hasHole(source.words[0]!)) return undefined;
  if (!invocation!.problem!.reason.startsWith('unknown flag: --')) return undefined;
  const word = source.words[index + 1]!.value;
  const name = word.slice(2, nameEnd(word));
  return SYNONYMS.has(name) || nearest(name, FLAGS) !== undefined ? name : undefined;
}
