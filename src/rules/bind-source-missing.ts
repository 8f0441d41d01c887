import type { PathState } from '../dialects/docker/engine/system.js';
import { meaningOf } from '../dialects/programs.js';
import type { MountView } from '../mount/view.js';
import { viewFileMount } from '../source/file-view.js';
import { bindSourceOf, isWithin } from './bind-source.js';
import { composeEntry } from './compose-example.js';
import { fileName, MADE_ELSEWHERE } from './made-paths.js';
import { fixIn } from './places.js';
import { checkComposeSource, checkContextSource, checkRelativeSource } from './relative-source-missing.js';
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
    'With `-v` docker creates an empty directory there, owned by root, when the container starts; where a file was meant, the ' +
    'container gets a directory with that name. With `--mount` docker refuses to create the container, and podman does so in every form. Looked at only when the ' +
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
    {
      file: 'compose',
      command: composeEntry('./nginx.conf:/etc/nginx/nginx.conf'),
      host: { nowhere: [] },
    },
    {
      file: 'compose',
      command: composeEntry('./data:/var/lib/data'),
      host: { nowhere: [], empty: ['./data'] },
    },
    {
      file: 'compose',
      command: composeEntry('./data:/var/lib/data'),
      host: { nowhere: ['./data'] },
    },
    {
      file: 'compose',
      command: composeEntry('./example.com:/var/www/example.com'),
      host: { nowhere: ['./example.com'] },
    },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./data, target: /data}'),
      host: { nowhere: ['./data'] },
    },
    {
      file: 'compose',
      command: composeEntry('./a.conf:/a.conf'),
      host: { nowhere: ['./a.conf'], remote: 'ssh://server' },
    },
    {
      file: 'dockerfile',
      command: 'FROM a\nRUN --mount=type=bind,source=go.mod,target=go.mod go mod download\n',
      host: { nowhere: [] },
    },
    {
      file: 'dockerfile',
      command: 'FROM a\nRUN --mount=type=bind,from=b,source=go.mod,target=go.mod go mod download\n',
      host: { nowhere: ['go.mod'] },
    },
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('./nginx.conf:/etc/nginx/nginx.conf:ro'),
      host: { nowhere: ['./nginx.conf'] },
    },
    {
      file: 'compose',
      command: composeEntry('./nginx.conf:/etc/nginx/nginx.conf:ro'),
      host: { nowhere: [], empty: ['./nginx.conf'] },
    },
    {
      file: 'compose',
      command: composeEntry('./Caddyfile:/etc/caddy/Caddyfile'),
      host: { nowhere: ['./Caddyfile'] },
    },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./app.yml, target: /etc/app.yml}'),
      host: { nowhere: ['./app.yml'] },
    },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./data, target: /data, bind: {create_host_path: false}}'),
      host: { nowhere: ['./data'] },
    },
    {
      file: 'compose',
      command: composeEntry('/srv/app.yml:/etc/app.yml'),
      host: { engineIsHere: true, nowhere: [] },
    },
    {
      file: 'dockerfile',
      command: 'FROM a\nRUN --mount=type=bind,source=go.mdo,target=go.mod go mod download\n',
      host: { nowhere: ['go.mdo'] },
    },
    { command: 'podman run -v /nowhere:/x alpine', host: { engineIsHere: true } },
    { command: 'docker run -v /nowhere:/x alpine', host: { engineIsHere: true } },
    { command: 'docker run -v ./app.json:/etc/app.json alpine', host: { engineIsHere: true } },
    {
      command: 'docker run -v /srv/scr:/x:ro alpine',
      host: { engineIsHere: true, paths: { '/srv/src': 'directory' }, near: { '/srv/scr': '/srv/src' } },
      fixed: 'docker run -v /srv/src:/x:ro alpine',
    },
    {
      command: 'docker run --mount type=bind,src=./scr,dst=/x alpine',
      host: {
        engineIsHere: true,
        paths: { '/project/src': 'directory' },
        near: { '/project/scr': '/project/src' },
      },
      fixed: 'docker run --mount type=bind,src=./src,dst=/x alpine',
    },
    {
      command: 'docker run -v /app:/x alpine',
      host: { engineIsHere: true, paths: { '/project/app': 'directory' } },
      fixed: 'docker run -v ./app:/x alpine',
    },
    {
      command: 'docker run -v /srv/data:/x alpine',
      host: { engineIsHere: true, paths: { '/srv': 'directory' } },
    },
    { command: 'docker run --mount type=bind,src=/nowhere,dst=/x alpine', host: { engineIsHere: true } },
  ],
  checkMount(view, report, context) {
    const host = context.command?.host;
    if (host !== undefined && context.command?.cwd === undefined)
      checkRelativeSource(view, host, report, context.meaning);
    if (host?.engineIsHere !== true) return;
    const source = bindSourceOf(view, context);
    if (source === undefined || MADE_ELSEWHERE.some((path) => isWithin(source.path, path))) return;
    if (host.pathState(source.path) !== 'missing') return;
    const typed = `\`${source.shown}\``;
    const path = source.isRelative ? `${typed} (${source.path})` : typed;
    const range = source.place;
    const { cwd } = context.command ?? {};
    // `/src` where `./src` was meant.
    const beside = cwd === undefined || source.isRelative ? undefined : `${cwd}${source.path}`;
    const isBeside = beside !== undefined && isThere(host.pathState(beside));
    const near = isBeside ? `.${source.path}` : host.nearPath?.(source.path);
    const fix = near === undefined ? undefined : nearFix(view, near, cwd);
    const meant = near === undefined ? undefined : `did you mean \`${near}\`?`;
    if (!source.isMade) {
      report({
        range,
        severity: 'error',
        message: `${path} does not exist: ${view.program} refuses the mount`,
        fix,
        help:
          meant ??
          `create it first (\`mkdir -p\`)${view.program === 'docker' && context.dialect.createsSource ? ', or say bind-create-src' : ''}`,
      });
      return;
    }
    if (view.form === 'mount') return;
    const name = fileName(source.path, source.target);
    report({
      range,
      message:
        name === undefined
          ? `${path} does not exist: docker creates an empty directory there, owned by root`
          : `${path} does not exist: docker creates an empty *directory* named \`${name}\` there, owned by root`,
      fix,
      help:
        meant ??
        (name === undefined
          ? 'fix the path, or create the directory first (`mkdir -p`)'
          : 'fix the path, or create the file first: docker never creates one'),
    });
  },
  checkFile({ path, mounts, host, dialect, isKnownByName }, report) {
    // What its text alone says of a file is not sure enough.
    if (host?.isNowhere === undefined || (path !== undefined && !isKnownByName)) return;
    for (const mount of mounts) {
      const view = viewFileMount(mount);
      if (view === undefined || view.problem !== undefined || view.isPartial) continue;
      if (view.program === 'buildkit') checkContextSource(view, host, report);
      else if (view.program === 'compose' && meaningOf(view, dialect).type === 'bind')
        checkComposeSource(view, host, report);
    }
  },
};

const isThere = (state: PathState | undefined): boolean => state === 'directory' || state === 'file';

/** Puts what is there in the place of a source that is missing, as far from the folder as the source was typed. */
function nearFix({ source }: MountView, near: string, cwd: string | undefined) {
  if (source?.text === undefined) return undefined;
  const isRelative = source.text.startsWith('.') && !near.startsWith('./');
  if (isRelative && (cwd === undefined || !near.startsWith(`${cwd}/`))) return undefined;
  const text = isRelative ? `./${near.slice(cwd!.length + 1)}` : near;
  return fixIn(source.host, [{ range: source.range, text }], `write \`${text}\``, 'unsafe');
}
