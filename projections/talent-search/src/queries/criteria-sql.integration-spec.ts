import type { CandidateEvent, CustomFieldSet, Location, Normalised } from '#libs/candidates';
import { contains, membership, parseCriteria, type Criteria, type Leaf, type WordAttribute } from '#libs/criteria';
import { idsOf, peopleOf, survivorOf } from '#libs/identity';
import { newId } from '#libs/kernel';
import { Parameters } from '#libs/read-store';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import type { ToldHistory } from '../../../../test/support/told-history.js';
import { personHistory } from '../person-history.js';
import { talentSearch } from '../talent-search.projection.js';
import { criteriaSql } from './criteria-sql.js';
import { countFacets } from './facets.query.js';
import { people } from './person.js';

const SERVERS_MILLISECONDS = 30_000;
const PEOPLE = 150;
const MERGES = 30;
const CRITERIA = 1_200;
const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const SPAN_HOURS = 900 * 24;
/** When everything that's told of profiles has been told; facts go on after it. */
const TOLD_HOURS = 600 * 24;

const titles: readonly (readonly [string, string | undefined])[] = [
  ['Senior Software Engineer', 'software-engineer'],
  ['Back-End Dev', 'backend-developer'],
  ['Data Scientist', 'data-scientist'],
  ['Nurse', undefined],
];
const locations: readonly (readonly [Location, Normalised['place']])[] = [
  [
    { city: 'Austin', region: 'TX', country: 'US' },
    { city: 'Austin', region: 'Texas', country: 'US', latitude: 30.26715, longitude: -97.74306 },
  ],
  [
    { city: 'Round Rock', country: 'US' },
    { city: 'Round Rock', region: 'Texas', country: 'US', latitude: 30.50826, longitude: -97.6789 },
  ],
  [{ city: 'Suva' }, { city: 'Suva', country: 'FJ', latitude: -18.14161, longitude: 178.44149 }],
  [{ city: 'Nowhere', country: 'DE' }, undefined],
  [
    { city: 'Portland', region: 'ME', country: 'US' },
    { city: 'Portland', region: 'Maine', country: 'US', latitude: 43.66147, longitude: -70.25533 },
  ],
  [
    { city: 'Portland, OR' },
    { city: 'Portland', region: 'Oregon', country: 'US', latitude: 45.52345, longitude: -122.67621 },
  ],
  [{ region: 'TX', country: 'US' }, undefined],
];
const skills = [
  ['JS', 'javascript'],
  ['JavaScript', 'javascript'],
  ['SQL', 'sql'],
] as const;
const topics = ['backend', 'Front End'];
const series = ['Austin Meetups', 'Open Days'];
const hours = (until: number) => fc.integer({ min: 0, max: until });

type Step = (told: ToldHistory, id: string) => void;
const at = (hour: number): Date => new Date(START + hour * HOUR);

const profile = fc.record({
  title: fc.option(fc.constantFrom(...titles)),
  location: fc.option(fc.constantFrom(...locations)),
  years: fc.option(fc.integer({ min: 0, max: 30 })),
  skills: fc.subarray([...skills]),
});
type Profile = typeof profile extends fc.Arbitrary<infer P> ? P : never;
const dataOf = ({ title, location, years, skills: known }: Profile) => ({
  ...(title ? { title: title[0] } : {}),
  ...(location ? { location: location[0] } : {}),
  ...(years === null ? {} : { experienceYears: years }),
  skills: known.map(([name]) => ({ name })),
  normalised: {
    taxonomyVersion: 'test',
    ...(title?.[1] === undefined ? {} : { titleKey: title[1] }),
    ...(location?.[1] ? { place: location[1] } : {}),
    skillKeys: known.map(([, key]) => key as string),
  },
});

