import { PROGRAMS } from '../dialects/programs.js';
import { hasStandIn } from '../dialects/stand-in.js';
import { trimmedGo } from '../go/text.js';
import { nearest } from '../text/nearest.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A mount type that the engine does not know. */
export const mountUnknownType: Rule = {
  code: 'MC107',
  name: 'mount-unknown-type',
  severity: 'error',
  engines: ['docker', 'compose', 'buildkit'],
  since: '0.1.0',
  summary: 'a mount type that docker, Compose or BuildKit does not know',
  why:
    'No client checks the type; the engine reports `mount type unknown`. A Linux engine knows bind, volume, tmpfs and, since ' +
    '28.0, image; `npipe` is for Windows engines and `cluster` for services. `RUN --mount` has types of its own: bind, cache, ' +
    'tmpfs, secret and ssh.',
  sources: ['https://docs.docker.com/reference/cli/docker/container/run/#mount'],
  valid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=SECRET,id=a') },
    { file: 'dockerfile', command: FILE('source=a,target=/c') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount type=BIND,src=/a,dst=/b alpine',
    'docker run --mount type=$KIND,src=/a,dst=/b alpine',
    {
      command: "docker run --mount 'type=npipe,src=\\\\.\\pipe\\a,dst=\\\\.\\pipe\\a' alpine",
      engineOs: 'windows',
    },
    'docker service create --mount type=cluster,src=group:a,dst=/b alpine',
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=volume,target=/c') },
    { file: 'dockerfile', command: FILE('type=cahce,target=/c'), fixed: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=secrets,id=a'), fixed: FILE('type=secret,id=a') },
    {
      file: 'compose',
      command: composeEntry('{type: bnid, source: ./a, target: /b}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b}'),
    },
    { file: 'compose', command: composeEntry('{source: ./a, target: /b}') },
    {
      command: 'docker run --mount type=bnid,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    'docker run --mount type=nfs,src=/a,dst=/b alpine',
    'docker run --mount type=npipe,src=/a,dst=/b alpine',
    'docker run --mount type=cluster,src=a1,dst=/b alpine',
  ],
  checkMount(view, report, context) {
    const { meaning } = context;
    const verdict = PROGRAMS[view.program].unknownType?.(view, meaning, context);
    if (verdict === undefined || (view.type === undefined && hasStandIn(view, 'type'))) return;
    const { place, part, known, message, help } = verdict;
    const better = part && nearest(trimmedGo(meaning.type ?? part.value), known);
    report({
      range: place,
      message,
      help: better === undefined ? help : `did you mean \`${better}\`?`,
      fix:
        better === undefined
          ? undefined
          : fixIn(part!.host, [{ range: part!.range, text: better }], `write \`${better}\``),
    });
  },
};
