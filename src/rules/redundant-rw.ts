import { fixIn } from './places.js';
import type { Rule } from './rule.js';
import { modesOf } from './volume-modes-of.js';

/** `rw`, which is so anyway. */
export const redundantRw: Rule = {
  code: 'MC902',
  name: 'redundant-rw',
  severity: 'info',
  engines: 'any',
  since: '0.1.0',
  summary: 'rw, which is the default of a mount',
  why: 'A mount is read-write unless it has `ro`.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---volume'],
  valid: [
    'docker run -v /a:/b alpine',
    'docker run -v /a:/b:ro alpine',
    'docker run -v /a:/rw alpine',
    'docker run -v /a:/b:rw,ro alpine',
  ],
  invalid: [
    { command: 'docker run -v /a:/b:rw alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v /a:/b:rw,z alpine', fixed: 'docker run -v /a:/b:z alpine' },
    { command: 'docker run -v "$A":/b:rslave,rw alpine', fixed: 'docker run -v "$A":/b:rslave alpine' },
  ],
  checkMount(view, report) {
    const modes = modesOf(view);
    if (modes.some(({ part }) => part.value === 'ro')) return;
    const word = modes.find(({ part }) => part.value === 'rw');
    if (word === undefined) return;
    report({
      range: word.part.place,
      message: 'a mount is read-write without `rw`',
      help: 'remove it',
      fix: fixIn(view.host, [{ range: word.removal, text: '' }], 'remove `rw`'),
    });
  },
};
