import { EventRegistry } from '#libs/event-store';
import { goldenSample, itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { identityEventDefinitions } from './identity-events.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(identityEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, identityEventDefinitions);

  it('are refused once a field too many, or a reason that nobody agreed on, is in them', () => {
    const check = registry.get('identity.merged');
    const merged = goldenSample(folder, 'identity.merged.v1.json');
    expect(() => check?.checkNew({ ...merged, note: 'Ada' })).toThrow('additional properties');
    expect(() => check?.checkNew({ ...merged, reason: 'Ada said so' })).toThrow('/reason');
  });
});
