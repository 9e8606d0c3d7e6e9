import { describe, expect, it } from '@jest/globals';
import { monthsBefore } from './criteria.js';

describe('Months before', () => {
  it.each([
    ['2026-03-15T10:30:00.000Z', 6, '2025-09-15T10:30:00.000Z'],
    ['2026-03-15T10:30:00.000Z', 0, '2026-03-15T10:30:00.000Z'],
    ['2026-01-31T23:59:59.999Z', 12, '2025-01-31T23:59:59.999Z'],
    ['2026-08-31T00:00:00.000Z', 6, '2026-02-28T00:00:00.000Z'],
    ['2024-08-31T00:00:00.000Z', 6, '2024-02-29T00:00:00.000Z'],
    ['2026-01-15T00:00:00.000Z', 600, '1976-01-15T00:00:00.000Z'],
  ])('%s less %d is %s', (instant, months, expected) => {
    expect(monthsBefore(new Date(instant), months).toISOString()).toBe(expected);
  });
});
