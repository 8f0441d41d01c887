import type { FileView } from '../source/found.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { RULES } from './index.js';
import { type RuleSettings, severityOf } from './lint-command.js';

/** Runs the rules about mounts that stand outside of commands over one file; findings in order of place. */
export function lintFile(file: FileView, settings: RuleSettings = {}): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (file.mounts.length + file.volumes.length + file.problems.length === 0) return found;
  for (const rule of RULES) {
    const severity = severityOf(rule, settings);
    if (severity === undefined || rule.checkFile === undefined) continue;
    const isSet = settings[rule.name] !== undefined || settings[rule.code] !== undefined;
    rule.checkFile(file, (finding) =>
      found.push({
        ...finding,
        code: rule.code,
        rule: rule.name,
        severity: isSet ? severity : (finding.severity ?? severity),
      }),
    );
  }
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
