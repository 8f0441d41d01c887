import type { ComposeFiles } from '../dialects/compose/assemble.js';
import type { ComposeChoice } from '../dialects/compose/versions.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { readEach } from '../readers/index.js';
import { dockerRefuses } from '../rules/docker-refuses.js';
import { lintCommand, type RuleSettings } from '../rules/lint-command.js';
import { lintFile } from '../rules/lint-found.js';
import { preferMountSyntax } from '../rules/prefer-mount-syntax.js';
import { serviceCreateVolumeFlag } from '../rules/service-create-volume-flag.js';
import { volumeTooManyColons } from '../rules/volume-too-many-colons.js';
import type { FileKind } from '../source/file-kinds.js';
import type { Engine, Findings, FoundCommand, FoundMount } from '../source/frontend.js';
import type { HostView } from '../source/host.js';
import { kindOf } from '../source/kind.js';
import type { CommandView } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import { append } from '../text/append.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';
import { viewMounts } from './view-mounts.js';

/** By what a text is judged. */
export interface LintOptions {
  readonly dialect: Dialect;
  /** Which Compose reads Compose files; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** Absolute; left out when it is not known where the commands will run. */
  readonly cwd?: string;
  readonly rules: RuleSettings;
  /** Given when rules may look at this machine. */
  readonly host?: HostView;
  /** Compose merges another file over this one by default. */
  readonly isOverlaid?: boolean;
  /** What Compose reads together with it, where somebody looked. */
  readonly composeFiles?: ComposeFiles;
  /** Of a unit of Quadlet, the names of what lies around it. */
  readonly unitNames?: readonly string[];
  /** More words that run a container engine. */
  readonly commands?: Readonly<Record<string, Engine>>;
  /** Commands in comments are read too; what is wrong with them is advice. */
  readonly comments?: boolean;
  /** For who lists mounts: what the commands say is kept next to what is wrong with them. */
  readonly keepsViews?: boolean;
}

/** What came of one command. */
interface Judged {
  readonly start: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly view?: CommandView;
}

