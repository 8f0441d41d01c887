import { cleanPath } from '../go/path.js';
import type { Range } from '../text/range.js';
import { composeFacts } from './compose-facts.js';
import type { Rule } from './rule.js';

const YAML = (...volumes: string[]) =>
  `services:\n  a:\n    volumes:\n${volumes.map((one) => `      - ${one}\n`).join('')}`;

/** Two mounts of a service on one target. */
export const composeDuplicateTarget: Rule = {
  code: 'MC124',
  name: 'compose-duplicate-target',
  severity: 'warning',
  since: '0.1.0',
  summary: 'two mounts of a Compose service on one target',
  why: 'Compose keeps the last one and drops the other without a word.',
  sources: ['https://docs.docker.com/reference/compose-file/merge/#unique-resources'],
  valid: [
    { file: 'compose', command: YAML('./a:/x', './b:/y') },
    { file: 'compose', command: YAML('./a:/x', './b:/x/y') },
    { file: 'compose', command: YAML('./a:$' + '{X}', './b:/x') },
  ],
  invalid: [
    { file: 'compose', command: YAML('./a:/x', './b:/x') },
    { file: 'compose', command: YAML('./a:/x', './b:/x/') },
    { file: 'compose', command: YAML('./a:/x', '{type: bind, source: ./b, target: /x}') },
  ],
  checkFile({ mounts }, report) {
    const taken = new Map<string, Range>();
    for (const mount of mounts) {
      const target = composeFacts(mount)?.target;
      if (target === undefined || !target.text.startsWith('/') || mount.group.startsWith('x-')) continue;
      const key = `${mount.group} ${cleanPath(target.text)}`;
      const first = taken.get(key);
      taken.set(key, target.range);
      if (first === undefined) continue;
      report({
        range: target.range,
        message: `a second mount on \`${target.text}\`: Compose drops the first without a word`,
        help: 'remove one of them',
        related: [{ range: first, message: 'the first one' }],
      });
    }
  },
};
