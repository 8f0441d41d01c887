/** A pattern for names, and what every name that it matches holds in small letters. */
export type NamePattern = readonly [part: string, pattern: RegExp];

/** What tells a kind of file, what is said of it, and how much of it is read. */
interface FileKindRow {
  /** What the help and the documentation call it; kinds of one title stand together. */
  readonly title: string;
  /** Paths whose folder tells, whatever the file is called; slashes only. */
  readonly folders?: readonly NamePattern[];
  /** V8 takes longer to compile these than to read a script, so most names get by without any. */
  readonly names?: readonly NamePattern[];
  /** Whole names. */
  readonly exact?: readonly string[];
  readonly extensions?: readonly string[];
  /** The same in capitals too. */
  readonly extensionsOfAnyCase?: readonly string[];
  /** Its comments stand in YAML. */
  readonly isYaml?: true;
  /** A CI system runs its commands, on a machine of its own. */
  readonly isCi?: true;
  /** What begins a comment that fills its line, and what ends it; `#` when left out, nothing where there are none. */
  readonly comment?: readonly [open?: string, close?: string];
  /** The most that is read, in MB; 64 when left out, more than anybody writes by hand. */
  readonly largest?: number;
  /** What is larger was made by a program. */
  readonly isMadeWhenLarger?: true;
}

const words = (text: string) => text.split(' ');

const YAML = {
  title: 'CI files',
  isYaml: true as const,
  // The tree of a YAML or JSON text takes a hundred times its size, and Node ends where it has no more memory.
  largest: 4,
};
const CI = { ...YAML, isCi: true as const };
const CODE = {
  title: 'programs (argument lists and shell commands in Python, JavaScript, Go and other languages)',
  // More than anybody writes by hand: bundles and tables, of which a list may hold all.
  largest: 2,
  isMadeWhenLarger: true as const,
};
const JSON_FILE = { largest: 4 };
const SLASHES = { comment: ['//'] as const };