/** Of each type, and of one that's personal: by those nobody is found. */
const customValues = [
  { field: 'visa', type: 'choice', value: 'H-1B' },
  { field: 'visa', type: 'choice', value: '2026-01-01' },
  { field: 'shifts', type: 'multi-choice', value: ['Early', 'Night'] },
  { field: 'shifts', type: 'multi-choice', value: ['Late'] },
  { field: 'miles', type: 'number', value: 0.1 },
  { field: 'miles', type: 'number', value: 30 },
  { field: 'free-from', type: 'date', value: '2026-01-01' },
  { field: 'free-from', type: 'date', value: '2026-02-28' },
  { field: 'moves', type: 'boolean', value: false },
  { field: 'pay', type: 'number', personalValue: 30 },
  { field: 'pay', type: 'number', personalValue: '[erased]' },
] as const;
const valued: fc.Arbitrary<Step> = fc
  .record({ hour: hours(TOLD_HOURS), set: fc.constantFrom(...customValues), cleared: fc.nat({ max: 3 }) })
  .map(({ hour, set, cleared }) => (told, id) => {
    told.decided(
      id,
      at(hour),
      cleared === 0
        ? { type: 'candidate.custom-field-cleared', data: { field: set.field } }
        : { type: 'candidate.custom-field-set', data: structuredClone(set) as CustomFieldSet },
    );
  });

const decisions: fc.Arbitrary<Step> = fc
  .record({ hour: hours(TOLD_HOURS), to: profile, kind: fc.nat({ max: 5 }), word: fc.constantFrom('a', 'b', 'c') })
  .map(({ hour, to, kind, word }) => (told, id) => {
    const { title = null, location = null, experienceYears = null, normalised } = dataOf(to);
    const changes = [
      { type: 'candidate.profile-changed', data: { title, location, experienceYears, normalised } },
      { type: 'candidate.tagged', data: { tags: [word], freeTags: [] } },
      { type: 'candidate.untagged', data: { tags: [word], freeTags: [] } },
      { type: 'candidate.owner-assigned', data: { owner: word === 'a' ? null : `user-${word}` } },
      { type: 'candidate.availability-stated', data: { status: word === 'a' ? 'not-looking' : 'open' } },
      { type: 'candidate.languages-changed', data: { languages: word === 'a' ? [] : [{ code: 'en' }] } },
    ] as const satisfies readonly CandidateEvent[];
    told.decided(id, at(hour), changes[kind] ?? changes[0]);
  });

const facts: fc.Arbitrary<Step> = fc
  .record({
    hour: hours(SPAN_HOURS),
    kind: fc.nat({ max: 4 }),
    topic: fc.constantFrom(...topics),
    role: fc.boolean(),
    of: fc.constantFrom(...series),
    agent: fc.constantFrom('human', 'machine'),
    verdict: fc.option(fc.constantFrom('human', 'machine', 'unknown')),
  })
  .map(({ hour, kind, topic, role, of, agent, verdict }) => (told, id) => {
    const happened = [
      { type: 'interest.expressed', data: { interest: topic, ...(role ? { role: 'Backend Engineers' } : {}) } },
      { type: 'email.opened', data: { agent } },
      { type: 'email.clicked', data: { agent } },
      { type: 'event.attended', data: { name: 'Spring', series: of } },
      { type: 'email.sent', data: {} },
    ] as const;
    const event = told.happened(id, at(hour), happened[kind] ?? happened[0]);
    if (!verdict || kind === 0 || kind > 2) return;
    const data = { eventId: event.id, verdict, classifierVersion: 1, reasons: [] };
    told.happened(id, at(SPAN_HOURS), { type: 'engagement.classified', data });
  });

const attribute = (name: WordAttribute, ...values: string[]): fc.Arbitrary<Leaf> =>
  fc.oneof(
    fc.subarray(values, { minLength: 1 }).map((is) => ({ attribute: name, is })),
    fc.boolean().map((known) => ({ attribute: name, known })),
  );
