import { bindSourceOf, isWithin } from './bind-source.js';
import type { Rule } from './rule.js';

/** A bind mount of a host path that is not there. */
export const bindSourceMissing: Rule = {
  code: 'MC303',
  name: 'bind-source-missing',
  severity: 'warning',
  engines: ['docker', 'podman'],
  since: '0.1.0',
  summary: 'a bind mount of a host path that does not exist',
  why:
    'With `-v` docker makes an empty directory there, owned by root, when the container starts; where a file was meant, the ' +
    'container gets a directory of that name. With `--mount` docker refuses to make the container, and podman does so in every form. Looked at only when the ' +
    'engine runs on this machine: in `mountc docker`, and with `mountc lint --check-paths`.',
  sources: [
    'https://docs.docker.com/engine/storage/bind-mounts/#differences-between--v-and---mount-behavior',
  ],
  valid: [
    'docker run -v /nowhere:/x alpine',
    { command: 'docker run -v /srv:/x alpine', host: { engineIsHere: true, paths: { '/srv': 'directory' } } },
    { command: 'docker run -v /nowhere:/x alpine', host: { engineIsHere: false } },
    { command: 'docker run -v /nowhere:/x alpine', host: {} },
    { command: 'docker run -v data:/x --tmpfs /t alpine', host: { engineIsHere: true } },
    {
      command: 'docker run -v /run/a:/a -v /proc/b:/b -v /sys/c:/c -v /dev/d:/d -v /host_mnt/e:/e alpine',
      host: { engineIsHere: true },
    },
    { command: 'docker run -v $DIR/x:/x -v "$PWD/y":/y alpine', host: { engineIsHere: true } },
    {
      command: 'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
      host: { engineIsHere: true },
    },
    {
      command: 'docker run --mount type=bind,src=/nowhere,dst=/x,bind-create-src alpine',
      host: { engineIsHere: true },
    },
  ],
  invalid: [
    { command: 'podman run -v /nowhere:/x alpine', host: { engineIsHere: true } },
    { command: 'docker run -v /nowhere:/x alpine', host: { engineIsHere: true } },
    { command: 'docker run -v ./app.json:/etc/app.json alpine', host: { engineIsHere: true } },
    {
      command: 'docker run -v /srv/data:/x alpine',
      host: { engineIsHere: true, paths: { '/srv': 'directory' } },
    },
    { command: 'docker run --mount type=bind,src=/nowhere,dst=/x alpine', host: { engineIsHere: true } },
  ],
  checkMount(view, report, context) {
    const host = context.command?.host;
    if (host?.engineIsHere !== true) return;
    const source = bindSourceOf(view, context);
    if (source === undefined || MADE_ELSEWHERE.some((path) => isWithin(source.path, path))) return;
    if (host.pathState(source.path) !== 'missing') return;
    const typed = `\`${source.shown}\``;
    const path = source.isRelative ? `${typed} (${source.path})` : typed;
    const range = source.place;
    if (!source.isMade) {
      report({
        range,
        severity: 'error',
        message: `${path} does not exist: ${view.program} refuses the mount`,
        help: `make it first (\`mkdir -p\`)${view.program === 'docker' && context.dialect.createsSource ? ', or say bind-create-src' : ''}`,
      });
      return;
    }
    if (view.form === 'mount') return;
    const name = fileName(source.path, source.target);
    report({
      range,
      message:
        name === undefined
          ? `${path} does not exist: docker makes an empty directory there, owned by root`
          : `${path} does not exist: docker makes an empty *directory* named \`${name}\` there, owned by root`,
      help:
        name === undefined
          ? 'mend the path, or make the directory first (`mkdir -p`)'
          : 'mend the path, or make the file first: docker never makes one',
    });
  },
};

// Sockets and file systems that come and go with services; a Desktop's machine has them where the host has not.
const MADE_ELSEWHERE = ['/var/run', '/run', '/proc', '/sys', '/dev', '/host_mnt'];
const EXTENSION = /[^/.]\.([A-Za-z][A-Za-z0-9]{0,5})$/;

/** The name of a path that is surely meant to be a file: both ends have the same extension, or the same name. */
function fileName(source: string, target: string): string | undefined {
  const extension = EXTENSION.exec(source)?.[1];
  return extension !== undefined && EXTENSION.exec(target)?.[1] === extension
    ? source.slice(source.lastIndexOf('/') + 1)
    : undefined;
}
