import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GrownMap } from './grown-map.js';

describe('A map that grows without a copy', () => {
  const step = fc.record({
    /** Which of the maps so far it's made of. */
    of: fc.nat(),
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.option(fc.integer(), { nil: undefined }),
  });

  it('leaves every map as it was, also those that others were made of in two ways', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const grown = [{ map: GrownMap.empty<number>(), copied: new Map<string, number>() }];
        for (const { of, key, value } of steps) {
          const { map, copied } = grown[of % grown.length] ?? grown[0];
          const expected = new Map(copied);
          expected.delete(key);
          if (value !== undefined) expected.set(key, value);
          grown.push({ map: value === undefined ? map.without(key) : map.with(key, value), copied: expected });
        }
        for (const { map, copied } of grown) {
          expect([...map.values()]).toEqual([...copied.values()]);
          for (const key of ['a', 'b', 'c']) expect(map.get(key)).toBe(copied.get(key));
        }
      }),
    );
  });
});