const period = fc.oneof(
  fc.integer({ min: 0, max: 13 }).map((months) => ({ months })),
  fc.integer({ min: 0, max: 400 }).map((days) => ({ days })),
);
const happened: fc.Arbitrary<Leaf> = fc
  .record(
    {
      kinds: fc.subarray(['interest.expressed', 'email.opened', 'email.clicked', 'event.attended', 'email.sent'], {
        minLength: 1,
      }),
      byPerson: fc.boolean(),
      topic: fc.constantFrom('Backend', 'front end'),
      role: fc.constant('backend engineer'),
      series: fc.constantFrom('austin meetups', 'Open days'),
      ago: fc.record({ from: period, to: period }, { requiredKeys: ['from'] }),
      from: hours(SPAN_HOURS).map((hour) => at(hour).toISOString()),
      atLeast: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((about) => ({ happened: about }));
const customKeys = fc.constantFrom('visa', 'shifts', 'miles', 'free-from', 'moves', 'pay', 'constructor');
const custom: fc.Arbitrary<Leaf> = fc.oneof(
  fc
    .record({
      custom: customKeys,
      is: fc.subarray(['h 1b', 'EARLY', 'late', '2026-01-01', 0.1, 30, false, true], { minLength: 1 }),
    })
    .map((leaf): Leaf => leaf),
  fc.record({ custom: customKeys, known: fc.boolean() }).map((leaf): Leaf => leaf),
  fc
    .record(
      { custom: customKeys, atLeast: fc.constantFrom(-1, 0.1, 30), below: fc.constantFrom(0.3, 30, 31) },
      { requiredKeys: ['custom'] },
    )
    .map((leaf): Leaf => leaf),
  fc
    .record(
      {
        custom: customKeys,
        atLeast: fc.constantFrom('2026-01-01', '2026-01-02'),
        below: fc.constantFrom('2026-02-28', '2026-03-01'),
      },
      { requiredKeys: ['custom'] },
    )
    .map((leaf): Leaf => leaf),
);
const place = { austin: { latitude: 30.2672, longitude: -97.7431 }, fiji: { latitude: -18, longitude: -179.9 } };
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 6, arbitrary: happened },
  fc.constantFrom('software engineers', 'backend developer', 'nurse', 'barista').map((title) => ({ title })),
  { weight: 5, arbitrary: custom },
  attribute('skills', 'javascript', 'Sql', 'Go'),
  attribute('tags', 'A', 'b', 'd'),
  attribute('city', 'Austin', 'Nowhere', 'suva', 'Portland', 'Portland, ME', 'Portland, Oregon, USA'),
  attribute('region', 'texas', 'TX', 'Maine', 'OR'),
  attribute('country', 'us', 'DE', 'FJ', 'Germany', 'USA'),
  attribute('owner', 'user-b', 'user-c'),
  attribute('availability', 'not-looking', 'open'),
  attribute('languages', 'en', 'de'),
  attribute('source', 'careers-page', 'event'),
  attribute('sourceName', 'Careers Page'),
  attribute('employer', 'acme'),
  fc.integer({ min: 0, max: 20 }).map((n) => ({ number: 'experienceYears' as const, atLeast: n, below: n + 6.5 })),
  // Stored before there were bounds.
  fc.constantFrom(2e8, -2e8, 1e300).map((n) => ({ number: 'experienceYears' as const, atLeast: n })),
  fc.constantFrom(2e8, -2e8, 1e300).map((n) => ({ number: 'experienceYears' as const, below: n })),
  fc.constantFrom(20, 50, 500, 19_000).map((kilometres) => ({ near: { ...place.austin, kilometres } })),
  fc.constantFrom(100, 400).map((kilometres) => ({ near: { ...place.fiji, kilometres } })),
  fc
    .record({
      at: fc.constantFrom(
        { city: 'Austin', region: 'TX', country: 'US' },
        { city: 'Portland, ME' },
        { city: 'Suva', country: 'Fiji' },
        { city: 'Nowhere', region: 'Utah' },
      ),
      kilometres: fc.constantFrom(20, 50, 500, 5_000),
    })
    .map(({ at: city, kilometres }) => ({ near: { ...city, kilometres } })),
);
const criteria: fc.Arbitrary<Criteria> = fc
  .letrec<{ any: Criteria }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: leaf },
      { weight: 2, arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })) },
      { weight: 2, arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })) },
      { weight: 2, arbitrary: tie('any').map((not) => ({ not })) },
    ),
  }))
  .any.filter((one) => parseCriteria(one, 'store').ok);

