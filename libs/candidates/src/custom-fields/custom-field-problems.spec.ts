import type { Criteria } from '#libs/criteria';
import { describe, expect, it } from '@jest/globals';
import { customFieldProblems } from './custom-field-problems.js';

const declared = new Map(
  Object.entries({
    visa: { type: 'choice', personal: false, options: ['H-1B', 'TN'] },
    shifts: { type: 'multi-choice', personal: false, options: ['Early', 'Night'] },
    pay: { type: 'number', personal: true },
    miles: { type: 'number', personal: false },
    'free-from': { type: 'date', personal: false },
  } as const),
);
const problems = (criteria: Criteria): string[] =>
  customFieldProblems(criteria, declared).map(({ pointer, detail }) => `${pointer}: ${detail}`);

describe('Criteria about custom fields', () => {
  it('may ask for what is declared', () => {
    expect(
      problems({
        and: [
          { custom: 'visa', is: ['tn'] },
          { not: { custom: 'shifts', is: ['Night', 'early'] } },
          {
            or: [
              { custom: 'miles', atLeast: 5 },
              { custom: 'free-from', below: '2026-01-01' },
            ],
          },
          { custom: 'miles', is: [5, 6] },
          { custom: 'visa', known: false },
          { title: 'engineer' },
        ],
      }),
    ).toEqual([]);
  });

  it.each<[string, Criteria, RegExp]>([
    ['a field that nobody declared', { not: { custom: 'hat', known: true } }, /^\/not\/custom: must be the key/],
    ['what every object has already', { custom: 'constructor', known: true }, /^\/custom: must be the key/],
    ['a personal field', { or: [{ custom: 'pay', atLeast: 5 }] }, /^\/or\/0\/custom: is personal/],
    ['an option that there is not', { custom: 'visa', is: ['TN', 'O-1'] }, /^\/is\/1: must be one of the declared/],
    ['a value of another type', { custom: 'miles', is: ['5'] }, /^\/is\/0: must be a number/],
    ['a range of options', { custom: 'visa', below: 5 }, /^\/below: is a number, and the type of the field is choice/],
    ['dates of a number', { custom: 'miles', atLeast: '2026-01-01' }, /^\/atLeast: is a date, and/],
  ])('are told of %s, and where', (_, criteria, expected) => {
    const found = problems(criteria);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });
});
