import type { Diagnostic, Severity } from '../diagnostic/diagnostic.js';
import { RULES } from './index.js';
import type { Rule } from './rule.js';
import type { CommandView } from './site.js';

/** Which rules run, and how grave their findings are; a rule that is not named has its own severity. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

/** The severity of a rule under these settings; undefined when it is off. A rule may be named by its code. */
export function severityOf(rule: Rule, settings: RuleSettings = {}): Severity | undefined {
  const set = settings[rule.name] ?? settings[rule.code];
  if (set === 'off') return undefined;
  return set ?? (rule.isOptional ? undefined : rule.severity);
}

/** Runs the rules over one command; findings in order of place. */
export function lintCommand(command: CommandView, settings: RuleSettings = {}): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of RULES) {
    const severity = severityOf(rule, settings);
    if (severity === undefined) continue;
    const isSet = settings[rule.name] !== undefined || settings[rule.code] !== undefined;
    const report: Parameters<NonNullable<Rule['checkCommand']>>[1] = (finding) =>
      found.push({
        code: rule.code,
        rule: rule.name,
        severity: isSet ? severity : (finding.severity ?? severity),
        message: finding.message,
        help: finding.help,
        range: finding.range,
        related: finding.related,
        fix: finding.fix,
      });
    rule.checkCommand?.(command, report);
    if (rule.checkMount !== undefined)
      for (const site of command.sites) rule.checkMount(site, report, command);
  }
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
