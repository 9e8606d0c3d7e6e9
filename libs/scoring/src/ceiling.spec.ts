import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ceilingOf, longestHalfLifeDays } from './ceiling.js';
import { levelAt, toUnits } from './decay.js';
import { scoreUnits } from './heats.js';
import { liveModel, models } from './models/index.js';
import type { Fact } from './score.js';
import { standingAfter } from './standing.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

const signals = fc.array(
  fc.record({
    hour: fc.nat(9_000),
    type: fc.constantFrom('email.opened', 'email.clicked', 'email.replied', 'event.attended', 'interest.expressed'),
  }),
  { minLength: 1, maxLength: 30 },
);

describe('The ceiling of a score', () => {
  it('is never below the score, from the last signal on, by any model', () => {
    fc.assert(
      fc.property(fc.constantFrom(...models), signals, fc.nat(20_000), (model, all, hours) => {
        const facts = all.map(({ hour, type }, n): Fact => ({ id: `${n}`, type, at: new Date(START + hour * HOUR) }));
        const { heats, lastSignalAt } = standingAfter(model, facts);
        const ceiling = ceilingOf(model, heats, lastSignalAt);
        if (ceiling === null || !lastSignalAt) throw new Error('All of these count.');
        const at = new Date(lastSignalAt.getTime() + hours * HOUR);
        const most = levelAt(ceiling, longestHalfLifeDays(model), at);
        // Each group is rounded to the nearest unit once.
        const rounded = BigInt(Object.keys(model.groups).length);
        expect(toUnits(most) + rounded).toBeGreaterThanOrEqual(scoreUnits(model, heats, at));
        const uncapped = Object.values(model.groups).every(({ cap }) => cap === undefined);
        if (hours === 0 && uncapped) expect(most).toBeCloseTo(Number(scoreUnits(model, heats, at)) / 1e9, 6);
      }),
    );
  });

  it('is none of somebody with whom nothing happened', () => {
    expect(ceilingOf(liveModel, {}, null)).toBeNull();
  });
});
