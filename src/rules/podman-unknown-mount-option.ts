import { PODMAN_MOUNT_KEYS } from '../dialects/podman/other-engines.js';
import { nearest } from '../text/nearest.js';
import { hasHole } from '../text/spec-text.js';
import { looksLikeVolumeSpec } from './mixed-syntax.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';

/** A key of `--mount` that no podman knows. */
export const podmanUnknownMountOption: Rule = {
  code: 'MC127',
  name: 'podman-unknown-mount-option',
  severity: 'error',
  engines: ['podman'],
  since: '0.1.0',
  summary: "a key of podman's --mount that podman does not know",
  why:
    'podman refuses a key that it does not know: `RO: invalid mount option`. Its keys are not quite those of docker: it has ' +
    '`relabel=`, `U`, `idmap` and the words of `-v` such as `Z`, and capital letters count.',
  sources: [
    'https://docs.podman.io/en/latest/markdown/podman-run.1.html#mount-type-type-type-specific-option',
  ],
  valid: [
    'podman run --mount type=bind,src=/a,dst=/b,relabel=shared,U=true,Z,ro=true alpine',
    'podman run --mount type=tmpfs,tmpfs-size=512M,destination=/b,notmpcopyup alpine',
    'podman run --mount type=image,source=fedora,destination=/b,rw=true alpine',
    'podman run --mount type=devpts,destination=/dev/pts,uid=0,max=3 alpine',
    'podman run --mount type=glob,src=/usr/lib/libfoo*,destination=/usr/lib,ro=true alpine',
    'podman run --mount type=bind,src=/a,dst=/b,$EXTRA alpine',
    'docker run --mount type=bind,src=/a,dst=/b,readOnly alpine',
  ],
  invalid: [
    {
      command: 'podman run --mount type=bind,src=/a,dst=/b,readOnly alpine',
      fixed: 'podman run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    {
      command: 'podman run --mount type=bind,soruce=/a,dst=/b alpine',
      fixed: 'podman run --mount type=bind,source=/a,dst=/b alpine',
    },
    {
      command: 'podman --log-level debug run --uidmap 0:1:1 --mount type=bind,src=/a,Target=/b alpine',
      fixed: 'podman --log-level debug run --uidmap 0:1:1 --mount type=bind,src=/a,target=/b alpine',
    },
    'podman create --mount type=bind,src=/a,dst=/b,bind-create-src alpine',
  ],
  checkFlag(site, report) {
    const { node, text } = site;
    if (node.kind !== 'mount' || node.problem !== undefined || looksLikeVolumeSpec(site)) return;
    for (const { key } of node.fields) {
      if (hasHole(text, key.range) || key.value.trim() !== key.value || key.value === '') continue;
      if (PODMAN_MOUNT_KEYS.has(key.value)) continue;
      const lower = key.value.toLowerCase();
      const better = PODMAN_MOUNT_KEYS.has(lower) ? lower : nearest(key.value, PODMAN_MOUNT_KEYS);
      report({
        range: at(text, key.range),
        message: `\`${shown(site, key.range)}\` is no option of podman's \`--mount\``,
        help: better === undefined ? 'podman-run(1) has the list' : `did you mean \`${better}\`?`,
        fix:
          better === undefined
            ? undefined
            : replaceIn(site, [{ range: key.range, text: better }], `write \`${better}\``),
      });
    }
  },
};
