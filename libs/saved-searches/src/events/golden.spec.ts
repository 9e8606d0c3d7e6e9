import { EventRegistry } from '#libs/event-store';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { savedSearchesEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const registry = new EventRegistry(savedSearchesEventDefinitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, savedSearchesEventDefinitions);

  it('are refused once an address as an owner, or a field too many, is in them', () => {
    const check = registry.get('saved-search.changed');
    expect(() => check?.checkNew({ owner: { kind: 'person', id: 'ada@example.org' } })).toThrow('/owner');
    expect(() => check?.checkNew({ shared: true, mood: 'good' })).toThrow('additional properties');
  });

  it('hold nothing in the clear that somebody typed', () => {
    const typed = { name: 'Ada', search: { text: 'Ada', tags: { any: ['Ada'] } }, purpose: 'For Ada', shared: false };
    const separated = registry.get('saved-search.saved')?.sealedFields.separate(typed);
    expect(JSON.stringify(separated?.data)).not.toContain('Ada');
    expect(separated?.boxes.get('narrative')).toHaveLength(3);
  });
});
