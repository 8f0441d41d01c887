import { fieldRemoval, judgeFields } from '../dialects/docker/mount-fields.js';
import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { parseGoBool } from '../go/text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** `bind-nonrecursive`, which docker 29 refuses. */
export const removedBindNonrecursive: Rule = {
  code: 'MC401',
  name: 'removed-bind-nonrecursive',
  severity: 'error',
  since: '0.1.0',
  summary: 'bind-nonrecursive, deprecated since 25.0 and refused since 29.0',
  why: '`bind-recursive=disabled` means the same since 25.0; 29.0 refuses the old option.',
  sources: ['https://docs.docker.com/engine/deprecated/'],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disabled alpine',
    { command: 'docker run --mount type=bind,src=/a,dst=/b,bind-nonrecursive alpine', docker: '24.0.9' },
    'docker run -v /a:/b alpine',
  ],
  invalid: [
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-nonrecursive alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disabled alpine',
    },
    {
      command: 'docker run --mount type=bind,bind-nonrecursive=true,src=/a,dst=/b alpine',
      docker: '28.2.2',
      fixed: 'docker run --mount type=bind,bind-recursive=disabled,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-nonrecursive=0 alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    const { node, host } = view;
    const { client } = context.dialect;
    if (node?.kind !== 'mount' || client < REPLACED) return;
    for (const { field, name, value } of judgeFields(view, context)) {
      if (name !== 'bind-nonrecursive') continue;
      const isOn = field.value === undefined ? true : value === undefined ? undefined : parseGoBool(value);
      const range = isOn ? field.range : fieldRemoval(node, field);
      const text = isOn ? 'bind-recursive=disabled' : '';
      const title = isOn ? 'use `bind-recursive=disabled`' : 'remove it';
      report({
        range: at(host, field.range),
        message: `\`bind-nonrecursive\` is ${client >= REMOVED ? 'gone since docker 29: docker refuses it' : 'deprecated, and refused since docker 29'}`,
        help: isOn === false ? 'remove it' : 'use `bind-recursive=disabled`',
        severity: client >= REMOVED ? 'error' : 'warning',
        fix: isOn === undefined || field.quoted ? undefined : fixIn(host, [{ range, text }], title),
      });
    }
  },
};

const REMOVED = MOUNT_KEY_BY_NAME.get('bind-nonrecursive')!.removed!;
const REPLACED = MOUNT_KEY_BY_NAME.get('bind-recursive')!.since!;
