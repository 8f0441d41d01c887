import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Dialect } from '../dialect/dialect.js';
import type { Engine, FileKind, Findings } from '../frontends/frontend.js';
import { readFindings } from '../frontends/index.js';
import { kindOf } from '../frontends/kind.js';
import { dockerRefuses } from '../rules/docker-refuses.js';
import type { HostView } from '../rules/host.js';
import { lintCommand, type RuleSettings } from '../rules/lint-command.js';
import { lintFile } from '../rules/lint-found.js';
import { preferMountSyntax } from '../rules/prefer-mount-syntax.js';
import { serviceCreateVolumeFlag } from '../rules/service-create-volume-flag.js';
import type { CommandView } from '../rules/site.js';
import { viewCommand } from '../rules/view-command.js';
import { volumeTooManyColons } from '../rules/volume-too-many-colons.js';
import { viewMounts } from './view-mounts.js';

/** By what a text is judged. */
export interface LintOptions {
  readonly dialect: Dialect;
  /** Absolute; left out when it is not known where the commands will run. */
  readonly cwd?: string;
  readonly rules: RuleSettings;
  /** Given when rules may look at this machine. */
  readonly host?: HostView;
  /** More words that run a container engine. */
  readonly commands?: Readonly<Record<string, Engine>>;
}

/** What a text holds and what is wrong with it. */
export interface LintedText {
  readonly findings: Findings;
  readonly views: readonly CommandView[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds and judges every mount of a text. Any text gives an answer; ranges are in the text. */
export async function lintText(
  kind: FileKind,
  text: string,
  path: string | undefined,
  options: LintOptions,
): Promise<LintedText> {
  const findings = await readFindings(kind, text, { path, commands: options.commands });
  const views = [
    ...findings.commands.map((command) => viewCommand(command, options)),
    ...viewMounts(findings.mounts, options),
  ];
  const isKnownByName =
    path !== undefined && kind !== 'shell' && kind !== 'yaml' && kindOf(path, '') === kind;
  const ofCommands: Diagnostic[] = [];
  for (const view of views) ofCommands.push(...(await judgeView(view, options.rules)));
  return {
    findings,
    views,
    diagnostics: inOrder([
      ...ofCommands,
      ...lintFile({ ...findings, path, dialect: options.dialect, isKnownByName }, options.rules),
    ]),
  };
}

async function judgeView(view: CommandView, rules: RuleSettings): Promise<readonly Diagnostic[]> {
  const found = lintCommand(view, rulesFor(view, rules));
  // The converter is loaded when it is asked for, which is seldom.
  if (!found.some(({ rule, fix }) => fix === undefined && WANTS_CONVERTER.has(rule))) return found;
  return (await import('#entry/offer-fixes')).offerConversions(view, found);
}

const WANTS_CONVERTER = new Set([
  preferMountSyntax.name,
  volumeTooManyColons.name,
  serviceCreateVolumeFlag.name,
]);

/** A file's commands are read for their mounts: what else docker may think of one that has none is not ours to say. */
function rulesFor(view: CommandView, rules: RuleSettings): RuleSettings {
  return view.sites.length > 0 ? rules : { ...rules, [dockerRefuses.name]: 'off' };
}

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
