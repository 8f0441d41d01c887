import { TMPFS_OPTION_BY_NAME } from '../dialects/docker/tables/tmpfs-options.js';
import { displayText } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** Options of `--tmpfs` after a comma instead of the colon. */
export const tmpfsCommaOptions: Rule = {
  code: 'MC114',
  name: 'tmpfs-comma-options',
  severity: 'warning',
  since: '0.1.0',
  summary: 'options of --tmpfs that follow a comma instead of the colon',
  why:
    '`--tmpfs` is split at the first colon and nowhere else, so `--tmpfs /tmp,exec` mounts at a directory called ' +
    '`/tmp,exec`, without the option.',
  sources: ['https://github.com/docker-library/meta-scripts'],
  valid: [
    'docker run --tmpfs /tmp:exec,size=64m alpine',
    'docker run --tmpfs /a,b alpine',
    'docker run --tmpfs $TMP alpine',
  ],
  invalid: [
    { command: 'docker run --tmpfs /tmp,exec alpine', fixed: 'docker run --tmpfs /tmp:exec alpine' },
    { command: 'docker run --tmpfs "$tmp",exec alpine', fixed: 'docker run --tmpfs "$tmp":exec alpine' },
    {
      command: 'docker run --tmpfs /tmp,size=1m,mode=1777 alpine',
      fixed: 'docker run --tmpfs /tmp:size=1m,mode=1777 alpine',
    },
  ],
  checkMount({ node, host }, report) {
    if (node?.kind !== 'tmpfs' || node.options !== undefined) return;
    const { value, range } = node.target;
    const comma = value.indexOf(',');
    const words = value.slice(comma + 1).split(',');
    if (comma < 1 || !words.every((word) => TMPFS_OPTION_BY_NAME.has(word.split('=')[0]!))) return;
    const place = { start: range.start + comma, end: range.start + comma + 1 };
    report({
      range: at(host, { start: place.start, end: range.end }),
      message: `the options follow a comma: docker mounts at a directory called \`${displayText(host, range)}\``,
      help: 'write `:` before the options',
      fix: fixIn(host, [{ range: place, text: ':' }], 'write `:`', 'unsafe'),
    });
  },
};
