import { describe, expect, it } from '@jest/globals';
import { isHundredths } from './hundredths.js';

describe('a number of hundredths', () => {
  it.each([0, -3, 1.5, 6.25, -2.99, 1e21, 100_000])('takes %d', (value) => {
    expect(isHundredths(value)).toBe(true);
  });

  it.each([1.005, 5e-324, 5e-7, -1e-7, 0.125, NaN, Infinity, '1', null, undefined])('refuses %s', (value) => {
    expect(isHundredths(value)).toBe(false);
  });
});
