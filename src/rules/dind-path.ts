import { bindSourceOf, isWithin } from './bind-source.js';
import type { Rule } from './rule.js';

/** A bind mount of a path of this container, for the engine outside of it. */
export const dindPath: Rule = {
  code: 'MC307',
  name: 'dind-path',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a bind mount of a path in this container, while the engine runs outside of it',
  why:
    "In a container that was given the host's docker socket, docker's host paths are those of the host. A path of this " +
    'container is usually not there, and `-v` then gives an empty directory.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#considerations-and-constraints'],
  valid: [
    'docker run -v ./src:/src alpine',
    { command: 'docker run -v ./src:/src alpine', host: { engineIsHere: true } },
    {
      command: 'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
      host: { isInContainer: true, paths: { '/var/run/docker.sock': 'file' } },
    },
    {
      command: 'docker run -v /run/a:/a -v /lib/modules:/b -v /var/lib/docker:/c -v /boot:/d alpine',
      host: {
        isInContainer: true,
        paths: {
          '/run/a': 'file',
          '/lib/modules': 'directory',
          '/var/lib/docker': 'directory',
          '/boot': 'directory',
        },
      },
    },
    {
      command: 'docker run -v /builds/app:/app alpine',
      host: { isInContainer: true, paths: { '/builds/app': 'directory' }, shared: ['/builds/app'] },
    },
    { command: 'docker run -v /srv/data:/data alpine', host: { isInContainer: true } },
    { command: 'docker run -v data:/data alpine', host: { isInContainer: true } },
  ],
  invalid: [
    {
      command: 'docker run -v ./src:/src alpine',
      host: { isInContainer: true, paths: { '/project/src': 'directory' } },
    },
    {
      command: 'docker run --mount type=bind,src=/project/src,dst=/src alpine',
      host: { isInContainer: true, paths: { '/project/src': 'directory' } },
    },
    {
      command: 'docker run -v /builds/app:/app alpine',
      host: { isInContainer: true, paths: { '/builds/app': 'directory' } },
    },
  ],
  checkMount(view, report, context) {
    const host = context.command?.host;
    if (host?.isInContainer !== true || host.remote !== undefined) return;
    const source = bindSourceOf(view, context);
    // What is not here was meant as a path of the host; what both have is at home on both.
    if (source === undefined || host.pathState(source.path) === 'missing') return;
    if (HOST_PATHS.some((path) => isWithin(source.path, path)) || host.isShared?.(source.path)) return;
    report({
      range: source.place,
      message: `\`${source.shown}\` is a path on the host, not in this container`,
      help: 'use the path on the host, mount it at the same path in both, or use a volume',
    });
  },
};

/** Usually meant as the host's, no matter who names them. */
const HOST_PATHS = [
  '/var/run',
  '/run',
  '/proc',
  '/sys',
  '/dev',
  '/etc',
  '/lib/modules',
  '/var/lib/docker',
  '/usr',
  '/boot',
];
