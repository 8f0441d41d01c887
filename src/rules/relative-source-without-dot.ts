import { isPath } from '../dialects/compose/compose-keys.js';
import { judgeFields } from '../dialects/docker/mount-fields.js';
import { isVolumeName, isWindowsPath } from '../mount/paths.js';
import { type MountView, showPart, type ViewPart } from '../mount/view.js';
import { hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { reportLiteralVariable } from './literal-variable.js';
import { isPlaceholderPath } from './placeholder-path.js';
import { fixIn } from './places.js';
import type { MountContext, Rule } from './rule.js';
import { hasStrayEnd } from './stray-quote-or-blank.js';
import { losesBackslashes } from './unquoted-windows-backslash.js';
import { volumeDriver } from './volume-driver.js';

/** A source that is neither a path nor the name of a volume. */
export const relativeSourceWithoutDot: Rule = {
  code: 'MC208',
  name: 'relative-source-without-dot',
  severity: 'error',
  engines: ['docker', 'podman', 'compose'],
  since: '0.1.0',
  summary: 'a source that is neither a path nor a valid volume name',
  why:
    'A source that does not start with `/` or `.` is a volume name, made of letters, digits, `_`, `.` and `-`. So ' +
    '`-v data/x:/b` fails, after the image was pulled: `"data/x" includes invalid characters for a local volume name`. In Compose ' +
    'a source that starts with none of `.`, `/` and `~` is a name, too.',
  sources: ['https://github.com/moby/moby/issues/16132', 'https://github.com/moby/moby/issues/17734'],
  valid: [
    { file: 'compose', command: composeEntry('./data/x:/x') },
    { file: 'compose', command: composeEntry('~/data/x:/x') },
    { file: 'compose', command: composeEntry('$' + '{DIR}/x:/x') },
    'docker run -v data:/b alpine',
    'docker run -v ./data/x:/b alpine',
    'docker run -v $DIR/data:/b alpine',
    'docker run --volume-driver sshfs -v data/x:/b alpine',
    "docker run -v 'C:\\data:/b' alpine",
    'docker run -v my-app_1.0:/b alpine',
  ],
  invalid: [
    { command: 'docker run -v src=./x:/y alpine', fixed: 'docker run -v ./x:/y alpine' },
    { file: 'compose', command: composeEntry('data/x:/x'), fixed: composeEntry('./data/x:/x') },
    {
      file: 'compose',
      command: composeEntry('"conf/a.conf:/a.conf:ro"'),
      fixed: composeEntry('"./conf/a.conf:/a.conf:ro"'),
    },
    { file: 'compose', command: composeEntry('data/:/x'), fixed: composeEntry('./data/:/x') },
    { file: 'compose', command: composeEntry('YOUR_DIR/a:/x'), fixed: composeEntry('./YOUR_DIR/a:/x') },
    { command: 'docker run -v data/x:/b alpine', fixed: 'docker run -v ./data/x:/b alpine' },
    { command: 'docker run -v data/$NAME:/b alpine', fixed: 'docker run -v ./data/$NAME:/b alpine' },
    "docker run -v '$PWD:/b' alpine",
    'docker run -v {HOME}/a:/b alpine',
    { file: 'compose', command: composeEntry('"{HOME}/a:/x"') },
    { command: 'docker run -v path/to/data:/b alpine', fixed: 'docker run -v ./path/to/data:/b alpine' },
    'docker run --mount type=volume,src=a/b,dst=/b alpine',
    { command: 'docker run -v data/x:/b alpine', docker: '20.10.24' },
  ],
  checkMount(view, report, context) {
    const { dialect, meaning, declared } = context;
    const { form, program, source } = view;
    if (form === 'tmpfs' || form === 'compose-long' || meaning.type !== 'volume' || source === undefined)
      return;
    if (hasStrayEnd(view, source)) return;
    const isEntry = form === 'compose-short';
    if (isEntry ? !isPathInCompose(source) : dialect.engineOs === 'windows' || !isNoName(source)) return;
    if (isOtherwiseSaid(view, context, source)) return;
    const { start } = source.range;
    const isPath =
      isEntry || (form === 'volume' && /^[\w-][^$%]*\//.test(source.value) && dialect.has.expandsDotSlash);
    // A key of `--mount` before a path.
    const key = form === 'volume' ? /^(?:source|src)=(?=\.{0,2}\/)/i.exec(source.value)?.[0] : undefined;
    const isFolderOfVolume = declared?.has(source.value.slice(0, source.value.indexOf('/'))) ?? false;
    const isPlaceholder = isPlaceholderPath(source.value);
    const variable = /^\{(?:HOME|PWD|USER)\}/.exec(source.value)?.[0];
    if (variable !== undefined) {
      report({
        range: source.place,
        message: `\`${variable}\` is not a variable: the \`$\` is missing`,
        help: `write \`$${variable}\``,
      });
      return;
    }
    if (reportLiteralVariable(source, report, context.command?.source.shell)) return;
    report({
      range: source.place,
      message: isEntry
        ? `\`${showPart(source)}\` is a volume name here, and not a valid one`
        : `\`${showPart(source)}\` is neither a path nor a valid volume name`,
      help:
        key !== undefined
          ? `remove \`${key}\`: \`-v\` has no keys`
          : !isPath
            ? 'a path starts with `/`; a name is made of letters, digits, `_`, `.` and `-`'
            : isFolderOfVolume
              ? `write \`./${showPart(source)}\` for a folder next to the file; one in the volume takes the long form, with \`volume: {subpath: …}\``
              : program === 'compose'
                ? `write \`./${showPart(source)}\``
                : `write \`./${showPart(source)}\` for a path below the working directory`,
      severity: isPlaceholder ? 'info' : undefined,
      fix:
        key !== undefined
          ? fixIn(
              source.host,
              [{ range: { start, end: start + key.length }, text: '' }],
              `remove \`${key}\``,
              'unsafe',
            )
          : isPath
            ? fixIn(
                source.host,
                [{ range: { start, end: start }, text: './' }],
                'prefix it with `./`',
                isPlaceholder || isFolderOfVolume ? 'unsafe' : 'safe',
              )
            : undefined,
    });
  },
};

/** Whether another rule has a word on the source of a flag, or nobody can say what becomes of it. */
function isOtherwiseSaid(view: MountView, context: MountContext, { value }: ViewPart): boolean {
  const { site, command } = context;
  if (site === undefined || command === undefined) return false;
  if (hasOtherDriver(view, context) || losesBackslashes(site, command.source)) return true;
  // Swarm fills in templates: `data-{{.Task.Slot}}`.
  if (value.includes('{{') && command.invocation?.path.startsWith('service')) return true;
  // A quote that quotes nothing has a rule of its own; `%CD%/x` is a path in cmd, that it is none here is said already.
  return /^[\u2018-\u201f]/.test(value) || /%\w+%/.test(value);
}

/** Whether an entry of Compose has a path that Compose takes for a name. */
const isPathInCompose = ({ text }: ViewPart): boolean =>
  text !== undefined && !isPath(text) && text.includes('/');

function isNoName({ value, text, isAbsolute }: ViewPart): boolean {
  if (isAbsolute !== false || value === '' || /^[.~]/.test(value) || isWindowsPath(value)) return false;
  if (text !== undefined) return !isVolumeName(text) && [...text].length > 1;
  // Whatever a variable holds, a slash before it makes it no name, and neither does a quote.
  return /^[\w][\w.-]*\//.test(value) || /^["']/.test(value);
}

/** Whether a volume driver of its own may have its own rules for names. */
export function hasOtherDriver(view: MountView, context: MountContext): boolean {
  if (view.form === 'mount') {
    const driver = judgeFields(view, context).findLast(({ name }) => name === 'volume-driver');
    return driver !== undefined && driver.value !== 'local' && driver.value !== '';
  }
  const invocation = context.command?.invocation;
  const driver = invocation && volumeDriver(invocation);
  return driver !== undefined && (hasHole(driver) || !['', 'local'].includes(driver.value));
}
