import type { ContainerForm, ContainerKind, ConvertedContainers } from './convert/convert-containers.js';
import type { RewrittenText } from './convert/rewrite-text.js';
import type { DocumentKind } from './convert/text-mounts.js';
import { chooseCompose, readComposeVersion } from './dialects/compose/versions.js';
import { makeDialect } from './dialects/docker/tables/dialect.js';
import type { Completion, ListFolder } from './editor/completion.js';
import type { PlaceConversion } from './editor/conversions.js';
import type { ExplainedMount } from './editor/explain-mounts.js';
import type { Hover } from './editor/hover.js';
import type { PathLink } from './editor/links.js';
import type { OpenText } from './editor/placed-mounts.js';
import type { NamedVolume } from './editor/volumes.js';
import type { TargetForm } from './forms/loss.js';
import { pathFrom } from './go/path.js';
import type { MountsOfText } from './library.js';
import { type ConversionOptions, conversionOf, type DockerOptions, dialectOf } from './library-options.js';
import type { LintConfig } from './lint/config.js';
import type { ConfigProblem } from './lint/config-node.js';
import type { ListedMount } from './lint/inventory.js';
import { judgeText } from './lint/judge-text.js';
import type { LintOptions } from './lint/lint-text.js';
import { settingsFor } from './lint/settings.js';
import { readFindings } from './readers/index.js';
import type { RuleSettings } from './rules/lint-command.js';
import type { ExtraCommands } from './source/engine.js';
import type { FileKind } from './source/file-kinds.js';
import type { HostView } from './source/host.js';
import { kindOf } from './source/kind.js';
import type { Diagnostic } from './text/diagnostic.js';
import type { TextEdit } from './text/edit.js';
import type { Range } from './text/range.js';

/** Which text is meant: by its kind, or by the path of its file, whose name and text tell the kind. */
export type TextKind = { readonly kind: FileKind; readonly path?: string } | { readonly path: string };

/** How a text is read and by which docker it is judged. */
export type TextOptions = DockerOptions &
  TextKind & {
    /** More words that run a container engine, such as `{ dk: 'docker' }`. */
    readonly commands?: ExtraCommands;
  };

/** By what a text is linted. */
export type LintTextOptions = TextOptions & {
  readonly rules?: RuleSettings;
  /** What a configuration file says, as {@link readConfig} reads it; its globs are asked for `path`. What else is given wins. */
  readonly config?: LintConfig;
  /** The docker compose that reads Compose files, `2.26` to `5.5`; every one that is known when left out. */
  readonly compose?: string;
  /** Who reads `RUN --mount`. */
  readonly builder?: 'buildkit' | 'buildah';
  /** What rules may know of a machine; without it those that would look at one stay silent. */
  readonly host?: HostView;
  /** Commands in comments are read too; what is wrong with them is advice. */
  readonly comments?: boolean;
};

/** What a text was taken for: undefined where no mounts are looked for in such a file. */
export const kindOfText = (text: string, options: TextKind): FileKind | undefined =>
  'kind' in options ? options.kind : kindOf(options.path, text);

/** Reads a configuration file: YAML, or JSON where its path ends so. Mistakes in it are reported and left out. */
export async function readConfig(
  text: string,
  path = '.mountc.yaml',
): Promise<{ readonly config: LintConfig; readonly problems: readonly ConfigProblem[] }> {
  const { checkConfig } = await import('./lint/check-config.js');
  const { parseJsonConfig } = await import('./lint/config-json.js');
  const { RULE_NAMES, ruleName } = await import('./lint/rule-names.js');
  const isJson = /\.jsonc?$/i.test(path);
  const parsed = isJson
    ? parseJsonConfig(text, path.endsWith('package.json') ? 'mountc' : undefined)
    : await (await import('./lint/config-yaml.js')).parseYamlConfig(text);
  if (parsed.root === undefined) return { config: {}, problems: parsed.problems };
  const { config, problems } = checkConfig(parsed.root, ruleName, RULE_NAMES);
  return { config, problems: [...parsed.problems, ...problems] };
}

/**
 * Lints a text: a script, a Compose file, a Dockerfile, a page of documentation, whatever `mountc lint` reads. Ranges are in
 * the text, in UTF-16 units. Directives in the text hold; configuration and what is known of a machine are given in. Any text
 * gives an answer. Throws what {@link dialectOf} throws.
 */
