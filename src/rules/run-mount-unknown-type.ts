import { RUN_MOUNT_TYPES } from '../dialects/buildkit/run-mount-keys.js';
import { nearest } from '../text/nearest.js';
import { at } from './places.js';
import type { Rule } from './rule.js';
import { runFields } from './run-mount-facts.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A type of `RUN --mount` that BuildKit does not know. */
export const runMountUnknownType: Rule = {
  code: 'MC130',
  name: 'run-mount-unknown-type',
  severity: 'error',
  since: '0.1.0',
  summary: 'a type of RUN --mount that BuildKit does not know',
  why: '`RUN --mount` is not the `--mount` of `docker run`: its types are bind, cache, tmpfs, secret and ssh.',
  sources: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  valid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=SECRET,id=a') },
    { file: 'dockerfile', command: FILE('source=a,target=/c') },
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=volume,target=/c') },
    { file: 'dockerfile', command: FILE('type=cahce,target=/c'), fixed: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=secrets,id=a'), fixed: FILE('type=secret,id=a') },
  ],
  checkFile({ mounts }, report) {
    for (const mount of mounts) {
      for (const { name, value, valueRange } of runFields(mount)?.fields ?? []) {
        if (name !== 'type' || value === undefined || valueRange === undefined) continue;
        if (RUN_MOUNT_TYPES.some((type) => type === value.toLowerCase())) continue;
        const better = nearest(value, RUN_MOUNT_TYPES);
        const edit =
          better === undefined ? undefined : mount.spec.edit(valueRange, { value: better, holes: [] });
        report({
          range: at(mount.spec, valueRange),
          message: `\`${value}\` is no type of \`RUN --mount\``,
          help: better === undefined ? `it knows ${RUN_MOUNT_TYPES.join(', ')}` : `write \`${better}\``,
          fix: edit && { title: `write \`${better}\``, safety: 'safe', edits: [edit] },
        });
      }
    }
  },
};
