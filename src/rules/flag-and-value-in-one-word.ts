import type { CommandWord } from '../source/command-source.js';
import { displayText, sliceText } from '../text/spec-text.js';
import { at } from './places.js';
import type { Report, Rule } from './rule.js';

const HAS_FLAG = /^(?=\S*\s)(?:.*\s)?(?:-v|--volume|--mount|--tmpfs)[\s=]/s;
const ONE_WORD = /^(-v|--volume|--mount|--tmpfs)[ \t]+(?=\S)/;

/** Whether a word is a mount flag with a blank and its value: what docker reads in it is not what was meant. */
export function isFlagAndValue(word: string): boolean {
  return ONE_WORD.test(word);
}

/** A mount flag and its value in one word. */
export const flagAndValueInOneWord: Rule = {
  code: 'MC605',
  name: 'flag-and-value-in-one-word',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a mount flag and its value in one quoted word',
  why:
    '`"--mount type=bind,…"` is one word: `unknown flag: --mount type`. `"-v /a:/b"` gives `-v` a source that starts with a ' +
    'space. In an array, the flag and its value are two elements.',
  sources: ['https://www.gnu.org/software/bash/manual/html_node/Word-Splitting.html'],
  valid: [
    'docker run "-v/a:/b" alpine',
    'docker run "--mount=type=bind,src=/a b,dst=/b" alpine',
    'docker run alpine "-v /a:/b"',
    'A="-v /a:/b"; docker run $A alpine',
    'A=(-v/a:/b); docker run "${A[*]}" alpine',
    'A=(-v /a:/b); docker run ${A[*]} alpine',
    'A=(-v /a:/b); docker run alpine "${A[*]}"',
    'docker run "$IMAGE" "-v /a:/b"',
  ],
  invalid: [
    {
      command: 'docker run "--mount type=bind,src=/a,dst=/b" alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    { command: 'docker run "-v /a:/b" alpine', fixed: 'docker run -v /a:/b alpine' },
    {
      command: 'A=(-v /a:/b); docker run "${A[*]}" alpine',
      fixed: 'A=(-v /a:/b); docker run "${A[@]}" alpine',
    },
    { command: "docker run --rm '--volume /a:/b' alpine", fixed: 'docker run --rm --volume /a:/b alpine' },
  ],
  checkCommand({ invocation, source }, report) {
    if (invocation === undefined) return;
    // What an array holds may be the image for all that docker's rules say of a hole.
    const { image, opaque = Number.POSITIVE_INFINITY } = invocation;
    const isJoined = image !== undefined && source.words[image + 1]!.joined !== undefined;
    const last = image === undefined ? source.words.length : image + (isJoined ? 2 : 1);
    // What stands after a word of unknown shape may be the container's.
    const end = Math.min(last, opaque + 2);
    for (let index = Math.max(1, invocation.command + 2); index < end; index++) {
      const word = source.words[index]!;
      if (word.joined !== undefined) {
        reportJoined(word, report);
        continue;
      }
      const match = ONE_WORD.exec(word.value);
      if (match === null) continue;
      const flag = { value: match[1]!, holes: [] };
      const value = sliceText(word, { start: match[0].length, end: word.value.length });
      const edit = source.replaceWords?.(index, index + 1, [flag, value]);
      report({
        range: at(word),
        message: `\`${displayText(word)}\` is one word: docker does not find the flag \`${match[1]}\` in it`,
        help: 'write the flag and its value as two words',
        fix: edit && { title: 'split it into two words', safety: 'safe', edits: [edit] },
      });
    }
  },
};

/** Flags in an array that the shell joins to one word. */
function reportJoined({ joined = '', ...word }: CommandWord, report: Report): void {
  if (!HAS_FLAG.test(joined)) return;
  const { host, raw } = word;
  const index = raw && host ? host.value.slice(raw.start, raw.end).indexOf('[*]') : -1;
  const star = raw && { start: raw.start + index + 1, end: raw.start + index + 2 };
  const edit = index < 0 ? undefined : host?.edit(star!, { value: '@', holes: [] });
  report({
    range: at(word),
    message: `\`${displayText(word)}\` joins the flags into one word: docker does not find them in it`,
    help: 'write `"${NAME[@]}"` to get one word for each element',
    fix: edit && { title: 'write `[@]`', safety: 'safe', edits: [edit] },
  });
}
