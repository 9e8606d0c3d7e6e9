import fc from 'fast-check';
import type { Criteria } from '../language/criteria.js';
import type { Leaf } from '../language/leaves.js';
import type { Period } from '../time/calendar.js';
import { customWord } from '../language/custom-words.js';
import type { AttributeChange, CustomState, HistoryFact, PersonHistory } from './person-history.js';

const HOUR = 3_600_000;
export const EPOCH = Date.UTC(2024, 0, 1);
export const SPAN_DAYS = 1_000;

/** Whole hours, so that things happen at the same time as others, and exactly at the ends of windows. */
export const instants = fc.integer({ min: 0, max: SPAN_DAYS * 24 }).map((hours) => EPOCH + hours * HOUR);

const cities = ['austin', 'berlin'];
const topics = ['backend', 'frontend'];
const kinds = ['interest.expressed', 'email.opened', 'event.attended'];
const titles = [['software', 'engineer'], ['data', 'engineer'], []];
const places = [
  { latitude: 30.27, longitude: -97.74 },
  { latitude: 52.52, longitude: 13.4 },
];

const period: fc.Arbitrary<Period> = fc.oneof(
  fc.integer({ min: 0, max: 13 }).map((months) => ({ months })),
  fc.integer({ min: 0, max: 400 }).map((days) => ({ days })),
);
const happened: fc.Arbitrary<Leaf> = fc
  .record(
    {
      kinds: fc.subarray(kinds, { minLength: 1 }),
      byPerson: fc.boolean(),
      topic: fc.constantFrom(...topics),
      role: fc.constant('Engineers'),
      series: fc.constant('Meetup'),
      ago: fc.record({ from: period, to: period }, { requiredKeys: ['from'] }),
      from: instants.map((at) => new Date(at).toISOString()),
      atLeast: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((about) => ({ happened: about }));

export const leaves: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 4, arbitrary: happened },
  { weight: 1, arbitrary: fc.constantFrom('engineers', 'Software Engineer').map((title) => ({ title })) },
  {
    weight: 1,
    arbitrary: fc.subarray(cities, { minLength: 1 }).map((is) => ({ attribute: 'city' as const, is })),
  },
  { weight: 1, arbitrary: fc.boolean().map((known) => ({ attribute: 'owner' as const, known })) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 3 })
      .map((n) => ({ number: 'experienceYears' as const, atLeast: n, below: n + 2 })),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.subarray(['Visa A', 'visa b', 7, true], { minLength: 1 }).map((is) => ({ custom: 'visa', is })),
      fc.boolean().map((known) => ({ custom: 'visa', known })),
      fc.integer({ min: 0, max: 8 }).map((n) => ({ custom: 'pay', atLeast: n, below: n + 3 })),
      fc.constant({ custom: 'free-from', below: '2026-03-01' }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...places, { city: 'Austin, TX' }, { city: 'Berlin', country: 'Germany' })
      .map((at) => ({ near: { ...at, kilometres: 50 } })),
  },
  { weight: 1, arbitrary: fc.constant({ consent: { purpose: 'newsletter', channel: 'email' } }) },
);

/** Criteria up to four deep. */
export const criteria: fc.Arbitrary<Criteria> = fc.letrec<{ any: Criteria }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    tie('any').map((not) => ({ not })),
  ),
})).any;

const changes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<AttributeChange<T>[]> =>
  fc.array(fc.record({ at: instants, value }), { maxLength: 3 }).map((all) => all.toSorted((a, b) => a.at - b.at));

const state = (value: string | number | boolean, isRanked = false): CustomState => ({
  words: [customWord(value)],
  rank: isRanked && typeof value !== 'boolean' ? value : null,
});

const fact: fc.Arbitrary<HistoryFact> = fc.record(
  {
    kind: fc.constantFrom(...kinds),
    at: instants,
    byPerson: fc.boolean(),
    topic: fc.constantFrom(...topics),
    roleWords: fc.constant(['backend', 'engineer']),
    series: fc.constant('meetup'),
  },
  { requiredKeys: ['kind', 'at', 'byPerson'] },
);

export const histories: fc.Arbitrary<PersonHistory> = fc.record({
  since: instants,
  title: changes(fc.constantFrom(...titles)),
  words: fc.record({
    city: changes(fc.constantFrom(...cities).map((city) => [city])),
    owner: changes(fc.constantFrom(['team'], [])),
  }),
  numbers: fc.record({ experienceYears: changes(fc.option(fc.integer({ min: 0, max: 5 }))) }),
  custom: fc
    .tuple(
      changes(fc.constantFrom<(CustomState | null)[]>(state('Visa A'), state('visa B'), state(true), null)),
      changes(fc.option(fc.integer({ min: 0, max: 9 }).map((pay) => state(pay, true)))),
      changes(fc.constantFrom<(CustomState | null)[]>(state('2026-02-28', true), state('2026-03-01', true), null)),
    )
    .map(([visa, pay, free]) => new Map(Object.entries({ visa, pay, 'free-from': free }))),
  place: changes(fc.option(fc.constantFrom(...places))),
  consents: changes(fc.constantFrom(['newsletter/email'], [])),
  facts: fc.array(fact, { maxLength: 8 }),
});
