import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { before, monthsBefore, notYetOlderThan, type Period } from './calendar.js';
import { contains } from './interval-set.js';

const at = (iso: string): number => Date.parse(iso);
const HOUR = 3_600_000;

describe('Calendar months', () => {
  it.each([
    ['2026-03-15T12:00:00Z', 6, '2025-09-15T12:00:00Z'],
    ['2026-03-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
    ['2024-03-31T10:00:00Z', 1, '2024-02-29T10:00:00Z'],
    ['2024-02-29T23:59:59.999Z', 12, '2023-02-28T23:59:59.999Z'],
    ['2026-08-31T00:00:00Z', 6, '2026-02-28T00:00:00Z'],
    ['2026-01-31T00:00:00Z', 2, '2025-11-30T00:00:00Z'],
    ['2000-03-30T00:00:00Z', 1, '2000-02-29T00:00:00Z'],
    ['1970-01-31T00:00:00Z', 2, '1969-11-30T00:00:00Z'],
    ['2026-03-15T12:00:00Z', 0, '2026-03-15T12:00:00Z'],
  ])('of %s, %i months before is %s', (instant, months, expected) => {
    expect(new Date(monthsBefore(at(instant), months)).toISOString()).toBe(new Date(at(expected)).toISOString());
  });

  it('make an event of the last of a short month as old as that on several days, by their hours', () => {
    const young = notYetOlderThan(at('2026-02-28T11:00:00Z'), { months: 1 });
    expect(
      young.map(({ from, to }) => [from, to].map((edge) => (isFinite(edge) ? new Date(edge).toISOString() : edge))),
    ).toEqual([
      [-Infinity, '2026-03-28T11:00:00.001Z'],
      ['2026-03-29T00:00:00.000Z', '2026-03-29T11:00:00.001Z'],
      ['2026-03-30T00:00:00.000Z', '2026-03-30T11:00:00.001Z'],
      ['2026-03-31T00:00:00.000Z', '2026-03-31T11:00:00.001Z'],
    ]);
  });

  it('tell exactly when an event is not yet older than a period, whatever the dates', () => {
    const period: fc.Arbitrary<Period> = fc.oneof(
      fc.integer({ min: 0, max: 30 }).map((months) => ({ months })),
      fc.integer({ min: 0, max: 800 }).map((days) => ({ days })),
    );
    // Hours near the ends of months, where it's hard.
    const instant = fc
      .tuple(fc.integer({ min: 1995, max: 2030 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: -120, max: 60 }))
      .map(([year, month, hours]) => Date.UTC(year, month, 1) + hours * HOUR);
    fc.assert(
      fc.property(instant, period, (event, length) => {
        const young = notYetOlderThan(event, length);
        const about = event + ('days' in length ? length.days * 24 : length.months * 730) * HOUR;
        const tried = Array.from({ length: 14 * 24 }, (_, n) => about + (n - 7 * 24) * HOUR);
        const month = new Date(event);
        const around = Array.from({ length: 240 }, (_, n) =>
          Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + ('months' in length ? length.months : 0), 27, n - 24),
        );
        const edges = young.flatMap(({ from, to }) => [from, to, from - 1, to - 1]).filter((edge) => isFinite(edge));
        const wrong = [...tried, ...around, ...edges].filter((t) => contains(young, t) !== before(t, length) <= event);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });
});
