import { expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';

test('scripts behind other templates of the file are read too', async () => {
  const text = `on: push
jobs:
  a:
    steps:
      - run: docker run -v \${{ github.workspace }}:/a img
      - run: docker run -v \${{ github.workspace }}:/b img
      - run: |
          docker run -v "\${{ github.workspace }}":/c img
`;
  const { commands } = await readFindings('github', text, {});
  expect(commands.map(({ words }) => words[3]!.value.slice(1))).toEqual([':/a', ':/b', ':/c']);
});
