import { describe, expect, it } from '@jest/globals';
import { generateHistory } from './history.js';

const options = { seed: 7, candidates: 300, until: new Date('2026-06-30T00:00:00Z') };

describe('The generated history', () => {
  it('is the same for the same seed, and another for another', () => {
    const all = JSON.stringify([...generateHistory(options)]);
    expect(JSON.stringify([...generateHistory(options)])).toBe(all);
    expect(JSON.stringify([...generateHistory({ ...options, seed: 8 })])).not.toBe(all);
  });

  it('gives about twenty events a person, none of them after the end or before the person was known', () => {
    let events = 0;
    for (const life of generateHistory(options)) {
      events += 1 + life.interactions.length + life.applications.reduce((sum, { steps }) => sum + steps.length, 0);
      for (const { at } of life.interactions) {
        expect(at.getTime()).toBeGreaterThanOrEqual(life.candidate.addedAt.getTime());
        expect(at.getTime()).toBeLessThan(options.until.getTime());
      }
    }
    expect(events / options.candidates).toBeGreaterThan(17);
    expect(events / options.candidates).toBeLessThan(24);
  });
});
