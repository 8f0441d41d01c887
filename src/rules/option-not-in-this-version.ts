import { PROGRAMS } from '../dialects/programs.js';
import { findingOf } from './places.js';
import type { Rule } from './rule.js';

const FILE = (syntax: string, mount: string, command = 'make') => ({
  file: 'dockerfile' as const,
  command: `# syntax=${syntax}\nFROM a\nRUN --mount=${mount} ${command}\n`,
});

/** An option that this docker does not have yet. */
export const optionNotInThisVersion: Rule = {
  code: 'MC402',
  name: 'option-not-in-this-version',
  severity: 'error',
  engines: ['docker', 'buildkit'],
  since: '0.1.0',
  summary: 'an option that the client, the engine or the frontend of this version does not have yet',
  why:
    'An older client refuses a key that it does not know. An older engine is worse: it drops what it does not know, and ' +
    'mounts the whole volume instead of `volume-subpath`, or leaves submounts writable. A Dockerfile whose first line names an old ' +
    'frontend (`# syntax=docker/dockerfile:1.3`) is read by that one, however new docker is.',
  sources: [
    'https://docs.docker.com/reference/api/engine/version-history/',
    'https://docs.docker.com/build/buildkit/dockerfile-release-notes/',
  ],
  valid: [
    FILE('docker/dockerfile:1', 'type=secret,id=a,env=A'),
    FILE('docker/dockerfile:1.10', 'type=secret,id=a,env=A'),
    FILE('docker/dockerfile:1.4', 'type=tmpfs,target=/t,size=1m'),
    FILE('docker/dockerfile:experimental', 'type=cache,target=/c,uid=1'),
    FILE('docker/dockerfile:1.0-experimental', 'type=cache,target=/c'),
    FILE('docker/dockerfile:1.3', 'type=secret,id=a,required'),
    FILE('example.org/mine/dockerfile:1.1', 'type=tmpfs,target=/t,size=1m'),
    // A line after others says nothing.
    { file: 'dockerfile', command: 'FROM a\n# syntax=docker/dockerfile:1.1\nRUN --mount=target=/c make\n' },
    'docker run --mount type=volume,src=a1,dst=/b,volume-subpath=c alpine',
    { command: 'docker run --mount type=image,src=alpine,dst=/b alpine', docker: '28.2.2' },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disabled alpine',
      docker: '25.0.5',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly,bind-recursive=writable alpine',
      engine: '24.0.9',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-create-src=false alpine',
      engine: '24.0.9',
    },
  ],
  invalid: [
    FILE('docker/dockerfile:1.9', 'type=secret,id=a,env=A'),
    FILE('docker/dockerfile:1.9.0-labs', 'type=secret,id=a,env=A'),
    FILE('docker.io/docker/dockerfile:1.3', 'type=tmpfs,target=/t,size=1m'),
    FILE('docker/dockerfile:1.1', 'type=cache,target=/c'),
    FILE('docker/dockerfile:1.0-experimental', 'type=cache,target=/c,uid=1000'),
    FILE('docker/dockerfile:1.3.0', 'type=secret,id=a,required'),
    FILE('mirror.example.org:5000/hub/docker/dockerfile:1.2@sha256:0a', 'type=cache,target=$CACHE'),
    { command: 'docker run --mount type=volume,src=a1,dst=/b,volume-subpath=c alpine', docker: '25.0.5' },
    { command: 'docker run --mount type=bind,src=/a,dst=/b,bind-create-src alpine', docker: '28.2.2' },
    { command: 'docker run --mount type=image,src=alpine,dst=/b alpine', docker: '27.5.1' },
    {
      command: 'docker run --mount type=volume,src=a1,dst=/b,volume-subpath=c alpine',
      docker: '29.7.2',
      engine: '20.10.24',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly,bind-recursive=readonly alpine',
      engine: '24.0.9',
    },
    { command: 'docker run --mount type=bind,src=/a,dst=/b,bind-create-src alpine', engine: '24.0.9' },
    { command: 'docker run --mount type=image,src=alpine,dst=/b alpine', engine: '27.5.1' },
  ],
  checkMount(view, report, context) {
    const verdicts = PROGRAMS[view.program].notYet?.(view, context.meaning, context) ?? [];
    for (const verdict of verdicts) report(findingOf(verdict));
  },
};
