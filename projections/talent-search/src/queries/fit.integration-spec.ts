import type { Normalised } from '#libs/candidates';
import type { Criteria, PersonHistory } from '#libs/criteria';
import { explainFit, fitGrades, mostPoints, parseFitModel, type FitModel } from '#libs/fit';
import { idsOf, peopleOf, survivorOf } from '#libs/identity';
import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import { personHistory } from '../person-history.js';
import { talentSearch } from '../talent-search.projection.js';
import { fitOfEach } from './fit.query.js';
import { searchTalent, type TalentSearch } from './search-talent.query.js';

const SERVERS_MILLISECONDS = 30_000;
const PEOPLE = 120;
const MERGES = 20;
const MODELS = 80;
const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 1);
const at = (hour: number): Date => new Date(START + hour * HOUR);
const SPAN_HOURS = 300 * 24;
const NOW = at(SPAN_HOURS + 1);

const austin = { city: 'Austin', region: 'Texas', country: 'US', latitude: 30.26715, longitude: -97.74306 };
const titles = [
  ['Senior Software Engineer', 'software-engineer'],
  ['Back-End Dev', 'backend-developer'],
  ['Nurse', undefined],
] as const;
const skills = [
  ['JS', 'javascript'],
  ['SQL', 'sql'],
  ['Go', 'go'],
] as const;

const profile = fc
  .record({
    title: fc.option(fc.constantFrom(...titles)),
    place: fc.boolean(),
    years: fc.option(fc.integer({ min: 0, max: 20 })),
    known: fc.subarray([...skills]),
    employer: fc.option(fc.constantFrom('ACME', 'Initech')),
  })
  .map(({ title, place, years, known, employer }) => ({
    ...(title ? { title: title[0] } : {}),
    ...(place ? { location: { city: 'Austin', region: 'TX', country: 'US' } } : {}),
    ...(years === null ? {} : { experienceYears: years }),
    ...(employer === null ? {} : { employer }),
    skills: known.map(([name]) => ({ name })),
    normalised: {
      taxonomyVersion: 'test',
      ...(title?.[1] === undefined ? {} : { titleKey: title[1] }),
      ...(place ? { place: austin } : {}),
      skillKeys: known.map(([, key]) => key as string),
    } satisfies Normalised,
  }));

