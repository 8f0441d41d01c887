import { showPart } from '../mount/view.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** A read-only mount of the engine's socket. */
export const socketReadonlyIllusion: Rule = {
  code: 'MC213',
  name: 'socket-readonly-illusion',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: "a read-only mount of the engine's socket, which limits nothing",
  why:
    'Read-only keeps the container from deleting the socket file. It can still connect and send any request, such as one ' +
    'that starts a privileged container: anyone with access to the socket is root on the host.',
  sources: ['https://github.com/traefik/traefik/pull/12656'],
  valid: [
    'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
    'docker run -v /etc/x.sock:/x.sock:ro alpine',
    'docker run -v $SOCK:/var/run/docker.sock:ro alpine',
  ],
  invalid: [
    'docker run -v /var/run/docker.sock:/var/run/docker.sock:ro alpine',
    'docker run --mount type=bind,src=/run/docker.sock,dst=/s,readonly alpine',
    'docker run -v $XDG_RUNTIME_DIR/docker.sock:/s:ro alpine',
    'podman run -v /run/podman/podman.sock:/s:ro alpine',
  ],
  checkMount({ host, place, source, node }, report, { meaning }) {
    if (meaning.isReadonly !== true || source === undefined || !isEngineSocket(source.value)) return;
    const mayDo = ROOTLESS.test(showPart(source)) ? 'all that its user may do' : 'root on the host';
    report({
      range: node === undefined ? place : at(host),
      message: `read-only does not limit the requests that can be sent through the socket: access to it is still ${mayDo}`,
      help: 'use a filtering proxy for the socket instead, or remove the misleading option',
    });
  },
};

/** The folder of a user's own engine, which is not root. */
const ROOTLESS = /^\/run\/user\/|XDG_RUNTIME_DIR/;

/** Whether the path is that of a container engine's socket. */
export function isEngineSocket(path: string): boolean {
  return (
    path.endsWith('.sock') && /(?:^|\/)(?:docker|podman\/podman|containerd\/containerd)\.sock$/.test(path)
  );
}
