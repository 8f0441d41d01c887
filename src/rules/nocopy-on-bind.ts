import { showPart } from '../mount/view.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** `nocopy` on a bind mount. */
export const nocopyOnBind: Rule = {
  code: 'MC204',
  name: 'nocopy-on-bind',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: 'nocopy on a bind mount',
  why:
    'Only volumes are filled from the image, so `nocopy` is only for them; on a bind the engine reports `field VolumeOptions ' +
    'must not be specified`.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/validate.go'],
  valid: [
    { file: 'compose', command: composeEntry('data:/b:nocopy') },
    { file: 'compose', command: composeEntry('./a:/b:nocopy\n      - ./c:/b') },
    'docker run -v data:/b:nocopy alpine',
    'docker run -v $SRC:/b:nocopy alpine',
    'docker run --mount type=volume,src=data,dst=/b,volume-nocopy alpine',
  ],
  invalid: [
    { file: 'compose', command: composeEntry('./a:/b:nocopy'), fixed: composeEntry('./a:/b') },
    { command: 'docker run -v /a:/b:nocopy alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v /a:/b:ro,nocopy alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    { command: 'docker run -v "$PWD":/b:nocopy,ro alpine', fixed: 'docker run -v "$PWD":/b:ro alpine' },
    { command: 'docker run -v ./a:/b:nocopy alpine', fixed: 'docker run -v ./a:/b alpine' },
  ],
  checkMount(view, report, { dialect, meaning }) {
    if (dialect.engineOs === 'windows' || meaning.type !== 'bind') return;
    for (const { part, removal } of view.modes) {
      if (part.value !== 'nocopy') continue;
      report({
        range: part.place,
        message: `\`nocopy\` is for volumes, and \`${showPart(view.source!)}\` is a path: the engine refuses it`,
        help: 'remove it: nothing is copied into a bind mount',
        fix: fixIn(view.host, [{ range: removal, text: '' }], 'remove `nocopy`'),
      });
    }
  },
};
