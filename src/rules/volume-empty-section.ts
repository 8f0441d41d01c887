import { isComposePlugin } from '../source/compose-argv.js';
import type { Site } from '../source/site.js';
import type { Fix } from '../text/diagnostic.js';
import { composeEntry } from './compose-example.js';
import { shortMounts } from './compose-facts.js';
import { at, replaceIn } from './places.js';
import type { Rule } from './rule.js';

/** `-v` with nothing before, between or behind its colons. */
export const volumeEmptySection: Rule = {
  code: 'MC110',
  name: 'volume-empty-section',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: '-v with nothing before, between or behind its colons',
  why:
    'Clients since 24.0.5 refuse it: `empty section between colons`. Older ones sent what they had: `:/x` became an ' +
    'anonymous volume at `/:/x`. `docker compose run -v` refuses it in the same words.',
  sources: ['https://github.com/docker/cli/pull/4423'],
  valid: [
    { file: 'compose', command: composeEntry('./a:/b') },
    'docker run -v /a:/b alpine',
    'docker run -v $SRC:/b alpine',
    'docker run -v "$SRC":"$DST":"$MODE" alpine',
    'docker run -v /a:/b$' + '{MODE:+:ro} alpine',
    'docker-compose run -v :/b web',
  ],
  invalid: [
    { file: 'compose', command: composeEntry('"./a:"') },
    { file: 'compose', command: composeEntry('./a::/b') },
    { file: 'compose', command: composeEntry('""') },
    'docker run -v :/b alpine',
    'docker run -v /a: alpine',
    { command: 'docker run -v /a::/b alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v /a:/b: alpine', fixed: 'docker run -v /a:/b alpine' },
    'docker compose run -v :/b web',
    { command: 'docker run -v :/b alpine', docker: '23.0.15' },
    "docker run -v '' alpine",
  ],
  checkFlag(site, report, { dialect, source }) {
    const { node, text } = site;
    if (node.kind !== 'volume' || node.problem === undefined) return;
    if (source.engine === 'compose' && !isComposePlugin(source)) return;
    const { kind, range } = node.problem;
    if (kind === 'empty-spec') {
      report({ range: at(text), message: '`-v` is given nothing', help: 'write `-v source:target`' });
      return;
    }
    if (kind !== 'empty-section') return;
    // Old clients and every engine take an empty mode: `/a:/b:`.
    const isEmptyMode =
      node.sections.length === 3 && node.sections[2]?.value === '' && node.target !== undefined;
    const which = node.sections.findIndex((section) => section.range.start === range.start);
    const what = ['source', 'target', 'mode'][node.sections.length === 1 ? 1 : which] ?? 'section';
    const refuses = source.engine === 'compose' || dialect.has.refusesBadVolume;
    report({
      range: at(text, {
        start: Math.max(0, range.start - 1),
        end: Math.min(text.value.length, range.end + 1),
      }),
      message: refuses
        ? `the ${what} is empty: docker refuses an empty section between colons`
        : `the ${what} is empty: clients since 24.0.5 refuse that`,
      help: 'write `source:target` or `source:target:mode`, or a target alone for an anonymous volume',
      severity: isEmptyMode && !refuses ? 'warning' : 'error',
      fix: dropColon(site),
    });
  },
  checkFile(file, report) {
    for (const { mount, node } of shortMounts(file)) {
      const { problem } = node;
      if (problem?.kind !== 'empty-spec' && problem?.kind !== 'empty-section') continue;
      const isNothing = problem.kind === 'empty-spec';
      report({
        range: isNothing ? mount.range : at(mount.spec),
        message: isNothing
          ? 'the entry is empty: Compose refuses the file'
          : 'a section between the colons is empty: Compose refuses the file',
        help: 'write `source:target` or `source:target:mode`, or a target alone for an anonymous volume',
      });
    }
  },
};

// `/a::/b` and `/a:/b:`, up to the colon that is too many.
const SURPLUS = /^[^:]+(?:(?=::\/[^:]*(?::[^:]+)?$)|:[^:]+(?=:$))/;

/** What was meant, unless something is missing there. */
function dropColon(site: Site): Fix | undefined {
  const start = SURPLUS.exec(site.text.value)?.[0].length;
  if (start === undefined) return undefined;
  return replaceIn(site, [{ range: { start, end: start + 1 }, text: '' }], 'drop the colon', 'unsafe');
}
