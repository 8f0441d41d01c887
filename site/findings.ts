import type { Diagnostic } from '../src/text/diagnostic.js';
import { applyEdits } from '../src/text/edit.js';
import type { LineIndex } from '../src/text/line-index.js';
import { element, prose } from './elements.js';

/** A finding with its line, the characters that it is about, what to do, and a button for its fix. */
export function findingItem(
  text: string,
  lines: LineIndex,
  diagnostic: Diagnostic,
  apply: (fresh: string | undefined) => void,
): HTMLLIElement {
  const { severity, rule, message, help, range, fix } = diagnostic;
  const from = lines.position(range.start);
  const to = lines.position(range.end);
  const line = lines.line(from.line);
  const end = to.line === from.line ? to.column - 1 : line.length;
  // Tabs stay tabs under the line, so that the marks stand where they belong.
  const indent = /^[ \t]*/.exec(line.slice(0, from.column - 1))![0].length;
  const blanks = line.slice(indent, from.column - 1).replace(/[^\t]/g, ' ');
  const marks = '^'.repeat(Math.max(1, end - from.column + 1));
  const link = element('a', { href: `rules/${rule}.html` }, rule);
  const item = element(
    'li',
    { className: `finding ${severity}` },
    element('p', {}, element('span', { className: 'severity' }, severity), ': ', ...prose(message)),
    element(
      'pre',
      { tabIndex: 0, ariaLabel: `line ${from.line}, column ${from.column}` },
      `${line.slice(indent)}\n${blanks}`,
      element('span', { className: 'caret' }, marks),
    ),
  );
  if (help !== '') item.append(element('p', {}, ...prose(help)));
  const actions = element('p', { className: 'actions' });
  if (fix !== undefined && fix.edits.length > 0) {
    const isSafe = fix.safety === 'safe';
    const button = element(
      'button',
      { type: 'button', className: 'apply' },
      ...prose(`Apply: ${fix.title}${isSafe ? '' : ' (changes what it does)'}`),
    );
    button.addEventListener('click', () => apply(applyEdits(text, fix.edits)));
    actions.append(button);
  }
  actions.append(link);
  item.append(actions);
  return item;
}
