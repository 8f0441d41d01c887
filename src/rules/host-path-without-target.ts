import { hasDrive, isAbsoluteIn, isWindowsPath } from '../mount/paths.js';
import type { CommandView } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import { looksLikeMountSpec } from './mixed-syntax.js';
import { at } from './places.js';
import type { Rule } from './rule.js';
import { isCutOffColon } from './split-volume.js';
import { findWrongSeparator } from './wrong-separator.js';

/** A host path, or a name, alone after `-v`. */
export const hostPathWithoutTarget: Rule = {
  code: 'MC211',
  name: 'host-path-without-target',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: '-v with only a host path or a name: docker creates an anonymous volume',
  why:
    '`-v` with a single path creates an anonymous volume at that path in the container. `-v "$PWD"` and `-v ./src` mount ' +
    'nothing of the host, and `-v data` creates a volume at `/data` that has no name.',
  sources: ['https://docs.docker.com/engine/storage/volumes/#named-and-anonymous-volumes'],
  valid: [
    'docker run -v /data alpine',
    'docker run -v "$SPEC" alpine',
    'docker run -v /app/node_modules -v "$PWD:/app" alpine',
    "docker run -v 'C:\\data' alpine",
    'docker run -v <spec> alpine',
    { command: 'docker run -v /project/src alpine', host: { paths: { '/project/src': 'directory' } } },
  ],
  invalid: [
    'docker run -v "$PWD" alpine',
    'docker run -v ./src alpine',
    'docker run -v data alpine',
    'docker run -v $(pwd)/src alpine',
    'docker run -v /var/run/docker.sock alpine',
    'docker run -v -v /a:/b alpine',
  ],
  checkMount(view, report, { dialect, site, command }) {
    const { node, host } = view;
    if (node?.kind !== 'volume' || node.sections.length !== 1 || node.problem !== undefined) return;
    const { value } = host;
    if (isWindowsPath(value) || dialect.engineOs === 'windows' || looksLikeMountSpec(value)) return;
    const next = site && command?.source.words[site.use.valueWord + 2]?.value;
    if (findWrongSeparator(view) !== undefined || isCutOffColon(next)) return;
    // A drive letter and a path are another rule's.
    if (hasDrive(value)) return;
    const isAbsolute = isAbsoluteIn(host, { start: 0, end: value.length });
    const isHosts =
      isAbsolute === true &&
      (host.holes[0]?.range.start === 0 || /\.sock$/.test(value) || isHere(value, command));
    if (isAbsolute === undefined || (isAbsolute && !isHosts)) return;
    // Compose sends it as it is, and the engine refuses what begins with no slash: that is another rule's.
    if (!isAbsolute && view.form === 'compose-short') return;
    const shown = displayText(host);
    if (isMountFlag(value)) {
      report({
        // What docker then takes for the image is no legal one.
        severity:
          next !== undefined && (next.includes(':/') || looksLikeMountSpec(next)) ? 'error' : undefined,
        range: at(host),
        message: `\`${shown}\` is the value of the flag before it: docker creates an anonymous volume with that name`,
        help: 'remove one of the two flags',
      });
      return;
    }
    report({
      range: at(host),
      message: `\`-v ${shown}\` mounts nothing from the host: docker creates an anonymous volume there`,
      help: `write \`${shown}:/path/in/the/container\``,
    });
  },
};

/** Whether a path is one of this machine where the command runs: few images have the folder of somebody's work. */
function isHere(path: string, command: CommandView | undefined): boolean {
  const { cwd = '/', host } = command ?? {};
  const isInside = path === cwd || path.startsWith(`${cwd}/`);
  return (
    /^\/[^/]+\/./.test(cwd) && isInside && host?.engineIsHere === true && host.pathState(path) === 'directory'
  );
}

/** Whether a word is a flag whose value is a mount. */
export function isMountFlag(word: string): boolean {
  return /^(?:-v|--volume|--mount|--tmpfs)$/.test(word);
}
