import { fieldRemoval, type JudgedField, judgeFields } from '../dialects/docker/mount-fields.js';
import { displayText } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A key of `--mount` that appears twice with different values. */
export const mountKeyTwice: Rule = {
  code: 'MC219',
  name: 'mount-key-twice',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a key of --mount that appears twice with different values',
  why:
    'docker uses the last value of a key and says nothing of the first: `src=/a,src=/b` mounts `/b`. `src` and `source` are one ' +
    'key, as are `dst`, `destination` and `target`. Often the second one was meant for another key, or for another mount.',
  sources: ['https://github.com/docker/cli/blob/v29.2.1/opts/mount.go'],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount type=volume,src=a1,dst=/b,volume-opt=type=nfs,volume-opt=device=:/x alpine',
    'docker run --mount type=bind,src=/a,dst=/b,readonly,ro alpine',
    'docker run --mount type=bind,src=/a,dst=/b --mount type=bind,src=/c,dst=/d alpine',
    'docker run --mount "type=bind,src=/a,dst=/b,$MORE" alpine',
  ],
  invalid: [
    {
      command: 'docker run --mount type=bind,src=/a,src=/b,dst=/c alpine',
      fixed: 'docker run --mount type=bind,src=/b,dst=/c alpine',
    },
    {
      command: 'docker run --mount type=bind,source=/a,src=$B,dst=/c alpine',
      fixed: 'docker run --mount type=bind,src=$B,dst=/c alpine',
    },
    {
      command: 'docker run --mount type=bind,dst=/a,target=/b,src=/c alpine',
      fixed: 'docker run --mount type=bind,target=/b,src=/c alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly,readonly=false alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=false alpine',
    },
  ],
  checkMount(view, report, context) {
    const { node, host } = view;
    if (node?.kind !== 'mount') return;
    const last = new Map<string, JudgedField>();
    for (const one of judgeFields(view, context)) {
      const { key, field } = one;
      if (key === undefined || key.kind === 'map') continue;
      const before = last.get(key.name);
      last.set(key.name, one);
      if (before === undefined || before.problem !== undefined || one.problem !== undefined) continue;
      if (writtenValue(before) === writtenValue(one)) continue;
      report({
        range: at(host, field.range),
        message: `\`${displayText(host, before.field.range)}\` has no effect: docker uses \`${displayText(host, field.range)}\`, the last one`,
        help: 'remove the one that is wrong',
        related: [{ range: at(host, before.field.range), message: 'the first one' }],
        // Which of them was meant, only the author knows.
        fix: fixIn(
          host,
          [{ range: fieldRemoval(node, before.field), text: '' }],
          'remove the first one',
          'unsafe',
        ),
      });
    }
  },
};

/** A switch alone is on. */
const writtenValue = ({ field, value, key }: JudgedField): string | undefined =>
  field.value === undefined && key?.kind === 'bool' ? 'true' : value;
