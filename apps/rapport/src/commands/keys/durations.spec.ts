import { describe, expect, it } from '@jest/globals';
import { durationIn, expiryIn } from './durations.js';

const now = new Date('2026-03-01T12:00:00Z');

describe('a duration', () => {
  it.each([
    ['0', 0],
    ['90s', 90],
    ['30m', 1_800],
    ['24h', 86_400],
    ['7d', 604_800],
  ])('%s is %d seconds', (text, seconds) => {
    expect(durationIn(text, '--overlap')).toBe(seconds);
  });

  it.each(['', '24', 'h', '-1h', '1.5h', '1w', '4000d'])('is not "%s"', (text) => {
    expect(() => durationIn(text, '--overlap')).toThrow('--overlap must be a duration');
  });
});

describe('an expiry', () => {
  it.each([
    ['2026-03-31', '2026-03-31T23:59:59.999Z'],
    ['2026-03-31T10:00:00+02:00', '2026-03-31T08:00:00.000Z'],
    ['90d', '2026-05-30T12:00:00.000Z'],
  ])('%s is at %s', (text, at) => {
    expect(expiryIn(text, now).toISOString()).toBe(at);
  });

  it.each(['2026-02-28', '0', '2027-02-30', '2027-13-01', 'tomorrow', '2027-01-01T10:00'])('is not "%s"', (text) => {
    expect(() => expiryIn(text, now)).toThrow('--expires');
  });
});
