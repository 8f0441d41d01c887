import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSize } from '../../src/go/units.js';
import { withSeed } from '../support/seed.js';

describe('readSize', () => {
  test.each([
    ['64m', 67_108_864n],
    ['1.5g', 1_610_612_736n],
    ['64 MiB', 67_108_864n],
    ['10b', 10n],
    ['0.0001k', 0n],
    ['12p', 13_510_798_882_111_488n],
    ['9223372036854775807', -(2n ** 63n)],
  ])('%s in both libraries', (text, bytes) => {
    expect(readSize(text, '0.4')).toBe(bytes);
    expect(readSize(text, '0.5')).toBe(bytes);
  });

  test.each([
    ['64mi', 67_108_864n, "invalid suffix: 'mi'"],
    ['i', "invalid size: 'i'", "invalid size: 'i'"],
    ['1e3', "invalid size: '1e3'", 1000n],
    ['.5g', "invalid size: '.5g'", 536_870_912n],
    ['0x1p4k', "invalid size: '0x1p4k'", 16_384n],
    ['-1', "invalid size: '-1'", "invalid size: '-1'"],
    ['1k ', "invalid size: '1k '", 'strconv.ParseFloat: parsing "1k": invalid syntax'],
    ['1LONG', "invalid size: '1LONG'", "invalid suffix: 'LONG'"],
    ['1XY', "invalid size: '1XY'", "invalid suffix: 'xy'"],
  ])('%s depends on the library', (text, old, current) => {
    expect(readSize(text, '0.4')).toBe(old);
    expect(readSize(text, '0.5')).toBe(current);
  });

  test('whole bytes come back as they are', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 53n }),
        fc.constantFrom('0.4' as const, '0.5' as const),
        (bytes, units) => {
          expect(readSize(String(bytes), units)).toBe(bytes);
          expect(readSize(`${bytes / 1024n}k`, units)).toBe((bytes / 1024n) * 1024n);
        },
      ),
      withSeed(200),
    );
  });
});
