import { isPath } from '../dialects/compose/compose-keys.js';
import { meaningOf } from '../dialects/programs.js';
import { composeViews, isWhole } from './compose-file.js';
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
    { file: 'compose', command: YAML('$(pwd):/data') },
    { file: 'compose', command: YAML('{type: volume, source: a b, target: /data}') },
    { file: 'compose', command: YAML('data:/data:ro', 'volumes:\n  date:\n') },
    { file: 'compose', command: YAML('{type: volume, source: data, target: /data}') },
  ],
  checkFile(file, report) {
    const { volumes, problems, references, isOverlaid } = file;
    const isAll = isWhole(file);
    // Another file may declare it that is included, or laid over this one; what the reader missed may be the declaration.
    const isOpen =
      isOverlaid ||
      references.some(({ kind }) => kind === 'include') ||
      problems.some(({ scope }) => scope !== 'part');
    const declared = new Set(volumes.map(({ name }) => name));
    for (const view of composeViews(file)) {
      const { source, node } = view;
      if (meaningOf(view, file.dialect).type !== 'volume' || !source?.text) continue;
      if (!KEY.test(source.text)) {
        // Other rules have a word for paths.
        if (node === undefined ? isPath(source.text) : source.text.includes('/')) continue;
        report({
          range: source.place,
          message: `\`${source.text}\` is no path, and no volume can have that name: Compose refuses the file`,
          help: /^\$\(|[`%]/.test(source.text)
            ? 'Compose runs no shell: write `./data` for a path below the folder of the file'
            : 'write `./data` for a path below the folder of the file, or a name of letters, digits, `.`, `_` and `-`',
        });
        continue;
      }
      if (isOpen || declared.has(source.text)) continue;
      report({
        range: source.place,
        message: isAll
          ? `the volume \`${source.text}\` is not declared: Compose refuses the file`
          : `the volume \`${source.text}\` is not declared here: another file must, or Compose refuses both`,
        help: `add \`${source.text}:\` under the top-level \`volumes:\`, or write \`./${source.text}\` for a directory`,
        severity: isAll ? 'error' : 'info',
      });
    }
  },
};

/** What a key of the top-level `volumes` may be (compose-spec's schema). */
const KEY = /^[a-zA-Z0-9._-]+$/;
