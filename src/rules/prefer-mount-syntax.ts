import { at } from './places.js';
import type { Rule } from './rule.js';

/** `-v` where `--mount` would say the same in words. */
export const preferMountSyntax: Rule = {
  code: 'MC906',
  name: 'prefer-mount-syntax',
  severity: 'info',
  isOptional: true,
  since: '0.1.0',
  summary: '-v with a source, where --mount would say the same in words',
  why:
    '`--mount` names what it mounts and where, and refuses a source that is missing instead of making an empty directory. ' +
    '`mountc convert --to mount` rewrites a command and says what the difference is.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#syntax'],
  valid: [
    'docker run --mount type=bind,source=/a,target=/b alpine',
    'docker run -v /data alpine',
    'docker run -v /a:/b:z alpine',
    'docker run --tmpfs /run alpine',
  ],
  invalid: [
    'docker run -v /a:/b alpine',
    'docker run -v data:/b:ro alpine',
    'docker run --volume="$PWD":/src alpine',
  ],
  checkMount({ node, text }, report) {
    if (node.kind !== 'volume' || node.source === undefined || node.problem !== undefined) return;
    // There is no key that relabels for SELinux.
    if (node.options.some(({ value }) => /^[zZ]$/.test(value))) return;
    report({
      range: at(text),
      message: '`-v` where `--mount` would name source and target',
      help: 'rewrite it with `mountc convert --to mount`',
    });
  },
};
