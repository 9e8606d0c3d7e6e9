import { describe, expect, it } from '@jest/globals';
import type { Trial } from '#projections/engagement';
import { compare } from './comparison.js';

const trial = (candidateId: string, before: number, after: number, known = true): Trial => ({
  candidateId,
  scores: [before, after].map((points) => [{ units: BigInt(points), band: points >= 60 ? 'hot' : 'cold', known }]),
});

describe('Comparing two models', () => {
  it('says who changes bands, who moves how far, and how alike the orders are', () => {
    const { people, crossings, moved, correlation } = compare([
      trial('a', 70, 10),
      trial('b', 50, 80),
      trial('c', 40, 40),
      trial('nobody', 90, 90, false),
    ]);
    expect(people).toBe(3);
    expect([...crossings]).toEqual([
      ['hot cold', 1],
      ['cold hot', 1],
      ['cold cold', 1],
    ]);
    expect(moved).toEqual([
      { candidateId: 'a', from: 1, to: 3 },
      { candidateId: 'b', from: 2, to: 1 },
      { candidateId: 'c', from: 3, to: 2 },
    ]);
    expect(correlation).toBeCloseTo(-0.5);
  });

  it('shares places among equal scores, and finds the same order the same', () => {
    const same = [trial('a', 5, 50), trial('b', 5, 50), trial('c', 1, 2)];
    expect(compare(same)).toMatchObject({ moved: [], correlation: 1 });
    expect(compare([])).toMatchObject({ people: 0, correlation: undefined });
  });
});
