import type { Range } from '../text/range.js';
import { displayText } from '../text/spec-text.js';
import { type OpenText, placeMounts } from './placed-mounts.js';

/** A source of a mount that is a path of the host. */
export interface PathLink {
  /** Where it stands. */
  readonly range: Range;
  /** Without what its base says. */
  readonly path: string;
  /** What it is relative to: the folder of the file or of the project, the home of the user who runs it, or nothing. */
  readonly base: 'project' | 'home' | 'root';
}

/** The sources of the mounts of a text that are paths of the host, in order. */
export async function linksOf(open: OpenText): Promise<readonly PathLink[]> {
  const { mounts } = await placeMounts(open);
  const links = new Map<string, PathLink>();
  for (const { view, form } of mounts) {
    const { source, type } = view;
    if (source === undefined || source.place.end <= source.place.start) continue;
    if (type !== undefined && type.text?.toLowerCase() !== 'bind') continue;
    // Of another stage or image.
    if (form === 'run-mount' && view.fields.some(({ name }) => name === 'from')) continue;
    const link = readPath(displayText(source.host, source.range), type !== undefined || form === 'run-mount');
    if (link !== undefined) links.set(`${source.place.start}`, { range: source.place, ...link });
  }
  return [...links.values()];
}

/** What stands for the folder of the project before a path. */
const PROJECT =
  /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`|\$\(CURDIR\)|\$\{CURDIR\}|\$\{localWorkspaceFolder\}|\$\{workspaceFolder\}|\$\{\{ *github\.workspace *\}\}|\$CI_PROJECT_DIR|%cd%)(?=\/|$)/;
const HOME = /^(?:~|\$HOME|\$\{HOME\}|\$\{localEnv:HOME\})(?=\/|$)/;

function readPath(text: string, isPath: boolean): Omit<PathLink, 'range'> | undefined {
  for (const [base, pattern] of [
    ['project', PROJECT],
    ['home', HOME],
  ] as const) {
    const head = pattern.exec(text)?.[0];
    if (head !== undefined) return known(base, `.${text.slice(head.length)}`);
  }
  if (text.startsWith('/')) return known('root', text);
  return isPath || /^\.{1,2}(?:\/|$)/.test(text) ? known('project', text) : undefined;
}

/** Nothing where a part of it is not known. */
const known = (base: PathLink['base'], path: string) =>
  /[$`*?<>{}]|%\w+%/.test(path) ? undefined : { base, path };
