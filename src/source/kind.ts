import { once } from '../text/once.js';
import { FILE_KIND_ROWS, type FileKind, type NamePattern } from './file-kinds.js';

type Row = (typeof FILE_KIND_ROWS)[number][1];
const patterns = (of: (row: Row) => readonly NamePattern[] | undefined) =>
  FILE_KIND_ROWS.flatMap(([kind, row]) => (of(row) ?? []).map((pattern) => [...pattern, kind] as const));
const lookUp = (of: (row: Row) => readonly string[] | undefined) =>
  new Map(FILE_KIND_ROWS.flatMap(([kind, row]) => (of(row) ?? []).map((name) => [name, kind] as const)));
const names = once(() => ({
  byFolder: patterns(({ folders }) => folders),
  byName: patterns(({ names }) => names),
  byWholeName: lookUp(({ exact }) => exact),
  byExtension: lookUp(({ extensions }) => extensions),
  byExtensionOfAnyCase: lookUp(({ extensionsOfAnyCase }) => extensionsOfAnyCase),
}));
const TEMPLATES = new Set(
  'in j2 jinja jinja2 tmpl tpl template erb gotmpl example sample dist bak orig'.split(' '),
);

/**
 * The kind of a file by its path, and where that says too little by its text: a shebang, or what its YAML or JSON holds.
 * Undefined when no mounts are looked for in such a file.
 */
export function kindOf(path: string, text: string): FileKind | undefined {
  const { byFolder, byName, byWholeName, byExtension, byExtensionOfAnyCase } = names();
  const slashed = path.replaceAll('\\', '/');
  for (const [part, pattern, kind] of byFolder)
    if (slashed.includes(part) && pattern.test(slashed)) return kind;
  const full = slashed.slice(slashed.lastIndexOf('/') + 1);
  if (NO_SUCH_TEXT.has(extensionOf(full).toLowerCase())) return undefined;
  const name = TEMPLATES.has(extensionOf(full)) ? full.slice(0, full.lastIndexOf('.')) : full;
  const lower = name.toLowerCase();
  const extension = extensionOf(lower);
  for (const [part, pattern, kind] of byName)
    if (lower.includes(part) && pattern.test(name) && !isAbout(kind, extension, text)) return kind;
  const known =
    byExtension.get(extensionOf(name)) ?? byExtensionOfAnyCase.get(extension) ?? byWholeName.get(name);
  if (known === 'shell' && OTHER_PROGRAM.test(text)) return undefined;
  if (known !== undefined) return known;
  if (extension === 'yaml' || extension === 'yml') return kindOfYaml(text);
  if (extension === 'json' || extension === 'jsonc') return kindOfJson(text);
  return kindOfShebang(text);
}

const CODE = new Set(
  'js mjs cjs jsx ts tsx go py rb rs java kt cs php pl html css md mdx rst json'.split(' '),
);

/** The first line of what is called after a shell, and read by another program. */
const OTHER_PROGRAM =
  /^\ufeff?#!(?:[^\n]*[/ ])?(?:php|python|perl|ruby|node|expect|[gm]?awk|lua|tclsh|Rscript|groovy|osascript)[\d.]*(?:\s|$)/;

/** What a patch or an editor calls its own files after: `compose.yaml.patch` is no Compose file. */
const NO_SUCH_TEXT = new Set(['patch', 'diff', 'rej', 'swp', 'swo']);

/** Whether a file is a program or a page about what its name begins with: `dockerfile.js`, `Makefile.md`. */
function isAbout(kind: FileKind, extension: string, text: string): boolean {
  if ((kind !== 'dockerfile' && kind !== 'makefile') || !CODE.has(extension)) return false;
  return kind === 'makefile' || !/^\ufeff?(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:FROM|ARG)[ \t]/i.test(text);
}

/** What stands after the last dot. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

/** The kind of a script or a cloud-init file without a telling name. */
export function kindOfShebang(text: string): FileKind | undefined {
  // What a template says of itself is gone when it is filled in.
  const start = text
    .slice(0, 300)
    .replace(/^\ufeff?(?:(?:##[ \t]*template:|#jinja2:)[^\n]*\n|\{#[^#]*#\}\s*)?/, '');
  if (/^#cloud-config\b/.test(start)) return 'yaml';
  const line = /^#!([^\n]*)/.exec(start)?.[1];
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
    !has(/^\s+(?:script|before_script):/m) &&
    // Kubernetes, Symfony, Lando.
    !has(/^(?:apiVersion|kind|parameters|imports|recipe):|^\s+_defaults:/m)
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
  if (has(/^(?:steps|pipeline):/m) && has(/^\s+image:/m) && has(/^\s+commands:/m)) return 'woodpecker';
  if (has(/^tasks:\s*$/m) && has(/^\s+cmds:/m)) return 'taskfile';
  return isServicesAlone(text) ? 'compose' : 'yaml';
}

/** Services that somebody puts into a Compose file, or the first format of it: nothing else has these keys next to each other. */
function isServicesAlone(text: string): boolean {
  const indent = FIRST_KEYS.exec(text)?.[2];
  if (indent === undefined) return false;
  const has = (keys: string) => new RegExp(`^${indent}(?:${keys}):`, 'm').test(text);
  return has('image|build') && has('volumes') && has('container_name');
}

/** The first key, which has no value, and how far the one in it is indented. */
const FIRST_KEYS =
  /^(?:---[ \t]*\n)?(?:[ \t]*(?:#.*)?\n)*( *)[\w.-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*(\1 +)[\w.-]+:/;

/** The kind of a JSON text by the keys that stand in it; other programs have `mounts` too. */
export function kindOfJson(text: string): FileKind | undefined {
  if (/"(?:runArgs|workspaceMount|(?:initialize|postCreate|postStart|postAttach)Command)"\s*:/.test(text))
    return 'devcontainer';
  if (/"mounts"\s*:/.test(text) && (MOUNT_STRING.test(text) || hasMountObject(text))) return 'devcontainer';
  if (STARTS_ENGINE.test(text)) return 'settings';
  return /"scripts"\s*:\s*\{/.test(text) ? 'package-json' : undefined;
}

/** A program and its arguments, as settings of MCP servers have them. */
const STARTS_ENGINE = /"command"\s*:\s*\[?\s*"(?:[^"\n]*[\\/])?(?:docker|podman|nerdctl)(?:\.exe)?"/;

const MOUNT_STRING = /"(?:type|source|src|target|dst|destination)=[^"\n]*"/;

function hasMountObject(text: string): boolean {
  return /"type"\s*:\s*"(?:bind|volume)"/.test(text) && /"target"\s*:\s*"[/$]/.test(text);
}
