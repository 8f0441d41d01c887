import { ruleUrl } from '../site.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { LineIndex, Position } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { shownFix } from './shown-fix.js';

/** A finding as `--format json` writes it; `offset` counts from 0, line and column from 1, all in UTF-16 units; ends are exclusive. */
export interface JsonFinding {
  readonly path: string | null;
  readonly rule: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly help: string;
  /** The page of its rule, where there is one. */
  readonly url?: string;
  readonly start: Position;
  readonly end: Position;
  /** Null too where its text would repeat a secret. */
  readonly fix: JsonFix | null;
}

/** What would fix a finding. */
interface JsonFix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly { readonly start: Position; readonly end: Position; readonly text: string }[];
}

/** The finding in the form of the contract. */
export function jsonFinding(
  path: string | undefined,
  { rule, code, severity, message, help, range, fix: whole }: Diagnostic,
  lines: LineIndex,
  site = '',
): JsonFinding {
  const fix = shownFix(whole);
  const url = ruleUrl({ rule, code }, site);
  const place = ({ start, end }: Range) => ({ start: lines.position(start), end: lines.position(end) });
  return {
    path: path ?? null,
    rule,
    code,
    severity,
    message,
    help,
    ...(url !== undefined && { url }),
    ...place(range),
    fix:
      fix === undefined
        ? null
        : {
            title: fix.title,
            safety: fix.safety,
            edits: fix.edits.map((edit) => ({ ...place(edit.range), text: edit.text })),
          },
  };
}
