import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bandOf,
  contribution,
  fallsTo,
  HALF_LIFE_DAYS,
  nextBand,
  toPoints,
  UNITS_PER_POINT,
  valueAt,
  weightOf,
} from './index.js';

const DAY = 24 * 3_600_000;
const t0 = new Date('2026-01-01T00:00:00Z');
const later = (days: number): Date => new Date(t0.getTime() + days * DAY);
const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

describe('Decay', () => {
  it('halves a signal with every half-life, and counts nothing before it happened', () => {
    expect(toPoints(valueAt(25, t0, t0))).toBe('25.000000000');
    expect(toPoints(valueAt(25, t0, later(HALF_LIFE_DAYS)))).toBe('12.500000000');
    expect(toPoints(valueAt(25, t0, later(2 * HALF_LIFE_DAYS)))).toBe('6.250000000');
    expect(valueAt(25, t0, later(-1))).toBe(0n);
  });

  it('keeps the order of stored sums at every later instant', () => {
    const signals = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 25 }), at: instants }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(signals, signals, (a, b) => {
        const at = new Date('2040-01-02');
        const heat = (list: typeof a): bigint => list.reduce((sum, s) => sum + contribution(s.weight, s.at), 0n);
        const value = (list: typeof a): number =>
          list.reduce((sum, s) => sum + s.weight * 2 ** (-(at.getTime() - s.at.getTime()) / (HALF_LIFE_DAYS * DAY)), 0);
        const [x, y] = [value(a), value(b)];
        // Closer than doubles can tell: either order is right.
        fc.pre(Math.abs(x - y) > 1e-9 * Math.max(x, y));
        expect(heat(a) > heat(b)).toBe(x > y);
      }),
    );
  });

  it('adds up to the same sum in any order', () => {
    const signals = fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), instants), { maxLength: 30 });
    const sum = (list: readonly (readonly [number, Date])[]): bigint =>
      list.reduce((total, [w, at]) => total + contribution(w, at), 0n);
    fc.assert(fc.property(signals, (list) => expect(sum(list.toReversed())).toBe(sum(list))));
  });
});

describe('Weights', () => {
  it('count acts of people, not of machines, and flags not at all', () => {
    expect(weightOf({ type: 'email.clicked', agent: 'human' })).toEqual({ points: 8 });
    expect(weightOf({ type: 'email.clicked', agent: 'machine' })).toEqual({ points: 0, leftOut: 'machine' });
    expect(weightOf({ type: 'call.made', outcome: 'voicemail' })).toEqual({ points: 0, leftOut: 'no-answer' });
    expect(weightOf({ type: 'email.unsubscribed' })).toEqual({ points: 0, leftOut: 'flag-not-a-term' });
    expect(weightOf({ type: 'email.sent' })).toEqual({ points: 0, leftOut: 'not-an-act-of-the-person' });
  });
});

describe('Bands', () => {
  const units = (points: number): bigint => BigInt(points * UNITS_PER_POINT);

  it('go by points, unless nothing was heard for half a year', () => {
    expect(bandOf(units(60), t0, t0)).toBe('hot');
    expect(bandOf(units(59), t0, t0)).toBe('warm');
    expect(bandOf(units(19), t0, t0)).toBe('cold');
    expect(bandOf(units(60), t0, later(180))).toBe('dormant');
    expect(bandOf(0n, null, t0)).toBe('dormant');
  });

  it('say when they change next, and are another one then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (points) => {
        const next = nextBand(units(points), t0, t0, fallsTo);
        expect(next).toBeDefined();
        const at = next?.at ?? t0;
        const then = (when: Date): ReturnType<typeof bandOf> => bandOf(valueAt(points, t0, when), t0, when);
        expect(then(new Date(at.getTime() + 1_000))).toBe(next?.band);
        const before = new Date(at.getTime() - 1_000);
        // Exactly at a threshold, the band changes with the next millisecond.
        if (before >= t0) expect(then(before)).toBe(bandOf(units(points), t0, t0));
        else expect([20, 60]).toContain(points);
      }),
    );
  });
});
