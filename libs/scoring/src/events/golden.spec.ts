import { EventRegistry } from '#libs/event-store';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { scoringEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(scoringEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, scoringEventDefinitions);

  it('are refused once a field too many, or a model that is none, is in them', () => {
    expect(() => registry.get('scoring-model.retired')?.checkNew({ version: 1_000, mood: 'good' })).toThrow(
      'additional properties',
    );
    expect(() => registry.get('scoring-model.published')?.checkNew({ model: { version: 1_000 } })).toThrow('/model');
  });
});
