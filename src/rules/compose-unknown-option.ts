import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { nearest } from '../text/nearest.js';
import { hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { composeFacts } from './compose-facts.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** A mode of Compose's short syntax that Compose ignores. */
export const composeUnknownOption: Rule = {
  code: 'MC122',
  name: 'compose-unknown-option',
  severity: 'warning',
  since: '0.1.0',
  summary: "a mode of Compose's short syntax that Compose does not know, and ignores",
  why: 'Compose drops a mode that it does not know without a word: `./a:/b:readonly` is mounted read-write.',
  sources: ['https://docs.docker.com/reference/compose-file/services/#short-syntax-5'],
  valid: [
    { file: 'compose', command: composeEntry('./a:/b:ro,z') },
    { file: 'compose', command: composeEntry('./a:/b:$' + '{MODE:-ro}') },
    { file: 'compose', command: composeEntry('./a:/b:cached') },
  ],
  invalid: [
    { file: 'compose', command: composeEntry('./a:/b:readonly'), fixed: composeEntry('./a:/b:ro') },
    { file: 'compose', command: composeEntry('./a:/b:RO'), fixed: composeEntry('./a:/b:ro') },
    { file: 'compose', command: composeEntry('./a:/b:noexec') },
  ],
  checkFile({ mounts }, report) {
    for (const mount of mounts) {
      for (const { value, range } of composeFacts(mount)?.node?.options ?? []) {
        if (hasHole(mount.spec, range) || VOLUME_MODE_BY_NAME.has(value)) continue;
        const lower = value.toLowerCase();
        const better = /^read-?_?only$/.test(lower)
          ? 'ro'
          : VOLUME_MODE_BY_NAME.has(lower)
            ? lower
            : value.length > 3
              ? nearest(
                  lower,
                  [...VOLUME_MODE_BY_NAME.keys()].filter((name) => name.length > 3),
                )
              : undefined;
        const edit = better === undefined ? undefined : mount.spec.edit(range, { value: better, holes: [] });
        report({
          range: at(mount.spec, range),
          message: `\`${value}\` is no mode that Compose knows: it is ignored`,
          help: better === undefined ? 'leave it out' : `write \`${better}\``,
          fix: edit && { title: `write \`${better}\``, safety: 'unsafe', edits: [edit] },
        });
      }
    }
  },
};