/** What a text holds and what is wrong with it. */
export interface LintedText {
  readonly kind: FileKind;
  /** How much was read: of commands, those that have mounts. */
  readonly read: { readonly commands: number; readonly mounts: number };
  readonly findings: Omit<Findings, 'commands'>;
  /** Where each command and each other mount stands. */
  readonly wholes: readonly Range[];
  /** How many characters of an ordinary text take as long, about. */
  readonly work: number;
  /** Empty unless they were asked for. */
  readonly views: readonly CommandView[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds and judges every mount of a text; `found` where it was read already. Any text gives an answer; ranges are in the
 * text.
 */
export async function lintText(
  kind: FileKind,
  text: string,
  path: string | undefined,
  options: LintOptions,
  found?: Findings,
): Promise<LintedText> {
  const {
    dialect,
    compose,
    host,
    isOverlaid,
    composeFiles,
    unitNames,
    rules,
    commands,
    keepsViews,
    comments,
  } = options;
  const wholes: Range[] = [];
  let withMounts = 0;
  let inCommands = 0;
  let work = text.length;
  let offered = 0;
  const judged: Judged[] = [];
  const judge = (view: CommandView, start: number, isWritten = true) => {
    const found = lintCommand(view, rulesFor(view, rules));
    const diagnostics = view.source.isComment ? found.map(asAdvice) : found;
    // What a hundred recipes have in common is read a hundred times.
    work += OF_WORD * view.source.words.length + OF_FINDING * diagnostics.length;
    // There may be a hundred thousand commands in a file: of those that are right nothing stays.
    const isOffered = diagnostics.some(wantsConverter) && offered++ < MOST_OFFERED;
    if ((keepsViews && isWritten) || isOffered) judged.push({ start, diagnostics, view });
    else if (diagnostics.length > 0) judged.push({ start, diagnostics });
  };
  const take = (command: FoundCommand) => {
    const whole = sourceRange(command.host, command.range);
    wholes.push(whole);
    const view = viewCommand(command, options);
    if (view.sites.length > 0) withMounts++;
    inCommands += view.sites.length;
    judge(view, whole.start);
  };
  found?.commands.forEach(take);
  const findings = found ?? (await readEach(kind, text, { path, commands, comments }, take));
  judged.sort((a, b) => a.start - b.start);
  const isOfCompose = ({ isByCompose }: FoundMount) => isByCompose === true;
  const handedOn = findings.mounts.filter((one) => !isOfCompose(one));
  for (const { view, isWritten } of viewMounts(handedOn, options)) judge(view, text.length, isWritten);
  for (const { view, isWritten } of keepsViews
    ? viewMounts(findings.mounts.filter(isOfCompose), options)
    : [])
    if (isWritten) judged.push({ start: text.length, diagnostics: [], view });
  const ofCommands: Diagnostic[] = [];
  for (const one of judged) append(ofCommands, await withConversions(one));
  const isKnownByName =
    path !== undefined && kind !== 'shell' && kind !== 'yaml' && kindOf(path, '') === kind;
  const file = { ...findings, path, dialect, compose, host, isOverlaid, composeFiles, unitNames };
  const hasTree = findings.trees.length + findings.shown.length > 0 || composeFiles !== undefined;
  // What Compose takes is much, and needed for its files alone.
  const project = hasTree ? (await import('../rules/compose-problems.js')).judgeProject(file) : undefined;
  const ofFile = lintFile({ ...file, project, isKnownByName }, rules);
  work += OF_MOUNT * findings.mounts.length + OF_FINDING * ofFile.length;
  return {
    kind,
    read: { commands: withMounts, mounts: inCommands + findings.mounts.length },
    findings,
    wholes: [...wholes, ...findings.mounts.map(({ range }) => range)],
    work,
    views: keepsViews ? judged.flatMap(({ view }) => view ?? []) : [],
    diagnostics: inOrder([...ofCommands, ...ofFile]),
  };
}

const asAdvice = (one: Diagnostic): Diagnostic => ({ ...one, severity: 'info' });

// What a command is offered by the converter takes all that is known of it, for as long as the file is read. Once those have been
// fixed, the next are offered theirs.
const MOST_OFFERED = 2_000;

const OF_WORD = 8;
const OF_MOUNT = 150;
const OF_FINDING = 40;

/** The converter is loaded when it is asked for, which is seldom. */
async function withConversions({ diagnostics, view }: Judged): Promise<readonly Diagnostic[]> {
  if (view === undefined || !diagnostics.some(wantsConverter)) return diagnostics;
  return (await import('#entry/offer-fixes')).offerConversions(view, diagnostics);
}

const wantsConverter = ({ rule, fix }: Diagnostic) => fix === undefined && WANTS_CONVERTER.has(rule);

const WANTS_CONVERTER = new Set([
  preferMountSyntax.name,
  volumeTooManyColons.name,
  serviceCreateVolumeFlag.name,
]);

/** A file's commands are read for their mounts: what else docker may think of one that has none is not ours to say. */
function rulesFor(view: CommandView, rules: RuleSettings): RuleSettings {
  const isOfMounts =
    view.sites.length > 0 || view.invocation?.flags.some(({ flag }) => flag.name === 'volumes-from');
  if (isOfMounts) return rules;
  let fewer = withoutRefusals.get(rules);
  if (fewer === undefined) {
    fewer = { ...rules, [dockerRefuses.name]: 'off' };
    withoutRefusals.set(rules, fewer);
  }
  return fewer;
}

const withoutRefusals = new WeakMap<RuleSettings, RuleSettings>();

/** By place; what two commands have in common, such as an array that both expand, is said once. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics]
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
    .filter(({ rule, range, message }) => {
      const key = `${rule} ${range.start} ${range.end} ${message}`;
      return !seen.has(key) && seen.add(key);
    });
}
