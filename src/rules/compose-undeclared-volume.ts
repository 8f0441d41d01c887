import { composeFacts, isWhole } from './compose-facts.js';
import { isVolumeName } from './paths.js';
import type { Rule } from './rule.js';

const YAML = (volume: string, declared = '') =>
  `services:\n  a:\n    image: b\n    volumes:\n      - ${volume}\n${declared}`;

/** A named volume that the Compose file does not declare. */
export const composeUndeclaredVolume: Rule = {
  code: 'MC120',
  name: 'compose-undeclared-volume',
  severity: 'error',
  since: '0.1.0',
  summary: 'a named volume that the Compose file does not declare',
  why:
    'Compose refuses the file: `service "a" refers to undefined volume data`. Every named volume stands under the ' +
    'top-level `volumes:`. In a file that is laid over another it may stand in the other one; nothing is said of a file ' +
    'that includes others, or has another one laid over it.',
  sources: ['https://docs.docker.com/reference/compose-file/volumes/'],
  valid: [
    { file: 'compose', command: YAML('data:/data', 'volumes:\n  data:\n') },
    { file: 'compose', command: YAML('./data:/data') },
    { file: 'compose', command: YAML('$' + '{DATA}:/data') },
    { file: 'compose', command: YAML('/data') },
    { file: 'compose', command: YAML('data:/data', 'include: [more.yaml]\n') },
  ],
  invalid: [
    { file: 'compose', command: YAML('data:/data') },
    { file: 'compose', command: YAML('data:/data:ro', 'volumes:\n  date:\n') },
    { file: 'compose', command: YAML('{type: volume, source: data, target: /data}') },
  ],
  checkFile(file, report) {
    const { mounts, volumes, problems, references, isOverlaid } = file;
    const isAll = isWhole(file);
    // Another file may declare it that is included, or laid over this one.
    if (isOverlaid || references.some(({ kind }) => kind === 'include')) return;
    // What the reader missed may be the declaration.
    if (problems.some(({ scope }) => scope !== 'part')) return;
    const declared = new Set(volumes.map(({ name }) => name));
    for (const mount of mounts) {
      const facts = composeFacts(mount);
      const source = facts?.source;
      if (facts?.type !== 'volume' || source === undefined || source.text === '') continue;
      if (declared.has(source.text) || !isVolumeName(source.text)) continue;
      report({
        range: source.range,
        message: isAll
          ? `the volume \`${source.text}\` is not declared: Compose refuses the file`
          : `the volume \`${source.text}\` is not declared here: another file must, or Compose refuses both`,
        help: `add \`${source.text}:\` under the top-level \`volumes:\`, or write \`./${source.text}\` for a directory`,
        severity: isAll ? 'error' : 'info',
      });
    }
  },
};
