import { meaningOf } from '../dialects/programs.js';
import type { MountView } from '../mount/view.js';
import { misreadPair } from '../source/file-view.js';
import { overlaps } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';
import { composeProject, composeViews } from './compose-file.js';
import type { Rule } from './rule.js';

const YAML = (volume: string, name: string) =>
  `services:\n  a:\n    image: b\n    volumes:\n      - ${volume}\nvolumes:\n  ${name}:\n`;

/** A named volume that no service uses. */
export const composeUnusedVolume: Rule = {
  code: 'MC121',
  name: 'compose-unused-volume',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a named volume that is declared and not used',
  why: 'Compose never creates it, or creates it for nothing. Often a service spells the name a little differently.',
  sources: ['https://docs.docker.com/reference/compose-file/volumes/'],
  valid: [
    { file: 'compose', command: YAML('data:/data', 'data') },
    { file: 'compose', command: YAML('$' + '{DATA}:/data', 'data') },
    { file: 'compose', command: YAML('{type: volume, source: data, target: /x}', 'data') },
    { file: 'compose', command: YAML('{type: volume, source: $DATA, target: /x}', 'data') },
  ],
  invalid: [
    { file: 'compose', command: YAML('./data:/data', 'data') },
    { file: 'compose', command: YAML('/data', 'data') },
    { file: 'compose', command: YAML('{type: bind, source: /data, target: /x}', 'data') },
  ],
  checkFile(file, report) {
    const { mounts, volumes, problems, references } = file;
    if (mounts.length === 0) return;
    // What is in other files may use it.
    const { composeFiles, isOverlaid } = file;
    const isAlone =
      composeFiles === undefined
        ? isOverlaid !== true
        : [composeFiles, ...(composeFiles.instead ?? [])].every(({ layers }) => layers.length <= 1);
    if (references.length > 0 || !isAlone) return;
    // What the reader missed may be the use, and so may what YAML took for something else.
    if (problems.some(({ scope }) => scope !== 'part') || mounts.some(misreadPair)) return;
    const views = composeViews(file);
    // What a variable holds may be any of them.
    const mayUseAny = (view: MountView) =>
      (view.source === undefined ? hasHole(view.host) : view.source.text === undefined) &&
      !/^(?:bind|tmpfs)$/.test(meaningOf(view, file.dialect).type ?? '');
    if (views.some(mayUseAny)) return;
    // `data/x` is refused as a name, and may be meant for a folder of the volume `data`.
    const used = new Set(
      views.flatMap(({ source }) => [source?.text, /^[\w.-]+(?=\/)/.exec(source?.text ?? '')?.[0]]),
    );
    const { refused } = composeProject(file);
    for (const { name, range } of volumes) {
      if (used.has(name) || refused.some((one) => overlaps(one.range, range))) continue;
      if (!composeProject(file).isWhole()) return;
      report({ range, message: `no service uses the volume \`${name}\``, help: 'remove it, or mount it' });
    }
  },
};
