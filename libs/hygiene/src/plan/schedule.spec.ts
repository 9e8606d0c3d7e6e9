import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Schedule } from '../events/plan-events.js';
import { nextRun, timesDue } from './schedule.js';

const HOUR = 3_600_000;
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ every: fc.constant('week' as const), day: fc.integer({ min: 1, max: 7 }), hour: fc.nat(23) }),
  fc.record({ every: fc.constant('month' as const), day: fc.integer({ min: 1, max: 28 }), hour: fc.nat(23) }),
);
const instants = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2030, 0, 1) }).map((at) => new Date(at));

/** Hour by hour. */
const found = ({ every, day, hour }: Schedule, after: Date): Date => {
  for (let at = Math.floor(after.getTime() / HOUR) * HOUR + HOUR; ; at += HOUR) {
    const date = new Date(at);
    const itsDay = every === 'week' ? date.getUTCDay() || 7 : date.getUTCDate();
    if (itsDay === day && date.getUTCHours() === hour) return date;
  }
};

describe('A schedule', () => {
  it.each<[Schedule, string, string]>([
    [{ every: 'week', day: 1, hour: 6 }, '2026-11-27T22:00:00Z', '2026-11-30T06:00:00Z'],
    [{ every: 'week', day: 1, hour: 6 }, '2026-11-30T06:00:00Z', '2026-12-07T06:00:00Z'],
    [{ every: 'week', day: 7, hour: 0 }, '2026-11-29T00:00:00.001Z', '2026-12-06T00:00:00Z'],
    [{ every: 'month', day: 28, hour: 23 }, '2026-02-28T22:59:59Z', '2026-02-28T23:00:00Z'],
    [{ every: 'month', day: 1, hour: 0 }, '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ])('%j is due after %s at %s', (schedule, after, next) => {
    expect(nextRun(schedule, new Date(after))).toEqual(new Date(next));
  });

  it('is due at the first hour that fits', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, after) => {
        expect(nextRun(schedule, after)).toEqual(found(schedule, after));
      }),
    );
  });

  it('is due as often in a stretch of time as in its parts', () => {
    fc.assert(
      fc.property(schedules, instants, fc.nat(200), fc.nat(200), (schedule, from, one, other) => {
        const later = (at: Date, days: number): Date => new Date(at.getTime() + days * 24 * HOUR);
        const [middle, end] = [later(from, one), later(from, one + other)];
        expect(timesDue(schedule, from, middle) + timesDue(schedule, middle, end)).toBe(timesDue(schedule, from, end));
      }),
    );
  });
});
