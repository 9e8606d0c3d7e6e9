import { describe, expect, it } from '@jest/globals';
import { Bell } from './waiting.js';

describe('A bell', () => {
  it('wakes all who wait when it rings, and nobody who comes afterwards', async () => {
    const bell = new Bell();
    const woken: string[] = [];
    const both = [bell.rung().then(() => woken.push('rung')), bell.rungWithin(60_000).then(() => woken.push('within'))];
    bell.ring();
    await Promise.all(both);
    expect(woken.toSorted()).toEqual(['rung', 'within']);
    expect(bell.patient).toBe(0);
  });

  it('that never rings keeps nobody who has waited for long enough', async () => {
    const bell = new Bell();
    const waits = Array.from({ length: 100 }, () => bell.rungWithin(1));
    expect(bell.patient).toBe(100);
    await Promise.all(waits);
    expect(bell.patient).toBe(0);
  });
});
