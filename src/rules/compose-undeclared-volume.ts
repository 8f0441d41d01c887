import { isPath } from '../dialects/compose/compose-keys.js';
import { type ComposeNode, entriesIn, valueAt } from '../dialects/compose/node.js';
import { isEnabled } from '../dialects/compose/profiles.js';
import { mountedIn } from '../dialects/compose/unicity.js';
import { meaningOf } from '../dialects/programs.js';
import type { FileView } from '../source/file-view.js';
import { nearest } from '../text/nearest.js';
import { once } from '../text/once.js';
import { makeRangeSet } from '../text/range-set.js';
import { composeMounts, composeProject } from './compose-file.js';
import { fixIn } from './places.js';
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
    'Compose refuses the file: `service "a" refers to undefined volume data`. Every named volume must be declared under the ' +
    'top-level `volumes:`, of this file, of one that it includes, or of one that Compose reads together with it ' +
    '(`compose.override.yaml`); a file that `extends` names does not declare volumes for it. Of a service of a profile it is a warning: Compose ' +
    'refuses the file when that profile is enabled. A file with another name may be merged over one that is not known.',
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
    {
      file: 'compose',
      command: YAML('data:/data:ro', 'volumes:\n  date:\n'),
      fixed: YAML('date:/data:ro', 'volumes:\n  date:\n'),
    },
    { file: 'compose', command: YAML('{type: volume, source: data, target: /data}') },
  ],
  checkFile(file, report) {
    const { problems, references, isOverlaid, composeFiles } = file;
    const { root, instead, isWhole, isComplete, refused } = composeProject(file);
    // Another file may declare it that is included, or laid over this one; what the reader missed may be the declaration.
    const isOpen =
      (composeFiles === undefined
        ? isOverlaid || references.some(({ kind }) => kind === 'include')
        : !isComplete || instead.some((one) => !one.isComplete)) ||
      problems.some(({ scope }) => scope !== 'part') ||
      // Whatever stands for all of them may declare it.
      [root, ...instead.map((one) => one.root)].some((one) => valueAt(one, 'volumes')?.kind === 'unknown');
    const declared = new Set(
      [root, ...instead.map((one) => one.root)].flatMap((one) => declaredIn(file, one)),
    );
    const services = new Map(
      entriesIn(valueAt(root, 'services')).map(({ key, value }) => [key, value] as const),
    );
    const left = once(() =>
      isWhole()
        ? [root, ...instead.map((one) => one.root)].map((one) =>
            mountedIn(entriesIn(valueAt(one, 'services')).map(({ value }) => value)),
          )
        : [],
    );
    const unmounted = once(() => {
      const used = new Set(composeMounts(file).map(({ view }) => view.source?.text));
      return [...declared].filter((name) => !used.has(name));
    });
    for (const { view, group } of composeMounts(file)) {
      const { source, node } = view;
      if (meaningOf(view, file.dialect).type !== 'volume' || !source?.text) continue;
      if (!KEY.test(source.text)) {
        // Other rules have a word for paths.
        if (node === undefined ? isPath(source.text) : source.text.includes('/')) continue;
        report({
          range: source.place,
          message: `\`${source.text}\` is not a path, and not a valid volume name: Compose refuses the file`,
          help: /^\$\(|[`%]/.test(source.text)
            ? 'Compose does not run a shell: write `./data` for a path below the folder of the file'
            : 'write `./data` for a path below the folder of the file, or a name of letters, digits, `.`, `_` and `-`',
        });
        continue;
      }
      if (isOpen || declared.has(source.text)) continue;
      // What another entry replaces is not looked for.
      if (!view.isTemplate && !left().every((one) => one.has(view.place.start))) continue;
      const isOn = isEnabled(services.get(group));
      // One that is declared and that nothing mounts is the same name, misspelt.
      const meant = nearest(source.text, unmounted());
      report({
        range: source.place,
        message: !isWhole()
          ? `the volume \`${source.text}\` is not declared here: another file must declare it, or Compose refuses both`
          : `the volume \`${source.text}\` is not declared: Compose refuses the file${isOn ? '' : ' when a profile of the service is enabled'}`,
        help:
          meant === undefined
            ? `add \`${source.text}:\` under the top-level \`volumes:\`, or write \`./${source.text}\` for a directory`
            : `did you mean \`${meant}\`, which is declared, and which nothing mounts?`,
        severity: !isWhole() ? (meant === undefined ? 'info' : 'warning') : isOn ? 'error' : 'warning',
        fix:
          meant === undefined
            ? undefined
            : fixIn(view.host, [{ range: source.range, text: meant }], `write \`${meant}\``, 'unsafe'),
      });
    }
    // What a service takes over from one of another file.
    const seen = makeRangeSet(file.mounts.map(({ range }) => range));
    for (const { kind, range, message, help } of refused)
      if (kind === 'undeclared-volume' && !seen.touches(range)) report({ range, message, help });
  },
};

/** What a key of the top-level `volumes` may be (compose-spec's schema). */
const KEY = /^[a-zA-Z0-9._-]+$/;

function declaredIn({ trees, volumes }: FileView, root: ComposeNode): readonly string[] {
  const top = valueAt(root, 'volumes');
  // A block of documentation has no tree, and not every declaration can be read.
  return trees.length === 0 || (top !== undefined && top.kind !== 'map')
    ? volumes.map(({ name }) => name)
    : entriesIn(top).flatMap(({ key }) => key ?? []);
}
