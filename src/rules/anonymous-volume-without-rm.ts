import { isFlagSet } from '../dialects/docker/client/docker-argv.js';
import { displayText, hasHole } from '../text/spec-text.js';
import type { Rule } from './rule.js';
import { findSplitVolume } from './split-volume.js';
import { findWrongSeparator } from './wrong-separator.js';

/** An anonymous volume that is left behind. */
export const anonymousVolumeWithoutRm: Rule = {
  code: 'MC908',
  name: 'anonymous-volume-without-rm',
  severity: 'info',
  engines: 'any',
  since: '0.1.0',
  summary: 'an anonymous volume in a run without --rm',
  why:
    'Each run creates a new volume with a random name, which stays when the container is removed without `-v`. With ' +
    '`--rm` it goes with the container.',
  sources: ['https://github.com/moby/moby/issues/14515'],
  valid: [
    'docker run --rm -v /data alpine',
    'docker run -v data:/data alpine',
    'docker create -v /data alpine',
    'docker run -v /a=/b alpine',
    'docker run $OPTS -v /data alpine',
  ],
  invalid: [
    'docker run -v /data alpine',
    'docker run -d -v /app/node_modules -v .:/app alpine',
    'docker run --rm=false -v /data alpine',
  ],
  checkMount(view, report, { command, site }) {
    const { node, host } = view;
    const invocation = command?.invocation;
    if (invocation === undefined || !/^(?:container )?run$/.test(invocation.path) || invocation.command < 0)
      return;
    if (invocation.opaque !== undefined || invocation.problem !== undefined) return;
    if (node?.kind !== 'volume' || node.sections.length !== 1) return;
    if (hasHole(host) || !/^\/[^:]*[^:/]/.test(node.text)) return;
    // One cause has one finding.
    if (findWrongSeparator(view) !== undefined) return;
    if (site !== undefined && findSplitVolume(site, command!) !== undefined) return;
    // Last, for it looks through all the flags.
    if (isFlagSet(invocation, 'rm')) return;
    report({
      range: view.place,
      message: `each run creates a new anonymous volume for \`${displayText(host)}\`, which is left over`,
      help: 'add `--rm`, or give the volume a name',
    });
  },
};
