import { describe, expect, it } from '@jest/globals';
import { monthEnds } from './month-ends.js';

describe('Month ends', () => {
  it('are the last instants of whole months in UTC, over years and leap days', () => {
    expect(monthEnds(new Date('2024-03-15T12:00:00Z'), 4).map((at) => at.toISOString())).toEqual([
      '2023-11-30T23:59:59.999Z',
      '2023-12-31T23:59:59.999Z',
      '2024-01-31T23:59:59.999Z',
      '2024-02-29T23:59:59.999Z',
    ]);
  });
});
