import { cleanPath } from '../go/path.js';
import { composeEntry } from './compose-example.js';
import { composeMounts, sureTarget } from './compose-facts.js';
import { factsOf } from './facts.js';
import { checkedPath } from './paths.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** A mount on `/`. */
export const targetIsRoot: Rule = {
  code: 'MC207',
  name: 'target-is-root',
  severity: 'error',
  since: '0.1.0',
  summary: 'a mount on the root of the container',
  why:
    "The engine refuses it: `invalid specification: destination can't be '/'`. An anonymous volume there, `-v /`, passes " +
    'and then the container does not start.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/linux_parser.go'],
  valid: [
    { file: 'compose', command: composeEntry('/:/host:ro') },
    'docker run -v /:/host alpine',
    'docker run -v /a:/$SUB alpine',
    'docker run -v /a:/b/../c alpine',
  ],
  invalid: [
    { file: 'compose', command: composeEntry('./a:/') },
    { file: 'compose', command: composeEntry('{type: volume, source: a, target: /b/..}') },
    'docker run -v /a:/ alpine',
    'docker run --mount type=bind,src=/a,dst=/b/.. alpine',
    'docker run --tmpfs / alpine',
    'docker run -v / alpine',
  ],
  checkMount(site, report, { dialect }) {
    const target = factsOf(site, dialect)?.target;
    if (dialect.engineOs === 'windows' || target?.text === undefined || target.text === '') return;
    const isAnonymous = site.node.kind === 'volume' && site.node.source === undefined;
    if ((isAnonymous ? cleanPath(target.text) : checkedPath(target.text)) !== '/') return;
    report({
      range: at(site.text, target.range),
      message: isAnonymous
        ? 'an anonymous volume on `/`: the container will not start'
        : 'the target is `/`: the engine refuses to mount there',
      help: 'name a directory below `/`',
    });
  },
  checkFile(file, report) {
    if (file.dialect.engineOs === 'windows') return;
    for (const view of composeMounts(file)) {
      const target = sureTarget(view);
      if (target === undefined || target.text === '' || checkedPath(target.text) !== '/') continue;
      report({
        range: target.range,
        message: 'the target is `/`: the engine refuses to mount there',
        help: 'name a directory below `/`',
      });
    }
  },
};
