import { entriesIn, valueAt } from '../dialects/compose/node.js';
import { chooseReaders } from '../dialects/compose/readers.js';
import { mountedIn } from '../dialects/compose/unicity.js';
import { hasFact } from '../dialects/compose/versions.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { type MountView, showPart } from '../mount/view.js';
import type { FileView } from '../source/file-view.js';
import { viewFileMount } from '../source/file-view.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { makeRangeSet, type RangeSet } from '../text/range-set.js';
import { type ContainerMounts, checkMounts, makeContainer } from './check-mounts.js';
import { discreet } from './discreet.js';
import { RULES } from './index.js';
import { type RuleSettings, severityOf } from './lint-command.js';
import type { Report, Rule } from './rule.js';

/** Runs the rules about mounts that stand outside of commands over one file; findings in order of place. */
export function lintFile(file: FileView, settings: RuleSettings = {}): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { mounts, volumes, problems, units, trees, shown, instructions } = file;
  const lists = [mounts, volumes, problems, units, trees, shown, instructions];
  if (lists.every(({ length }) => length === 0)) return found;
  const containers = containersOf(file);
  const containersFor = byEngines(containers);
  const unused = unusedMounts(file);
  for (const rule of RULES) {
    const severity = severityOf(rule, settings);
    if (severity === undefined) continue;
    const isSet = settings[rule.name] !== undefined || settings[rule.code] !== undefined;
    const severityOfOne = (finding: Parameters<Report>[0]) =>
      isSet ? severity : (finding.severity ?? severity);
    const report: Report = (finding) =>
      found.push({
        ...discreet(finding),
        code: rule.code,
        rule: rule.name,
        severity: severityOfOne(finding),
      });
    // What never mounts fails nowhere.
    const reportMount: Report = (finding) => {
      if (severityOfOne(finding) !== 'error' || !unused.touches(finding.range)) report(finding);
    };
    if (rule.checkMount !== undefined || rule.checkContainer !== undefined)
      for (const container of containersFor(rule)) checkMounts(rule, container, reportMount);
    rule.checkFile?.(file, report);
    rule.checkRestOfFile?.(file, found, report);
  }
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** The entries of a Compose file that no service mounts, where that is known. */
function unusedMounts({ mounts, trees: [tree, more] }: FileView): RangeSet {
  if (tree === undefined || more !== undefined) return makeRangeSet([]);
  const services = valueAt(tree.root, 'services');
  // Documentation shows services alone.
  if (services?.kind !== 'map') return makeRangeSet([]);
  const mounted = mountedIn(entriesIn(services).map(({ value }) => value));
  const unused = mounts.filter(
    ({ form, range }) => /^compose-(?:short|long)$/.test(form) && !mounted.has(range.start),
  );
  return makeRangeSet(unused.map(({ range }) => range));
}

/** The mounts of a file that are not flags, by the container that gets them. */
function containersOf({ mounts, volumes, dialect, trees, path, compose }: FileView): ContainerMounts[] {
  const [tree] = trees;
  const mayBeStack =
    tree !== undefined && hasFact(chooseReaders(tree, path, compose), 'readsCompose') !== true;
  const groups = new Map<string, { view: MountView }[]>();
  for (const mount of mounts) {
    const found = viewFileMount(mount);
    if (found === undefined) continue;
    const view = builtBy(dialect.builder, found);
    const group = groups.get(mount.group);
    if (group === undefined) groups.set(mount.group, [{ view }]);
    else group.push({ view });
  }
  const declared = new Set(volumes.map(({ name }) => name));
  const containers = [...groups.values()].map((group) =>
    makeContainer(group, dialect, { declared, mayBeStack }),
  );
  const isWritten = writtenIn(containers);
  return containers.map((container) => ({ ...container, isWritten }));
}

/** What some container writes into: it makes the folders that others mount on. */
function writtenIn(containers: readonly ContainerMounts[]): (source: string) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (source) => {
    known ??= new Set(
      containers
        .flatMap(({ mounts }) => mounts)
        .flatMap(({ view, context }) =>
          view.source === undefined || context.meaning.isReadonly === true ? [] : [showPart(view.source)],
        ),
    );
    return known.has(source);
  };
}

/** A mount of a build is read by the builder that somebody named. */
function builtBy(builder: Dialect['builder'], view: MountView): MountView {
  if (view.form !== 'run-mount' || builder === undefined) return view;
  return builder === 'buildah' ? { ...view, program: builder } : { ...view, mayBePodman: false };
}

/** The mounts that rules are about, looked for once for all rules about the same programs. */
function byEngines(containers: readonly ContainerMounts[]): (rule: Rule) => readonly ContainerMounts[] {
  const known = new Map<string, readonly ContainerMounts[]>();
  return (rule) => {
    const key = String(rule.engines);
    const found = known.get(key) ?? containers.map((container) => forRule(rule, container));
    known.set(key, found);
    return found;
  };
}

/** Those whose program the rule is about. */
function forRule({ engines = [] }: Rule, container: ContainerMounts): ContainerMounts {
  const mounts = container.mounts.filter(({ view: { form, program } }) =>
    engines === 'any' ? form !== 'run-mount' : engines.includes(program),
  );
  return { ...container, mounts };
}
