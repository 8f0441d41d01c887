import { PROGRAMS } from '../dialects/programs.js';
import { composeEntry } from './compose-example.js';
import { findingOf } from './places.js';
import type { Rule } from './rule.js';

const RUN = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A value of a key that is refused: a bad boolean, size, mode, recursion, propagation, … */
export const mountInvalidValue: Rule = {
  code: 'MC106',
  name: 'mount-invalid-value',
  severity: 'error',
  engines: ['docker', 'compose', 'buildkit'],
  since: '0.1.0',
  summary: 'a value of a key of --mount, of a Compose mount or of RUN --mount that is refused',
  why:
    'Booleans are `true`, `false`, `1` and `0` (clients before 29.2.1 accept a few more spellings, never `yes` or `on`); ' +
    'a size is a number with a unit up to `p`; a mode is octal; `bind-recursive` and `bind-propagation` accept fixed words. ' +
    'In `RUN --mount`, `sharing` is shared, private or locked, ids are decimal, and each key belongs to certain types; `size` is for ' +
    'tmpfs, `required` for secret and ssh, and both must come after the type.',
  sources: [
    'https://github.com/docker/cli/blob/v29.2.1/opts/mount_utils.go',
    'https://docs.docker.com/reference/dockerfile/#run---mount',
  ],
  valid: [
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 64m, mode: 0700}}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 1_000}}') },
    {
      file: 'compose',
      command: composeEntry(
        '{type: bind, source: ./a, target: /b, read_only: Off, bind: {create_host_path: "no"}}',
      ),
    },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, read_only: "$RO", bind: !reset null}'),
    },
    'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    'docker run --mount type=tmpfs,dst=/b,tmpfs-size=64MiB,tmpfs-mode=1777 alpine',
    'docker run --mount type=bind,src=/a,dst=/b,bind-propagation=RSHARED alpine',
    { command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=TRUE alpine', docker: '28.2.2' },
    'docker run --mount type=bind,src=/a,dst=/b,readonly=$RO alpine',
    { file: 'dockerfile', command: RUN('type=cache,target=/c,sharing=private,mode=0755,gid=0') },
    { file: 'dockerfile', command: RUN('type=tmpfs,target=/c,size=64m') },
    { file: 'dockerfile', command: RUN('type=cache,target=/c,env=A') },
    { file: 'dockerfile', command: RUN('type=bind,from=<stage>,target=/c') },
    { file: 'dockerfile', command: RUN('type=cache,target=/c,uid=$' + '{UID}') },
    { file: 'dockerfile', command: RUN('type=secret,target=/c') },
    { file: 'dockerfile', command: RUN('type=secret,src=a,id=') },
    { file: 'dockerfile', command: RUN('type=secret,src=a,id=$' + '{ID}') },
    { file: 'dockerfile', command: RUN('type=$' + '{KIND},required') },
  ],
  invalid: [
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 1e3}}') },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, bind: {propagation: share}}'),
    },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 64mx}}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 50%}}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 0.5}}') },
    { file: 'compose', command: composeEntry('{type: bind, source: 8080, target: /b}') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b, read_only: ro}') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b, bind: }') },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, bind: {recursive: off}}'),
    },
    { file: 'compose', command: composeEntry('{type: volume, source: [a], target: /b}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {mode: "0700"}}') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b, bind: {selinux: x}}') },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=yes alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=TRUE alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    },
    'docker run --mount type=tmpfs,dst=/b,tmpfs-size=64x alpine',
    'docker run --mount type=tmpfs,dst=/b,tmpfs-mode=rwx alpine',
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disable alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disabled alpine',
    },
    'docker run --mount type=bind,src=/a,dst=/b,bind-propagation=Z alpine',
    'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=writable alpine',
    { file: 'dockerfile', command: RUN('type=cache,target=/c,sharing=exclusive') },
    { file: 'dockerfile', command: RUN('size=1m,type=tmpfs,target=/c') },
    { file: 'dockerfile', command: RUN('type=bind,target=/c,mode=0755') },
    { file: 'dockerfile', command: RUN('type=secret,id=a,required=yes') },
    { file: 'dockerfile', command: RUN('type=cache,target=/c,uid=root') },
    { file: 'dockerfile', command: RUN('type=bind, target=/c') },
    { file: 'dockerfile', command: RUN('type=cache,,target=/c') },
    { file: 'dockerfile', command: RUN('') },
    { file: 'dockerfile', command: RUN('type=bind,from=$STAGE,target=/c') },
    { file: 'dockerfile', command: RUN('type=cache,target=/c,uid=4294967296') },
    { file: 'dockerfile', command: RUN(String.raw`type=cache,target=\"/c\"`) },
    { file: 'dockerfile', command: RUN('type=secret,required') },
    { file: 'dockerfile', command: RUN('type=secret,id=a,src=b') },
    { file: 'dockerfile', command: RUN('type=secret,id=a,from=b') },
  ],
  checkMount(view, report, context) {
    const verdicts = PROGRAMS[view.program].wrongValues?.(view, context.meaning, context) ?? [];
    for (const verdict of verdicts) report(findingOf(verdict));
  },
};
