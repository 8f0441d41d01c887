import type { Site } from '../source/site.js';
import type { EditableText } from '../text/editable-text.js';
import { displayText } from '../text/spec-text.js';
import { at } from './places.js';
import type { Report, Rule } from './rule.js';

/** A character in a mount flag that nobody can see. */
export const invisibleCharacter: Rule = {
  code: 'MC117',
  name: 'invisible-character',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'a no-break space, zero-width or other invisible character in a mount',
  why:
    'Copied from a web page, a command may hold a no-break space or a zero-width character. To the shell they are ordinary letters,' +
    ' which become part of the path, the flag or the image.',
  sources: ['https://unicode.org/reports/tr36/'],
  valid: [
    'docker run -v /a:/b alpine',
    'docker run -v "/my files:/b" alpine',
    "docker run alpine echo 'a\u00a0b'",
    'docker run -v /日本:/b alpine',
    'docker run \u00a0alpine',
  ],
  invalid: [
    { command: 'docker run -v /a\u200b:/b alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v \ufeff/a:/b alpine', fixed: 'docker run -v /a:/b alpine' },
    'docker run -v /a:/b\u00a0alpine',
    'docker run -v /a:/b \u00a0alpine',
    'docker run --rm\u00a0-v /a:/b alpine',
    {
      command: 'docker run --mount type=bind,\u200bsrc=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
  ],
  checkMount({ host }, report, { site, command }) {
    if (site === undefined || command === undefined) return checkWord(host, report);
    for (const index of wordsOf(site)) checkWord(command.source.words[index], report);
  },
  checkCommand({ source, sites, invocation }, report) {
    const image = invocation?.image;
    const flags = new Set<number>();
    if (image !== undefined && sites.length > 0) flags.add(image + 1);
    // With a blank of this kind, two flags are one that docker does not know.
    const problem = invocation?.problem?.word;
    if (problem !== undefined) flags.add(problem + 1);
    // Those of the mounts are looked at for themselves.
    for (const site of sites) for (const index of wordsOf(site)) flags.delete(index);
    for (const index of flags) checkWord(source.words[index], report);
  },
};

const wordsOf = ({ use }: Site): ReadonlySet<number> => new Set([use.word + 1, use.valueWord + 1]);

function checkWord(word: EditableText | undefined, report: Report): void {
  if (word === undefined || !MAY_BE_INVISIBLE.test(word.value)) return;
  const found = [...word.value.matchAll(INVISIBLE)].map(({ 0: characters, index }) => ({
    range: { start: index, end: index + characters.length },
    code: characters.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0'),
    isSpace: SPACE.test(characters),
  }));
  // One fix for all of the word, whatever their number.
  const edits = found.flatMap(({ range, isSpace }) =>
    isSpace ? [] : (word.edit(range, { value: '', holes: [] }) ?? []),
  );
  const fix = edits.length === 0 ? undefined : ({ title: 'remove it', safety: 'unsafe', edits } as const);
  const name = displayText(word).replace(INVISIBLE, '·');
  const counts = { true: 0, false: 0 };
  for (const { range, code, isSpace } of found) {
    // A fix must not bring up what was left out.
    if (++counts[`${isSpace}`] > MOST) continue;
    report({
      range: at(word, range),
      message: `an invisible character (U+${code}) in \`${name}\`: docker uses it as it is`,
      help: isSpace ? 'use a plain space, or remove it' : 'remove it',
      fix: isSpace ? undefined : fix,
    });
  }
}

/** How many of each kind are reported of one word. */
const MOST = 20;

const INVISIBLE =
  /[\u00a0\u00ad\u115f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164\ufeff]+/g;
/** All of these, and more; quicker to look for. */
const MAY_BE_INVISIBLE = /[^\0-\x7f]/;
const SPACE = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/;
