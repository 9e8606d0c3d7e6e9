import { EventRegistry } from '#libs/event-store';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { fitEventDefinitions } from './fit-model-events.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(fitEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, fitEventDefinitions);

  it('are refused once a field too many, or a model that is none, is in them', () => {
    const retired = registry.get('fit-model.retired');
    expect(() => retired?.checkNew({ name: 'nurse', version: 1, mood: 'good' })).toThrow('additional properties');
    expect(() => registry.get('fit-model.published')?.checkNew({ model: { version: 1 } })).toThrow('/model');
  });
});
