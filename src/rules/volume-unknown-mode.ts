import { VOLUME_MODES } from '../dialects/docker/tables/volume-modes.js';
import { podmanKnowsMode } from '../dialects/podman/other-engines.js';
import { PROGRAMS } from '../dialects/programs.js';
import { isWindowsPath } from '../mount/paths.js';
import { mapOf } from '../text/map-of.js';
import { nearest } from '../text/nearest.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A word in the third section of `-v` that is not a mode. */
export const volumeUnknownMode: Rule = {
  code: 'MC112',
  name: 'volume-unknown-mode',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: "a word in the third section of -v, or of Compose's short syntax, that is not a mode",
  why:
    'The client does not check the modes; the engine refuses one that it does not know: `invalid mode: readonly`. Case ' +
    'matters on Linux. podman has more of them (`U`, `O`, `exec`, …) than docker. nerdctl ignores what it does not ' +
    'know, so that is a warning for it. Compose silently drops one: `./a:/b:readonly` is mounted read-write.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/linux_parser.go'],
  valid: [
    { file: 'compose', command: composeEntry('./a:/b:ro,z') },
    { file: 'compose', command: composeEntry('./a:/b:$' + '{MODE:-ro}') },
    { file: 'compose', command: composeEntry('./a:/b:cached') },
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
    { file: 'compose', command: composeEntry('./a:/b:readonly'), fixed: composeEntry('./a:/b:ro') },
    { file: 'compose', command: composeEntry('./a:/b:RO'), fixed: composeEntry('./a:/b:ro') },
    { file: 'compose', command: composeEntry('./a:/b:noexec') },
    {
      command: 'docker run -v /a:/b:readonly alpine',
      fixed: 'docker run -v /a:/b:ro alpine',
    },
    { command: 'docker run -v /a:/b:or alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    {
      command: 'docker run -v /a:/b:RO alpine',
      fixed: 'docker run -v /a:/b:ro alpine',
    },
    'docker run -v /a:/b:U alpine',
    { command: 'docker run -v /a:/b:$MODE,r0 alpine', fixed: 'docker run -v /a:/b:$MODE,ro alpine' },
    { command: 'docker run -v /a:/b:ro,readonly alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    { command: 'docker run -v "/a:/b: ro" alpine', fixed: 'docker run -v "/a:/b:ro" alpine' },
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
  checkMount(view, report, context) {
    const { dialect } = context;
    const { node, host, source, modes, program } = view;
    if (node?.kind !== 'volume' || source === undefined) return;
    // Next to a word that is no more than a variable, what is no mode stays none.
    if (program !== 'compose' && modes.some(({ part }) => part.text === undefined && part.value.length > 1))
      return;
    const isLinux = dialect.engineOs !== 'windows';
    // A path there is not meant as a mode.
    if (isLinux && /^[/.~]|:/.test(node.sections[2]?.value ?? '')) return;
    const isDrive = isWindowsPath(host.value.slice(source.range.start));
    for (const { part, removal } of modes) {
      if (part.text === undefined || (view.mayBePodman && podmanKnowsMode(part.text))) continue;
      const verdict = PROGRAMS[program].unknownMode(part.text, context);
      // After a drive the engine may be one of Windows, which looks at no case.
      if (verdict === undefined || (isDrive && isLinux && ACCESS.test(part.text))) continue;
      const alike = lookAlike(part.text);
      const better = betterMode(part.text, verdict.known) ?? alike;
      // With `ro,readonly` it is said already.
      const isAgain = better !== undefined && modes.some((one) => one.part.value === better);
      const isOut = better === '' || isAgain;
      const change = isOut ? { range: removal, text: '' } : { range: part.range, text: better ?? '' };
      const isFixed = better !== undefined;
      report({
        severity: verdict.severity,
        range: part.place,
        message:
          part.text === ''
            ? `an empty mode: ${verdict.effect}`
            : `\`${part.text}\` is not a ${verdict.noun}: ${verdict.effect}`,
        help:
          isAgain || (verdict.isIgnored && better === undefined)
            ? 'remove it'
            : helpFor(part.text, better, program, verdict.known),
        fix: isFixed
          ? fixIn(
              host,
              [change],
              isOut ? 'remove it' : `write \`${better}\``,
              verdict.isIgnored || better === alike ? 'unsafe' : 'safe',
            )
          : undefined,
      });
    }
  },
};

const ACCESS = /^(?:ro|rw)$/i;

const SYNONYMS = mapOf<string>({
  readonly: 'ro',
  'read-only': 'ro',
  read_only: 'ro',
  r: 'ro',
  or: 'ro',
  readwrite: 'rw',
  'read-write': 'rw',
  w: 'rw',
  wr: 'rw',
  // What it is without the word.
  copy: '',
  default: '',
});

function betterMode(written: string, known: readonly string[] | undefined): string | undefined {
  const word = written.replace(/^[\s"'`]+|[\s"'`]+$/g, '');
  const lower = word.toLowerCase();
  if (word === '') return '';
  if (SYNONYMS.has(lower)) return SYNONYMS.get(lower);
  const names = known ?? VOLUME_MODES.map(({ name }) => name as string);
  if (names.includes(lower)) return lower;
  if (word.length < 3) return undefined;
  const near = nearest(
    word,
    [...names, ...SYNONYMS.keys()].filter((name) => name.length > 2),
  );
  return near && (SYNONYMS.get(near) ?? near);
}

/** A digit that looks like the letter that was meant. */
function lookAlike(written: string): string | undefined {
  return /^r0$/i.test(written) ? 'ro' : undefined;
}

function helpFor(
  word: string,
  better: string | undefined,
  program: string,
  known: readonly string[] | undefined,
): string {
  if (better === '') return 'remove it';
  if (better !== undefined) return `write \`${better}\``;
  if (known !== undefined) return `${program} knows ${known.join(', ')}`;
  if (podmanKnowsMode(word)) return 'podman has this mode, docker does not';
  return `docker supports ${VOLUME_MODES.map(({ name }) => name).join(', ')}`;
}
