import type { Rule } from './rule.js';

/** `-v` where `--mount` would say the same in words. */
export const preferMountSyntax: Rule = {
  code: 'MC906',
  name: 'prefer-mount-syntax',
  severity: 'info',
  isOptional: true,
  since: '0.1.0',
  summary: '-v with a source, where --mount would name its parts',
  why:
    '`--mount` names the source and the target, and refuses a missing source instead of creating an empty directory. ' +
    '`mountc convert --to mount` rewrites a command and reports the difference; where ' +
    'there is none, which needs `bind-create-src` of docker 29.3 for a bind, it is the fix.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#syntax'],
  valid: [
    'docker run --mount type=bind,source=/a,target=/b alpine',
    'docker run -v /data alpine',
    'docker run -v /a:/b:z alpine',
    'docker run --tmpfs /run alpine',
  ],
  invalid: [
    {
      command: 'docker run -v /a:/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,bind-create-src alpine',
    },
    {
      command: 'docker run -v data:/b:ro alpine',
      docker: '24.0',
      fixed: 'docker run --mount type=volume,src=data,dst=/b,readonly alpine',
    },
    { command: 'docker run --volume="$PWD":/src alpine', docker: '24.0' },
    'docker run -v "$SOURCE":/b alpine',
  ],
  checkMount({ node, place }, report, { command, site }) {
    // Nobody wrote a flag where a file has a list of volumes, and no other could be written.
    if (site === undefined || command?.source.words[site.use.word + 1]?.map.segments.length === 0) return;
    if (node?.kind !== 'volume' || node.source === undefined || node.problem !== undefined) return;
    // There is no key that relabels for SELinux.
    if (node.options.some(({ value }) => /^[zZ]$/.test(value))) return;
    report({
      range: place,
      message: '`-v` where `--mount` would name source and target',
      help: 'rewrite it with `mountc convert --to mount`',
    });
  },
};
