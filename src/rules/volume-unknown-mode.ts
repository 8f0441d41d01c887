import { VOLUME_MODES } from '../dialects/docker/tables/volume-modes.js';
import { OTHER_ENGINE_MODES } from '../dialects/podman/other-engines.js';
import type { CommandView } from '../source/site.js';
import { nearest } from '../text/nearest.js';
import { hasHole } from '../text/spec-text.js';
import { isWindowsPath } from './paths.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';
import { type ModeWord, modesOf } from './volume-modes-of.js';

/** A word in the third section of `-v` that is no mode. */
export const volumeUnknownMode: Rule = {
  code: 'MC112',
  name: 'volume-unknown-mode',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a word in the third section of -v that the engine does not know',
  why:
    'The client does not look at the modes; the engine refuses one that it does not know: `invalid mode: readonly`. Case ' +
    'matters on Linux. podman has more of them (`U`, `O`, `exec`, …) than docker. nerdctl leaves out what it does not ' +
    'know, so that is a warning for it.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/linux_parser.go'],
  valid: [
    'docker run -v /a:/b:ro,z,rslave alpine',
    'docker run -v /a:/b:$MODE alpine',
    'docker run -v /a:/b:x$MODE alpine',
    { command: 'docker run -v c:\\\\a:d:\\\\b:RO alpine', engineOs: 'windows' },
    "docker run -v 'C:\\a:C:\\b:RO' alpine",
    'docker run -v C:/a:/b:cached alpine',
    'podman run -v /a:/b:U,O alpine',
    'nerdctl run -v /a:/b:rro alpine',
  ],
  invalid: [
    {
      command: 'docker run -v /a:/b:readonly alpine',
      fixed: 'docker run -v /a:/b:ro alpine',
    },
    {
      command: 'docker run -v /a:/b:RO alpine',
      fixed: 'docker run -v /a:/b:ro alpine',
    },
    'docker run -v /a:/b:U alpine',
    {
      command: 'docker run -v /a:/b:rsahred alpine',
      fixed: 'docker run -v /a:/b:rshared alpine',
    },
    {
      command: 'docker run -v data:/b:ro,copy alpine',
      fixed: 'docker run -v data:/b:ro alpine',
    },
    'docker run -v /a:/b:noexec alpine',
    { command: 'docker run -v C:/a:/b:readonly alpine', fixed: 'docker run -v C:/a:/b:ro alpine' },
    "docker run -v 'C:\\a:/b:z,rox' alpine",
  ],
  checkMount(site, report, command) {
    const { node, text } = site;
    if (
      node.kind !== 'volume' ||
      node.source === undefined ||
      hasHole(text, node.sections[2]?.range ?? { start: 0, end: 0 })
    )
      return;
    const { start } = node.source.range;
    const isLinux = command.dialect.engineOs !== 'windows';
    // A path there is not meant as a mode.
    if (isLinux && /^[/.~]|:/.test(node.sections[2]?.value ?? '')) return;
    const isDrive = isWindowsPath(text.value.slice(start));
    for (const word of modesOf(site)) {
      // Behind a drive the engine may be one of Windows, which looks at no case.
      if (isKnown(word, command) || (isDrive && isLinux && ACCESS.test(word.part.value))) continue;
      const { value, range } = word.part;
      const better = betterMode(value);
      const change = better === '' ? { range: word.removal, text: '' } : { range, text: better ?? '' };
      const isFixed =
        better !== undefined &&
        command.source.engine === 'docker' &&
        !node.options.some((one) => one.value === better);
      const isIgnored = command.source.engine === 'nerdctl';
      report({
        severity: isIgnored ? 'warning' : undefined,
        range: at(text, range),
        message:
          value === ''
            ? 'an empty mode: the engine refuses it'
            : `\`${shown(site, range)}\` is no mode of \`-v\`: ${isIgnored ? 'nerdctl leaves it out' : 'the engine refuses it'}`,
        help: helpFor(value, better),
        fix: isFixed
          ? replaceIn(site, [change], better === '' ? 'leave it out' : `write \`${better}\``)
          : undefined,
      });
    }
  },
};

function isKnown({ part, mode }: ModeWord, { source, dialect }: CommandView): boolean {
  const { value } = part;
  if (source.engine !== 'docker') return mode !== undefined || OTHER_ENGINE_MODES[source.engine](value);
  if (dialect.engineOs === 'windows') return ACCESS.test(value);
  if (mode !== undefined) return true;
  // `$ENGINE run`: it may be podman's.
  return (source.words[0]?.holes.length ?? 0) > 0 && OTHER_ENGINE_MODES.podman(value);
}

const ACCESS = /^(?:ro|rw)$/i;

const SYNONYMS: Readonly<Record<string, string>> = {
  readonly: 'ro',
  'read-only': 'ro',
  read_only: 'ro',
  r: 'ro',
  readwrite: 'rw',
  'read-write': 'rw',
  w: 'rw',
  wr: 'rw',
  // What it is without the word.
  copy: '',
  default: '',
};

function betterMode(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (word === '') return '';
  if (Object.hasOwn(SYNONYMS, lower)) return SYNONYMS[lower];
  const names = VOLUME_MODES.map(({ name }) => name as string);
  if (names.includes(lower)) return lower;
  return word.length < 3
    ? undefined
    : nearest(
        word,
        names.filter((name) => name.length > 2),
      );
}

function helpFor(word: string, better: string | undefined): string {
  if (better === '') return 'leave it out';
  if (better !== undefined) return `write \`${better}\``;
  if (OTHER_ENGINE_MODES.podman(word)) return 'podman has this mode, docker does not';
  return `docker knows ${VOLUME_MODES.map(({ name }) => name).join(', ')}`;
}
