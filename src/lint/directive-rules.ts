import type { Severity } from '../text/diagnostic.js';

/** A rule about what turns findings off or leaves them out: comments, entries of a baseline, reports; it judges no mount. */
export interface DirectiveRule {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
}

/** What is wrong with an entry of a baseline that stands for nothing. */
export const STALE_BASELINE = {
  code: 'MC992',
  name: 'stale-baseline',
  severity: 'warning',
  summary: 'an entry of a baseline whose finding is gone',
  why: 'Left in place, it would hide the same mistake when it comes back. `--write-baseline` takes it out.',
} as const satisfies DirectiveRule;

/** Stands for the findings of a file that a report has no room for. */
export const MORE_FINDINGS = {
  code: 'MC993',
  name: 'more-findings',
  severity: 'error',
  summary: 'findings of a file after the first 10,000, which reports leave out',
  why: 'Nobody reads so many, and a report of all of them may be too large for its reader. They still count: this finding gives their number by rule, and is as severe as the most severe of them. It cannot be turned off; `--fix`, `--baseline` and comments see all of them.',
} as const satisfies DirectiveRule;

/** What can be wrong with what turns rules off. */
export const DIRECTIVE_RULES = [
  {
    code: 'MC990',
    name: 'unknown-directive',
    severity: 'warning',
    summary: 'a comment that starts with `mountc-` and is not a directive, or names no rule',
    why: 'A misspelled directive turns nothing off, and nobody notices.',
  },
  {
    code: 'MC991',
    name: 'unused-directive',
    severity: 'warning',
    summary: 'a directive that turns nothing off',
    why: 'The finding that it was written for is gone; left in place, it would hide the next mistake.',
  },
  STALE_BASELINE,
  MORE_FINDINGS,
] as const satisfies readonly DirectiveRule[];

/** The name of a rule about directives. */
export type DirectiveRuleName = (typeof DIRECTIVE_RULES)[number]['name'];
