import { describe, expect, it } from '@jest/globals';
import { jaroWinkler } from '@skyra/jaro-winkler';
import fc from 'fast-check';
import { GARBLED, likeness } from './likeness.js';

describe('likeness', () => {
  it('is Jaro and Winkler’s wherever that is enough to matter', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdé'), minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const whole = jaroWinkler(a, b);
        if (whole >= GARBLED) expect(likeness(a, b)).toBe(whole);
        else expect(likeness(a, b)).toBeLessThan(GARBLED);
      }),
      { numRuns: 2_000 },
    );
  });
});
