import type { Severity } from '../text/diagnostic.js';

/** A rule about the comments that turn rules off; it judges no mount. */
export interface DirectiveRule {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
}

/** What can be wrong with a directive. */
export const DIRECTIVE_RULES = [
  {
    code: 'MC990',
    name: 'unknown-directive',
    severity: 'warning',
    summary: 'a comment that starts with `mountc-` and is no directive, or names no rule',
    why: 'A misspelt directive turns nothing off, and nobody notices.',
  },
  {
    code: 'MC991',
    name: 'unused-directive',
    severity: 'warning',
    summary: 'a directive that turns nothing off',
    why: 'What it was written for is gone; left in place it would hide the next mistake.',
  },
] as const satisfies readonly DirectiveRule[];

/** The name of a rule about directives. */
export type DirectiveRuleName = (typeof DIRECTIVE_RULES)[number]['name'];
