import { describe, expect, it } from '@jest/globals';
import { ratedTime } from './rated-time.js';

const now = new Date('2026-03-31T12:00:00Z');
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

describe('The time that rates are of', () => {
  it('is the last 30 days, unless another one was asked for', () => {
    expect(ratedTime({}, now)).toEqual({ ok: true, value: { from: new Date('2026-03-01T12:00:00Z'), to: now } });
  });

  it('ends with what was known where no end was asked for, and begins 30 days before its end', () => {
    const march = { from: day('2026-03-01'), to: day('2026-03-31') };
    expect(ratedTime({ asOf: day('2026-03-31') }, now)).toEqual({ ok: true, value: march });
    expect(ratedTime({ to: day('2026-03-31'), asOf: now }, now)).toEqual({ ok: true, value: march });
    expect(ratedTime({ from: day('2026-03-30') }, now)).toEqual({
      ok: true,
      value: { from: day('2026-03-30'), to: now },
    });
  });

  it.each([
    ['ends before it begins', '2026-02-02', '2026-02-01', 'ends-first'],
    ['ends as it begins', '2026-02-01', '2026-02-01', 'ends-first'],
    ['is longer than a leap year', '2024-01-01', '2025-01-02', 'too-long'],
  ])('is refused where it %s', (_what, from, to, error) => {
    expect(ratedTime({ from: day(from), to: day(to) }, now)).toEqual({ ok: false, error });
  });

  it('is a leap year at most', () => {
    expect(ratedTime({ from: day('2024-01-01'), to: day('2025-01-01') }, now).ok).toBe(true);
  });
});
