import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import type { Meaning } from '../dialects/program.js';
import { type MountView, showPart } from '../mount/view.js';
import type { HostView } from '../source/host.js';
import { isWithin } from './bind-source.js';
import { fileName, MADE_ELSEWHERE } from './made-paths.js';
import type { Report } from './rule.js';

/** A source of `RUN --mount=type=bind`, which must be in the build context; those of other stages are somewhere else. */
export function checkContextSource(
  { type, source, fields }: MountView,
  host: HostView,
  report: Report,
): void {
  if ((type !== undefined && type.text !== 'bind') || fields.some(({ name }) => name === 'from')) return;
  const path = source?.text?.replace(/^\/+/, '');
  if (source === undefined || !path || host.isNowhere?.(path) !== true) return;
  report({
    range: source.place,
    message: `\`${source.text}\` is not in any folder that may be the build context: the build stops there`,
    help: 'fix the path, which is relative to the build context',
  });
}

/** The source of a bind of a Compose file. */
export function checkComposeSource(
  { source, target, fields }: MountView,
  host: HostView,
  report: Report,
): void {
  const path = source?.text;
  if (source === undefined || path === undefined || target?.text === undefined) return;
  const isMissing = path.startsWith('/')
    ? host.engineIsHere === true && isMissingHere(path, host)
    : /^\.{1,2}\//.test(path) && host.remote === undefined && host.isNowhere?.(path) === true;
  const isEmpty =
    !isMissing && /^\.{1,2}\//.test(path) && host.remote === undefined && host.isEmptyFolder?.(path) === true;
  const file = fileName(path, target.text);
  if (isEmpty && file !== undefined) {
    report({
      range: source.place,
      message: `\`${path}\` is an empty directory, and the container gets it in place of a file: docker created it when the file was missing`,
      help: 'remove it (`rmdir`) and put the file there',
    });
  }
  if (!isMissing) return;
  const made = fields.find(({ name }) => name === 'bind.create_host_path')?.value?.text;
  const isRefused = made !== undefined && readComposeBoolean(made) === false;
  if (isRefused)
    report({
      range: source.place,
      message: `\`${path}\` does not exist: with \`create_host_path: false\` the mount is refused`,
      help: 'fix the path, or create it before the service starts',
    });
  else if (file !== undefined)
    report({
      range: source.place,
      message:
        fields.length > 0 && made === undefined
          ? `\`${path}\` does not exist: Compose creates an empty *directory* named \`${file}\` there, or refuses the mount`
          : `\`${path}\` does not exist: Compose creates an empty *directory* named \`${file}\` there`,
      help: 'fix the path, or create the file first: neither Compose nor docker creates one',
    });
}

/** A path of a file's command that is relative to a folder that nobody is sure of. */
export function checkRelativeSource(view: MountView, host: HostView, report: Report, meaning: Meaning): void {
  const { source, target, fields, form, program } = view;
  if (source === undefined || target?.text === undefined || host.remote !== undefined) return;
  // A source that begins with a variable is a path as far as this rule is concerned.
  if (meaning.type !== undefined && meaning.type !== 'bind') return;
  const shownPath = showPart(source);
  const path = shownPath.replace(FOLDER, './');
  if (!/^\.{1,2}\/./.test(path) || /[$`~%{}<>*?[\]]/.test(path) || host.isNowhere?.(path) !== true) return;
  const name = fileName(path, target.text);
  const isRefused =
    program === 'podman' || (form === 'mount' && !fields.some(({ name: key }) => key === 'bind-create-src'));
  if (isRefused)
    report({
      range: source.place,
      message: `\`${shownPath}\` does not exist: ${program} refuses the mount`,
      help: 'fix the path, or create it first (`mkdir -p`)',
    });
  else if (name !== undefined)
    report({
      range: source.place,
      message: `\`${shownPath}\` does not exist: docker creates an empty *directory* named \`${name}\` there, owned by root`,
      help: 'fix the path, or create the file first: docker never creates one',
    });
}

/** What stands for the folder that a command is run in, or that a devcontainer is for. */
const FOLDER =
  /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`|\$\(CURDIR\)|\$\{CURDIR\}|%cd%|\$\{localWorkspaceFolder\})[/\\]/i;

function isMissingHere(path: string, host: HostView): boolean {
  return !MADE_ELSEWHERE.some((other) => isWithin(path, other)) && host.pathState(path) === 'missing';
}
