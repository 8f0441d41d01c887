import { composeEntry } from './compose-example.js';
import { composeMounts, knownField } from './compose-facts.js';
import { factsOf } from './facts.js';
import { looksLikeVolumeSpec } from './mixed-syntax.js';
import { at } from './places.js';
import type { Rule } from './rule.js';
import { findSplit } from './split-value.js';

/** `--mount` without a target. */
export const mountMissingTarget: Rule = {
  code: 'MC105',
  name: 'mount-missing-target',
  severity: 'error',
  since: '0.1.0',
  summary: '--mount without a target',
  why:
    'Every mount needs a place in the container. Clients up to 29.2.0 say `target is required`; with newer ones the ' +
    'engine says `field Target must not be empty`.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#syntax'],
  valid: [
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    {
      file: 'compose',
      command:
        'x-a: &a {type: bind, source: ./a}\nservices:\n  b:\n    volumes:\n      - {<<: *a, target: /b}\n',
    },
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount type=volume,destination=/b alpine',
    'docker run --mount type=bind,src=/a,$TARGET alpine',
    'docker run --mount type=bind,src=/a,target= alpine',
    'docker run --mount "$MOUNT" alpine',
    'docker run --mount "type=bind,src=$DIR_AND_TARGET" alpine',
    { file: 'makefile', command: 'a:\n\tdocker run --mount type=bind$(COMMA)src=/a$(COMMA)dst=/b alpine\n' },
  ],
  invalid: [
    { file: 'compose', command: composeEntry('{type: bind, source: ./a}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: ""}') },
    'docker run --mount type=bind,src=/a alpine',
    'docker run --mount type=tmpfs alpine',
    'docker run --mount "type=bind,src=$PWD,readonly" alpine',
  ],
  checkMount(site, report, command) {
    const { dialect } = command;
    if (site.form !== 'mount' || looksLikeVolumeSpec(site) || findSplit(site, command) !== undefined) return;
    const facts = factsOf(site, dialect);
    if (facts === undefined || facts.isPartial || facts.target !== undefined) return;
    // `$COMMA`, or the rest of the mount.
    if (site.text.holes.some((hole) => !hole.absolute && hole.kind !== 'placeholder')) return;
    // A key without its value is reported as that.
    if (
      site.node.kind === 'mount' &&
      site.node.fields.some(({ key }) => /^(?:target|dst|destination)$/i.test(key.value))
    )
      return;
    report({
      range: at(site.text),
      message: 'no target: docker does not know where in the container the mount goes',
      help: 'add `target=/path/in/the/container`',
    });
  },
  checkFile(file, report) {
    for (const { mount, isTemplate } of composeMounts(file)) {
      if (mount.fields === undefined || isTemplate) continue;
      const target = mount.fields.find(({ key }) => key === 'target');
      const isEmpty =
        target !== undefined && (target.type === 'null' || knownField(mount, 'target')?.text === '');
      if (target !== undefined && !isEmpty) continue;
      report({
        range: isEmpty ? target!.keyRange : (mount.fields[0]?.keyRange ?? mount.range),
        message: 'no target: Compose does not know where in the container the mount goes',
        help: 'add `target: /path/in/the/container`',
      });
    }
  },
};
