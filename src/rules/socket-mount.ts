import type { Rule } from './rule.js';
import { isEngineSocket } from './socket-readonly-illusion.js';

/** The engine's socket in a container. */
export const socketMount: Rule = {
  code: 'MC903',
  name: 'socket-mount',
  severity: 'info',
  isOptional: true,
  engines: 'any',
  since: '0.1.0',
  summary: "the engine's socket in a container",
  why: 'Anyone with access to the socket can start privileged containers and is root on the host.',
  sources: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface'],
  valid: [
    'docker run -v /run/x.sock:/x.sock alpine',
    'docker run -v $SOCK:/var/run/docker.sock alpine',
    'docker run -v data:/var/run alpine',
  ],
  invalid: [
    'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
    'docker run --mount type=bind,src=/run/docker.sock,dst=/s alpine',
    'podman run -v /run/podman/podman.sock:/s alpine',
  ],
  checkMount({ source }, report) {
    if (source === undefined || !isEngineSocket(source.value)) return;
    report({
      range: source.place,
      message: "the engine's socket: anyone in the container is root on the host",
      help: 'give it only to programs that you trust as much as root',
    });
  },
};
