import { at } from './places.js';
import type { Rule } from './rule.js';

/** `$(PWD)` in a makefile. */
export const makefileExportedPwd: Rule = {
  code: 'MC609',
  name: 'makefile-exported-pwd',
  severity: 'info',
  engines: 'any',
  since: '0.1.0',
  summary: '$(PWD) in a makefile: it is the value that the caller exports, not the directory where make runs',
  why:
    'make takes `PWD` from the environment. Under `sudo`, cron or `make -C dir` it is empty or another directory; ' +
    '`$(CURDIR)` is always where make runs.',
  sources: ['https://www.gnu.org/software/make/manual/html_node/Quick-Reference.html'],
  valid: [
    { file: 'makefile', command: 'a:\n\tdocker run -v $(CURDIR):/src alpine\n' },
    { file: 'makefile', command: 'a:\n\tdocker run -v $$PWD:/src alpine\n' },
    { file: 'makefile', command: 'a:\n\tdocker run -v "$$' + '{PWD}":/src alpine\n' },
    {
      file: 'makefile',
      command: 'PWD := $(shell pwd)\na:\n\tdocker run -v $(PWD):/src alpine\n',
    },
    'docker run -v $' + '{PWD}:/src alpine',
  ],
  invalid: [
    {
      file: 'makefile',
      command: 'a:\n\tdocker run -v $(PWD):/src alpine\n',
      fixed: 'a:\n\tdocker run -v $(CURDIR):/src alpine\n',
    },
    {
      file: 'makefile',
      command: 'a:\n\tdocker run -v "$' + '{PWD}/a":/src alpine\n',
      fixed: 'a:\n\tdocker run -v "$(CURDIR)/a":/src alpine\n',
    },
    {
      file: 'makefile',
      command: 'a:\n\tdocker run --mount type=bind,src=$(PWD),dst=/b alpine\n',
      fixed: 'a:\n\tdocker run --mount type=bind,src=$(CURDIR),dst=/b alpine\n',
    },
  ],
  checkFlag(site, report, { source }) {
    if (source.language !== 'makefile') return;
    for (const hole of site.text.holes) {
      if (hole.kind !== 'variable' || !/^\$(?:\(PWD\)|\{PWD\})$/.test(hole.text)) continue;
      const range = at(site.text, hole.range);
      // `$${PWD}` is the shell's.
      if (range.end - range.start > hole.text.length) continue;
      const fresh = { ...hole, text: '$(CURDIR)', range: { start: 0, end: 1 } };
      const mark = site.text.value.slice(hole.range.start, hole.range.end);
      const edit = site.text.edit(hole.range, { value: mark, holes: [fresh] });
      report({
        range,
        message: `\`${hole.text}\` is the value that the caller of make exports, if any`,
        help: 'write `$(CURDIR)`',
        fix: edit && { title: 'write `$(CURDIR)`', safety: 'unsafe', edits: [edit] },
      });
    }
  },
};
