import type { Diagnostic, Severity } from '../diagnostic/diagnostic.js';
import { RULES } from './index.js';
import { isSingleDashName } from './misspelt-mount-flag.js';
import type { Report, Rule } from './rule.js';
import type { CommandView, Site } from './site.js';

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
  // What a rule that is switched off finds still counts as said, so that no other rule says it instead.
  const said: Diagnostic[] = [];
  const shown: Diagnostic[] = [];
  const sites = command.sites.filter((site) => isSurelyMount(site, command));
  for (const rule of RULES) {
    if (rule.engines !== 'any' && command.source.engine !== 'docker') continue;
    const severity = severityOf(rule, settings);
    const isSet = settings[rule.name] !== undefined || settings[rule.code] !== undefined;
    if (severity === undefined && !isSet) continue;
    const report: Report = (finding) => {
      const own = finding.severity ?? rule.severity;
      const diagnostic = { ...finding, code: rule.code, rule: rule.name, severity: own };
      said.push(diagnostic);
      if (severity !== undefined) shown.push(isSet ? { ...diagnostic, severity } : diagnostic);
    };
    rule.checkCommand?.(command, report);
    if (rule.checkMount !== undefined) for (const site of sites) rule.checkMount(site, report, command);
    rule.checkRest?.(command, [...said], report);
  }
  return shown.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

// Behind a word that may be the image already, only what looks like a mount is one.
function isSurelyMount({ use, form, text }: Site, command: CommandView): boolean {
  if (isSingleDashName(command, use.word)) return false;
  return !use.uncertain || form !== 'volume' || /:[/\\]|=/.test(text.value);
}
