import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ALWAYS,
  between,
  complement,
  contains,
  covered,
  intersection,
  lastChange,
  NEVER,
  nextChange,
  union,
  type IntervalSet,
} from './interval-set.js';

const instants = Array.from({ length: 24 }, (_, n) => n - 2);
const edge = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(-Infinity), fc.constant(Infinity));
const sets = fc
  .array(fc.tuple(edge, edge), { maxLength: 6 })
  .map((pairs) => union(...pairs.map(([a, b]) => between(Math.min(a, b), Math.max(a, b)))));
const members = (set: IntervalSet): number[] => instants.filter((at) => contains(set, at));

const expectNormal = (set: IntervalSet): void => {
  for (const [n, { from, to }] of set.entries()) {
    expect(from).toBeLessThan(to);
    if (n > 0) expect(set[n - 1].to).toBeLessThan(from);
  }
};

describe('A set of intervals', () => {
  it('combines as its instants do, and stays in normal form', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const cases: [IntervalSet, (at: number) => boolean][] = [
          [union(a, b), (at) => contains(a, at) || contains(b, at)],
          [intersection(a, b), (at) => contains(a, at) && contains(b, at)],
          [complement(a), (at) => !contains(a, at)],
        ];
        for (const [set, holds] of cases) {
          expectNormal(set);
          expect(members(set)).toEqual(instants.filter(holds));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts in how many sets an instant is', () => {
    fc.assert(
      fc.property(fc.array(sets, { maxLength: 5 }), fc.integer({ min: 1, max: 4 }), (all, depth) => {
        const deep = covered(all, depth);
        expectNormal(deep);
        expect(members(deep)).toEqual(instants.filter((at) => all.filter((set) => contains(set, at)).length >= depth));
      }),
    );
  });

  it('obeys the laws of sets', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(complement(complement(a))).toEqual(a);
        expect(complement(union(a, b))).toEqual(intersection(complement(a), complement(b)));
        expect(union(a, complement(a))).toEqual(ALWAYS);
        expect(intersection(a, complement(a))).toEqual(NEVER);
      }),
    );
  });

  it('says when it changes next, and when it changed last', () => {
    fc.assert(
      fc.property(sets, fc.integer({ min: 0, max: 20 }), (set, at) => {
        const differs = (other: number): boolean => contains(set, other) !== contains(set, at);
        expect(nextChange(set, at)).toBe(instants.find((other) => other > at && differs(other)) ?? null);
        const last = instants.findLast((other) => other < at && differs(other));
        expect(lastChange(set, at)).toBe(last === undefined ? null : last + 1);
      }),
    );
  });

  it('joins what touches', () => {
    expect(union(between(0, 5), between(5, 9))).toEqual([{ from: 0, to: 9 }]);
  });
});
