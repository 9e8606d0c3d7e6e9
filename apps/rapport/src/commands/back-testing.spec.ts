import { describe, expect, it } from '@jest/globals';
import { monthsOf } from './back-testing.js';

const now = new Date('2026-03-15T12:00:00Z');

describe('The months of a back-test', () => {
  it('are over for as long as what they foretell may take', () => {
    const { instants, days } = monthsOf({ months: '2', within: '30' }, now);
    expect(instants.map((at) => at.toISOString())).toEqual(['2025-12-31T23:59:59.999Z', '2026-01-31T23:59:59.999Z']);
    expect(days).toBe(30);
  });

  it('end in the past: what cannot have come yet is not what did not come', () => {
    expect(() => monthsOf({ months: '2', within: '30', until: '2026-03-16' }, now)).toThrow(
      '--until must not be later than now.',
    );
  });
});
