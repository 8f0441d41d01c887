import type { FileKind } from './frontend.js';

/** A pattern for names, and what every name that it matches holds in small letters. */
type NameRow = readonly [part: string, pattern: RegExp, kind: FileKind];

// V8 takes longer to compile these than to read a script, so most names get by without any.
const BY_NAME: readonly NameRow[] = [
  ['compose', /^(?:docker-|podman-)?compose[\w.-]*\.ya?ml(?:\.\w+)?$|[.-]compose\.ya?ml$/i, 'compose'],
  ['docker-stack', /^docker-stack[\w.-]*\.ya?ml$/i, 'compose'],
  [
    'makefile',
    /(?:^|\.)(?:GNU)?[Mm]akefile(?:[.-](?!(?:toml|PL|py|sh|js|ya?ml|json)$)[\w.-]+)?$/,
    'makefile',
  ],
  ['.mk', /\.mk$/, 'makefile'],
  ['.mak', /\.make?$/, 'makefile'],
  ['dockerfile', /^Dockerfile(?:[._-][\w.-]+)?$/i, 'dockerfile'],
  ['containerfile', /^Containerfile(?:[._-][\w.-]+)?$/i, 'dockerfile'],
  ['devcontainer', /^\.?devcontainer(?:\.[\w-]+)?\.json$/, 'devcontainer'],
  ['package.json', /^package\.json$/, 'package-json'],
  ['.gitlab-ci', /^\.gitlab-ci[\w.-]*\.ya?ml$|\.gitlab-ci\.ya?ml$/, 'gitlab'],
  ['azure-pipelines', /^azure-pipelines[\w.-]*\.ya?ml$/i, 'azure'],
  ['.travis', /^\.travis[\w.-]*\.ya?ml$/, 'yaml'],
  ['taskfile', /^[Tt]askfile(?:\.dist)?\.ya?ml$/, 'taskfile'],
  ['action.y', /^action\.ya?ml$/, 'github'],
];

const BY_FOLDER: readonly NameRow[] = [
  ['workflows/', /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, 'github'],
  ['.circleci/', /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/, 'circleci'],
  ['.azure', /(?:^|\/)\.azure(?:-pipelines)?\/.+\.ya?ml$/, 'azure'],
  ['.gitlab/', /(?:^|\/)\.gitlab\/.+\.ya?ml$/, 'gitlab'],
];

const kinds = (kind: FileKind, names: string) =>
  names.split(' ').map((name): readonly [string, FileKind] => [name, kind]);
const BY_EXTENSION = new Map([
  ...kinds('shell', 'sh bash zsh fish ksh dash bats command envrc'),
  ...kinds('systemd', 'service socket timer'),
]);
const BY_EXTENSION_OF_ANY_CASE = new Map([
  ...kinds('dockerfile', 'dockerfile containerfile'),
  ...kinds('markdown', 'md markdown mdx mdown mkd rmd qmd'),
  ...kinds('powershell', 'ps1 psm1'),
  ...kinds('batch', 'bat cmd'),
]);
const SHELL_NAMES = new Set(
  '.envrc .bashrc .bash_profile .bash_aliases .profile .zshrc .zprofile'.split(' '),
);
const TEMPLATES = new Set(
  'in j2 jinja jinja2 tmpl tpl template erb gotmpl example sample dist bak orig'.split(' '),
);

/**
 * The kind of a file by its path, and where that says too little by its text: a shebang, or what its YAML or JSON holds.
 * Undefined when no mounts are looked for in such a file.
 */
