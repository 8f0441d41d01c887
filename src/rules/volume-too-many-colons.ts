import { isWindowsPath } from '../mount/paths.js';
import { isOtherCompose } from '../source/compose-argv.js';
import { hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { shortMounts } from './compose-facts.js';
import { at, replaceIn, shown } from './places.js';
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
    '`-v` is cut at every colon and has no way to escape one. The client says `too many colons`, or the engine takes what ' +
    'follows the second colon for a mode. `--mount` can name paths with colons. Modes are separated by commas: `ro,z`.',
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
    'docker run -v data:x:/foo alpine',
    { command: 'docker compose run -v /a:/b:ro:z web', fixed: 'docker compose run -v /a:/b:ro,z web' },
    { command: 'podman run -v /a:/b:Z:ro alpine', fixed: 'podman run -v /a:/b:Z,ro alpine' },
  ],
  checkFlag(site, report, { dialect, source }) {
    const { node, text } = site;
    const { engine } = source;
    if (node.kind !== 'volume' || losesBackslashes(site, source)) return;
    // In quotes that quote nothing no drive is seen.
    if (site.view.source !== undefined && hasStrayEnd(site.view, site.view.source)) return;
    // Compose drops a mode that it does not know.
    if (engine === 'compose' && (node.problem === undefined || isOtherCompose(source))) return;
    // podman lets a backslash hide a colon.
    if (engine === 'podman' && text.value.includes('\\:')) return;
    const isRefused = node.problem?.kind === 'too-many-colons';
    if (node.problem !== undefined && !isRefused) return;
    // The engine knows no drive letters where it runs Linux: it cuts at every colon.
    const first = node.sections[0]!.value;
    const isWindows =
      dialect.engineOs === 'windows' ||
      isWindowsPath(first) ||
      /^(?:[A-Za-z]:|\\)\\/.test(node.sections[1]?.value ?? '');
    const parts = text.value.split(':');
    if (node.source === undefined && !isRefused) return;
    const isPath = /^[/.~]/.test(parts[2] ?? '');
    const isCut = !isWindows && (parts.length > 3 || (parts.length === 3 && isPath));
    if (!isRefused && !isCut) return;
    const modes = parts.slice(2);
    const start = parts[0]!.length + 1 + parts[1]!.length;
    const isModes = parts.length > 3 && modes.every(isModeList);
    let end = start;
    const colons = modes.slice(0, -1).map((mode) => {
      end += 1 + mode.length;
      return { range: { start: end, end: end + 1 }, text: ',' };
    });
    report({
      range: at(text, { start, end: text.value.length }),
      message: isModes
        ? 'modes of `-v` are separated by commas, not by colons'
        : parts.length > 3
          ? 'too many colons: `-v` has a source, a target and modes, and cannot hold a colon in a path'
          : `\`${shown(site, { start: start + 1, end: start + 1 + parts[2]!.length })}\` stands where the modes go: \`-v\` cannot hold a colon in a path`,
      help: isModes
        ? `write \`${modes.join(',')}\``
        : 'use `--mount type=bind,source=…,target=…` for a path with a colon',
      fix: isModes ? replaceIn(site, colons, 'separate the modes by commas') : undefined,
    });
  },
  checkFile(file, report) {
    for (const { mount, node } of shortMounts(file)) {
      if (node.problem?.kind !== 'too-many-colons') continue;
      const [, , ...modes] = mount.spec.value.split(':');
      const isModes = !hasHole(mount.spec) && modes.every(isModeList);
      report({
        range: at(mount.spec),
        message: isModes
          ? 'modes are separated by commas, not by colons: Compose refuses the file'
          : 'too many colons: Compose refuses the file',
        help: isModes
          ? `write \`${modes.join(',')}\``
          : 'use the long syntax (`type: bind`, `source`, `target`) for a path with a colon',
      });
    }
  },
};
