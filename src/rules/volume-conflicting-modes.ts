import { fixIn } from './places.js';
import type { Rule } from './rule.js';
import { type ModeWord, modesOf } from './volume-modes-of.js';

/** Two modes of `-v` that exclude each other, or one twice. */
export const volumeConflictingModes: Rule = {
  code: 'MC113',
  name: 'volume-conflicting-modes',
  severity: 'error',
  since: '0.1.0',
  summary: 'two modes of -v that conflict',
  why:
    'The engine accepts at most one of `ro` and `rw`, of `z` and `Z`, of the propagations and of the consistencies, and ' +
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
  checkMount(view, report, { dialect }) {
    if (dialect.engineOs === 'windows') return;
    const modes = modesOf(view);
    const first = new Map<string, ModeWord>();
    const conflicts: { readonly word: ModeWord; readonly before: ModeWord }[] = [];
    for (const word of modes) {
      if (word.mode === undefined) continue;
      const before = first.get(word.mode.group);
      if (before === undefined) first.set(word.mode.group, word);
      else conflicts.push({ word, before });
    }
    // One fix for all that stand there twice, whatever their number.
    const twice = conflicts.filter(isTwice).map(({ word }) => ({ range: word.removal, text: '' }));
    const fix = twice.length === 0 ? undefined : fixIn(view.host, twice, 'write it once');
    // Nobody needs to hear it more often; a fix must not bring up what was left out.
    const counts = { true: 0, false: 0 };
    for (const one of conflicts) {
      if (++counts[`${isTwice(one)}`] > MOST) continue;
      const { part } = one.word;
      const other = one.before.part;
      report({
        range: part.place,
        message: isTwice(one)
          ? `\`${part.value}\` appears here twice: the engine refuses that`
          : `\`${part.value}\` and \`${other.value}\` conflict: the engine refuses both together`,
        help: isTwice(one) ? 'write it once' : 'keep one of them',
        related: [{ range: other.place, message: 'the first one' }],
        fix: isTwice(one) ? fix : undefined,
      });
    }
  },
};

const isTwice = ({ word, before }: { readonly word: ModeWord; readonly before: ModeWord }): boolean =>
  word.part.value === before.part.value;

/** How many conflicts of each kind are reported of one spec. */
const MOST = 20;
