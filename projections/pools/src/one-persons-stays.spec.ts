import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { onePersonsStays } from './one-persons-stays.js';

const stay = fc
  .record({ pool: fc.constantFrom('a', 'b'), from: fc.nat(20), days: fc.option(fc.nat(6)) })
  .map(({ pool, from, days }) => ({
    poolId: pool,
    joinedAt: new Date(from),
    leftAt: days === null ? null : new Date(from + days),
  }));
type Stay = typeof stay extends fc.Arbitrary<infer S> ? S : never;

const isIn = (stays: readonly Stay[], pool: string, at: number): boolean =>
  stays.some(
    ({ poolId, joinedAt, leftAt }) =>
      poolId === pool && joinedAt.getTime() <= at && (leftAt === null || leftAt.getTime() > at),
  );

describe('The stays of somebody with several ids', () => {
  it('are in a pool whenever they are in it under any of the ids, and no two of them overlap', () => {
    fc.assert(
      fc.property(fc.array(stay, { maxLength: 8 }), (stays) => {
        const united = onePersonsStays(stays, (came, { leftAt }) => ({ ...came, leftAt }));
        for (const pool of ['a', 'b']) {
          for (let at = -1; at < 30; at++) {
            expect(isIn(united, pool, at)).toBe(isIn(stays, pool, at));
            const covering = united.filter((one) => isIn([one], pool, at));
            expect(covering.length).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('are told from where they came to how they went', () => {
    const [came, went] = [
      { poolId: 'a', joinedAt: new Date(1), leftAt: new Date(5), by: 'first' },
      { poolId: 'a', joinedAt: new Date(3), leftAt: null, by: 'second' },
    ];
    const together = onePersonsStays([went, came], (one, other) => ({ ...one, leftAt: other.leftAt }));
    expect(together).toEqual([{ poolId: 'a', joinedAt: new Date(1), leftAt: null, by: 'first' }]);
    const touching = { ...went, joinedAt: new Date(5) };
    expect(onePersonsStays([came, touching], (one) => one)).toEqual([touching, came]);
  });
});
