import { bindSourceOf, isWithin } from './bind-source.js';
import type { Rule } from './rule.js';

/** A bind mount of a path of this machine, for an engine on another one. */
export const remoteDaemonBind: Rule = {
  code: 'MC304',
  name: 'remote-daemon-bind',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a bind mount of a path on this machine, while the engine runs on another one',
  why:
    'Host paths are those of the machine that the engine runs on. The client makes a relative path absolute against its own ' +
    'directory and sends it as a string; the engine then finds nothing there, and `-v` gives an empty directory.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#considerations-and-constraints'],
  valid: [
    'docker run -v ./src:/src alpine',
    { command: 'docker run -v ./src:/src alpine', host: { engineIsHere: true } },
    { command: 'docker run -v /etc/ssl:/etc/ssl:ro alpine', host: { remote: 'ssh://me@server' } },
    { command: 'docker run -v data:/data alpine', host: { remote: 'ssh://me@server' } },
    {
      command: 'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
      host: { remote: 'tcp://build:2376', home: '/home/me' },
    },
  ],
  invalid: [
    { command: 'docker run -v ./src:/src alpine', host: { remote: 'ssh://me@server' } },
    {
      command: 'docker run -v /home/me/site:/site alpine',
      host: { remote: 'tcp://build:2376', home: '/home/me' },
    },
    {
      command: 'docker run --mount type=bind,src=./src,dst=/src alpine',
      host: { remote: 'ssh://me@server' },
    },
  ],
  checkMount(view, report, context) {
    const { host, cwd } = context.command ?? {};
    if (host?.remote === undefined) return;
    const source = bindSourceOf(view, context);
    if (source === undefined) return;
    const isOwn =
      source.isRelative ||
      [host.home, cwd].some((dir) => dir !== undefined && dir !== '/' && isWithin(source.path, dir));
    if (!isOwn) return;
    report({
      range: source.place,
      message: `\`${source.shown}\` is looked up on ${host.remote}, not here`,
      help: 'copy the files there, use a volume (`docker cp` fills one), or use a path of that machine',
    });
  },
};
