import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
} from 'vscode-languageserver/node.js';
import type { ConfigProblem } from '../lint/config-node.js';
import { ruleUrl } from '../site.js';
import type { Diagnostic, Severity } from '../text/diagnostic.js';
import { show } from '../text/shown.js';
import type { Places } from './positions.js';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const satisfies Record<Severity, DiagnosticSeverity>;

/** Rules about what could as well not be there. */
const NEEDLESS: ReadonlySet<string> = new Set(['redundant-rw', 'unused-directive', 'compose-unused-volume']);
const OBSOLETE: ReadonlySet<string> = new Set(['obsolete-consistency', 'removed-bind-nonrecursive']);

/** What a client can show of a finding. */
export interface Showing {
  readonly uri: string;
  readonly places: Places;
  /** The root of the pages of the rules; empty for none. */
  readonly site: string;
  readonly hasRelated: boolean;
}

/** A finding as a client shows it. */
export function toLsp(diagnostic: Diagnostic, { uri, places, site, hasRelated }: Showing): LspDiagnostic {
  const { rule, severity, message, help, range, related = [] } = diagnostic;
  const href = ruleUrl(diagnostic, site);
  const tags = [
    ...(NEEDLESS.has(rule) ? [DiagnosticTag.Unnecessary] : []),
    ...(OBSOLETE.has(rule) ? [DiagnosticTag.Deprecated] : []),
  ];
  return {
    range: places.range(range),
    severity: SEVERITIES[severity],
    code: rule,
    ...(href !== undefined && { codeDescription: { href } }),
    source: 'mountc',
    message: said(help === '' ? message : `${message}\n${help}`),
    ...(tags.length > 0 && { tags }),
    ...(hasRelated &&
      related.length > 0 && {
        relatedInformation: related.map((other) => ({
          location: { uri, range: places.range(other.range) },
          message: said(other.message),
        })),
      }),
  };
}

/** A mistake in a configuration file as a client shows it. */
export function configProblem(
  { message, help, range }: ConfigProblem,
  severity: DiagnosticSeverity,
  places: Places,
): LspDiagnostic {
  return { range: places.range(range), severity, source: 'mountc', message: said(`${message}\n${help}`) };
}

/** A sentence without secrets, and without what would not be seen. */
export function said(text: string): string {
  return text
    .split('\n')
    .map((line) => show`${line}`.shown)
    .join('\n');
}
