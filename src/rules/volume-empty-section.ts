import type { Fix } from '../text/diagnostic.js';
import type { EditableText } from '../text/editable-text.js';
import { composeEntry } from './compose-example.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';
import { findSplitVolume } from './split-volume.js';

/** `-v` with nothing before, between or after its colons. */
export const volumeEmptySection: Rule = {
  code: 'MC110',
  name: 'volume-empty-section',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: '-v with nothing before, between or after its colons',
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
    { file: 'compose', command: composeEntry('./a::/b'), fixed: composeEntry('./a:/b') },
    { file: 'compose', command: composeEntry('""') },
    'docker run -v :/b alpine',
    'docker run -v /a: alpine',
    { command: 'docker run -v /a::/b alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v /a:/b: alpine', fixed: 'docker run -v /a:/b alpine' },
    'docker compose run -v :/b web',
    { command: 'docker run -v :/b alpine', docker: '23.0.15' },
    "docker run -v '' alpine",
  ],
  checkMount({ form, program, host, place, node, problem }, report, { dialect, site, command }) {
    if (node?.kind !== 'volume' || problem === undefined) return;
    // After the blank the rest follows.
    if (site !== undefined && command !== undefined && findSplitVolume(site, command) !== undefined) return;
    const isEntry = form === 'compose-short';
    if (problem.kind === 'empty-spec') {
      report({
        range: place,
        message: isEntry ? 'the entry is empty: Compose refuses the file' : '`-v` has no value',
        help: isEntry ? HELP : 'write `-v source:target`',
      });
      return;
    }
    if (problem.kind !== 'empty-section') return;
    const { start, end } = problem.range;
    const colons = { start: Math.max(0, start - 1), end: Math.min(host.value.length, end + 1) };
    // Old clients and every engine take an empty mode: `/a:/b:`.
    const isEmptyMode =
      node.sections.length === 3 && node.sections[2]?.value === '' && node.target !== undefined;
    const which = node.sections.findIndex(({ range }) => range.start === start);
    const what = ['source', 'target', 'mode'][node.sections.length === 1 ? 1 : which] ?? 'section';
    const refuses = program === 'compose' || dialect.has.refusesBadVolume;
    report({
      range: isEntry ? at(host) : at(host, colons),
      message: isEntry
        ? 'a section between the colons is empty: Compose refuses the file'
        : refuses
          ? `the ${what} is empty: docker refuses an empty section between colons`
          : `the ${what} is empty: clients since 24.0.5 refuse that`,
      help: HELP,
      severity: isEmptyMode && !refuses ? 'warning' : 'error',
      fix: dropColon(host),
    });
  },
};

// `/a::/b` and `/a:/b:`, up to the colon that is too many.
const SURPLUS = /^[^:]+(?:(?=::\/[^:]*(?::[^:]+)?$)|:[^:]+(?=:$))/;

/** What was meant, unless something is missing there. */
function dropColon(host: EditableText): Fix | undefined {
  const start = SURPLUS.exec(host.value)?.[0].length;
  if (start === undefined) return undefined;
  return fixIn(host, [{ range: { start, end: start + 1 }, text: '' }], 'remove the colon', 'unsafe');
}

const HELP = 'write `source:target` or `source:target:mode`, or a target alone for an anonymous volume';