describe('Criteria as SQL', () => {
  let model: FoldedHistory;
  /** All ids of everybody, by the one that they go by. */
  const whole = new Map<string, readonly string[]>();
  beforeAll(async () => {
    model = await FoldedHistory.of(talentSearch);
    const lives = fc.record({
      added: hours(TOLD_HOURS),
      profile,
      decided: fc.array(fc.oneof(decisions, valued), { maxLength: 10 }),
      facts: fc.array(facts, { maxLength: 8 }),
      employed: fc.boolean(),
      source: fc.option(fc.constant({ kind: 'careers-page' as const, name: 'Careers page' })),
    });
    const [everybody] = fc.sample(fc.array(lives, { minLength: PEOPLE, maxLength: PEOPLE }), { numRuns: 1, seed: 7 });
    const known = (everybody ?? []).map(({ added, profile: first, employed, source, ...life }) => {
      const data = { ...dataOf(first), ...(employed ? { employer: 'ACME' } : {}), ...(source ? { source } : {}) };
      return { ...life, id: model.told.added(at(added), data, newId()) };
    });
    const merges = Array.from({ length: MERGES }, (_, n) => ({
      mergeId: newId(),
      survivorId: known[n]?.id ?? '',
      mergedId: known[n % 3 === 0 ? n + 1 : PEOPLE - 1 - n]?.id ?? '',
    }));
    // Some were decided before anything else was told, some afterwards, and some were undone.
    const merged = (from: number, to: number): void => {
      for (const merge of merges.slice(from, to))
        model.told.identified(at(TOLD_HOURS), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    };
    merged(0, MERGES / 2);
    for (const { id, decided } of known) for (const step of decided) step(model.told, id);
    await model.fold();
    merged(MERGES / 2, MERGES);
    for (const { id, facts: happenings } of known) for (const step of happenings) step(model.told, id);
    for (const merge of merges.filter((_, n) => n % 5 === 4))
      model.told.identified(at(TOLD_HOURS), { type: 'identity.unmerged', data: merge });
    await model.fold();
    const persons = peopleOf(merges.filter((_, n) => n % 5 !== 4));
    for (const { id } of known) whole.set(survivorOf(persons, id), idsOf(persons, id));
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  const bySql = async (one: Criteria, now: Date): Promise<string[]> => {
    const p = new Parameters();
    const where = criteriaSql(one, { now, p });
    const rows = await model.database.query<{ id: string }>(
      `SELECT t.candidate_id AS id FROM ${people} WHERE ${where}`,
      p.values,
    );
    return rows.map(({ id }) => id).sort();
  };

  it('counts the facets of those whom it finds as one would by hand', async () => {
    const where: Criteria = { not: { attribute: 'country', is: ['DE'] } };
    const ids = await bySql(where, at(SPAN_HOURS));
    const found = await model.database.query<{
      city_key: string | null;
      experience_months: number | null;
      tags: string[];
      skill_terms: string[];
    }>('SELECT city_key, experience_months, tags, skill_terms FROM read.talent WHERE candidate_id = ANY($1::uuid[])', [
      ids,
    ]);
    const byHand = (values: readonly (string | null)[]): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
      return counts;
    };
    const bucket = (months: number | null): string | null =>
      months === null ? null : months < 36 ? '0-2' : months < 72 ? '3-5' : months < 120 ? '6-9' : '10+';
    const scope = { now: at(SPAN_HOURS) };
    const facets = await countFacets(model.database, { where }, ['city', 'experience', 'tags', 'skills'], scope);
    const [city, experience, tags, known] = facets.map(({ values }) =>
      Object.fromEntries(values.map(({ value, count }) => [value, count])),
    );
    expect(city).toEqual(byHand(found.map(({ city_key }) => city_key)));
    expect(experience).toEqual(byHand(found.map(({ experience_months }) => bucket(experience_months))));
    expect(tags).toEqual(byHand(found.flatMap((row) => row.tags)));
    const keys = found.flatMap(({ skill_terms }) => skill_terms.filter((term) => term.startsWith('=')));
    expect(known).toEqual(byHand(keys.map((term) => term.slice(1))));
    expect(Object.keys(city ?? {})).toHaveLength(4);
  });

  it(`finds whom the criteria mean by their histories under all their ids, for ${CRITERIA} of them at any time`, async () => {
    const histories = [...whole].map(([id, ids]) => {
      const events = model.told.events.filter(({ subjectId = '' }) => ids.includes(subjectId));
      const history = personHistory(events, ids);
      if (!history) throw new Error('Somebody was never added.');
      return { id, history };
    });
    const found = { nobody: 0, everybody: 0, some: 0 };
    await fc.assert(
      fc.asyncProperty(criteria, fc.integer({ min: TOLD_HOURS, max: SPAN_HOURS }), async (one, hour) => {
        const expected = histories
          .filter(({ history }) => contains(membership(one, history), at(hour).getTime()))
          .map(({ id }) => id)
          .sort();
        found[expected.length === 0 ? 'nobody' : expected.length === whole.size ? 'everybody' : 'some']++;
        expect(await bySql(one, at(hour))).toEqual(expected);
      }),
      { numRuns: CRITERIA, seed: 11 },
    );
    expect(found.some).toBeGreaterThan(CRITERIA / 2);
    expect(whole.size).toBe(PEOPLE - MERGES * 0.8);
  });
});
