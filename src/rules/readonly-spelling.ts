import { judgeFields } from '../dialects/docker/mount-fields.js';
import { displayText } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** Another spelling of `readonly` in `--mount`. */
export const readonlySpelling: Rule = {
  code: 'MC905',
  name: 'readonly-spelling',
  severity: 'info',
  isOptional: true,
  since: '0.1.0',
  summary: 'ro, readOnly or readonly=true in --mount where readonly would do',
  why: 'They mean the same; `readonly` alone is how docker documents it.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---mount'],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    'docker run --mount type=bind,src=/a,dst=/b,readonly=false alpine',
    'docker run -v /a:/b:ro alpine',
    'docker run --mount type=volume,src=a1,dst=/b,volume-nocopy=true alpine',
  ],
  invalid: [
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,ro alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    {
      command: 'docker run --mount type=bind,readOnly,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,readonly,src=/a,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    for (const { field, key, value } of judgeFields(view, context)) {
      const isTrue = field.value === undefined || value === 'true' || value === '1';
      const { start } = field.key.range;
      const end = field.value?.range.end ?? field.key.range.end;
      if (key?.name !== 'readonly' || !isTrue || view.host.value.slice(start, end) === 'readonly') continue;
      report({
        range: at(view.host, field.range),
        message: `\`${displayText(view.host, field.range)}\` is another spelling of \`readonly\``,
        help: 'write `readonly`',
        fix: fixIn(view.host, [{ range: { start, end }, text: 'readonly' }], 'write `readonly`'),
      });
    }
  },
};
