import { type CommandConversion, convertCommand, type FlagConversion } from './convert/convert-command.js';
import { type ConvertedMounts, convertMounts as convertList } from './convert/convert-mounts.js';
import { convertViews } from './convert/convert-views.js';
import { offerConversions } from './convert/offer-fixes.js';
import {
  type DocumentKind,
  documentKind,
  documentMounts,
  shellCommands,
  textReader,
} from './convert/text-mounts.js';
import { type ApiAnswer, answerCommand } from './dialects/docker/client/answer.js';
import { scanDocker } from './dialects/docker/client/docker-argv.js';
import { type CommandVerdict, judgeCommand } from './dialects/docker/engine/command.js';
import type { System } from './dialects/docker/engine/system.js';
import { explainSpec, guessForm, type SpecExplanation } from './explain/explain-spec.js';
import type { MountForm, TargetForm } from './forms/loss.js';
import { pathFrom } from './go/path.js';
import { type ConversionOptions, conversionOf, type DockerOptions, dialectOf } from './library-options.js';
import { lintArgs } from './rules/lint-args.js';
import type { RuleSettings } from './rules/lint-command.js';
import { argvSource } from './source/argv-source.js';
import { viewCommand } from './source/view-command.js';
import type { MountSpec, SpecForm, SpecNode, TmpfsSpec, VolumeSpec } from './spec/ast.js';
import { parseSpec } from './spec/parse.js';
import type { Diagnostic } from './text/diagnostic.js';
import { applyEdits } from './text/edit.js';
import { plainText } from './text/spec-text.js';

/** Parses the value of `-v`, `--mount` or `--tmpfs` to a tree with exact ranges. Total: every string has a tree. */
export function parse(form: 'volume', text: string): VolumeSpec;
export function parse(form: 'mount', text: string, options?: { readonly trim?: boolean }): MountSpec;
export function parse(form: 'tmpfs', text: string): TmpfsSpec;
export function parse(form: SpecForm, text: string, options?: { readonly trim?: boolean }): SpecNode;
export function parse(form: SpecForm, text: string, options?: { readonly trim?: boolean }): SpecNode {
  return parseSpec(form, text, options);
}

/** What docker would do with a command, step by step. */
export type CompileAnswer = ApiAnswer & {
  /** The client's verdict; `ok: null` where it cannot be known. */
  readonly client: { readonly ok: boolean | null };
  /** The engine's verdict on what the client sends: what it refuses for certain, and what only its machine can say. */
  readonly engine?: CommandVerdict;
};

/**
 * What docker would do with `args` (docker's arguments, such as `['run', '-v', '/a:/b', 'img']`): what the client sends or
 * why it refuses, and what the engine says to it at create and at start. `host` is what is known of the engine's machine.
 * Pure. Throws what {@link dialectOf} throws.
 */
export function compile(
  args: readonly string[],
  options: DockerOptions & { readonly host?: System } = {},
): CompileAnswer {
  const dialect = dialectOf(options);
  const answer = answerCommand(args, { dialect, cwd: options.cwd ?? '/' });
  if (!answer.ok) return { ...answer, client: { ok: answer.ok } };
  const words = (args[0] === 'docker' ? args.slice(1) : args).map((word) => plainText(word));
  const invocation = scanDocker(words, dialect.client);
  return {
    ...answer,
    client: { ok: true },
    engine:
      invocation.kind === 'unknown'
        ? undefined
        : judgeCommand({ invocation, create: answer.create }, dialect, options.host),
  };
}

/** A command after conversion. */
export interface Converted {
  /** The command line, `docker` in front, shell-quoted. */
  readonly command: string;
  readonly conversions: readonly Omit<FlagConversion, 'range'>[];
}

/**
 * Converts the mount flags of `args`: in their command, or to a document with the mounts of its container, `service` being the
 * name of the service and the reason to write its image. Without a version, writes only what every supported docker reads in the
 * same way. Pure. Throws what {@link dialectOf} throws.
 */
