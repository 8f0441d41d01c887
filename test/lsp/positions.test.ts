import { expect, test } from 'vitest';
import { Places } from '../../src/lsp/positions.js';

test.each(['utf-8', 'utf-16', 'utf-32'] as const)(
  'no place is behind the end of its line (%s)',
  (encoding) => {
    const places = new Places('ab\r\nc\rd\ne', encoding);
    const columns = Array.from({ length: 11 }, (_, offset) =>
      Object.values(places.position(offset)).join(':'),
    );
    // The fourth is between CR and LF.
    expect(columns).toEqual(['0:0', '0:1', '0:2', '0:2', '1:0', '1:1', '2:0', '2:1', '3:0', '3:1', '3:1']);
  },
);
