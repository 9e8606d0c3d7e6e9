import { EventRegistry } from '#libs/event-store';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { signUpEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(signUpEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, signUpEventDefinitions);

  it('are refused once an address of another scheme, or a field too many, is in them', () => {
    const check = registry.get('sign-up-form.changed');
    expect(() => check?.checkNew({ privacyUrl: 'javascript:alert(1)' })).toThrow('/privacyUrl');
    expect(() => check?.checkNew({ open: true, mood: 'good' })).toThrow('additional properties');
  });
});
