import { describe, expect, it } from '@jest/globals';
import { membership } from '../membership/membership.js';
import { unknownSince, type PersonHistory } from '../membership/person-history.js';
import type { WordAttribute } from './leaves.js';
import { regionTerms } from './meanings.js';
import { normalise } from './words.js';

/** Somebody in a city, as a profile has it. */
const living = (city: string, region: string, country: string): PersonHistory => {
  const words = { city: [normalise(city)], region: regionTerms(region, country), country: [normalise(country)] };
  const since = (value: readonly string[]) => [{ at: 0, value }];
  return {
    ...unknownSince(0),
    words: { city: since(words.city), region: since(words.region), country: since(words.country) },
  };
};
const people = {
  austin: living('Austin', 'Texas', 'US'),
  dallas: living('Dallas', 'TX', 'US'),
  oregon: living('Portland', 'Oregon', 'US'),
  maine: living('Portland', 'ME', 'US'),
  munich: living('Munich', 'Bavaria', 'DE'),
  perth: living('Perth', 'WA', 'AU'),
  seattle: living('Seattle', 'WA', 'US'),
};
const found = (attribute: WordAttribute, ...is: string[]): string[] =>
  Object.entries(people)
    .filter(([, person]) => membership({ attribute, is }, person).length > 0)
    .map(([name]) => name);

describe('Places that criteria ask for', () => {
  it('are the same region by its letters and by its name', () => {
    expect(found('region', 'TX')).toEqual(['austin', 'dallas']);
    expect(found('region', 'Texas')).toEqual(['austin', 'dallas']);
    expect(found('region', 'Washington')).toEqual(['seattle']);
    expect(found('region', 'me', 'Oregon')).toEqual(['oregon', 'maine']);
  });

  it('are the same country by its code and by its names', () => {
    for (const name of ['DE', 'Germany', 'Deutschland']) expect(found('country', name)).toEqual(['munich']);
    expect(found('country', 'USA')).toEqual(found('country', 'us'));
  });

  it('are a city in the region or the country that its text says', () => {
    expect(found('city', 'Portland')).toEqual(['oregon', 'maine']);
    expect(found('city', 'Portland, ME')).toEqual(['maine']);
    expect(found('city', 'Portland, Oregon, USA')).toEqual(['oregon']);
    expect(found('city', 'Portland, USA', 'München')).toEqual(['oregon', 'maine', 'munich']);
    expect(found('city', 'Austin, MN')).toEqual([]);
  });
});
