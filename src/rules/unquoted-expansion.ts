import { at } from './places.js';
import type { Rule } from './rule.js';

/** An unquoted directory in a mount. */
export const unquotedExpansion: Rule = {
  code: 'MC606',
  name: 'unquoted-expansion',
  severity: 'info',
  engines: 'any',
  since: '0.1.0',
  summary: 'an unquoted directory in a mount: a space in its path breaks the command',
  why:
    'In `/my dir`, `-v $PWD:/x` becomes `-v /my dir:/x`: docker creates an anonymous volume at `/my` and reads `dir:/x` as ' +
    'the image, `invalid reference format`.',
  sources: ['https://github.com/qdrant/qdrant/issues/4366'],
  valid: [
    'docker run -v "$PWD":/x alpine',
    'docker run -v "$(pwd)/a:/x" alpine',
    'docker run -v $ID:/x alpine',
    { file: 'makefile', command: 'a:\n\tdocker run -v $(CURDIR):/x alpine\n' },
  ],
  invalid: [
    { command: 'docker run -v $PWD:/x alpine', fixed: 'docker run -v "$PWD":/x alpine' },
    { command: 'docker run -v $(pwd)/a:/x alpine', fixed: 'docker run -v "$(pwd)"/a:/x alpine' },
    {
      command: 'docker run --mount type=bind,src=$HOME/a,dst=/x alpine',
      fixed: 'docker run --mount type=bind,src="$HOME"/a,dst=/x alpine',
    },
  ],
  checkFlag(site, report, { source }) {
    const isSplitting = source.shell === 'sh' || source.shell === 'bash';
    if (!isSplitting || source.language === 'makefile' || source.language === 'markdown') return;
    for (const hole of site.text.holes) {
      const isPath = hole.absolute && (hole.kind === 'variable' || hole.kind === 'command');
      if (hole.quoted || !isPath) continue;
      const fresh = { ...hole, quoted: true, range: { start: 0, end: 1 } };
      const mark = site.text.value.slice(hole.range.start, hole.range.end);
      const edit = site.text.edit(hole.range, { value: mark, holes: [fresh] });
      report({
        range: at(site.text, hole.range),
        message: `a space in \`${hole.text}\` ends the word here`,
        help: `write \`"${hole.text}"\``,
        fix: edit && { title: 'quote it', safety: 'safe', edits: [edit] },
      });
    }
  },
};
