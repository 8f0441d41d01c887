import { cleanPath } from '../go/path.js';
import { checkedPath } from '../mount/paths.js';
import { composeEntry } from './compose-example.js';
import type { Rule } from './rule.js';
import { sureTarget } from './sure-target.js';

/** A mount on `/`. */
export const targetIsRoot: Rule = {
  code: 'MC207',
  name: 'target-is-root',
  severity: 'error',
  engines: ['docker', 'compose'],
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
  checkMount(view, report, { dialect }) {
    const target = sureTarget(view);
    if (dialect.engineOs === 'windows' || target?.text === undefined || target.text === '') return;
    // Compose makes a volume with a name of its own of it, which the engine refuses there.
    const isAnonymous = view.form === 'volume' && view.source === undefined;
    if ((isAnonymous ? cleanPath(target.text) : checkedPath(target.text)) !== '/') return;
    report({
      range: target.place,
      message: isAnonymous
        ? 'an anonymous volume on `/`: the container will not start'
        : 'the target is `/`: the engine refuses to mount there',
      help: 'use a directory below `/`',
    });
  },
};
