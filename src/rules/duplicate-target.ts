import type { Verdict } from '../dialects/program.js';
import { PROGRAMS } from '../dialects/programs.js';
import { cleanPath } from '../go/path.js';
import type { MountView } from '../mount/view.js';
import type { Rule } from './rule.js';

const YAML = (...volumes: string[]) =>
  `services:\n  a:\n    volumes:\n${volumes.map((one) => `      - ${one}\n`).join('')}`;

/** Two mounts on one target. */
export const duplicateTarget: Rule = {
  code: 'MC210',
  name: 'duplicate-target',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: 'two mounts on one target',
  why:
    'The engine refuses it: `Duplicate mount point: /x`. It compares cleaned paths, so `/x` and `/x/` are one. A ' +
    '`--tmpfs` on the target of a `--mount` passes, and hides it; an anonymous volume gives way to any other mount. Of two ' +
    'entries of a service Compose keeps the last one and silently drops the other.',
  sources: [
    'https://github.com/nextflow-io/nextflow/issues/384',
    'https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volumes.go',
  ],
  valid: [
    { file: 'compose', command: YAML('./a:/x', './b:/y') },
    { file: 'compose', command: YAML('./a:/x', './b:/x/y') },
    { file: 'compose', command: YAML('./a:$' + '{X}', './b:/x') },
    'docker run -v a1:/x -v a1:/x alpine',
    'docker run -v /x -v a1:/x alpine',
    'docker run -v a1:/x -v b1:/x/y alpine',
    'docker run -v a1:/x -v b1:$T alpine',
    'docker run -v a1:/x --tmpfs /x/ alpine',
    'A=(-v a1:/x); if true; then A+=(-v b1:/x); fi; docker run "${A[@]}" alpine',
  ],
  invalid: [
    { file: 'compose', command: YAML('./a:/x', './b:/x') },
    { file: 'compose', command: YAML('./a:/x', './b:/x/') },
    { file: 'compose', command: YAML('./a:/x', '{type: bind, source: ./b, target: /x}') },
    'docker run -v a1:/x -v b1:/x/ alpine',
    'docker run -v a1:/x --mount type=tmpfs,dst=/y/../x alpine',
    'docker run --mount src=a1,dst=/x --mount src=b1,dst=/x alpine',
    'docker run -v a1:/x --tmpfs /x alpine',
    'docker run --mount src=a1,dst=/x --tmpfs /x:size=1m alpine',
  ],
  checkContainer(views, report, context) {
    // Only what ends on the same path can clash, and the same mount once more clashes with nothing new.
    const byPath = new Map<string, Map<string, MountView>>();
    for (const view of views) {
      const { program, form, source, target, host } = view;
      if (target?.text === undefined || context.isConditional(view)) continue;
      if (form === 'volume' && source === undefined) continue;
      const path = cleanPath(target.text);
      const before = byPath.get(path) ?? new Map<string, MountView>();
      const clash = firstClash(before.values(), (other) =>
        PROGRAMS[program].sameTarget?.(other, view, context),
      );
      const written = `${form} ${host.value || target.place.start}`;
      if (before.size < MOST_COMPARED && !before.has(written)) before.set(written, view);
      byPath.set(path, before);
      if (clash === undefined) continue;
      const { other, verdict } = clash;
      report({
        range: target.place,
        ...verdict,
        related: [{ range: other.target!.place, message: 'the first one' }],
      });
    }
  },
};

/** Of a thousand mounts at one place, it is enough to see which of the first clash with each other one. */
const MOST_COMPARED = 100;

function firstClash(
  before: Iterable<MountView>,
  judge: (other: MountView) => Verdict | undefined,
): { readonly other: MountView; readonly verdict: Verdict } | undefined {
  for (const other of before) {
    const verdict = judge(other);
    if (verdict !== undefined) return { other, verdict };
  }
  return undefined;
}