export async function lintText(
  text: string,
  options: LintTextOptions,
): Promise<{ readonly kind?: FileKind; readonly diagnostics: readonly Diagnostic[] }> {
  const kind = kindOfText(text, options);
  if (kind === undefined) return { diagnostics: [] };
  const how = lintOptions(options);
  if (how === undefined) return { kind, diagnostics: [] };
  const { diagnostics } = await judge(kind, text, options.path, how);
  return { kind, diagnostics };
}

/** What was read is kept for who asks for more of the same text, unless it is a burden. */
async function judge(kind: FileKind, text: string, path: string | undefined, how: LintOptions) {
  const { commands, comments } = how;
  const found =
    text.length > MOST_KEPT ? undefined : await readFindings(kind, text, { path, commands, comments });
  return judgeText(kind, text, path, how, found);
}

const MOST_KEPT = 200_000;

/** Every mount of a text, in its order. Any text gives an answer. Throws what {@link dialectOf} throws. */
export async function listMounts(text: string, options: TextOptions): Promise<readonly ListedMount[]> {
  const kind = kindOfText(text, options);
  if (kind === undefined) return [];
  const how = { ...lintOptions(options)!, keepsViews: true };
  const { listMounts: listed } = await import('./lint/inventory.js');
  return listed(await judge(kind, text, options.path, how), options.path, text);
}

/** Undefined for a text that the configuration leaves out. */
function lintOptions(options: LintTextOptions): LintOptions | undefined {
  const { config = {}, path = '', cwd, host, comments } = options;
  const { rules = {}, docker, engine, engineOs, podman, builder, compose } = options;
  const given = { rules, docker, engine, engineOs, podman, builder, compose };
  // Whatever is wrong with a version is said here.
  dialectOf(options);
  if (compose !== undefined && readComposeVersion(compose) === undefined)
    throw new RangeError(`compose ${compose}: no version of docker compose`);
  const settings = settingsFor(path, { config, pathOf: (one) => one }, given);
  if (settings.isIgnored) return undefined;
  return {
    dialect: makeDialect(settings.versions),
    compose: compose === undefined ? settings.compose : chooseCompose(readComposeVersion(compose)!),
    cwd,
    rules: settings.rules,
    commands: { ...settings.commands, ...options.commands },
    host,
    comments,
  };
}

/**
 * Converts the mounts of a text in place: the flags of its commands, or with `compose` and `compose-short` the entries of a
 * Compose file ({@link convertMounts} makes one form of another). Only they change, and only where the new text reads back as meant. Undefined for a text that has nothing of
 * that form. Without a version, writes only what every supported docker reads in the same way. Throws what
 * {@link dialectOf} throws.
 */
export async function convertText(
  text: string,
  to: TargetForm | 'compose' | 'compose-short',
  options: TextOptions & Pick<ConversionOptions, 'strict' | 'assume'>,
): Promise<RewrittenText | undefined> {
  const kind = kindOfText(text, options);
  if (kind === undefined) return undefined;
  const short = to === 'compose-short';
  const { rewriteFile } = await import('./convert/rewrite-file.js');
  return rewriteFile(
    kind,
    text,
    short ? 'compose' : to,
    {
      short,
      options: { ...conversionOf(options), commands: options.commands },
    },
    options.path,
  );
}

/**
 * Writes whole containers in another form: a command as one of the other engine (`docker-run`, `podman-run`) or as units of
 * Quadlet, a Compose file as `docker run` lines (`run`) or units, what `docker inspect` prints as `run`, a unit as a command. What is not
 * in the new text is among the conversions with a reason. ({@link convertMounts} writes a command as a service of Compose.) Throws
 * what {@link dialectOf} throws.
 */
export async function convertContainers(
  text: string,
  to: ContainerForm,
  options: Omit<MountsOfText, 'from'> & { readonly from?: ContainerKind } = {},
): Promise<ConvertedContainers | { readonly problem: string }> {
  const { cwd, files = {}, over = [], service, project } = options;
  const { documentKind, textReader } = await import('./convert/text-mounts.js');
  const name = options.path ?? (options.from === 'quadlet' ? 'app.container' : 'compose.yaml');
  const kind = options.from ?? containerKind(options.path ?? '', text, documentKind);
  const place = {
    path: pathFrom(cwd ?? '.', name),
    over: over.map((one) => pathFrom(cwd ?? '.', one)),
    read: textReader(files, cwd),
    service,
    project,
  };
  const { convertContainers: converted } = await import('./convert/convert-containers.js');
  const made = await converted(text, kind, to, place, { ...conversionOf(options), cwd: cwd ?? '/' });
  return 'why' in made ? { problem: made.why } : made;
}

