import { cleanPath } from '../go/path.js';
import { type MountView, showPart } from '../mount/view.js';
import type { Rule } from './rule.js';
import { sureTarget } from './sure-target.js';

const YAML = (...volumes: string[]) =>
  `services:\n  a:\n    volumes:\n${volumes.map((one) => `      - ${one}\n`).join('')}`;

/** A mount below the target of a read-only one. */
export const childUnderReadonlyParent: Rule = {
  code: 'MC212',
  name: 'child-under-readonly-parent',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'a mount below the target of a read-only one',
  why:
    'The place to mount on is made inside of the outer mount, and a read-only one does not let it: `read-only file system`. ' +
    'It works only while the directory is already there.',
  sources: ['https://github.com/moby/moby/issues/44604'],
  valid: [
    'docker run -v /:/hostfs:ro -v /etc:/hostfs/etc:ro alpine',
    'docker run -v "$PWD":/co:ro -v "$PWD"/target:/co/target alpine',
    { file: 'compose', command: YAML('./a:/x:ro', './a/y:/x/y') },
    {
      file: 'compose',
      command: `${YAML('app:/x:ro', 'b:/x/y')}  b:\n    volumes: ['app:/x', 'b:/x/y']\n`,
    },
    'docker run -v /a:/x:ro -v /a/y:/x/y alpine',
    'docker run -v ./a:/x:ro -v ./a/y:/x/y alpine',
    'docker run -v /a:/x -v /b:/x/y alpine',
    'docker run -v /a:/x:ro -v /b:/xy alpine',
    'docker run -v /a:/x:ro -v /b:$T/y alpine',
    'docker run --tmpfs /x:ro -v /b:/x/y alpine',
  ],
  invalid: [
    { file: 'compose', command: YAML('./a:/x:ro', './b:/x/y') },
    {
      file: 'compose',
      command: YAML('{type: bind, source: ./a, target: /x, read_only: true}', './b:/x/y'),
    },
    'docker run -v /a:/x:ro -v /b:/x/y alpine',
    'docker run -v /app/node_modules -v $PWD:/app:ro alpine',
    'docker run --mount type=bind,src=/a,dst=/x,readonly --tmpfs /x/tmp alpine',
    'docker run -v /a/c:/x/y/z -v /c:/x/y:ro -v /a:/x:ro alpine',
  ],
  checkContainer(views, report, { meaning, isConditional, isWritten }) {
    const all = views.flatMap((view) => {
      const target = view.isTemplate ? undefined : sureTarget(view);
      return target?.text?.startsWith('/') ? [{ view, target, path: cleanPath(target.text) }] : [];
    });
    const parents = new Map<string, number>();
    for (const [index, { view, path }] of all.entries()) {
      const { type, isReadonly } = meaning(view);
      const mayHide = isReadonly === true && type !== 'tmpfs' && path !== '/';
      if (mayHide && !parents.has(path)) parents.set(path, index);
    }
    if (parents.size === 0) return;
    const lengths = new Set([...parents.keys()].map((path) => path.length));
    const children = new Map<(typeof all)[number], (typeof all)[number][]>();
    for (const child of all) {
      const parent = all[firstAbove(child.path, parents, lengths)];
      if (parent === undefined || (isConditional(parent.view) && isConditional(child.view))) continue;
      // Where the same tree is mounted at both places, the directory is there.
      const outer = writtenSource(parent.view);
      const inner = writtenSource(child.view);
      if (outer !== undefined && inner !== undefined && isWithin(inner, outer)) continue;
      // A service that may write into the tree makes the directory, or has it from its image.
      if (outer !== undefined && isWritten(outer)) continue;
      const others = children.get(parent);
      if (others === undefined) children.set(parent, [child]);
      else others.push(child);
    }
    // However many lie in it, it is the outer mount that is to be fixed.
    for (const [parent, [first, ...others]] of children) {
      if (first === undefined) continue;
      const shown =
        others.length === 0
          ? `\`${first.path}\` lies`
          : `\`${first.path}\` and ${others.length} ${others.length === 1 ? 'other' : 'others'} lie`;
      report({
        range: first.target.place,
        message: `${shown} in \`${parent.path}\`, which is mounted read-only: ${others.length === 0 ? 'it' : 'they'} must already exist there`,
        help: 'create the directory in the source of the outer mount, or mount at another path',
        related: [
          { range: parent.view.place, message: 'the read-only mount' },
          ...others
            .slice(0, MOST_SHOWN)
            .map(({ target }) => ({ range: target.place, message: 'another one in it' })),
        ],
      });
    }
  },
};

/** So many of the others are pointed at. */
const MOST_SHOWN = 10;

/** As it was written: `$PWD/a` lies in `$PWD` whatever that is. */
const writtenSource = ({ source }: MountView): string | undefined => source && showPart(source);

/** Whether one source lies in another, as far as they are written: in `/`, and in `$PWD`, is all that begins so. */
function isWithin(inner: string, outer: string): boolean {
  const folder = outer.startsWith('/') ? cleanPath(outer) : outer.replace(/\/+$/, '');
  return inner.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** The least number that a directory above the path has, being of one of the lengths; -1 when none has one. */
function firstAbove(
  path: string,
  numbers: ReadonlyMap<string, number>,
  lengths: ReadonlySet<number>,
): number {
  let first = -1;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const number = lengths.has(end) ? numbers.get(path.slice(0, end)) : undefined;
    if (number !== undefined && (first < 0 || number < first)) first = number;
  }
  return first;
}