/** Every kind of file that mounts are found in: one row each. The first row whose name fits decides. */
export const FILE_KINDS = {
  shell: {
    title: 'shell scripts',
    exact: words('.envrc .bashrc .bash_profile .bash_aliases .profile .zshrc .zprofile'),
    extensions: words('sh bash zsh fish ksh dash bats command envrc'),
  },
  makefile: {
    title: 'Makefiles',
    names: [
      ['makefile', /(?:^|\.)(?:GNU)?[Mm]akefile(?:[.-](?!(?:toml|PL|py|sh|js|ya?ml|json)$)[\w.-]+)?$/],
      ['.mk', /\.mk$/],
      ['.mak', /\.make?$/],
    ],
  },
  github: {
    ...CI,
    folders: [['workflows/', /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/]],
    names: [['action.y', /^action\.ya?ml$/]],
  },
  gitlab: {
    ...CI,
    folders: [['.gitlab/', /(?:^|\/)\.gitlab\/.+\.ya?ml$/]],
    names: [['.gitlab-ci', /^\.gitlab-ci[\w.-]*\.ya?ml$|\.gitlab-ci\.ya?ml$/]],
  },
  circleci: { ...CI, folders: [['.circleci/', /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/]] },
  azure: {
    ...CI,
    folders: [['.azure', /(?:^|\/)\.azure(?:-pipelines)?\/.+\.ya?ml$/]],
    names: [['azure-pipelines', /^azure-pipelines[\w.-]*\.ya?ml$/i]],
  },
  appveyor: { ...CI, names: [['appveyor', /^\.?appveyor\.ya?ml$/i]] },
  woodpecker: {
    ...CI,
    folders: [['.woodpecker/', /(?:^|\/)\.woodpecker\/.+\.ya?ml$/]],
    names: [['.woodpecker', /^\.woodpecker[\w.-]*\.ya?ml$/]],
  },
  taskfile: { ...YAML, names: [['taskfile', /^[Tt]askfile(?:\.dist)?\.ya?ml$/]] },
  yaml: { ...YAML, names: [['.travis', /^\.travis[\w.-]*\.ya?ml$/]] },
  compose: {
    ...YAML,
    title: 'Compose files',
    names: [
      ['compose', /^(?:docker-|podman-)?compose[\w.-]*\.ya?ml(?:\.\w+)?$|[.-]compose\.ya?ml$/i],
      ['docker-stack', /^docker-stack[\w.-]*\.ya?ml$/i],
    ],
  },
  dockerfile: {
    title: 'Dockerfiles',
    names: [
      ['dockerfile', /^Dockerfile(?:[._-][\w.-]+)?$/i],
      ['containerfile', /^Containerfile(?:[._-][\w.-]+)?$/i],
    ],
    extensionsOfAnyCase: words('dockerfile containerfile'),
  },
  earthfile: { title: 'Earthfiles', exact: ['Earthfile'] },
  'vscode-tasks': {
    ...JSON_FILE,
    ...SLASHES,
    title: 'tasks.json of Visual Studio Code',
    folders: [['.vscode/', /(?:^|\/)\.vscode\/tasks\.json$/]],
  },
  settings: {
    ...JSON_FILE,
    ...SLASHES,
    title: 'settings that start MCP servers',
    folders: [['/settings.json', /(?:^|\/)\.(?:vscode|claude|cursor|gemini|zed)\/settings\.json$/]],
    names: [
      ['mcp', /mcp[\w.-]*\.jsonc?$/i],
      ['claude_desktop_config', /^claude_desktop_config[\w.-]*\.json$/i],
    ],
  },
  notebook: { ...JSON_FILE, comment: [], title: 'notebooks of Jupyter', extensions: ['ipynb'] },
  devcontainer: {
    ...JSON_FILE,
    ...SLASHES,
    title: 'devcontainer.json',
    names: [['devcontainer', /^\.?devcontainer(?:\.[\w-]+)?\.json$/]],
  },
  'package-json': {
    ...JSON_FILE,
    comment: [],
    title: 'package.json',
    names: [['package.json', /^package\.json$/]],
  },
  markdown: {
    title: 'Markdown',
    comment: ['<!--', '-->'],
    // Most that have no ending are written in it.
    exact: ['README'],
    extensionsOfAnyCase: words('md markdown mdx mdown mkd rmd qmd'),
  },
  rst: {
    title: 'reStructuredText',
    comment: ['..'],
    extensionsOfAnyCase: ['rst'],
  },
  adoc: {
    title: 'AsciiDoc',
    ...SLASHES,
    extensionsOfAnyCase: words('adoc asciidoc asc'),
  },
  powershell: {
    title: 'PowerShell',
    extensionsOfAnyCase: words('ps1 psm1'),
  },
  batch: {
    title: 'batch files',
    comment: ['rem'],
    extensionsOfAnyCase: words('bat cmd'),
  },
  systemd: {
    title: 'systemd units',
    extensions: words('service socket timer'),
  },
  quadlet: {
    title: 'Quadlet units',
    folders: [['.d/', /\.(?:container|volume|network|kube|image|pod|build)\.d\/[^/]+\.conf$/]],
    extensions: words('container volume network kube image pod build artifact'),
  },
  justfile: {
    title: 'justfiles',
    names: [['justfile', /^\.?justfile$/i]],
    extensions: ['just'],
  },
  toml: {
    title: "TOML (GitLab Runner's config.toml, tasks of mise, cargo-make, Poe and others)",
    exact: ['containers.conf'],
    extensions: ['toml'],
    largest: 4,
  },
  python: { ...CODE, extensions: words('py pyw') },
  javascript: {
    ...CODE,
    ...SLASHES,
    extensions: words('js mjs cjs jsx ts mts cts tsx'),
  },
  go: { ...CODE, ...SLASHES, extensions: ['go'] },
  ruby: {
    ...CODE,
    names: [['file', /^(?:Rake|Vagrant|Fast)file$/]],
    extensions: words('rb rake'),
  },
  java: { ...CODE, ...SLASHES, extensions: ['java'] },
  kotlin: { ...CODE, ...SLASHES, extensions: words('kt kts') },
  csharp: { ...CODE, ...SLASHES, extensions: ['cs'] },
  rust: { ...CODE, ...SLASHES, extensions: ['rs'] },
  php: { ...CODE, ...SLASHES, extensions: ['php'] },
  groovy: {
    ...CODE,
    ...SLASHES,
    names: [['jenkinsfile', /^(?:[\w.-]+\.)?[Jj]enkinsfile(?:[._-][\w.-]+)?$/]],
    extensions: words('groovy gradle jenkinsfile'),
  },
} as const satisfies Record<string, FileKindRow>;

/** The kinds of files that mounts are found in. */
export type FileKind = keyof typeof FILE_KINDS;

/** Those of CI systems. */
export type CiSystemKind = {
  [Kind in FileKind]: (typeof FILE_KINDS)[Kind] extends { readonly isCi: true } ? Kind : never;
}[FileKind];

/** What begins a comment in a kind of file, and what ends it; undefined where there are none. */
export function commentMarks(kind: FileKind): readonly [open: string, close?: string] | undefined {
  const { comment = ['#'] }: FileKindRow = FILE_KINDS[kind];
  const [open, close] = comment;
  return open === undefined ? undefined : [open, close];
}

/** Their rows, in the order of the table. */
export const FILE_KIND_ROWS: readonly (readonly [FileKind, FileKindRow])[] = Object.entries(
  FILE_KINDS as Readonly<Record<FileKind, FileKindRow>>,
) as [FileKind, FileKindRow][];

/** The most that is read of a kind, in MB; without one the most that is read of any. */
export function largestOf(kind?: FileKind): number {
  const row: FileKindRow | undefined = kind && FILE_KINDS[kind];
  return row?.largest ?? 64;
}

/** Whether a file of a kind is a bundle or a table when it is larger than what is read. */
export function isMadeWhenLarger(kind: FileKind): boolean {
  const row: FileKindRow = FILE_KINDS[kind];
  return row.isMadeWhenLarger === true;
}

/** What is read, for people: `shell scripts, Makefiles, … and systemd units`. */
export function kindTitles(): string {
  const titles = [...new Set(FILE_KIND_ROWS.map(([, { title }]) => title))];
  return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}
