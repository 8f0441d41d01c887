import { cleanPath } from '../go/path.js';
import type { Site } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import { isConditional } from './conditional.js';
import { factsOf, type MountFacts } from './facts.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

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
    'docker run -v /a:/x:ro -v /a/y:/x/y alpine',
    'docker run -v /a:/x -v /b:/x/y alpine',
    'docker run -v /a:/x:ro -v /b:/xy alpine',
    'docker run -v /a:/x:ro -v /b:$T/y alpine',
    'docker run --tmpfs /x:ro -v /b:/x/y alpine',
  ],
  invalid: [
    'docker run -v /a:/x:ro -v /b:/x/y alpine',
    'docker run -v /app/node_modules -v $PWD:/app:ro alpine',
    'docker run --mount type=bind,src=/a,dst=/x,readonly --tmpfs /x/tmp alpine',
    'docker run -v /a/c:/x/y/z -v /c:/x/y:ro -v /a:/x:ro alpine',
  ],
  checkCommand(command, report) {
    const { sites, dialect } = command;
    const all = sites.flatMap((site) => {
      const facts = factsOf(site, dialect);
      const target = facts?.target?.text;
      return target === undefined || !target.startsWith('/')
        ? []
        : [{ site, facts: facts!, path: cleanPath(target) }];
    });
    const parents = new Map<string, number>();
    for (const [index, { facts, path }] of all.entries()) {
      const mayHide = facts.isReadonly === true && facts.type !== 'tmpfs' && path !== '/';
      if (mayHide && !parents.has(path)) parents.set(path, index);
    }
    if (parents.size === 0) return;
    const lengths = new Set([...parents.keys()].map((path) => path.length));
    for (const child of all) {
      const parent = all[firstAbove(child.path, parents, lengths)];
      if (parent === undefined) continue;
      if (isConditional(parent.site, command) && isConditional(child.site, command)) continue;
      // Where the same tree is mounted at both places, the directory is there.
      const outer = writtenSource(parent);
      const inner = writtenSource(child);
      if (outer !== undefined && inner !== undefined && isWithin(inner, outer)) continue;
      report({
        range: at(child.site.text, child.facts.target!.range),
        message: `\`${child.path}\` lies in \`${parent.path}\`, which is mounted read-only: it must already be there`,
        help: 'make the directory in the source of the outer mount, or mount elsewhere',
        related: [{ range: at(parent.site.text), message: 'the read-only mount' }],
      });
    }
  },
};

/** As it was written: `$PWD/a` lies in `$PWD` whatever that is. */
function writtenSource({ site, facts: { source } }: { site: Site; facts: MountFacts }): string | undefined {
  return source && (source.text ?? displayText(site.text, source.range));
}

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
