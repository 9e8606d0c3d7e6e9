import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SortedLines } from './sorted-lines.js';

describe('Sorted lines', () => {
  it('give everything that a key has, and nothing for a key that is not there', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '東'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.nat(99))), word, (pairs, other) => {
        const sorted = pairs
          .map(([key, value]) => ({ key, line: `${key}\t${value}` }))
          .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
        const lines = new SortedLines(Buffer.from(sorted.map(({ line }) => line).join('\n')));
        for (const key of [other, ...pairs.map(([one]) => one)]) {
          const expected = pairs.filter(([one]) => one === key).map(([, value]) => String(value));
          expect(lines.find(key).toSorted()).toEqual(expected.toSorted());
        }
      }),
    );
  });
});