export function kindOf(path: string, text: string): FileKind | undefined {
  const slashed = path.replaceAll('\\', '/');
  for (const [part, pattern, kind] of BY_FOLDER)
    if (slashed.includes(part) && pattern.test(slashed)) return kind;
  const full = slashed.slice(slashed.lastIndexOf('/') + 1);
  const name = TEMPLATES.has(extensionOf(full)) ? full.slice(0, full.lastIndexOf('.')) : full;
  const lower = name.toLowerCase();
  const extension = extensionOf(lower);
  for (const [part, pattern, kind] of BY_NAME)
    if (lower.includes(part) && pattern.test(name) && !isAbout(kind, extension, text)) return kind;
  const byExtension = BY_EXTENSION.get(extensionOf(name)) ?? BY_EXTENSION_OF_ANY_CASE.get(extension);
  if (byExtension !== undefined) return byExtension;
  if (SHELL_NAMES.has(name)) return 'shell';
  if (extension === 'yaml' || extension === 'yml') return kindOfYaml(text);
  if (extension === 'json' || extension === 'jsonc') return kindOfJson(text);
  return kindOfShebang(text);
}

const CODE = new Set(
  'js mjs cjs jsx ts tsx go py rb rs java kt cs php pl html css md mdx rst json'.split(' '),
);

/** Whether a file is a program or a page about what its name begins with: `dockerfile.js`, `Makefile.md`. */
function isAbout(kind: FileKind, extension: string, text: string): boolean {
  if ((kind !== 'dockerfile' && kind !== 'makefile') || !CODE.has(extension)) return false;
  return kind === 'makefile' || !/^\ufeff?(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:FROM|ARG)[ \t]/i.test(text);
}

/** What stands behind the last dot. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

/** The kind of a script without a telling name. */
export function kindOfShebang(text: string): FileKind | undefined {
  const line = /^\ufeff?#!([^\n]*)/.exec(text.slice(0, 300))?.[1];
  if (line === undefined) return undefined;
  if (/\b(?:ba|da|a|z|k|fi)?sh\b|\bbats\b/.test(line)) return 'shell';
  if (/\bmake\b/.test(line)) return 'makefile';
  return /\bpwsh\b/.test(line) ? 'powershell' : undefined;
}

/** The kind of a YAML text by the keys that stand in it. */
export function kindOfYaml(text: string): FileKind {
  const has = (pattern: RegExp) => pattern.test(text);
  if (
    has(/^services:/m) &&
    !has(/^services:[ \t]*(?:#.*)?(?:\w|(?:\n[ \t]*(?:#.*)?)*\n[ \t]*-[ \t])/m) &&
    !has(/^(?:jobs|stages|steps|pipeline|script|install|before_script|before_install|language):/m) &&
    !has(/^\s+(?:script|before_script):/m)
  )
    return 'compose';
  if (has(/^(?:on|"on"|'on'):/m) && has(/^jobs:/m)) return 'github';
  if (has(/^[ \t]*(?:-[ \t]+)?uses:[ \t]+["']?[\w.-]+\/[\w./-]+@/m)) return 'github';
  if (has(/^runs:/m) && has(/^\s+using:\s*["']?composite/m)) return 'github';
  if (has(/^orbs:|^version: ["']?2\.\d/m) && has(/^jobs:/m)) return 'circleci';
  if (
    has(/^(?:stages|steps|pool|trigger|jobs):/m) &&
    has(/^\s*-\s+(?:task|script|bash|pwsh|powershell|template):/m)
  )
    return 'azure';
  if (has(/^\s+(?:script|before_script|after_script):/m)) return 'gitlab';
  if (has(/^tasks:\s*$/m) && has(/^\s+cmds:/m)) return 'taskfile';
  return 'yaml';
}

/** The kind of a JSON text by the keys that stand in it; other programs have `mounts` too. */
export function kindOfJson(text: string): FileKind | undefined {
  if (/"(?:runArgs|workspaceMount|(?:initialize|postCreate|postStart|postAttach)Command)"\s*:/.test(text))
    return 'devcontainer';
  if (/"mounts"\s*:/.test(text) && (MOUNT_STRING.test(text) || hasMountObject(text))) return 'devcontainer';
  return /"scripts"\s*:\s*\{/.test(text) ? 'package-json' : undefined;
}

const MOUNT_STRING = /"(?:type|source|src|target|dst|destination)=[^"\n]*"/;

function hasMountObject(text: string): boolean {
  return /"type"\s*:\s*"(?:bind|volume)"/.test(text) && /"target"\s*:\s*"[/$]/.test(text);
}
