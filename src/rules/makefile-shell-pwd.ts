import type { Site } from '../source/site.js';
import type { Fix } from '../text/diagnostic.js';
import { mapOf } from '../text/map-of.js';
import { displayText, type Hole } from '../text/spec-text.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** The shell's way to say the working directory in a makefile, where make reads it first. */
export const makefileShellPwd: Rule = {
  code: 'MC602',
  name: 'makefile-shell-pwd',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: '$(pwd), $PWD or $HOME in a makefile, which make expands before the shell sees it',
  why:
    'In a recipe make reads `$(pwd)` as its own variable, which is empty, and `$PWD` as `$P` followed by `WD`. Then docker ' +
    "mounts the host's root, or a volume called `WD`.",
  sources: ['https://www.gnu.org/software/make/manual/html_node/Variables-in-Recipes.html'],
  valid: [
    { file: 'makefile', command: 'a:\n\tdocker run -v $(CURDIR):/src alpine\n' },
    { file: 'makefile', command: 'a:\n\tdocker run -v $$PWD:/src alpine\n' },
    { file: 'makefile', command: 'a:\n\tdocker run -v $$(pwd):/src alpine\n' },
    { file: 'makefile', command: 'a:\n\tdocker run -v `pwd`:/src alpine\n' },
    { file: 'makefile', command: 'pwd := $(TOP)\na:\n\tdocker run -v $(pwd):/src alpine\n' },
    { file: 'makefile', command: 'include common.mk\na:\n\tdocker run -v $(pwd):/src alpine\n' },
    'docker run -v $(pwd):/src alpine',
  ],
  invalid: [
    {
      file: 'makefile',
      command: '-include .env\na:\n\tdocker run -v $(pwd):/src alpine\n',
      fixed: '-include .env\na:\n\tdocker run -v $(CURDIR):/src alpine\n',
    },
    {
      file: 'makefile',
      command: 'a:\n\tdocker run -v $(pwd):/src alpine\n',
      fixed: 'a:\n\tdocker run -v $(CURDIR):/src alpine\n',
    },
    {
      file: 'makefile',
      command: 'a:\n\tdocker run -v "$PWD/x":/src alpine\n',
      fixed: 'a:\n\tdocker run -v "$(CURDIR)/x":/src alpine\n',
    },
    {
      file: 'makefile',
      command: 'a:\n\tdocker run --mount type=bind,src=$' + '{pwd},dst=/src alpine\n',
      fixed: 'a:\n\tdocker run --mount type=bind,src=$(CURDIR),dst=/src alpine\n',
    },
    {
      file: 'makefile',
      command: 'a:\n\tdocker run -v $HOME/x:/src alpine\n',
      fixed: 'a:\n\tdocker run -v $(HOME)/x:/src alpine\n',
    },
  ],
  checkFlag(site, report, { source }) {
    if (source.language !== 'makefile') return;
    const { value, holes } = site.text;
    for (const hole of holes) {
      // What the file itself gives a value is not a variable of the shell's.
      if (hole.absolute || hole.kind !== 'variable') continue;
      const tail = /^[A-Z]+/.exec(value.slice(hole.range.end))?.[0] ?? '';
      const whole = hole.text + tail;
      const better = BETTER.get(whole);
      if (better === undefined) continue;
      const range = { start: hole.range.start, end: hole.range.end + tail.length };
      const left = /^\$[({]/.test(hole.text) ? 'nothing' : `\`${tail}\``;
      report({
        range: at(site.text, range),
        message: `make expands \`${whole}\` itself, to ${left}: docker gets \`${got(site, hole)}\``,
        help: `write \`${better}\``,
        fix: fixFor(site, hole, range, better),
      });
    }
  },
};

const BETTER = mapOf<string>({
  '$(pwd)': '$(CURDIR)',
  ['$' + '{pwd}']: '$(CURDIR)',
  $PWD: '$(CURDIR)',
  $HOME: '$(HOME)',
});

function got(site: Site, hole: Hole): string {
  return (
    displayText(site.text, { start: 0, end: hole.range.start }) +
    displayText(site.text, { start: hole.range.end, end: site.text.value.length })
  );
}

function fixFor(
  site: Site,
  hole: Hole,
  range: { start: number; end: number },
  text: string,
): Fix | undefined {
  const fresh = { ...hole, text, absolute: true, range: { start: 0, end: 1 } };
  const edit = site.text.edit(range, {
    value: site.text.value.slice(range.start, range.start + 1),
    holes: [fresh],
  });
  return edit && { title: `write \`${text}\``, safety: 'safe', edits: [edit] };
}
