import { EventRegistry } from '#libs/event-store';
import { itKeepsGoldenSamples } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { candidatesEventDefinitions, consentRulesEventDefinitions, customFieldsEventDefinitions } from '../index.js';

const folder = new URL('./golden/', import.meta.url);
const definitions = [...candidatesEventDefinitions, ...customFieldsEventDefinitions, ...consentRulesEventDefinitions];
const registry = new EventRegistry(definitions);

describe('The golden samples', () => {
  itKeepsGoldenSamples(folder, definitions);

  it('are refused once a field too many, or one of another type, is in them', () => {
    const check = registry.get('call.made');
    expect(() => check?.checkNew({ outcome: 'answered', mood: 'good' })).toThrow('additional properties');
    expect(() => check?.checkNew({ outcome: 7 })).toThrow('/outcome must be string');
  });

  it.each([
    ['a key that is none', { field: 'Visa', type: 'choice', value: 'H-1B' }, '/field'],
    ['what every object has already as a key', { field: 'constructor', type: 'choice', value: 'H-1B' }, '/field'],
    [
      'a text in the clear that is longer than an option',
      { field: 'visa', type: 'text', value: 'x'.repeat(101) },
      '/value',
    ],
  ])('are refused with %s', (_, data, expected) => {
    expect(() => registry.get('candidate.custom-field-set')?.checkNew(data)).toThrow(expected);
  });

  it.each<[string, unknown]>([
    ['text', 'Ada'],
    ['number', 4_711],
    ['multi-choice', ['Ada', 'Bob']],
  ])('hold no personal value of a custom field in the clear: %s', (type, personalValue) => {
    const event = registry.get('candidate.custom-field-set');
    const data = { field: 'about', type, personalValue };
    expect(() => event?.checkNew(data)).not.toThrow();
    const separated = event?.sealedFields.separate(data);
    expect(JSON.stringify(separated?.data)).not.toMatch(/Ada|4711/);
    expect(separated?.boxes.get('narrative')).toEqual([personalValue]);
  });
});
