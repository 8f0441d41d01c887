import type { CommandView, Site } from '../source/site.js';
import { hasHole } from '../text/spec-text.js';
import { factsOf, type PathFact } from './facts.js';
import { judgeFields } from './mount-fields.js';
import { isVolumeName, isWindowsPath } from './paths.js';
import { isPlaceholderPath } from './placeholder-path.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';
import { losesBackslashes } from './unquoted-windows-backslash.js';

/** A source that is neither a path nor the name of a volume. */
export const relativeSourceWithoutDot: Rule = {
  code: 'MC208',
  name: 'relative-source-without-dot',
  severity: 'error',
  engines: ['docker', 'podman'],
  since: '0.1.0',
  summary: 'a source that is neither a path nor a legal volume name',
  why:
    'What does not start with `/` or `.` is the name of a volume, made of letters, digits, `_`, `.` and `-`. So ' +
    '`-v data/x:/b` fails, after the image was pulled: `"data/x" includes invalid characters for a local volume name`.',
  sources: ['https://github.com/moby/moby/issues/16132', 'https://github.com/moby/moby/issues/17734'],
  valid: [
    'docker run -v data:/b alpine',
    'docker run -v ./data/x:/b alpine',
    'docker run -v $DIR/data:/b alpine',
    'docker run --volume-driver sshfs -v data/x:/b alpine',
    "docker run -v 'C:\\data:/b' alpine",
    'docker run -v my-app_1.0:/b alpine',
  ],
  invalid: [
    { command: 'docker run -v data/x:/b alpine', fixed: 'docker run -v ./data/x:/b alpine' },
    { command: 'docker run -v data/$NAME:/b alpine', fixed: 'docker run -v ./data/$NAME:/b alpine' },
    "docker run -v '$PWD:/b' alpine",
    { command: 'docker run -v path/to/data:/b alpine', fixed: 'docker run -v ./path/to/data:/b alpine' },
    'docker run --mount type=volume,src=a/b,dst=/b alpine',
    { command: 'docker run -v data/x:/b alpine', docker: '20.10.24' },
  ],
  checkMount(site, report, command) {
    const { dialect } = command;
    const facts = factsOf(site, dialect);
    const source = facts?.source;
    if (
      site.form === 'tmpfs' ||
      facts?.type !== 'volume' ||
      source === undefined ||
      dialect.engineOs === 'windows'
    )
      return;
    if (!isNoName(source) || hasOtherDriver(site, command)) return;
    if (losesBackslashes(site, command.source)) return;
    // Swarm fills in templates: `data-{{.Task.Slot}}`.
    if (source.value.includes('{{') && command.invocation?.path.startsWith('service')) return;
    const isVolume = site.form === 'volume';
    const { start } = source.range;
    // A quote that quotes nothing has a rule of its own.
    if (/^[\u2018-\u201f]/.test(source.value)) return;
    // `%CD%/x` is a path in cmd; that it is none here is said already.
    if (/%\w+%/.test(source.value)) return;
    const isPath = isVolume && /^[\w-][^$%]*\//.test(source.value) && dialect.has.expandsDotSlash;
    const isPlaceholder = isPlaceholderPath(source.value);
    report({
      range: at(site.text, source.range),
      message: `\`${shown(site, source.range)}\` is neither a path nor a legal volume name`,
      help: isPath
        ? `write \`./${shown(site, source.range)}\` for a path below the working directory`
        : 'a path starts with `/`; a name is made of letters, digits, `_`, `.` and `-`',
      severity: isPlaceholder ? 'info' : undefined,
      fix: isPath
        ? replaceIn(
            site,
            [{ range: { start, end: start }, text: './' }],
            'put `./` in front',
            isPlaceholder ? 'unsafe' : 'safe',
          )
        : undefined,
    });
  },
};

function isNoName({ value, text, isAbsolute }: PathFact): boolean {
  if (isAbsolute !== false || value === '' || /^[.~]/.test(value) || isWindowsPath(value)) return false;
  if (text !== undefined) return !isVolumeName(text) && [...text].length > 1;
  // Whatever a variable holds, a slash in front of it makes it no name, and neither does a quote.
  return /^[\w][\w.-]*\//.test(value) || /^["']/.test(value);
}

/** Whether a volume driver of its own may have its own rules for names. */
export function hasOtherDriver(site: Site, command: CommandView): boolean {
  if (site.form === 'mount') {
    const driver = judgeFields(site, command).findLast(({ name }) => name === 'volume-driver');
    return driver !== undefined && driver.value !== 'local' && driver.value !== '';
  }
  const use = command.invocation?.flags.findLast(({ flag }) => flag.name === 'volume-driver');
  return use !== undefined && (hasHole(use.value) || !['', 'local'].includes(use.value.value));
}
