import { bindSourceOf } from './bind-source.js';
import { looksLikeFile } from './made-paths.js';
import type { Rule } from './rule.js';

/** A file where a directory is mounted, or the other way round. */
export const fileWhereDirectory: Rule = {
  code: 'MC309',
  name: 'file-where-directory',
  severity: 'warning',
  engines: ['docker', 'podman'],
  since: '0.1.0',
  summary:
    'a file mounted at a path that is written as a directory, or a directory mounted at the path of a file',
  why:
    'A mount does not put a file into a directory: `-v ./app.json:/etc/app/` makes `/etc/app` itself the file, and fails where the image ' +
    'has a directory there. A directory at the path of a file is often left over from when docker created a directory for a missing file. ' +
    'Looked at only when the engine runs on this machine: in `mountc docker`, and with `mountc lint --check-paths`.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/'],
  valid: [
    'docker run -v ./app.json:/etc/app/ alpine',
    { command: 'docker run -v ./app.json:/etc/app.json alpine', host: HOST() },
    { command: 'docker run -v ./app.json:/etc/app alpine', host: HOST() },
    { command: 'docker run -v ./conf:/etc/nginx/conf.d/ alpine', host: HOST() },
    { command: 'docker run -v ./conf:/srv/example.com alpine', host: HOST() },
    { command: 'docker run -v ./conf:/usr/src/next.js alpine', host: HOST() },
    { command: 'docker run -v ./site.json:/srv/site.json alpine', host: HOST() },
    { command: 'docker run -v ./conf:/app/.venv -v $X:/etc/app.json alpine', host: HOST() },
  ],
  invalid: [
    { command: 'docker run -v ./app.json:/etc/app/ alpine', host: HOST() },
    { command: 'docker run --mount type=bind,src=/project/app.json,dst=/etc/app/ alpine', host: HOST() },
    { command: 'docker run -v ./conf:/etc/app.json alpine', host: HOST() },
    { command: 'docker run -v ./conf:/etc/nginx/nginx.conf:ro nginx', host: HOST() },
    { command: 'docker run -v /srv/docker.sock:/var/run/docker.sock alpine', host: HOST() },
  ],
  checkMount(view, report, context) {
    const host = context.command?.host;
    if (host?.engineIsHere !== true) return;
    const source = bindSourceOf(view, context);
    const target = view.target?.text;
    if (source === undefined || target === undefined) return;
    const state = host.pathState(source.path);
    if (state === 'file' && target.endsWith('/'))
      report({
        range: source.place,
        message: `\`${source.shown}\` is a file: it replaces \`${source.target}\` itself, and is not put into it`,
        help: `name the file: \`${target}${source.path.slice(source.path.lastIndexOf('/') + 1)}\``,
      });
    const isSocket = target.endsWith('.sock');
    if (state === 'directory' && (isSocket || (looksLikeFile(target) && !looksLikeFile(source.path))))
      report({
        range: source.place,
        message: `\`${source.shown}\` is a directory: \`${target}\` will be a directory in the container, not a ${isSocket ? 'socket' : 'file'}`,
        help: isSocket
          ? 'remove it if it is empty, and start the program that creates the socket'
          : 'add the name of the file',
      });
  },
};

function HOST() {
  return {
    engineIsHere: true,
    paths: {
      '/project/app.json': 'file',
      '/project/conf': 'directory',
      '/srv/docker.sock': 'directory',
      '/project/site.json': 'directory',
    },
  } as const;
}
