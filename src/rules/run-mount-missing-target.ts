import { at } from './places.js';
import type { Rule } from './rule.js';
import { runFields } from './run-mount-facts.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** `RUN --mount` without a target. */
export const runMountMissingTarget: Rule = {
  code: 'MC132',
  name: 'run-mount-missing-target',
  severity: 'warning',
  since: '0.1.0',
  summary: 'RUN --mount of type bind, cache or tmpfs without a target',
  why: 'Without a target the mount goes over the working directory, and where that is `/` the build stops.',
  sources: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  valid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=secret,id=a') },
    { file: 'dockerfile', command: FILE('type=ssh') },
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=cache') },
    { file: 'dockerfile', command: FILE('type=bind,source=a') },
    { file: 'dockerfile', command: FILE('type=tmpfs,size=1m') },
    { file: 'dockerfile', command: FILE('from=a') },
  ],
  checkFile({ mounts }, report) {
    for (const mount of mounts) {
      const read = runFields(mount);
      if (read === undefined || !['bind', 'cache', 'tmpfs'].includes(read.type ?? '')) continue;
      // A key that is misspelt may be the target.
      if (read.fields.some(({ key }) => key === undefined || key.name === 'target')) continue;
      // With another stage it is how docker's own builds take all that is in it.
      const isStage = read.fields.some(({ key }) => key?.name === 'from');
      report({
        severity: isStage ? 'info' : undefined,
        range: at(mount.spec),
        message: `no target: the ${read.type} goes over the working directory`,
        help: 'add `target=/path`',
      });
    }
  },
};
