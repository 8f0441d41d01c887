import { bindSourceOf, isWithin } from './bind-source.js';
import type { Rule } from './rule.js';

/** A bind mount of a path that docker from a snap does not see. */
export const snapPath: Rule = {
  code: 'MC306',
  name: 'snap-path',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a bind mount of a path that docker from a snap package does not see',
  why:
    'A snap has its own file system: of the host it sees only the home directory without hidden files. Elsewhere the ' +
    'engine finds nothing, and creates an empty directory inside the snap.',
  sources: ['https://snapcraft.io/docs/home-interface'],
  valid: [
    'docker run -v /srv/site:/site alpine',
    { command: 'docker run -v /srv/site:/site alpine', host: { home: '/home/me' } },
    { command: 'docker run -v /home/me/site:/site alpine', host: { isSnap: true, home: '/home/me' } },
    {
      command: 'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
      host: { isSnap: true, home: '/home/me' },
    },
    { command: 'docker run -v /media/me/usb:/usb alpine', host: { isSnap: true, home: '/home/me' } },
  ],
  invalid: [
    { command: 'docker run -v /srv/site:/site alpine', host: { isSnap: true, home: '/home/me' } },
    { command: 'docker run -v /tmp/x:/x alpine', host: { isSnap: true, home: '/home/me' } },
    { command: 'docker run -v /home/me/.ssh:/root/.ssh:ro alpine', host: { isSnap: true, home: '/home/me' } },
  ],
  checkMount(view, report, context) {
    const host = context.command?.host;
    if (host?.isSnap !== true || host.remote !== undefined) return;
    const source = bindSourceOf(view, context);
    if (source === undefined) return;
    const isHidden = host.home !== undefined && source.path.startsWith(`${host.home}/.`);
    if (!isHidden && !UNSEEN.some((path) => isWithin(source.path, path))) return;
    report({
      range: source.place,
      message: `docker is a snap here, and does not see \`${source.shown}\``,
      help: "keep it in your home directory, outside hidden directories, or install docker from docker's own packages",
    });
  },
};

/** What a snap has of its own, or not at all. */
const UNSEEN = ['/tmp', '/srv', '/opt'];
