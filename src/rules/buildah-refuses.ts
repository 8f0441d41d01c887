import { refusedByBuildah } from '../dialects/buildah/program.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A `RUN --mount` that every buildah refuses. */
export const buildahRefuses: Rule = {
  code: 'MC138',
  name: 'buildah-refuses',
  severity: 'error',
  engines: ['buildah'],
  since: '0.1.0',
  summary: 'a `RUN --mount` that every buildah from 1.28 to 1.45 refuses, with `--builder buildah`',
  why:
    '`podman build` and buildah read `RUN --mount` with their own rules: the value is split at every comma, the keys are case-sensitive, ' +
    'a tmpfs has `tmpfs-size` and no `size`, a cache is `shared` or `locked`, and there is no mount without ' +
    'a target. Without `--builder`, a Dockerfile is read as BuildKit does, and of a Containerfile only what both refuse is an error.',
  sources: ['https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md'],
  valid: [
    {
      file: 'dockerfile',
      command: FILE('type=bind,source=a,target=/b,z,relabel=shared'),
      builder: 'buildah',
    },
    { file: 'dockerfile', command: FILE('type=cache,target=/b,sharing=locked,U'), builder: 'buildah' },
    { file: 'dockerfile', command: FILE('type=tmpfs,target=/b,size=1m') },
    { file: 'dockerfile', command: FILE('type=tmpfs,target=/b,tmpfs-size=$SIZE'), builder: 'buildah' },
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=tmpfs,target=/b,size=1m'), builder: 'buildah' },
    { file: 'dockerfile', command: FILE('type=cache,target=/b,sharing=private'), builder: 'buildah' },
    { file: 'dockerfile', command: FILE('type=bind,source=a'), builder: 'buildah' },
    { file: 'dockerfile', command: FILE('type=bind,Source=a,target=/b'), builder: 'buildah' },
  ],
  checkMount(view, report, { dialect }) {
    const refusal = refusedByBuildah(view, dialect.podman);
    if (refusal === undefined) return;
    report({
      range: at(view.host, refusal.range),
      message: `buildah refuses it: ${refusal.message}`,
      help: 'buildah-build(1) lists the keys of each type',
    });
  },
};
