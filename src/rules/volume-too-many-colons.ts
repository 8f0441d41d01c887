import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { PROGRAMS } from '../dialects/programs.js';
import { displayText, hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';
import { hasStrayEnd } from './stray-quote-or-blank.js';
import { losesBackslashes } from './unquoted-windows-backslash.js';
import { isModeList } from './volume-modes-of.js';

/** More colons in `-v` than docker can make sense of. */
export const volumeTooManyColons: Rule = {
  code: 'MC111',
  name: 'volume-too-many-colons',
  severity: 'error',
  engines: ['docker', 'podman', 'compose'],
  since: '0.1.0',
  summary: 'a colon in -v that is not one of its two separators',
  why:
    '`-v` is split at every colon and cannot escape one. The client reports `too many colons`, or the engine reads what ' +
    'follows the second colon as a mode. `--mount` can name paths with colons. Modes are separated by commas: `ro,z`.',
  sources: ['https://github.com/moby/moby/issues/8604'],
  valid: [
    { file: 'compose', command: composeEntry('./a:/b:ro,z') },
    'docker run -v /a:/b:ro alpine',
    "docker run -v 'C:\\a:/b:ro' alpine",
    'docker run -v "C:$(pwd):/b" alpine',
    'docker run -v $' + '{SRC:-/a}:$' + '{DST:-/b}:ro alpine',
    'docker run -v //./pipe/docker_engine://./pipe/docker_engine alpine',
    'docker run -v "$A:$B:$C" alpine',
    'docker compose run -v /a:/b:/c web',
    'docker-compose run -v /a:/b:ro:z web',
  ],
  invalid: [
    { file: 'compose', command: composeEntry('./a:/b:ro:z') },
    { file: 'compose', command: composeEntry('./a:bb:/c:ro') },
    {
      command: 'docker run -v /a:b:/c:ro alpine',
      fixed: 'docker run --mount type=bind,src=/a:b,dst=/c,readonly,bind-create-src alpine',
    },
    {
      command: 'docker run -v "$PWD/a:b:/c" alpine',
      docker: '28.2',
      fixed: 'docker run --mount "type=bind,src=$PWD/a:b,dst=/c" alpine',
    },
    'docker run -v /a:/b:/c:nope alpine',
    {
      command: 'docker run -v /a:/b:Z:ro alpine',
      fixed: 'docker run -v /a:/b:Z,ro alpine',
    },
    {
      command: 'docker run -v /a:/b:ro:z alpine',
      fixed: 'docker run -v /a:/b:ro,z alpine',
    },
    'docker run -v /a:/b:ro:rw alpine',
    'docker run -v data:x:/foo alpine',
    { command: 'docker compose run -v /a:/b:ro:z web', fixed: 'docker compose run -v /a:/b:ro,z web' },
    { command: 'podman run -v /a:/b:Z:ro alpine', fixed: 'podman run -v /a:/b:Z,ro alpine' },
  ],
  checkMount(view, report, context) {
    const { node, host, source } = view;
    const { site, command } = context;
    if (node?.kind !== 'volume') return;
    if (site !== undefined && command !== undefined && losesBackslashes(site, command.source)) return;
    // In quotes that quote nothing no drive is seen.
    if (source !== undefined && hasStrayEnd(view, source)) return;
    const verdict = PROGRAMS[view.program].tooManyColons?.(view, context);
    if (verdict === undefined) return;
    const { place, help } = verdict;
    const [first, second, ...modes] = host.value.split(':') as [string, string, ...string[]];
    const start = first.length + 1 + second.length;
    // What a variable of a file holds may have colons of its own.
    const isModes = modes.length > 1 && modes.every(isModeList) && (place === undefined || !hasHole(host));
    const groups = modes
      .flatMap((mode) => mode.split(','))
      .map((word) => VOLUME_MODE_BY_NAME.get(word)?.group);
    const isAgainst = groups.some((group, at) => group !== undefined && groups.indexOf(group) < at);
    let end = start;
    const colons = modes.slice(0, -1).map((mode) => {
      end += 1 + mode.length;
      return { range: { start: end, end: end + 1 }, text: ',' };
    });
    report({
      range: place ?? at(host, { start, end: host.value.length }),
      message: isModes
        ? verdict.modes
        : place !== undefined || modes.length > 1
          ? verdict.paths
          : `\`${displayText(host, { start: start + 1, end: host.value.length })}\` is where the modes should be: \`-v\` cannot have a colon in a path`,
      help: !isModes ? help : isAgainst ? 'keep one of them' : `write \`${modes.join(',')}\``,
      fix:
        isModes && !isAgainst && place === undefined
          ? fixIn(host, colons, 'separate the modes with commas')
          : undefined,
    });
  },
};