function containerKind(
  path: string,
  text: string,
  documentKind: (path: string, text: string) => DocumentKind | undefined,
): ContainerKind {
  if (kindOf(path, text) === 'quadlet' || /^\[(?:Unit|Container)\]/m.test(text)) return 'quadlet';
  if (/^\s*(?:\S+=\S*\s+)*(?:sudo\s+)?(?:docker|podman|nerdctl)\b/m.test(text)) return 'command';
  const kind = documentKind(path, text);
  return kind === 'compose' || kind === 'api' ? kind : 'command';
}

/** Says of every mount of a text what it does, in its order, whatever its form. Any text gives an answer. Throws what {@link dialectOf} throws. */
export async function explainText(text: string, options: TextOptions): Promise<readonly ExplainedMount[]> {
  const open = opened(text, options);
  return open === undefined ? [] : (await import('./editor/explain-mounts.js')).explainMounts(open);
}

/** What the mount at an offset does, and what the word there means; undefined where there is none. Throws what {@link dialectOf} throws. */
export async function hoverAt(
  text: string,
  offset: number,
  options: TextOptions,
): Promise<Hover | undefined> {
  const open = opened(text, options);
  return open && (await import('./editor/hover.js')).hoverAt(open, offset);
}

/**
 * What may stand at an offset: keys, types, modes, volumes that the file declares, and paths where `listFolder` knows any. Throws what
 * {@link dialectOf} throws.
 */
export async function completeAt(
  text: string,
  offset: number,
  options: TextOptions & { readonly listFolder?: ListFolder },
): Promise<readonly Completion[]> {
  const open = opened(text, options);
  return open === undefined
    ? []
    : (await import('./editor/completion.js')).completeAt(open, offset, options.listFolder);
}

/** The forms that the mounts of a stretch of a text may be given in place, each with its edits and losses. Throws what {@link dialectOf} throws. */
export async function conversionsAt(
  text: string,
  range: Range,
  options: TextOptions & Pick<ConversionOptions, 'assume'>,
): Promise<readonly PlaceConversion[]> {
  const open = opened(text, options);
  const { assume } = options;
  return open === undefined
    ? []
    : (await import('./editor/conversions.js')).conversionsAt(open, range, { assume });
}

/** The sources of the mounts of a text that are paths of the host. Throws what {@link dialectOf} throws. */
export async function linksOf(text: string, options: TextOptions): Promise<readonly PathLink[]> {
  const open = opened(text, options);
  return open === undefined ? [] : (await import('./editor/links.js')).linksOf(open);
}

/** The volumes that a Compose file names, and where. Throws what {@link dialectOf} throws. */
export async function volumesOf(text: string, options: TextOptions): Promise<readonly NamedVolume[]> {
  const open = opened(text, options);
  return open === undefined ? [] : (await import('./editor/volumes.js')).volumesOf(open);
}

/** Gives the volume at an offset of a Compose file another name, wherever it is meant; why not, otherwise. Throws what {@link dialectOf} throws. */
export async function renameVolume(
  text: string,
  offset: number,
  name: string,
  options: TextOptions,
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly problem: string }> {
  const open = opened(text, options);
  if (open === undefined) return { problem: 'there is no named volume here' };
  return (await import('./editor/volumes.js')).renameVolume(open, offset, name);
}

/** Applies the fixes of a text that come out right: the text as it is then, and how many findings are fixed. Throws what {@link dialectOf} throws. */
export async function fixText(
  text: string,
  options: LintTextOptions & { readonly unsafe?: boolean },
): Promise<{ readonly text: string; readonly applied: number }> {
  const kind = kindOfText(text, options);
  const how = lintOptions(options);
  if (kind === undefined || how === undefined) return { text, applied: 0 };
  const { mendText } = await import('./editor/mend.js');
  return mendText({ kind, text, path: options.path }, options.unsafe ? 'unsafe' : 'safe', how);
}

/** The comment that turns findings of {@link lintText} off where they stand; why there is none, otherwise. Throws what {@link dialectOf} throws. */
export async function disableFindings(
  text: string,
  findings: readonly Diagnostic[],
  options: LintTextOptions & { readonly reason?: string },
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly problem: string }> {
  const kind = kindOfText(text, options);
  const how = lintOptions(options);
  if (kind === undefined || how === undefined) return { problem: 'the text is not linted' };
  const { disableFindings: disabled } = await import('./editor/mend.js');
  return disabled({ kind, text, path: options.path }, findings, { ...how, reason: options.reason });
}

function opened(text: string, options: TextOptions): OpenText | undefined {
  const kind = kindOfText(text, options);
  const dialect = dialectOf(options);
  return kind && { kind, text, path: options.path, dialect, commands: options.commands };
}
