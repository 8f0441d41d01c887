import { fieldRemoval, type JudgedField, judgeFields } from '../dialects/docker/mount-fields.js';
import { trimmedGo } from '../go/text.js';
import { displayText } from '../text/spec-text.js';
import { looksLikeVolumeSpec } from './mixed-syntax.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';
import { findSplit } from './split-value.js';

/** A field of `--mount` with nothing in it, or a key without the value that it needs. */
export const mountEmptyValue: Rule = {
  code: 'MC104',
  name: 'mount-empty-value',
  severity: 'error',
  since: '0.1.0',
  summary: 'a field of --mount that is empty or lacks its value',
  why:
    'docker expects `key=value` between any two commas. Since 29.2.1 it refuses an empty value; before, an empty source of ' +
    'a volume silently made an anonymous one, and other empty values were dropped.',
  sources: ['https://github.com/docker/cli/blob/v29.2.1/opts/mount.go'],
  valid: [
    'docker run --mount type=bind,src=$SRC,dst=/b alpine',
    'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    'docker run --mount type=volume,dst=/b alpine',
    'docker run --mount "type=bind,src=/a,dst=/b$' + '{ro:+,ro}" alpine',
  ],
  invalid: [
    'docker run --mount type=bind,src=,dst=/b alpine',
    {
      command: 'docker run --mount type=bind,src=/a,,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount ,,type=bind,src=/a,,,dst=/b,, alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b, alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    'docker run --mount type=bind,source,dst=/b alpine',
    { command: 'docker run --mount type=volume,src=,dst=/b alpine', docker: '28.2.2' },
    { command: 'docker run --mount type=bind,src=,dst=/b alpine', docker: '28.2.2' },
    { command: 'docker run --mount type=volume,src=a1,dst=/b,volume-driver= alpine', docker: '28.2.2' },
    "docker run --mount '' alpine",
  ],
  checkMount(view, report, context) {
    const { form, node, host } = view;
    if (form !== 'mount' || node?.kind !== 'mount') return;
    if (node.problem?.kind === 'empty-spec') {
      report({
        range: at(host),
        message: '`--mount` has no value',
        help: 'give at least a target: `type=bind,source=/host/path,target=/path`',
      });
      return;
    }
    if (looksLikeVolumeSpec(view) || findSplit(context) !== undefined) return;
    const fields = judgeFields(view, context);
    const gaps = fields.filter(isEmpty).map(({ field }) => ({ range: fieldRemoval(node, field), text: '' }));
    // One fix for all of them, whatever their number.
    const title = gaps.length > 1 ? 'remove the empty fields' : 'remove the comma';
    const fix = gaps.length === 0 ? undefined : fixIn(host, gaps, title);
    for (const one of fields) {
      const { field, name, key, value, problem } = one;
      if (isEmpty(one)) {
        report({
          range: at(host, fieldRemoval(node, field)),
          message: 'an empty field: docker expects `key=value` between commas',
          help: 'remove the comma',
          fix,
        });
      } else if (key !== undefined && field.value === undefined && key.kind !== 'bool') {
        report({
          range: at(host, field.range),
          message: `\`${displayText(host, field.range)}\` needs a value`,
          help: `write \`${name}=…\``,
        });
      } else if (value !== undefined && trimmedGo(value) === '' && (key !== undefined || name === '')) {
        const { type } = context.meaning;
        const isEngines = key?.name === 'source' && type !== 'volume' && type !== 'tmpfs';
        const isRefused =
          problem !== undefined || isEngines || key?.name === 'target' || key?.name === 'type';
        report({
          range: at(host, field.range),
          message:
            isRefused || key?.name !== 'source'
              ? `\`${displayText(host, field.range)}\` has an empty value`
              : `\`${displayText(host, field.range)}\` has an empty value: docker creates an anonymous volume`,
          help: 'add the value, or remove the whole field',
          severity: isRefused ? 'error' : 'warning',
        });
      }
    }
  },
};

const isEmpty = ({ name, field }: JudgedField): boolean => name === '' && field.value === undefined;