export function convert(args: readonly string[], to: TargetForm, options?: ConversionOptions): Converted;
export function convert(
  args: readonly string[],
  to: Exclude<MountForm, TargetForm>,
  options?: ConversionOptions & { readonly service?: string },
): ConvertedMounts;
export function convert(
  args: readonly string[],
  to: MountForm,
  options: ConversionOptions & { readonly service?: string } = {},
): Converted | ConvertedMounts {
  const { source, text } = argvSource(['docker', ...args]);
  const view = viewCommand(source, { dialect: dialectOf(options), cwd: options.cwd ?? '/' });
  const how = conversionOf(options);
  if (to !== 'mount' && to !== 'volume' && to !== 'tmpfs') {
    const converted = convertViews([view], to, { ...how, service: options.service });
    return 'why' in converted ? NOTHING : converted;
  }
  const { edits, conversions }: CommandConversion = convertCommand(view, to, how);
  return {
    command: applyEdits(text, edits) ?? text,
    conversions: conversions.map(({ range: _range, ...shown }) => shown),
  };
}

/** Where the mounts of a text stand. */
export interface MountsOfText extends ConversionOptions {
  /** What the text is, where its `path` does not tell: a command as it is typed in a shell, or a document. */
  readonly from?: 'command' | DocumentKind;
  /** Of the text; relative to `cwd`, and without one relative to where the mounts will be used. */
  readonly path?: string;
  /** Of a Compose file the service that is read, its only one when left out; of a new one the service that is written. */
  readonly service?: string;
  /** The name of the project, where neither a file nor its folder says it. */
  readonly project?: string;
  /** Other files by their paths, for `extends` and `include` of a Compose file, and its `.env`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Paths of those that are laid over it, in order. */
  readonly over?: readonly string[];
}

/**
 * Writes all mounts of a container in any form: of a command, of a service of a Compose file, of a devcontainer.json, of a create
 * call or what `docker inspect` prints. What is not in the new text is among the conversions with a reason; a text without a list
 * of mounts is answered with that reason alone. Without a version, writes only what every supported docker reads in the same way.
 * Throws what {@link dialectOf} throws.
 */
export async function convertMounts(
  text: string,
  to: MountForm,
  options: MountsOfText = {},
): Promise<ConvertedMounts | { readonly problem: string }> {
  const { cwd, files = {}, over = [], service, project } = options;
  const path = pathFrom(cwd ?? '.', options.path ?? 'compose.yaml');
  const kind = options.from ?? documentKind(options.path ?? '', text) ?? 'command';
  const how = conversionOf(options);
  const place = {
    path,
    over: over.map((one) => pathFrom(cwd ?? '.', one)),
    read: textReader(files, cwd),
    service,
    project,
  };
  if (kind === 'command') {
    const converted = convertViews(await shellCommands(text, how), to, { ...how, service });
    return 'why' in converted ? { problem: converted.why } : converted;
  }
  const list = await documentMounts(text, kind, place, how);
  return 'why' in list ? { problem: list.why } : convertList(list, to, { ...how, service });
}

const NOTHING: ConvertedMounts = { text: '', conversions: [] };

/** Lints `args`; ranges are in `text`, the shell-quoted command line. Pure. Throws what {@link dialectOf} throws. */
export function lint(
  args: readonly string[],
  options: DockerOptions & { readonly rules?: RuleSettings } = {},
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const { text, diagnostics, view } = lintArgs(args, {
    dialect: dialectOf(options),
    cwd: options.cwd,
    settings: options.rules,
  });
  return { text, diagnostics: offerConversions(view, diagnostics) };
}

/** Says in plain words what a mount does, line by line. `form` is guessed when left out. Pure. Throws what {@link dialectOf} throws. */
export function explain(
  spec: string,
  options: DockerOptions & { readonly form?: SpecForm } = {},
): SpecExplanation {
  const form = options.form ?? guessForm(spec);
  return explainSpec(form, spec, { dialect: dialectOf(options), cwd: options.cwd ?? '/' });
}
