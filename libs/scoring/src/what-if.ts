import { toPoints } from './decay.js';
import { scoreUnits } from './heats.js';
import type { ScoringModel } from './model.js';
import { bandOn, type Band } from './schedule.js';
import type { Fact } from './score.js';
import { advance, standingAfter } from './standing.js';

/** What the score would be if something happened at that instant. */
export interface WhatIf {
  readonly type: string;
  /** Points, with nine places. */
  readonly score: string;
  readonly band: Band;
}

/** What one more event of each kind would change, the largest change first. `facts` up to `at`. */
export const whatIf = (model: ScoringModel, facts: readonly Fact[], at: Date): readonly WhatIf[] => {
  const standing = standingAfter(model, facts);
  return Object.values(model.groups)
    .flatMap(({ kinds }) => Object.keys(kinds))
    .map((type) => {
      // After whatever happened at the same instant.
      const imagined: Fact = {
        id: '~',
        type,
        at,
        agent: 'human',
        ...(type === 'call.made' ? { outcome: 'answered' } : {}),
      };
      const { heats, schedule } = advance(model, standing, imagined);
      return { type, units: scoreUnits(model, heats, at), band: bandOn(schedule, at) };
    })
    .toSorted((a, b) => (a.units === b.units ? a.type.localeCompare(b.type) : a.units < b.units ? 1 : -1))
    .map(({ type, units, band }) => ({ type, score: toPoints(units), band }));
};
