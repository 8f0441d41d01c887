import { mapIn } from '../container/kinds.js';
import { pathFrom } from '../go/path.js';
import { readFindings } from '../readers/index.js';
import type { FileKind } from '../source/file-kinds.js';
import { kindOf } from '../source/kind.js';
import type { CommandView } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import { apiMounts, readApiJson } from './api-input.js';
import { type ComposeChoice, composeMounts, type NoMounts } from './compose-mounts.js';
import type { ConvertOptions } from './convert-command.js';
import type { MountList } from './described-mount.js';
import { devcontainerMounts } from './devcontainer-input.js';
import type { ReadProjectFile } from './read-project-file.js';

/** A document that holds the mounts of containers. */
export type DocumentKind = 'compose' | 'devcontainer' | 'api';

/** Files whose commands are converted where they stand. */
const SCRIPTS: ReadonlySet<FileKind> = new Set([
  'shell',
  'makefile',
  'dockerfile',
  'markdown',
  'powershell',
  'batch',
  'systemd',
  'quadlet',
]);

/** What a document is, by its name and its text; undefined for a file of commands. */
export function documentKind(path: string, text: string): DocumentKind | undefined {
  const kind = kindOf(path, text);
  if (kind === 'devcontainer' || kind === 'compose') return kind;
  if (kind !== undefined && SCRIPTS.has(kind)) return undefined;
  if (!/^\s*[[{]/.test(text) || isComposeInBraces(text)) return 'compose';
  return /^\s*\{[\s\S]*"mounts"\s*:/.test(text) || /^\s*\{\s*\/\//.test(text) ? 'devcontainer' : 'api';
}

/** A Compose file as JSON, such as `docker compose config --format json` prints, or in YAML's braces. */
function isComposeInBraces(text: string): boolean {
  const [first] = readApiJson(text) ?? [];
  return first === undefined
    ? /^\s*\{\s*(?:name|version|services|networks|volumes)\s*:/.test(text)
    : Object.keys(mapIn(mapIn(first)['services'])).length > 0;
}

/** Where a document stands, and what it may name. */
interface DocumentPlace extends ComposeChoice {
  readonly path: string;
  /** Files laid over a Compose file, in order. */
  readonly over?: readonly string[];
  readonly read: ReadProjectFile;
}

/** The mounts of a document: of a service, a devcontainer, or a container. */
export async function documentMounts(
  text: string,
  kind: DocumentKind,
  { path, over = [], read, ...choice }: DocumentPlace,
  options: ConvertOptions,
): Promise<MountList | NoMounts> {
  const whole = text.replace(/^\ufeff/, '');
  switch (kind) {
    case 'api':
      return (
        apiMounts(whole, options.dialects.at(-1)!) ?? {
          why: `${path}: is not JSON of a container or of a create call`,
        }
      );
    case 'devcontainer':
      return devcontainerMounts(whole, options);
    case 'compose':
      return composeMounts([path, ...over], choice, options, async (one) =>
        one === path ? text : read(one),
      );
  }
}

/** Reads files that are given as texts, by their paths; relative ones are relative to each other. */
export function textReader(
  files: Readonly<Record<string, string>>,
  cwd: string | undefined,
): ReadProjectFile {
  const known = new Map(Object.entries(files).map(([path, text]) => [pathFrom(cwd ?? '.', path), text]));
  return async (path) =>
    known.get(path) ?? { why: 'is not among the files that were given', isMissing: true };
}

/** The command of a script whose mounts are meant: a service, like a devcontainer, is one container. */
export function onlyCommand(views: readonly CommandView[]): CommandView | NoMounts {
  const [view, ...more] = views.filter(({ invocation }) =>
    invocation?.flags.some(({ flag }) => MOUNTING.has(flag.kind)),
  );
  if (more.length > 0)
    return {
      why: `there are ${more.length + 1} commands with mounts, and what is written is for one container`,
      hint: 'give them one by one',
    };
  return (
    view ?? views.find(({ invocation }) => invocation !== undefined) ?? { why: 'there is no docker command' }
  );
}

const MOUNTING: ReadonlySet<string> = new Set(['volume', 'mount', 'tmpfs', 'volumesFrom']);

/** The commands of a text as somebody types them in a shell. */
export async function shellCommands(
  text: string,
  { dialects }: ConvertOptions,
): Promise<readonly CommandView[]> {
  const { commands } = await readFindings('shell', text, {});
  return commands.map((found) => viewCommand(found, { dialect: dialects.at(-1)! }));
}
