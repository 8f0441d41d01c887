import type { FileKind } from './frontend.js';

const BY_NAME: readonly (readonly [RegExp, FileKind])[] = [
  [
    /^(?:docker-|podman-)?compose[\w.-]*\.ya?ml(?:\.\w+)?$|^docker-stack[\w.-]*\.ya?ml$|[.-]compose\.ya?ml$/i,
    'compose',
  ],
  [/^(?:GNU)?[Mm]akefile(?:\.[\w.-]+)?$|\.(?:mk|mak|make)$/, 'makefile'],
  [/^(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$|\.(?:dockerfile|containerfile)$/i, 'dockerfile'],
  [/^\.?devcontainer(?:\.[\w-]+)?\.json$/, 'devcontainer'],
  [/^package\.json$/, 'package-json'],
  [/^\.gitlab-ci[\w.-]*\.ya?ml$|\.gitlab-ci\.ya?ml$/, 'gitlab'],
  [/^azure-pipelines[\w.-]*\.ya?ml$/i, 'azure'],
  [/^[Tt]askfile(?:\.dist)?\.ya?ml$/, 'taskfile'],
  [/^action\.ya?ml$/, 'github'],
  [
    /\.(?:sh|bash|zsh|ksh|dash|bats|command|envrc)$|^\.(?:envrc|bashrc|bash_profile|bash_aliases|profile|zshrc|zprofile)$/,
    'shell',
  ],
  [/\.(?:md|markdown|mdx|mdown|mkd|Rmd|qmd)$/i, 'markdown'],
  [/\.(?:ps1|psm1)$/i, 'powershell'],
  [/\.(?:bat|cmd)$/i, 'batch'],
  [/\.(?:service|socket|timer)$/, 'systemd'],
];

const BY_FOLDER: readonly (readonly [RegExp, FileKind])[] = [
  [/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, 'github'],
  [/(?:^|\/)\.circleci\/[^/]+\.ya?ml$/, 'circleci'],
  [/(?:^|\/)\.azure(?:-pipelines)?\/.+\.ya?ml$/, 'azure'],
  [/(?:^|\/)\.gitlab\/.+\.ya?ml$/, 'gitlab'],
];

/**
 * The kind of a file by its path, and where that says too little by its text: a shebang, or what its YAML or JSON holds.
 * Undefined when no mounts are looked for in such a file.
 */
export function kindOf(path: string, text: string): FileKind | undefined {
  const slashed = path.replaceAll('\\', '/');
  for (const [pattern, kind] of BY_FOLDER) if (pattern.test(slashed)) return kind;
  const name = slashed
    .slice(slashed.lastIndexOf('/') + 1)
    .replace(/\.(?:in|j2|jinja2?|tmpl|tpl|template|erb|gotmpl|example|sample|dist|bak|orig)$/, '');
  for (const [pattern, kind] of BY_NAME) if (pattern.test(name)) return kind;
  if (/\.ya?ml$/i.test(name)) return kindOfYaml(text);
  if (/\.jsonc?$/i.test(name)) return kindOfJson(text);
  return kindOfShebang(text);
}

/** The kind of a script without a telling name. */
export function kindOfShebang(text: string): FileKind | undefined {
  const line = /^\ufeff?#!([^\n]*)/.exec(text.slice(0, 300))?.[1];
  if (line === undefined) return undefined;
  if (/\b(?:ba|da|a|z|k)?sh\b|\bbats\b/.test(line)) return 'shell';
  if (/\bmake\b/.test(line)) return 'makefile';
  return /\bpwsh\b/.test(line) ? 'powershell' : undefined;
}

/** The kind of a YAML text by the keys that stand in it. */
export function kindOfYaml(text: string): FileKind {
  const has = (pattern: RegExp) => pattern.test(text);
  if (
    has(/^services:/m) &&
    !has(/^(?:jobs|stages|steps|pipeline):/m) &&
    !has(/^\s+(?:script|before_script):/m)
  )
    return 'compose';
  if (has(/^(?:on|"on"|'on'):/m) && has(/^jobs:/m)) return 'github';
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

/** The kind of a JSON text by the keys that stand in it. */
export function kindOfJson(text: string): FileKind | undefined {
  if (/"(?:mounts|runArgs|workspaceMount)"\s*:/.test(text)) return 'devcontainer';
  return /"scripts"\s*:\s*\{/.test(text) ? 'package-json' : undefined;
}
