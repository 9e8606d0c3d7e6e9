import { describe, expect, it } from '@jest/globals';
import { liveAt, liveOverTime } from './live-model.js';
import { liveModel, models } from './models/index.js';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const published = { ...liveModel, version: 1_000 };

describe('What scores went by over time', () => {
  it('is the model that was made live last by then, and what comes with the program before that', () => {
    const live = liveOverTime([{ at: at(5), version: 1_000, model: published }]);
    expect(liveAt(live, at(4).getTime())).toBe(liveModel);
    expect(liveAt(live, at(5).getTime())).toBe(published);
  });

  it('is what comes with this program from when that of a former one was made live again', () => {
    const former = models.find(({ version }) => version < liveModel.version);
    const live = liveOverTime([
      { at: at(5), version: 1_000, model: published },
      { at: at(8), version: former?.version ?? 0, model: former },
    ]);
    expect(liveAt(live, at(7).getTime())).toBe(published);
    expect(liveAt(live, at(8).getTime())).toBe(liveModel);
  });
});
