import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteShell, splitQuoted } from '../../src/text/shell-quote.js';
import { SEED } from '../support/seed.js';

test('splitQuoted gives back what quoteShell has written', () => {
  const word = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...`a' "\\\n$`) }));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(splitQuoted(words.map(quoteShell).join(' '))).toEqual(words);
    }),
    { seed: SEED },
  );
});
