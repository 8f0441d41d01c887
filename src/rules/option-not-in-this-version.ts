import { type JudgedField, judgeFields } from '../dialects/docker/mount-fields.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** An option that this docker does not have yet. */
export const optionNotInThisVersion: Rule = {
  code: 'MC402',
  name: 'option-not-in-this-version',
  severity: 'error',
  since: '0.1.0',
  summary: 'an option that the client or the engine of this version does not have yet',
  why:
    'An older client refuses a key that it does not know. An older engine is worse: it drops what it does not know, and ' +
    'mounts the whole volume instead of `volume-subpath`, or leaves submounts writable.',
  sources: ['https://docs.docker.com/reference/api/engine/version-history/'],
  valid: [
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
    const { host } = view;
    const { dialect, meaning } = context;
    const { client } = dialect;
    for (const judged of judgeFields(view, context)) {
      const { field, key, name } = judged;
      if (key?.since !== undefined && client < key.since) {
        report({
          range: at(host, field.key.range),
          message: `\`${name}\` came with docker ${showVersion(key.since)}: this client (${showVersion(client)}) refuses it`,
          help: 'leave it out, or use a newer docker',
        });
        continue;
      }
      const lost = lostOnEngine(judged, dialect);
      if (lost !== undefined) {
        report({
          range: at(host, field.range),
          message: `the engine (${showVersion(dialect.engine)}) does not know \`${name}\`: ${lost}`,
          help: 'use a newer engine',
          severity: name === 'bind-create-src' ? 'warning' : undefined,
        });
      }
    }
    const isImage = meaning.type === 'image' && dialect.engineOs === 'linux';
    if (!isImage || dialect.engineHas.knowsImageMounts) return;
    const type = judgeFields(view, context).findLast(({ name }) => name === 'type');
    if (type !== undefined)
      report({
        range: at(host, type.field.range),
        message: `image mounts came with docker 28.0: this engine (${showVersion(dialect.engine)}) refuses them`,
        help: 'use a newer docker',
      });
  },
};

function lostOnEngine({ name, value }: JudgedField, dialect: Dialect): string | undefined {
  const { engineHas } = dialect;
  if (name === 'volume-subpath' && value !== '' && !engineHas.knowsSubpath)
    return 'it mounts the whole volume';
  if (name === 'bind-recursive' && value === 'readonly' && !engineHas.knowsReadonlyRecursion)
    return 'submounts stay writable';
  if (name === 'bind-create-src' && value !== 'false' && value !== '0' && !dialect.createsSource)
    return 'a missing source is an error';
  return undefined;
}
