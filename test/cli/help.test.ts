import { expect, test } from 'vitest';
import { CONVERT_HELP } from '../../src/cli/convert-help.js';
import { FORM_NAMES } from '../../src/cli/forms.js';

test.each(FORM_NAMES)('the help of convert names the form %s', (form) => {
  expect(CONVERT_HELP).toMatch(new RegExp(`--to FORM .*\\b${form}\\b`));
});
