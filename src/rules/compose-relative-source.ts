import { composeEntry } from './compose-example.js';
import { composeFacts, isPath } from './compose-facts.js';
import { isPlaceholderPath } from './placeholder-path.js';
import type { Rule } from './rule.js';

/** A relative source of Compose's short syntax without a dot in front. */
export const composeRelativeSource: Rule = {
  code: 'MC125',
  name: 'compose-relative-source',
  severity: 'error',
  since: '0.1.0',
  summary: 'a relative path in Compose without `./`, which is the name of a volume',
  why: 'What starts with none of `.`, `/` and `~` is the name of a volume, and a path is no legal one.',
  sources: ['https://docs.docker.com/reference/compose-file/services/#short-syntax-5'],
  valid: [
    { file: 'compose', command: composeEntry('./data/x:/x') },
    { file: 'compose', command: composeEntry('~/data/x:/x') },
    { file: 'compose', command: composeEntry('$' + '{DIR}/x:/x') },
  ],
  invalid: [
    { file: 'compose', command: composeEntry('data/x:/x'), fixed: composeEntry('./data/x:/x') },
    {
      file: 'compose',
      command: composeEntry('"conf/a.conf:/a.conf:ro"'),
      fixed: composeEntry('"./conf/a.conf:/a.conf:ro"'),
    },
    { file: 'compose', command: composeEntry('data/:/x'), fixed: composeEntry('./data/:/x') },
    { file: 'compose', command: composeEntry('YOUR_DIR/a:/x'), fixed: composeEntry('./YOUR_DIR/a:/x') },
  ],
  checkFile({ mounts }, report) {
    for (const mount of mounts) {
      const facts = composeFacts(mount);
      const source = facts?.source;
      if (facts?.node?.source === undefined || source === undefined) continue;
      if (isPath(source.text) || !source.text.includes('/')) continue;
      const isPlaceholder = isPlaceholderPath(source.text);
      const { start } = facts.node.source.range;
      const edit = mount.spec.edit({ start, end: start }, { value: './', holes: [] });
      report({
        range: source.range,
        message: `\`${source.text}\` is the name of a volume here, and not a legal one`,
        help: `write \`./${source.text}\``,
        severity: isPlaceholder ? 'info' : undefined,
        fix: edit && { title: 'put `./` in front', safety: isPlaceholder ? 'unsafe' : 'safe', edits: [edit] },
      });
    }
  },
};
