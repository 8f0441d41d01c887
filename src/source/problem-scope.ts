import type { FoundProblem, ReadContext } from './frontend.js';

/** What generators fill in; the `${{ }}` of CI systems stands inside of values and breaks nothing. */
const TEMPLATE = /(?<!\$)\{\{|\{%|<%|%%[A-Za-z_]\w*%%|@@?[A-Z][A-Z0-9_]+@@?/;
const TEMPLATE_NAME = /\.(?:in|j2|jinja2?|tmpl|tpl|template|erb|gotmpl|mustache|hbs|ejs|njk|liquid)$/i;

/** How sure it is that a text is broken which its reader could not read. */
export function problemScope(text: string, { path = '', depth = 0 }: ReadContext): FoundProblem['scope'] {
  if (depth > 0) return 'part';
  return TEMPLATE.test(text) || TEMPLATE_NAME.test(path) ? 'template' : 'file';
}
