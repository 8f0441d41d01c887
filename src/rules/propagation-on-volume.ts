import { PROPAGATIONS } from '../dialects/docker/tables/volume-modes.js';
import { hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { composeMounts } from './compose-facts.js';
import { factsOf } from './facts.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';
import { modesOf } from './volume-modes-of.js';

/** A propagation mode on a named volume. */
export const propagationOnVolume: Rule = {
  code: 'MC205',
  name: 'propagation-on-volume',
  severity: 'error',
  since: '0.1.0',
  summary: 'a propagation mode on a named volume',
  why: 'Propagation is for bind mounts; on a volume the engine says `field BindOptions must not be specified`.',
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
    { file: 'compose', command: composeEntry('data:/b:rslave') },
    { command: 'docker run -v data:/b:rshared alpine', fixed: 'docker run -v data:/b alpine' },
    { command: 'docker run -v data:/b:ro,slave alpine', fixed: 'docker run -v data:/b:ro alpine' },
    { command: 'docker run -v data:/b:rprivate,ro alpine', fixed: 'docker run -v data:/b:ro alpine' },
  ],
  checkMount(site, report, { dialect }) {
    if (dialect.engineOs === 'windows' || factsOf(site, dialect)?.type !== 'volume') return;
    const source = site.node.kind === 'volume' ? site.node.source : undefined;
    for (const { part, mode, removal } of modesOf(site)) {
      if (mode?.group !== 'propagation') continue;
      report({
        range: at(site.text, part.range),
        message: `\`${part.value}\` is for bind mounts, and \`${shown(site, source?.range)}\` is a volume: the engine refuses it`,
        help: 'leave it out, or give a host path as the source',
        fix: replaceIn(site, [{ range: removal, text: '' }], `remove \`${part.value}\``),
      });
    }
  },
  checkFile(file, report) {
    if (file.dialect.engineOs === 'windows') return;
    for (const { mount, facts } of composeMounts(file)) {
      if (facts.type !== 'volume' || facts.source === undefined) continue;
      for (const { value, range } of facts.node?.options ?? []) {
        if (!PROPAGATIONS.has(value) || hasHole(mount.spec, range)) continue;
        report({
          // Compose 2.26 leaves it out with a warning; newer ones hand it over.
          severity: 'warning',
          range: at(mount.spec, range),
          message: `\`${value}\` is for bind mounts, and \`${facts.source.text}\` is a volume: Compose ignores it, or the engine refuses it`,
          help: 'leave it out, or give a host path as the source',
        });
      }
    }
  },
};
