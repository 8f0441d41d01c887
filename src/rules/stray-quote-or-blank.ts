import { type MountView, showPart, type ViewPart } from '../mount/view.js';
import type { Range } from '../text/range.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A quote or a blank that stands at an end of a path, and that nothing takes away. */
export const strayQuoteOrBlank: Rule = {
  code: 'MC141',
  name: 'stray-quote-or-blank',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'a quote or a space at either end of a path, which becomes part of it',
  why:
    "A quote inside of other quotes, after a backslash, or where no shell reads the command (a list of arguments, cmd for `'`) " +
    'quotes nothing, and a space next to the colon belongs to the path: `-v "./a :/b"` creates a directory whose name ends in a ' +
    'space, and `/b"` is a path that the program in the container never reads.',
  sources: ['https://github.com/moby/moby/issues/12751'],
  valid: [
    'docker run -v "/a:/b" -v \'/c:/d\' alpine',
    'docker run -v "/my files:/b c" alpine',
    'docker run -v "/it\'s:/b" alpine',
    'docker run -v "$A":"/b" alpine',
    'docker run --mount \'type=bind,"src=/a,b",dst=/b\' alpine',
    { file: 'compose', command: composeEntry('"./a:/b"') },
  ],
  invalid: [
    { command: 'docker run -v "./a :/b" alpine', fixed: 'docker run -v "./a:/b" alpine' },
    { command: 'docker run -v "$PWD/a:/b " alpine', fixed: 'docker run -v "$PWD/a:/b" alpine' },
    { command: 'docker run -v "./a: /b:ro" alpine', fixed: 'docker run -v "./a:/b:ro" alpine' },
    { command: "docker run -v '/a:/b\"' alpine", fixed: "docker run -v '/a:/b' alpine" },
    { command: 'docker run -v "\'/a:/b\'" alpine', fixed: 'docker run -v "/a:/b" alpine' },
    { command: 'docker run -v \\"/a:/b\\" alpine', fixed: 'docker run -v /a:/b alpine' },
    {
      command: 'docker run --mount "type=bind,src=\'/a\',dst=/b" alpine',
      fixed: 'docker run --mount "type=bind,src=/a,dst=/b" alpine',
    },
    { file: 'compose', command: composeEntry('./a:/b"'), fixed: composeEntry('./a:/b') },
    { file: 'compose', command: composeEntry('./a :/b'), fixed: composeEntry('./a:/b') },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: "./a ", target: /b}'),
      fixed: composeEntry('{type: bind, source: "./a", target: /b}'),
    },
    {
      file: 'batch',
      command: "docker run -v '/a:/b' alpine\r\n",
      fixed: 'docker run -v /a:/b alpine\r\n',
    },
  ],
  checkMount(view, report) {
    const ends = [view.source, view.target].flatMap((part) => (part === undefined ? [] : endsOf(view, part)));
    const [first] = ends;
    if (first === undefined) return;
    const { character, part, isFirst } = first;
    const isBlank = character.trim() === '';
    // They may stand in two values of an object, which are written apart.
    const hosts = new Set(ends.map((end) => end.part.host));
    const changes = ends.map(({ range }) => ({ range, text: '' }));
    report({
      range: part.place,
      // Alone, it is the place of an anonymous volume, which may be called anything.
      severity: view.source !== undefined && ends.some((end) => end.isFirst) ? 'error' : 'warning',
      message: isBlank
        ? `the space at the ${isFirst ? 'beginning' : 'end'} of \`${showPart(part)}\` becomes part of the path`
        : `\`${character}\` is not a quote here: it becomes part of the path \`${showPart(part)}\``,
      help: isBlank ? 'remove the space' : 'remove it',
      fix:
        hosts.size === 1
          ? fixIn(part.host, changes, isBlank ? 'remove the space' : 'remove the quotes', 'unsafe')
          : undefined,
    });
  },
};

interface End {
  readonly character: string;
  readonly range: Range;
  readonly part: ViewPart;
  readonly isFirst: boolean;
}

/** Whether a part of a mount begins or ends with what {@link strayQuoteOrBlank} has a word for. */
export function hasStrayEnd(view: MountView, part: ViewPart): boolean {
  return endsOf(view, part).length > 0;
}

function endsOf({ form, host }: MountView, part: ViewPart): End[] {
  // Of a record of `--mount` only a `"` quotes something, and a blank has a rule of its own.
  const stray = form === 'mount' ? /^['`]+(?=[^'`])|(?<=[^'`])['`]+$/g : STRAY;
  if (form === 'run-mount' || form === 'tmpfs') return [];
  // `-"./a:/b"`: the quotes would be some, had the dash its blank.
  if (/^-["']/.test(host.value)) return [];
  const { value, range } = part;
  return [...value.matchAll(stray)].map(({ index, 0: text }) => {
    const start = range.start + index;
    const character = text.trim() === '' ? text : text.trim()[0]!;
    return { character, range: { start, end: start + text.length }, part, isFirst: index === 0 };
  });
}

/** A path of nothing but these has no end. */
const STRAY = /^["'`\t ]+(?=[^"'`\t ])|(?<=[^"'`\t ])["'`\t ]+$/g;
