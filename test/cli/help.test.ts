import { expect, test } from 'vitest';
import { CONVERT_HELP } from '../../src/cli/convert-help.js';
import { FORM_NAMES } from '../../src/cli/forms.js';

test.each(FORM_NAMES)('the help of convert names the form %s', (form) => {
  const [, forms] = CONVERT_HELP.split(/^ {2}--to FORM|^ {2}--short/m);
  expect(forms).toMatch(new RegExp(`(?<=[ \\n])${form}\\b`));
});
