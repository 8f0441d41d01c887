import { displayText } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { composeMounts } from './compose-facts.js';
import { factsOf } from './facts.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';
import { modesOf } from './volume-modes-of.js';

/** `nocopy` on a bind mount. */
export const nocopyOnBind: Rule = {
  code: 'MC204',
  name: 'nocopy-on-bind',
  severity: 'error',
  since: '0.1.0',
  summary: 'nocopy on a bind mount',
  why:
    'Only volumes are filled from the image, so `nocopy` is for them alone; on a bind the engine says `field VolumeOptions ' +
    'must not be specified`.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/validate.go'],
  valid: [
    { file: 'compose', command: composeEntry('data:/b:nocopy') },
    'docker run -v data:/b:nocopy alpine',
    'docker run -v $SRC:/b:nocopy alpine',
    'docker run --mount type=volume,src=data,dst=/b,volume-nocopy alpine',
  ],
  invalid: [
    { file: 'compose', command: composeEntry('./a:/b:nocopy') },
    { command: 'docker run -v /a:/b:nocopy alpine', fixed: 'docker run -v /a:/b alpine' },
    { command: 'docker run -v /a:/b:ro,nocopy alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    { command: 'docker run -v "$PWD":/b:nocopy,ro alpine', fixed: 'docker run -v "$PWD":/b:ro alpine' },
    { command: 'docker run -v ./a:/b:nocopy alpine', fixed: 'docker run -v ./a:/b alpine' },
  ],
  checkMount(site, report, { dialect }) {
    if (dialect.engineOs === 'windows' || factsOf(site, dialect)?.type !== 'bind') return;
    const source = site.node.kind === 'volume' ? site.node.source : undefined;
    for (const { part, removal } of modesOf(site)) {
      if (part.value !== 'nocopy') continue;
      report({
        range: at(site.text, part.range),
        message: `\`nocopy\` is for volumes, and \`${shown(site, source?.range)}\` is a path: the engine refuses it`,
        help: 'leave it out: nothing is copied into a bind mount',
        fix: replaceIn(site, [{ range: removal, text: '' }], 'remove `nocopy`'),
      });
    }
  },
  checkFile(file, report) {
    if (file.dialect.engineOs === 'windows') return;
    for (const { mount, facts } of composeMounts(file)) {
      if (facts.type !== 'bind') continue;
      for (const { value, range } of facts.node?.options ?? []) {
        if (value !== 'nocopy') continue;
        report({
          range: at(mount.spec, range),
          message: `\`nocopy\` is for volumes, and \`${displayText(mount.spec, facts.node!.source!.range)}\` is a path: the engine refuses it`,
          help: 'leave it out: nothing is copied into a bind mount',
        });
      }
    }
  },
};
