import { RUN_MOUNT_KEY_BY_NAME } from '../dialects/buildkit/run-mount-keys.js';
import { nearest } from '../text/nearest.js';
import { at } from './places.js';
import type { Rule } from './rule.js';
import { runFields } from './run-mount-facts.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A key of `RUN --mount` that BuildKit does not know. */
export const runMountUnknownKey: Rule = {
  code: 'MC131',
  name: 'run-mount-unknown-key',
  severity: 'error',
  since: '0.1.0',
  summary: 'a key of RUN --mount that BuildKit does not know',
  why: 'BuildKit stops: `unexpected key`. `bind-propagation`, `tmpfs-size` and the like belong to `docker run`.',
  sources: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  valid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c,sharing=locked,uid=1,mode=0755') },
    { file: 'dockerfile', command: FILE('type=secret,id=a,env=B,required') },
    { file: 'dockerfile', command: FILE('type=bind,from=a,src=/x,dst=/c,rw') },
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=cache,tagret=/c'), fixed: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=tmpfs,target=/c,tmpfs-size=1m') },
    { file: 'dockerfile', command: FILE('type=bind,target=/c,bind-propagation=shared') },
  ],
  checkFile({ mounts }, report) {
    for (const mount of mounts) {
      for (const { name, key, keyRange, isBare } of runFields(mount)?.fields ?? []) {
        if (key !== undefined || (name === '' && isBare)) continue;
        const better = nearest(name, RUN_MOUNT_KEY_BY_NAME.keys());
        const edit =
          better === undefined ? undefined : mount.spec.edit(keyRange, { value: better, holes: [] });
        report({
          range: at(mount.spec, keyRange),
          message: `\`${name}\` is no key of \`RUN --mount\`: the build stops`,
          help:
            better === undefined
              ? 'see the Dockerfile reference for the keys of this type'
              : `write \`${better}\``,
          fix: edit && { title: `write \`${better}\``, safety: 'safe', edits: [edit] },
        });
      }
    }
  },
};
