import { PROGRAMS } from '../dialects/programs.js';
import { composeEntry } from './compose-example.js';
import { findingOf } from './places.js';
import type { Rule } from './rule.js';

/** Options of one mount type on a mount of another. */
export const mountOptionsWrongType: Rule = {
  code: 'MC203',
  name: 'mount-options-wrong-type',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: 'an option of --mount that belongs to another type',
  why:
    "`bind-*`, `volume-*`, `tmpfs-*` and `image-*` options belong to their own type: `cannot mix 'bind-*' options with " +
    "mount type 'volume'`. Without `type=` the type is volume. A tmpfs has no source.",
  sources: ['https://github.com/docker/cli/blob/v29.2.1/opts/mount.go'],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b,bind-propagation=rslave alpine',
    'docker run --mount type=$KIND,src=a1,dst=/b,volume-nocopy alpine',
    'docker run --mount src=a1,dst=/b,volume-nocopy alpine',
    'docker run --mount src=a1,dst=/b,bind-recursive=enabled alpine',
    'docker run --mount src=a1,dst=/b,bind-recursive=$MODE alpine',
    'docker run --mount type=tmpfs,dst=/b,tmpfs-size=1m alpine',
    {
      file: 'compose',
      command: composeEntry('{type: volume, source: a, target: /b, volume: {nocopy: true}}'),
    },
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, volume: {nocopy: true}}'),
    },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, bind: {propagation: rslave}}') },
    'docker run --mount type=bind,src=/a,dst=/b,volume-nocopy alpine',
    {
      command: 'docker run --mount dst=/b,tmpfs-size=1m alpine',
      fixed: 'docker run --mount type=tmpfs,dst=/b,tmpfs-size=1m alpine',
    },
    'docker run --mount type=volume,src=a1,dst=/b,bind-propagation=rslave alpine',
    {
      command: 'docker run --mount type=tmpfs,src=a1,dst=/b alpine',
      fixed: 'docker run --mount type=tmpfs,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    const verdicts = PROGRAMS[view.program].misplacedOptions?.(view, context.meaning, context) ?? [];
    for (const verdict of verdicts) report(findingOf(verdict));
  },
};
