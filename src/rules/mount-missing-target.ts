import { PROGRAMS } from '../dialects/programs.js';
import { hasStandIn } from '../dialects/stand-in.js';
import { type MountView, showPart } from '../mount/view.js';
import type { Range } from '../text/range.js';
import { composeEntry } from './compose-example.js';
import { looksLikeVolumeSpec } from './mixed-syntax.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';
import { findSplit } from './split-value.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** `--mount` without a target. */
export const mountMissingTarget: Rule = {
  code: 'MC105',
  name: 'mount-missing-target',
  severity: 'error',
  engines: ['docker', 'compose', 'buildkit'],
  since: '0.1.0',
  summary: 'a mount without a target: --mount, an entry of Compose, RUN --mount',
  why:
    'Every mount needs a place in the container. Clients up to 29.2.0 report `target is required`; with newer ones the ' +
    'engine reports `field Target must not be empty`. A `RUN --mount` without a target covers the working directory, and where ' +
    'that is `/` the build stops.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#syntax'],
  valid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=secret,id=a') },
    { file: 'dockerfile', command: FILE('type=ssh') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    {
      file: 'compose',
      command:
        'x-a: &a {type: bind, source: ./a}\nservices:\n  b:\n    volumes:\n      - {<<: *a, target: /b}\n',
    },
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount type=volume,destination=/b alpine',
    'docker run --mount type=bind,src=/a,$TARGET alpine',
    'docker run --mount type=bind,src=/a,target= alpine',
    'docker run --mount "$MOUNT" alpine',
    'docker run --mount "type=bind,src=$DIR_AND_TARGET" alpine',
    { file: 'makefile', command: 'a:\n\tdocker run --mount type=bind$(COMMA)src=/a$(COMMA)dst=/b alpine\n' },
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=cache') },
    { file: 'dockerfile', command: FILE('type=bind,source=a') },
    { file: 'dockerfile', command: FILE('type=tmpfs,size=1m') },
    { file: 'dockerfile', command: FILE('from=a') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: ""}') },
    'docker run --mount type=bind,src=/a alpine',
    {
      command: 'docker run --mount type=bind,src=/a:/b,ro alpine',
      fixed: 'docker run --mount type=bind,src=/a,target=/b,ro alpine',
    },
    {
      command: 'docker run --mount "type=bind,src=$PWD:/b" alpine',
      fixed: 'docker run --mount "type=bind,src=$PWD,target=/b" alpine',
    },
    'docker run --mount type=tmpfs alpine',
    'docker run --mount "type=bind,src=$PWD,readonly" alpine',
  ],
  checkMount(view, report, context) {
    const { meaning } = context;
    if (looksLikeVolumeSpec(view) || findSplit(context) !== undefined || hasStandIn(view, 'target')) return;
    const verdict = PROGRAMS[view.program].missingTarget?.(view, meaning);
    const colon = verdict && view.form === 'mount' ? targetInSource(view) : undefined;
    if (colon !== undefined) {
      report({
        range: view.source!.place,
        message: `no target: \`${showPart(view.source!)}\` is read as a source with a colon in its name`,
        help: 'write the target as a key of its own: `target=`',
        fix: fixIn(view.host, [{ range: colon, text: ',target=' }], 'write `,target=`', 'unsafe'),
      });
    } else if (verdict !== undefined)
      report({ range: view.place, ...verdict, ...(verdict.place && { range: verdict.place }) });
  },
};

/** The colon before a target that stands in the source, as in `-v`. */
function targetInSource({ source }: MountView): Range | undefined {
  const colon = /^[^:]+(?=:\/[^:]*$)/s.exec(source?.value ?? '')?.[0].length;
  if (colon === undefined || source === undefined) return undefined;
  const start = source.range.start + colon;
  return { start, end: start + 1 };
}