const leaf: fc.Arbitrary<Criteria> = fc.oneof(
  fc.constantFrom('software engineers', 'backend developer', 'nurses').map((title) => ({ title })),
  fc.subarray(['JavaScript', 'sql', 'Rust'], { minLength: 1 }).map((is) => ({ attribute: 'skills' as const, is })),
  fc
    .constantFrom('city', 'employer', 'availability', 'languages')
    .chain((attribute) => fc.boolean().map((known) => ({ attribute: attribute as 'city', known }))),
  fc.constant<Criteria>({ attribute: 'region', is: ['Texas'] }),
  fc.constant<Criteria>({ attribute: 'availability', is: ['open'] }),
  fc.integer({ min: 0, max: 15 }).map((n) => ({ number: 'experienceYears' as const, atLeast: n, below: n + 6 })),
  fc.constantFrom(20, 500).map((kilometres) => ({ near: { latitude: 30.3, longitude: -97.7, kilometres } })),
);
const criteria: fc.Arbitrary<Criteria> = fc.letrec<{ any: Criteria }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    { weight: 4, arbitrary: leaf },
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    tie('any').map((not) => ({ not })),
  ),
})).any;
const models: fc.Arbitrary<FitModel> = fc
  .array(fc.record({ points: fc.integer({ min: 1, max: 50 }), must: fc.boolean(), where: criteria }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((rules) => rules.map((rule, n) => ({ label: `Rule ${n}`, ...rule, must: rule.must && n < 3 })))
  .map((rules) => ({ name: 'any', version: 1, title: 'Anybody', rules, grades: { A: 3, B: 2, C: 1 } }))
  .map((model) => {
    const most = mostPoints(model);
    const [A, B, C] = [0.6, 0.4, 0.2].map((share) => Math.ceil(most * share));
    return { ...model, grades: { A: A ?? 3, B: B ?? 2, C: C ?? 1 } };
  })
  .filter((model) => parseFitModel(model).ok);

describe('Fit as SQL', () => {
  let model: FoldedHistory;
  const histories = new Map<string, PersonHistory>();

  beforeAll(async () => {
    model = await FoldedHistory.of(talentSearch);
    const { told } = model;
    const hours = fc.integer({ min: 0, max: SPAN_HOURS });
    const life = fc.record({
      added: hours,
      first: profile,
      changes: fc.array(fc.tuple(hours, profile), { maxLength: 3 }),
      open: fc.boolean(),
    });
    const [everybody = []] = fc.sample(fc.array(life, { minLength: PEOPLE, maxLength: PEOPLE }), {
      numRuns: 1,
      seed: 5,
    });
    const ids = everybody.map(({ added, first }) => told.added(at(added), first));
    const merges = Array.from({ length: MERGES }, (_, n) => ({
      mergeId: newId(),
      survivorId: ids[n] ?? '',
      mergedId: ids[n % 3 === 0 ? n + 1 : PEOPLE - 1 - n] ?? '',
    }));
    for (const merge of merges)
      told.identified(at(SPAN_HOURS), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    await model.fold();
    for (const [n, { changes, open }] of everybody.entries()) {
      const id = ids[n] ?? '';
      for (const [hour, { skills: _, ...to }] of changes)
        told.decided(id, at(hour), { type: 'candidate.profile-changed', data: { title: null, ...to } });
      if (open) told.decided(id, at(1), { type: 'candidate.availability-stated', data: { status: 'open' } });
    }
    await model.fold();
    const persons = peopleOf(merges);
    for (const id of ids) {
      const all = idsOf(persons, id);
      const events = told.events.filter(({ subjectId = '' }) => all.includes(subjectId));
      const history = personHistory(events, all);
      if (history) histories.set(survivorOf(persons, id), history);
    }
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  const found = async (search: Omit<TalentSearch, 'now' | 'limit'> & { limit?: number }) => {
    const page = await searchTalent(model.database, { limit: 200, ...search, now: NOW });
    if (!page.ok) throw new Error(page.error);
    return page.value;
  };

  it(`is what each person's history comes to, whichever ids they have, for ${MODELS} models; so are grades and order`, async () => {
    const grades = new Set<string>();
    await fc.assert(
      fc.asyncProperty(models, async (fit) => {
        const byHand = new Map(
          [...histories].map(([id, history]) => {
            const { score, grade, lacksMust } = explainFit(fit, history, NOW.getTime()) ?? {};
            return [id, { score, grade, lacksMust }];
          }),
        );
        expect(await fitOfEach(model.database, [...histories.keys()], fit, NOW)).toEqual(byHand);
        for (const { grade = '' } of byHand.values()) grades.add(grade);

        const { items } = await found({ criteria: { fit: { model: fit } }, sort: { by: 'fit' } });
        expect(items.map(({ id }) => id)).toEqual(
          [...byHand]
            .toSorted(
              ([a, one], [b, other]) =>
                Number(one.lacksMust) - Number(other.lacksMust) ||
                (other.score ?? 0) - (one.score ?? 0) ||
                (a < b ? 1 : -1),
            )
            .map(([id]) => id),
        );
        const good = await found({ criteria: { fit: { model: fit, grades: ['A', 'D'] } }, total: true });
        const expected = [...byHand].filter(([, { grade = '' }]) => ['A', 'D'].includes(grade)).map(([id]) => id);
        expect(good.items.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        expect(good.total).toBe(expected.length);
      }),
      { numRuns: MODELS, seed: 3 },
    );
    expect([...grades].toSorted()).toEqual([...fitGrades]);
    expect(histories.size).toBeLessThan(PEOPLE);
  });

  it('shows everybody once on pages of any size, either way round, and takes no cursor of another model', async () => {
    const [fit, other] = fc.sample(models, { numRuns: 2, seed: 9 });
    if (!fit || !other) throw new Error('There are no models.');
    for (const direction of ['asc', 'desc'] as const) {
      const search = { criteria: { fit: { model: fit } }, sort: { by: 'fit', direction } } as const;
      const whole = (await found(search)).items.map(({ id }) => id);
      expect(whole).toHaveLength(histories.size);
      for (const limit of [7, 50]) {
        const paged: string[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = await found({ ...search, limit, ...(cursor === undefined ? {} : { cursor }) });
          paged.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        }
        expect(paged).toEqual(whole);
      }
    }
    const first = await found({ criteria: { fit: { model: fit } }, sort: { by: 'fit' }, limit: 5 });
    const refused = await searchTalent(model.database, {
      criteria: { fit: { model: other } },
      sort: { by: 'fit' },
      limit: 5,
      cursor: first.nextCursor ?? '',
      now: NOW,
    });
    expect(refused).toEqual({ ok: false, error: 'bad-cursor' });
    expect(await searchTalent(model.database, { criteria: {}, sort: { by: 'fit' }, limit: 5, now: NOW })).toEqual({
      ok: false,
      error: 'fit-without-model',
    });
  });
});
