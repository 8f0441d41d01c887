import { expect, it } from 'vitest';
import { readFindings } from '../../src/readers/index.js';

it('a text that many files are written from is read once', async () => {
  const files = '  - {path: /a.sh, content: *a}\n'.repeat(50);
  const text = `x: &a "docker run -v /a:/b x"\nwrite_files:\n${files}`;
  const { commands } = await readFindings('yaml', text);
  expect(commands.length).toBe(1);
});
