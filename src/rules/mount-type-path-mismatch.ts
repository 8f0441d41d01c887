import { PROGRAMS } from '../dialects/programs.js';
import { hasStandIn } from '../dialects/stand-in.js';
import { composeEntry } from './compose-example.js';
import { findingOf } from './places.js';
import type { Rule } from './rule.js';

/** A path as the source of a volume. */
export const mountTypePathMismatch: Rule = {
  code: 'MC201',
  name: 'mount-type-path-mismatch',
  severity: 'error',
  engines: ['docker', 'podman', 'compose'],
  since: '0.1.0',
  summary: 'a host path as the source of --mount without type=bind',
  why:
    'Without `type=bind` docker reads the source as a volume name, and a path is not a volume name: `"/src" includes invalid ' +
    'characters for a local volume name`. `-v` distinguishes them by the slash, `--mount` does not.',
  sources: ['https://github.com/moby/moby/issues/34532'],
  valid: [
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount src=data,dst=/b alpine',
    'docker run --mount src=$SRC,dst=/b alpine',
    'docker run --mount src=/a,dst=/b,volume-driver=sshfs alpine',
    'docker run --mount type=$KIND,src=/a,dst=/b alpine',
    'podman run --mount type=bind,src=/a,dst=/b --mount src=data,dst=/c alpine',
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: volume, source: ./a, target: /b}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b}'),
    },
    {
      command: 'docker run --mount src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'podman run --mount src=/a,dst=/b,z alpine',
      fixed: 'podman run --mount type=bind,src=/a,dst=/b,z alpine',
    },
    {
      command: 'docker run --mount type=volume,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount "src=$PWD/a,dst=/b" alpine',
      fixed: 'docker run --mount "type=bind,src=$PWD/a,dst=/b" alpine',
    },
    {
      command: 'docker run --mount src=~/a,dst=/b alpine',
      fixed: 'docker run --mount src=~/a,dst=/b,type=bind alpine',
    },
    'docker run --mount src=/a,dst=/b,volume-nocopy alpine',
    {
      command: 'docker run --mount src=./a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=./a,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    if (hasStandIn(view, 'type')) return;
    const verdict = PROGRAMS[view.program].pathAsVolume?.(view, context.meaning, context);
    if (verdict !== undefined) report(findingOf(verdict));
  },
};
