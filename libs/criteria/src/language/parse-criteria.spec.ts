import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { criteriaSchema } from './criteria.js';
import { parseCriteria } from './parse-criteria.js';

const published = new URL('../../criteria.schema.json', import.meta.url);
const problems = (input: unknown): string[] => {
  const parsed = parseCriteria(input);
  return parsed.ok ? [] : parsed.error.map(({ pointer, detail }) => `${pointer}: ${detail}`);
};
const nested = (depth: number): object => (depth === 1 ? { title: 'engineer' } : { not: nested(depth - 1) });

describe('Criteria from outside', () => {
  it.each<[string, unknown, RegExp]>([
    ['no object', 'austin', /^: must be an object/],
    ['nothing', {}, /^: must have exactly one of and, or, not, title/],
    ['two at once', { title: 'a', not: { title: 'b' } }, /^: must have exactly one of/],
    ['an empty list', { and: [] }, /^\/and: must be a list/],
    ['a member too many', { or: [{ title: 'a' }], hint: 1 }, /^: has a member that isn't known$/],
    [
      'an unknown attribute',
      { and: [{ not: { attribute: 'age', is: ['40'] } }] },
      /^\/and\/0\/not\/attribute: must be one of skills/,
    ],
    ['neither is nor known', { attribute: 'city' }, /^: must have either is or known/],
    ['a title without a word', { title: '?!' }, /^\/title: must have a letter/],
    [
      'numbers the wrong way round',
      { number: 'experienceYears', atLeast: 5, below: 5 },
      /^\/below: must be more than atLeast/,
    ],
    ['more years than a life has', { number: 'experienceYears', atLeast: 200_000_000 }, /^\/atLeast: must be <= 80/],
    ['fewer than none', { not: { number: 'experienceYears', below: -1 } }, /^\/not\/below: must be >= 0/],
    ['a custom field without a question', { custom: 'visa' }, /^: must have is, known, or atLeast/],
    ['two questions about a custom field', { custom: 'visa', is: ['a'], known: true }, /^: must have is, known, or/],
    ['a key that is none', { custom: 'Visa', known: true }, /^\/custom: must match pattern/],
    ['a bound that is neither number nor date', { custom: 'pay', below: true }, /^\/below: must be a number or a date/],
    ['an option that is none', { custom: 'visa', is: [null] }, /^\/is\/0: must be a text, a number, true or false/],
    [
      'bounds of two types',
      { custom: 'pay', atLeast: 1, below: '2026-01-01' },
      /^\/below: must be a number or a date,/,
    ],
    [
      'days the wrong way round',
      { custom: 'on', atLeast: '2026-01-02', below: '2026-01-01' },
      /^\/below: must be more/,
    ],
    ['a day that there is not', { custom: 'on', atLeast: '2026-13-01' }, /^\/atLeast: is not a date that there is/],
    ['30 February', { custom: 'on', below: '2026-02-30' }, /^\/below: is not a date that there is/],
    ['29 February of 2026', { happened: { from: '2026-02-29T00:00:00Z' } }, /^\/happened\/from: is not a date/],
    ['the hour after 23', { happened: { to: '2026-02-28T24:00:00.000Z' } }, /^\/happened\/to: is not a date/],
    ['no period', { happened: { ago: { from: { weeks: 2 } } } }, /^\/happened\/ago\/from: must be { "months"/],
    ['half a month', { happened: { ago: { from: { months: 0.5 } } } }, /^\/happened\/ago\/from: must be { "months"/],
    [
      'a window the wrong way round',
      { happened: { ago: { from: { months: 6 }, to: { months: 12 } } } },
      /^\/happened\/ago\/from: must be more than to/,
    ],
    [
      'two kinds of window',
      { happened: { ago: { from: { days: 1 } }, from: '2026-01-01T00:00:00Z' } },
      /^\/happened\/ago: cannot/,
    ],
    ['a date that there is not', { happened: { to: '2026-13-01T00:00:00Z' } }, /^\/happened\/to: is not a date/],
    [
      'a place off the globe',
      { near: { latitude: 91, longitude: 0, kilometres: 1 } },
      /^\/near\/latitude: must be <= 90/,
    ],
    ['neither city nor point', { near: { region: 'TX', kilometres: 1 } }, /^\/near: must have either city, /],
    ['half a point', { near: { latitude: 1, kilometres: 1 } }, /^\/near: must have either city, /],
    [
      'a city and a point',
      { near: { city: 'Austin', latitude: 1, longitude: 1, kilometres: 1 } },
      /^\/near: must have either city, /,
    ],
    [
      'a point and a country',
      { near: { country: 'US', latitude: 1, longitude: 1, kilometres: 1 } },
      /^\/near: must have either city, /,
    ],
    [
      'a city that there is not',
      { or: [{ near: { city: 'Austin', country: 'DE', kilometres: 50 } }] },
      /^\/or\/0\/near\/city: is no city that the list of places has there$/,
    ],
    [
      'one of several cities',
      { near: { city: 'Springfield', kilometres: 50 } },
      /^\/near\/city: may be Springfield, Missouri, US; .*: say its region, its country, or latitude and longitude$/,
    ],
    ['too deep', nested(13), /^(\/not){12}: must not lie more than 12 deep/],
    [
      'too much',
      { or: Array.from({ length: 500 }, () => ({ title: 'a' })) },
      /^: must not have more than 100 conditions/,
    ],
    [
      'a list as long as a body',
      { attribute: 'tags', is: Array(200_000).fill(1) },
      /^\/is: must not have more than 100/,
    ],
    [
      'a list of kinds as long',
      { not: { happened: { kinds: Array(200_000).fill(1) } } },
      /^\/not\/happened\/kinds: must not have more than 100 values/,
    ],
    [
      'too many values in all',
      { or: Array.from({ length: 11 }, () => ({ attribute: 'tags', is: Array(100).fill('a') })) },
      /^: must not have more than 1000 values/,
    ],
  ])('are refused for %s, where it is', (_, input, expected) => {
    const found = problems(input);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('are told all that is wrong at once', () => {
    expect(
      problems({ and: [{ title: '' }, { nope: 1 }, { number: 'experienceYears' }] }).map((p) => p.split(':')[0]),
    ).toEqual(['/and/0/title', '/and/1', '/and/2']);
  });

  it('are told fifty things that are wrong, not a hundred thousand', () => {
    expect(problems({ and: Array(100_000).fill(1) })).toHaveLength(50);
    const wrong = Array.from({ length: 100 }, () => ({ attribute: 'tags', is: Array(10).fill(1) }));
    expect(problems({ and: wrong })).toHaveLength(50);
    const unknown = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`a${n}`, 1]));
    expect(problems({ or: [{ ...unknown, title: 'engineer' }] })).toHaveLength(50);
  });

  it('hold no text that no store takes', () => {
    for (const text of ['a\0', 'a\ud800', '\udc00a']) {
      expect(
        problems({ or: [{ title: text }, { attribute: 'tags', is: ['a', text] }] }).map((p) => p.split(':')[0]),
      ).toEqual(['/or/0/title', '/or/1/is/1']);
      expect(problems({ custom: 'level', is: [text] })).toHaveLength(1);
      expect(problems({ happened: { kinds: ['interest.expressed'], topic: text } })).toHaveLength(1);
    }
    expect(problems({ title: 'Engineer 🚀' })).toEqual([]);
  });

  it('that were stored before there were bounds can still be read', () => {
    const stored = { not: { number: 'experienceYears', atLeast: -1, below: 200_000_000 } };
    expect(parseCriteria(stored, 'store')).toEqual({ ok: true, value: stored });
    for (const day of [{ custom: 'on', below: '2026-02-30' }, { happened: { to: '2026-02-30T00:00:00Z' } }])
      expect(parseCriteria(day, 'store').ok).toBe(true);
    const long = { or: Array.from({ length: 11 }, () => ({ attribute: 'tags', is: Array(100).fill('a') })) };
    expect(parseCriteria(long, 'store').ok).toBe(true);
    expect(parseCriteria({ number: 'experienceYears', atLeast: '1' }, 'store').ok).toBe(false);
    expect(parseCriteria({ number: 'experienceYears', atLeast: 5e9, below: 1 }, 'store').ok).toBe(false);
  });

  it('may ask for what is near a city, in words or by its parts', () => {
    for (const at of [
      { city: 'Austin', region: 'TX', country: 'US' },
      { city: 'Springfield, MO' },
      { latitude: 30, longitude: -97 },
    ])
      expect(problems({ near: { ...at, kilometres: 50 } })).toEqual([]);
    expect(parseCriteria({ near: { city: 'Springfield', kilometres: 50 } }, 'store').ok).toBe(true);
  });

  it('may ask for the last day of February, and the last second of a year', () => {
    for (const day of ['2024-02-29', '2025-02-28', '2026-12-31'])
      expect(problems({ or: [{ custom: 'on', atLeast: day }, { happened: { to: `${day}T23:59:59.999Z` } }] })).toEqual(
        [],
      );
  });

  it('may be as deep and as many as is said', () => {
    expect(problems(nested(12))).toEqual([]);
    expect(problems({ or: Array.from({ length: 100 }, () => ({ title: 'a' })) })).toEqual([]);
  });
});

describe('The published schema', () => {
  it('is the one that the code checks by', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(criteriaSchema())));
  });

  it('takes criteria, and refuses what is none', () => {
    const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(criteriaSchema());
    expect(valid({ and: [{ title: 'engineer' }, { not: { attribute: 'owner', known: true } }] })).toBe(true);
    expect(valid({ and: [{ title: 'engineer', is: 1 }] })).toBe(false);
    expect(valid({ happened: { ago: { from: { weeks: 1 } } } })).toBe(false);
  });
});
