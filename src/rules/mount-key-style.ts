import { judgeFields } from '../dialects/docker/mount-fields.js';
import { displayText } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A short or old name of a `--mount` key. */
export const mountKeyStyle: Rule = {
  code: 'MC904',
  name: 'mount-key-style',
  severity: 'info',
  isOptional: true,
  since: '0.1.0',
  summary: "src, dst and destination where docker's documentation writes source and target",
  why: 'The names mean the same. One of them throughout is easier to read and to search for.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---mount'],
  valid: [
    'docker run --mount type=bind,source=/a,target=/b alpine',
    'docker run --mount type=tmpfs,target=/b alpine',
    'docker run --mount type=bind,source=/a,target=/b,ro alpine',
    'docker run --mount type=bind,source=/a,target=/b,bogus=1 alpine',
    'docker run -v src:/dst alpine',
  ],
  invalid: [
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,source=/a,target=/b alpine',
    },
    {
      command: 'docker run --mount source=data,destination=/b alpine',
      fixed: 'docker run --mount source=data,target=/b alpine',
    },
    {
      command: 'docker run --mount type=tmpfs,DST=/b alpine',
      fixed: 'docker run --mount type=tmpfs,target=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    for (const { field, key } of judgeFields(view, context)) {
      if (key === undefined || (key.name !== 'source' && key.name !== 'target')) continue;
      if (field.key.value === key.name) continue;
      report({
        range: at(view.host, field.key.range),
        message: `\`${displayText(view.host, field.key.range)}\` is another name for \`${key.name}\``,
        help: `write \`${key.name}\``,
        fix: fixIn(view.host, [{ range: field.key.range, text: key.name }], `write \`${key.name}\``),
      });
    }
  },
};
