import { at, replaceIn } from './places.js';
import type { Rule } from './rule.js';
import { modesOf } from './volume-modes-of.js';

/** Two modes of `-v` that exclude each other, or one twice. */
export const volumeConflictingModes: Rule = {
  code: 'MC113',
  name: 'volume-conflicting-modes',
  severity: 'error',
  since: '0.1.0',
  summary: 'two modes of -v that exclude each other',
  why:
    'The engine takes at most one of `ro` and `rw`, of `z` and `Z`, of the propagations and of the consistencies, and ' +
    'none twice: `invalid mode: ro,rw`.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/linux_parser.go'],
  valid: [
    'docker run -v /a:/b:ro,Z,rshared,cached alpine',
    'docker run -v /a:/b:rw,$MODE alpine',
    'docker run -v data:/b:ro,nocopy alpine',
  ],
  invalid: [
    'docker run -v /a:/b:ro,rw alpine',
    'docker run -v /a:/b:z,Z alpine',
    { command: 'docker run -v /a:/b:ro,ro alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    'docker run -v /a:/b:rslave,shared alpine',
  ],
  checkMount(site, report, { dialect }) {
    if (dialect.engineOs === 'windows') return;
    const modes = modesOf(site);
    let count = 0;
    for (const [index, { part, mode, removal }] of modes.entries()) {
      const before = mode && modes.slice(0, index).find((other) => other.mode?.group === mode.group);
      if (before === undefined) continue;
      // Nobody needs to hear it more often, and each fix carries the whole word.
      if (++count > MOST) break;
      const isTwice = before.part.value === part.value;
      report({
        range: at(site.text, part.range),
        message: isTwice
          ? `\`${part.value}\` stands here twice: the engine refuses that`
          : `\`${part.value}\` and \`${before.part.value}\` exclude each other: the engine refuses both together`,
        help: isTwice ? 'write it once' : 'keep one of them',
        related: [{ range: at(site.text, before.part.range), message: 'the first one' }],
        fix: isTwice ? replaceIn(site, [{ range: removal, text: '' }], 'write it once') : undefined,
      });
    }
  },
};

/** How many conflicts of one spec are reported. */
const MOST = 20;
