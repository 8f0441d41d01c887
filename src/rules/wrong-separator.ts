import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import type { MountView } from '../mount/view.js';
import type { Range } from '../text/range.js';
import { composeEntry } from './compose-example.js';
import { looksLikeMountSpec } from './mixed-syntax.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** Another sign between the source and the target where the colon goes. */
export const wrongSeparator: Rule = {
  code: 'MC142',
  name: 'wrong-separator',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary:
    'an `=`, a comma or a full-width colon between the source and the target of -v, where the colon goes',
  why:
    '`-v` is split at colons and nowhere else. `-v ./a=/b` is one path: docker creates an anonymous volume at `/a=/b`, and ' +
    'mounts nothing from the host.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#syntax'],
  valid: [
    'docker run -v /a:/b alpine',
    'docker run -v /data/day=1:/b -v "/a,/b:/c" alpine',
    'docker run -v "$SPEC" -v "$A=$B" alpine',
    'docker run -v type=bind,src=/a,dst=/b alpine',
    'docker run -v /cache/v=1 alpine',
  ],
  invalid: [
    { command: 'docker run -v data=/b alpine', fixed: 'docker run -v data:/b alpine' },
    { command: 'docker run -v ./a=/b:ro alpine', fixed: 'docker run -v ./a:/b:ro alpine' },
    { command: 'docker run -v "$PWD"=/b alpine', fixed: 'docker run -v "$PWD":/b alpine' },
    { command: 'docker run -v /a,/b alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v ./a\uff1a/b alpine', fixed: 'docker run -v ./a:/b alpine' },
    { file: 'compose', command: composeEntry('./a=/b'), fixed: composeEntry('./a:/b') },
  ],
  checkMount(view, report) {
    const separator = findWrongSeparator(view);
    if (separator === undefined) return;
    const { host } = view;
    const sign = host.value.slice(separator.start, separator.end);
    report({
      range: at(host, separator),
      message: `\`${sign}\` is no \`:\`: all of it is read as one path, and nothing from the host is mounted`,
      help: 'write `:` between the source and the target',
      fix: fixIn(host, [{ range: separator, text: ':' }], 'write `:`', 'unsafe'),
    });
  },
};

/** Where a value of `-v` that has no colon of its own has another sign between two paths. */
export function findWrongSeparator({ form, node, host }: MountView): Range | undefined {
  if ((form !== 'volume' && form !== 'compose-short') || node?.kind !== 'volume') return undefined;
  const [path, modes, more] = node.sections;
  if (path === undefined || more !== undefined || node.problem !== undefined) return undefined;
  if (modes !== undefined && !modes.value.split(',').every((word) => VOLUME_MODE_BY_NAME.has(word)))
    return undefined;
  if (path.value.startsWith('-') || looksLikeMountSpec(host.value)) return undefined;
  const found = /(?:[=;,]|[=-]>|[\uff1a\ufe55\ua789])(?=\/)/.exec(path.value);
  if (found === null || found.index === 0) return undefined;
  const start = path.range.start + found.index;
  return { start, end: start + found[0].length };
}
