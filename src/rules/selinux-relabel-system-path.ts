import { cleanPath } from '../go/path.js';
import { isHome, soleHole } from '../mount/paths.js';
import { showPart, type ViewPart } from '../mount/view.js';
import type { Rule } from './rule.js';
import { modesOf } from './volume-modes-of.js';

/** `z` or `Z` on a directory of the system, or on the home directory. */
export const selinuxRelabelSystemPath: Rule = {
  code: 'MC302',
  name: 'selinux-relabel-system-path',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'z or Z on a system or home directory: everything below it is relabelled',
  why:
    'On a host with SELinux `z` and `Z` relabel every file below the source, permanently. On `/etc`, `/usr` or a home ' +
    'directory that can keep the host from starting, and people from logging in.',
  sources: [
    'https://github.com/moby/moby/issues/30934',
    'https://docs.docker.com/engine/storage/bind-mounts/#configure-the-selinux-label',
  ],
  valid: [
    'docker run -v /srv/app:/app:Z alpine',
    'docker run -v /etc/app:/etc/app:Z alpine',
    'docker run -v $HOME/src:/src:z alpine',
    'docker run -v /etc:/etc:ro alpine',
  ],
  invalid: [
    'docker run -v /etc:/host/etc:Z alpine',
    'docker run -v $HOME:/home/me:z alpine',
    'docker run -v /:/host:ro,z alpine',
    'docker run -v ~:/home/me:Z alpine',
    'docker run -v "$PWD":/src:Z alpine',
  ],
  checkMount(view, report) {
    const { source } = view;
    const label = modesOf(view).find(({ mode }) => mode?.group === 'label');
    if (source === undefined || label === undefined) return;
    const kind = kindOf(source);
    if (kind === undefined) return;
    report({
      range: label.part.place,
      message:
        kind === 'directory'
          ? `\`${label.part.value}\` relabels everything below the working directory permanently`
          : `\`${label.part.value}\` relabels everything below \`${showPart(source)}\` permanently: the host may not work afterwards`,
      help:
        kind === 'directory'
          ? 'this is fine in a project directory, not in the home directory'
          : 'mount only the directory that is needed, or use `--security-opt label=disable`',
      severity: kind === 'directory' ? 'info' : undefined,
    });
  },
};

const SYSTEM = new Set(
  '/ /bin /boot /dev /etc /home /lib /lib64 /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib /usr/local /var /var/lib /var/run'.split(
    ' ',
  ),
);

function kindOf({ host, text, range }: ViewPart): 'system' | 'directory' | undefined {
  if (text !== undefined)
    return SYSTEM.has(cleanPath(text)) || /^\/home\/[^/]+\/*$/.test(text)
      ? 'system'
      : text === '.'
        ? 'directory'
        : undefined;
  const hole = soleHole(host, range);
  if (hole === undefined) return undefined;
  if (isHome(hole)) return 'system';
  return /^(?:\$\{?PWD\}?|\$\(pwd\)|`pwd`|\$\(CURDIR\))$/.test(hole.text) ? 'directory' : undefined;
}
