import { PROPAGATIONS } from '../dialects/docker/tables/volume-modes.js';
import { showPart } from '../mount/view.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A propagation mode on a named volume. */
export const propagationOnVolume: Rule = {
  code: 'MC205',
  name: 'propagation-on-volume',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: 'a propagation mode on a named volume',
  why: 'Propagation is for bind mounts; on a volume the engine reports `field BindOptions must not be specified`.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/validate.go'],
  valid: [
    'docker run -v /a:/b:rshared alpine',
    'docker run -v $SRC:/b:rshared alpine',
    'docker run -v ./a:/b:rslave alpine',
    'docker run -v data:/b:ro alpine',
    { file: 'compose', command: composeEntry('./a:/b:rslave') },
    { file: 'compose', command: composeEntry('$' + '{DATA}:/b:rslave') },
  ],
  invalid: [
    { file: 'compose', command: composeEntry('data:/b:rslave'), fixed: composeEntry('data:/b') },
    { command: 'docker run -v data:/b:rshared alpine', fixed: 'docker run -v data:/b alpine' },
    { command: 'docker run -v data:/b:ro,slave alpine', fixed: 'docker run -v data:/b:ro alpine' },
    { command: 'docker run -v data:/b:rprivate,ro alpine', fixed: 'docker run -v data:/b:ro alpine' },
  ],
  checkMount(view, report, { dialect, meaning }) {
    const { program, source, host, modes } = view;
    if (dialect.engineOs === 'windows' || meaning.type !== 'volume' || source === undefined) return;
    // Compose 2.26 leaves it out with a warning; newer ones hand it over.
    const isIgnored = program === 'compose';
    for (const { part, removal } of modes) {
      if (part.text === undefined || !PROPAGATIONS.has(part.text)) continue;
      report({
        severity: isIgnored ? 'warning' : undefined,
        range: part.place,
        message: `\`${part.text}\` is for bind mounts, and \`${showPart(source)}\` is a volume: ${isIgnored ? 'Compose ignores it, or the engine refuses it' : 'the engine refuses it'}`,
        help: 'remove it, or give a host path as the source',
        fix: fixIn(host, [{ range: removal, text: '' }], `remove \`${part.text}\``),
      });
    }
  },
};
