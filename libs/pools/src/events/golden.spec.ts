import { EventRegistry } from '#libs/event-store';
import { newId } from '#libs/kernel';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { poolsEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(poolsEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, poolsEventDefinitions);

  it('are refused once a field too many, or one of another type, is in them', () => {
    const check = registry.get('membership.moved');
    const { poolId, candidateId } = { poolId: newId(), candidateId: newId() };
    expect(() => check?.checkNew({ poolId, candidateId, stage: 'new', mood: 'good' })).toThrow('additional properties');
    expect(() => check?.checkNew({ poolId, candidateId, stage: 7 })).toThrow('/stage must be string');
  });
});
