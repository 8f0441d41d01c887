import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ImageRules, refuseImage } from '../../src/dialects/docker/client/image-reference.js';

const now: ImageRules = {
  upperCaseRegistry: true,
  ipv6Registry: true,
  namesUpperCase: true,
  limitsPathOnly: true,
};
const old: ImageRules = {
  upperCaseRegistry: false,
  ipv6Registry: false,
  namesUpperCase: false,
  limitsPathOnly: false,
};
const hex = 'a'.repeat(64);

import { withSeed } from '../support/seed.js';

describe('refuseImage', () => {
  test.each([
    'img',
    'a/b/c:1.2',
    'a.b:5000/c',
    `img@sha256:${hex}`,
    hex,
    'localhost/x_y',
    'a__b',
    `a:T@sha256:${hex}`,
  ])('takes %s', (image) => {
    expect(refuseImage(image, now)).toBeUndefined();
    expect(refuseImage(image, old)).toBeUndefined();
  });

  test.each(['', '-', 'a b', '/a:/b', './x', 'a:b:c', 'a..b', 'img:', 'é', 'a/', 'img\n'])(
    'refuses %j',
    (image) => {
      expect(refuseImage(image, now)).toBe('invalid reference format');
      expect(refuseImage(image, old)).toBe('invalid reference format');
    },
  );

  test('upper case, digests and lengths have words of their own', () => {
    expect(refuseImage('IMG', now)).toBe(
      'invalid reference format: repository name (library/IMG) must be lowercase',
    );
    expect(refuseImage('$X', old)).toBe('invalid reference format: repository name must be lowercase');
    expect(refuseImage(`img@sha256:${hex.slice(1)}`, now)).toBe('invalid checksum digest length');
    expect(refuseImage('x'.repeat(248), now)).toBe('repository name must not be more than 255 characters');
    expect(refuseImage('A/b', now)).toBeUndefined();
    expect(refuseImage('[::1]:5000/x', old)).toBe('invalid reference format');
  });

  test('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aA:/.@_-[]5'), maxLength: 200 }), (image) => {
        expect(['string', 'undefined']).toContain(typeof refuseImage(image, now));
      }),
      withSeed(200),
    );
  });
});
