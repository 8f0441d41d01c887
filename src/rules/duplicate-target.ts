import { cleanPath } from '../go/path.js';
import type { Site } from '../source/site.js';
import { isConditional } from './conditional.js';
import { factsOf, type PathFact } from './facts.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** Two mounts on one target. */
export const duplicateTarget: Rule = {
  code: 'MC210',
  name: 'duplicate-target',
  severity: 'error',
  since: '0.1.0',
  summary: 'two mounts on one target',
  why:
    'The engine refuses it: `Duplicate mount point: /x`. It compares cleaned paths, so `/x` and `/x/` are one. A ' +
    '`--tmpfs` on the target of a `--mount` passes, and hides it; an anonymous volume gives way to any other mount.',
  sources: [
    'https://github.com/nextflow-io/nextflow/issues/384',
    'https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volumes.go',
  ],
  valid: [
    'docker run -v a1:/x -v a1:/x alpine',
    'docker run -v /x -v a1:/x alpine',
    'docker run -v a1:/x -v b1:/x/y alpine',
    'docker run -v a1:/x -v b1:$T alpine',
    'docker run -v a1:/x --tmpfs /x/ alpine',
    'A=(-v a1:/x); if true; then A+=(-v b1:/x); fi; docker run "${A[@]}" alpine',
  ],
  invalid: [
    'docker run -v a1:/x -v b1:/x/ alpine',
    'docker run -v a1:/x --mount type=tmpfs,dst=/y/../x alpine',
    'docker run --mount src=a1,dst=/x --mount src=b1,dst=/x alpine',
    'docker run -v a1:/x --tmpfs /x alpine',
    'docker run --mount src=a1,dst=/x --tmpfs /x:size=1m alpine',
  ],
  checkCommand(command, report) {
    const { dialect, invocation } = command;
    if (dialect.engineOs === 'windows') return;
    const isService = invocation?.path.startsWith('service') ?? false;
    // Only what ends on the same path can clash, and the same flag once more clashes with nothing new.
    const byPath = new Map<string, Map<string, Placed>>();
    for (const site of command.sites) {
      const target = factsOf(site, dialect)?.target;
      if (target?.text === undefined || site.use.uncertain || isConditional(site, command)) continue;
      if (site.node.kind === 'volume' && site.node.source === undefined) continue;
      const placed = { site, target, text: target.text };
      const path = cleanPath(target.text);
      const before = byPath.get(path) ?? new Map<string, Placed>();
      const clash = firstClash(before.values(), placed, isService);
      const flag = `${site.form} ${site.text.value}`;
      if (!before.has(flag)) before.set(flag, placed);
      byPath.set(path, before);
      if (clash === undefined) continue;
      report({
        range: at(site.text, target.range),
        message:
          clash.kind === 'error'
            ? `a second mount on \`${target.text}\`: the engine refuses it`
            : `a second mount on \`${target.text}\`: only one of them is seen`,
        help: 'mount one of them elsewhere, or leave it out',
        severity: clash.kind,
        related: [{ range: at(clash.other.site.text, clash.other.target.range), message: 'the first one' }],
      });
    }
  },
};

interface Placed {
  readonly site: Site;
  readonly target: PathFact;
  readonly text: string;
}

interface Clash {
  readonly other: Placed;
  readonly kind: 'error' | 'warning';
}

function firstClash(before: Iterable<Placed>, placed: Placed, isService: boolean): Clash | undefined {
  for (const other of before) {
    const kind = clashOf(other, placed, isService);
    if (kind !== undefined) return { other, kind };
  }
  return undefined;
}

function clashOf(a: Placed, b: Placed, isService: boolean): 'error' | 'warning' | undefined {
  if (isService) return a.text === b.text ? 'error' : undefined;
  const forms = [a.site.form, b.site.form];
  if (a.site.form === 'volume' && b.site.form === 'volume' && a.site.text.value === b.site.text.value)
    return undefined;
  if (!forms.includes('tmpfs')) return cleanPath(a.text) === cleanPath(b.text) ? 'error' : undefined;
  if (forms.every((form) => form === 'tmpfs')) return a.text === b.text ? 'warning' : undefined;
  // The key of a tmpfs is compared as it stands.
  const [tmpfs, other] = a.site.form === 'tmpfs' ? [a, b] : [b, a];
  if (tmpfs.text !== cleanPath(other.text)) return undefined;
  return other.site.form === 'volume' ? 'error' : 'warning';
}
