// All that needs the rules: a bundle of its own, since most files hold nothing to judge.
export { makeDialect } from '../dialects/docker/tables/dialect.js';
export { STALE_BASELINE } from '../lint/directive-rules.js';
export { listMounts } from '../lint/inventory.js';
export { judgeText } from '../lint/judge-text.js';
export { RULE_NAMES, ruleName } from '../lint/rule-names.js';
export { RULES } from '../rules/index.js';
export { lintArgs } from '../rules/lint-args.js';
export { severityOf } from '../rules/lint-command.js';
export { ruleInfo } from './rule-info.js';
