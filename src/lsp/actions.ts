import { type CodeAction, CodeActionKind, type TextEdit as LspEdit } from 'vscode-languageserver/node.js';
import type { PlaceConversion, PlaceForm } from '../editor/conversions.js';
import { usableFix } from '../lint/fix-attempt.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import { overlaps, type Range } from '../text/range.js';
import { type Showing, said, toLsp } from './diagnostics.js';

/** What fixes all that can be fixed without a change of meaning, when a file is saved. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.mountc`;

/** What an action is for that is worked out when somebody chooses it. */
export type Deferred =
  | { readonly uri: string; readonly version: number; readonly does: 'fix-all' }
  | { readonly uri: string; readonly version: number; readonly does: 'disable'; readonly index: number };

/** Edits as a client makes them. */
export const toEdits = (edits: readonly TextEdit[], { places }: Pick<Showing, 'places'>): LspEdit[] =>
  edits.map(({ range, text }) => ({ range: places.range(range), newText: text }));

/** The findings that a selection touches. */
export const findingsAt = (all: readonly Diagnostic[], selected: Range): Diagnostic[] =>
  all.filter(
    ({ range }) => overlaps(range, selected) || (range.start <= selected.end && selected.start <= range.end),
  );

/** What fixes a finding, as its fix says. */
export function fixAction(
  diagnostic: Diagnostic,
  showing: Showing,
  toWorkspaceEdit: (edits: LspEdit[]) => CodeAction['edit'],
): CodeAction[] {
  const fix = usableFix(diagnostic, 'unsafe');
  if (fix === undefined) return [];
  const isSafe = fix.safety === 'safe';
  return [
    {
      title: said(`mountc: ${fix.title}${isSafe ? '' : ' (unsafe: changes what it does)'}`),
      kind: CodeActionKind.QuickFix,
      diagnostics: [toLsp(diagnostic, showing)],
      ...(isSafe && { isPreferred: true }),
      edit: toWorkspaceEdit(toEdits(fix.edits, showing)),
    },
  ];
}

const TITLES = {
  mount: '--mount',
  volume: '-v',
  tmpfs: '--tmpfs',
  compose: 'the long syntax',
  'compose-short': 'the short syntax',
} as const satisfies Record<PlaceForm, string>;

/** What writes mounts in another form, with what would be lost in its title. */
export function conversionAction(
  { to, edits, losses }: PlaceConversion,
  showing: Showing,
  {
    hasDisabled,
    toWorkspaceEdit,
  }: {
    readonly hasDisabled: boolean;
    readonly toWorkspaceEdit: (edits: LspEdit[]) => CodeAction['edit'];
  },
): CodeAction[] {
  const why = losses.join('; ');
  const title = `mountc: convert to ${TITLES[to]}`;
  const kind = CodeActionKind.RefactorRewrite;
  if (edits.length === 0) return hasDisabled ? [{ title, kind, disabled: { reason: said(why) } }] : [];
  return [
    {
      title: said(why === '' ? title : `${title} (not the same: ${why})`),
      kind,
      edit: toWorkspaceEdit(toEdits(edits, showing)),
    },
  ];
}
