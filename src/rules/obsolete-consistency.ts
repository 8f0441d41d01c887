import { fieldRemoval, judgeFields } from '../dialects/docker/mount-fields.js';
import { displayText } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';
import { modesOf } from './volume-modes-of.js';

/** `cached`, `delegated` or `consistent`, which no current docker reads. */
export const obsoleteConsistency: Rule = {
  code: 'MC901',
  name: 'obsolete-consistency',
  severity: 'info',
  since: '0.1.0',
  summary: 'cached, delegated or consistent, which no current docker uses',
  why: 'They were hints for the file sharing of old Docker Desktop releases on macOS. Everywhere else they are ignored.',
  sources: ['https://github.com/docker/docs/pull/11535'],
  valid: [
    'docker run -v /a:/b:ro alpine',
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run -v cached:/cached alpine',
  ],
  invalid: [
    { command: 'docker run -v /a:/b:cached alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v /a:/b:delegated,ro alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,consistency=cached alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    const { node, host } = view;
    const places =
      node?.kind === 'mount'
        ? judgeFields(view, context)
            .filter(({ name, field }) => name === 'consistency' && field.value !== undefined)
            .map(({ field }) => ({ range: field.range, removal: fieldRemoval(node, field) }))
        : modesOf(view)
            .filter(({ mode }) => mode?.group === 'consistency')
            .map(({ part, removal }) => ({ range: part.range, removal }));
    for (const { range, removal } of places) {
      report({
        range: at(host, range),
        message: `\`${displayText(host, range)}\` does nothing in any current docker`,
        help: 'remove it',
        fix: fixIn(host, [{ range: removal, text: '' }], 'remove it'),
      });
    }
  },
};
