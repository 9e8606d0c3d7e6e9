import { EventRegistry } from '#libs/event-store';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { candidatesEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(candidatesEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, candidatesEventDefinitions);

  it('are refused once a field too many, or one of another type, is in them', () => {
    const check = registry.get('call.made');
    expect(() => check?.checkNew({ outcome: 'answered', mood: 'good' })).toThrow('additional properties');
    expect(() => check?.checkNew({ outcome: 7 })).toThrow('/outcome must be string');
  });
});
