import { describe, expect, it } from '@jest/globals';
import { readTuning } from './environment.js';

describe("The projector's environment", () => {
  it('leaves the defaults where nothing is set', () => {
    expect(readTuning({})).toEqual({});
    expect(readTuning({ RAPPORT_BATCH_EVENTS: '' })).toEqual({});
  });

  it('sets the size of batches, and reads two of them ahead', () => {
    expect(readTuning({ RAPPORT_BATCH_EVENTS: '250' })).toEqual({ batchEvents: 250, readAheadEvents: 500 });
  });

  it.each(['0', '-1', '2.5', 'many', '8001'])('refuses %s', (text) => {
    expect(() => readTuning({ RAPPORT_BATCH_EVENTS: text })).toThrow('RAPPORT_BATCH_EVENTS');
  });
});
