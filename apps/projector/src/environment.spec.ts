import { describe, expect, it } from '@jest/globals';
import { readProjections, readTuning } from './environment.js';
import { readModels } from './read-models.js';

describe("The projector's environment", () => {
  it('leaves the defaults where nothing is set', () => {
    expect(readTuning({})).toEqual({});
    expect(readTuning({ RAPPORT_BATCH_EVENTS: '' })).toEqual({});
  });

  it('sets the size of batches, and reads two of them ahead', () => {
    expect(readTuning({ RAPPORT_BATCH_EVENTS: '250' })).toEqual({ batchEvents: 250, readAheadEvents: 500 });
  });

  it('takes all projections, or those that are named', () => {
    expect(readProjections(readModels, {})).toEqual(readModels);
    expect(readProjections(readModels, { RAPPORT_PROJECTIONS: ' ' })).toEqual(readModels);
    const some = readProjections(readModels, { RAPPORT_PROJECTIONS: 'funnel, engagement' });
    expect(some.map(({ name }) => name)).toEqual(['engagement', 'funnel']);
    expect(() => readProjections(readModels, { RAPPORT_PROJECTIONS: 'funnel,bridge' })).toThrow(
      /"bridge"\. Projections: talent-search, /,
    );
  });

  it.each(['0', '-1', '2.5', 'many', '8001'])('refuses %s', (text) => {
    expect(() => readTuning({ RAPPORT_BATCH_EVENTS: text })).toThrow('RAPPORT_BATCH_EVENTS');
  });
});
