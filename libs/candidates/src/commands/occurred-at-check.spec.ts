import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel';
import { OccurredAtCheck } from './occurred-at-check.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const tolerated = NOW.getTime() + 5 * 60_000;

describe('The time at which something is said to have happened', () => {
  it.each([
    ['now', NOW.getTime()],
    ['the last millisecond that clocks may differ by', tolerated],
    ['the first instant of 1970', 0],
  ])('may be %s', (_, time) => {
    expect(new OccurredAtCheck(new FixedClock(NOW)).refuse(new Date(time))).toBeUndefined();
  });

  it.each([
    ['later than clocks may differ', tolerated + 1, 'occurred-in-future'],
    ['before 1970', -1, 'occurred-too-early'],
    ['no time at all', Number.NaN, 'occurred-too-early'],
  ])('is refused if it is %s', (_, time, code) => {
    expect(new OccurredAtCheck(new FixedClock(NOW)).refuse(new Date(time))).toMatchObject({
      kind: 'invalid',
      code,
      pointer: '/occurredAt',
    });
  });

  it('is compared with the clock as it is by then', () => {
    const clock = new FixedClock(NOW);
    const check = new OccurredAtCheck(clock);
    expect(check.refuse(new Date(tolerated + 1))).toBeDefined();
    clock.advance(1);
    expect(check.refuse(new Date(tolerated + 1))).toBeUndefined();
  });
});
