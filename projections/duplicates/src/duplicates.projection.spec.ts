import { ERASED, newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldHistory } from '../../../test/support/told-history.js';
import { duplicates } from './duplicates.projection.js';
import { duplicateKeys, duplicatePairs, duplicatePeople, duplicateValues } from './tables.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const email = (value: string) => ({ kind: 'email', value }) as const;

const modelOf = (...batches: readonly (readonly StoredEvent[])[]): MemoryReadModel => {
  const model = new MemoryReadModel(duplicates);
  for (const batch of batches) model.apply(batch);
  return model;
};

/** Strangers, so that names have a rarity. */
const crowd = (told: ToldHistory, count = 40): void => {
  for (let n = 0; n < count; n += 1)
    told.added(day(0), {
      name: { full: `${['Mary', 'James', 'Omar'][n % 3]} ${'bcdfghjklm'[n % 10]}a${'nrst'[n % 4]}o${'klv'[n % 3]}er` },
      contactPoints: [email(`person${n}@gmail.com`)],
    });
};
const pairsOf = (model: MemoryReadModel, id: string) =>
  model.rows(duplicatePairs).filter(({ candidate_id }) => candidate_id === id);

describe('Who looks like whom', () => {
  it('follows a change of an address at once, with the reasons, and without what it is that agrees', () => {
    const told = new ToldHistory();
    crowd(told);
    const one = told.added(day(1), {
      name: { full: 'Elizabeth Montgomery' },
      contactPoints: [email('liz.montgomery@example.com')],
    });
    const other = told.added(day(2), { name: { full: 'Liz Montgomrey' }, contactPoints: [email('lm@example.org')] });
    const before = pairsOf(modelOf(told.events), one).find(({ other_id }) => other_id === other)?.centibits ?? -1_000;
    const contactPoints = [email('lm@example.org'), email('liz.montgomery+crm@example.com')];
    told.decided(other, day(3), { type: 'candidate.contact-points-changed', data: { contactPoints } });
    const model = modelOf(told.events);
    const [pair] = pairsOf(model, other);
    expect(pair.other_id).toBe(one);
    expect(pair.centibits).toBeGreaterThan(before + 800);
    expect(pair.reasons).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'email', verdict: 'same' }),
        expect.objectContaining({ field: 'given name', verdict: 'short form' }),
        expect.objectContaining({ field: 'family name', verdict: 'slip' }),
      ]),
    );
    expect(pair.centibits).toBe(
      (pair.reasons as { bits: number }[]).reduce((sum, { bits }) => sum + Math.round(bits * 100), 0),
    );
    expect(JSON.stringify(model.rows(duplicatePairs))).not.toMatch(/montgom/i);
  });

  it('ends with what made them alike', () => {
    const told = new ToldHistory();
    crowd(told);
    const twin = { name: { full: 'Ada Lovelace' }, contactPoints: [email('ada@example.org')] };
    const [one, other] = [told.added(day(1), twin), told.added(day(2), twin)];
    const others = () => pairsOf(modelOf(told.events), one).map(({ other_id }) => other_id);
    expect(others()).toContain(other);
    told.decided(other, day(3), { type: 'candidate.contact-points-changed', data: { contactPoints: [] } });
    told.decided(other, day(3), { type: 'candidate.profile-changed', data: { name: { full: 'Grace Hopper' } } });
    expect(others()).not.toContain(other);
  });

  it('is nobody for those of whom the same was erased', () => {
    const told = new ToldHistory();
    crowd(told);
    const erased = {
      name: { full: ERASED },
      contactPoints: [email(ERASED), { kind: 'phone', value: ERASED } as const],
    };
    const ids = [1, 2, 3].map(() => told.added(day(1), erased));
    expect(ids.flatMap((id) => pairsOf(modelOf(told.events), id))).toEqual([]);
  });

  it('is known of all of a group, also of two who look like a third and not like each other', () => {
    const told = new ToldHistory();
    crowd(told);
    const shared = [email('ada.lovelace@example.org'), email('hopper@example.net')];
    const one = told.added(day(1), { name: { full: 'Ada Lovelace' }, contactPoints: [shared[0]] });
    const both = told.added(day(2), { name: { full: 'Ada Lovelace' }, contactPoints: shared });
    const other = told.added(day(3), { name: { full: 'Grace Hopper' }, contactPoints: [shared[1]] });
    const bitsTo = new Map(pairsOf(modelOf(told.events), other).map((pair) => [pair.other_id, pair.centibits]));
    expect(bitsTo.get(both)).toBeGreaterThan(0);
    expect(bitsTo.get(one)).toBeLessThan(0);
  });

  it('is not asked of a key that more than sixty share', () => {
    const told = new ToldHistory();
    for (let n = 0; n < 70; n += 1) told.added(day(0), { name: { full: 'James Smith' } });
    const model = modelOf(told.events);
    expect(model.rows(duplicateKeys).map(({ candidates, full }) => [candidates.length, full])).toEqual(
      model.rows(duplicateKeys).map(() => [0, true]),
    );
    const last = told.added(day(1), { name: { full: 'James Smith' } });
    expect(pairsOf(modelOf(told.events), last)).toEqual([]);
  });
});

const names = ['Ada Lovelace', 'Ada Lovlace', 'Grace Hopper', 'Gracie Hopper', 'Hopper Grace', 'Alan Turing'];
const addresses = ['ada@example.org', 'ada@exmaple.org', 'grace.hopper@navy.example', 'at@example.org'];
const change = fc.record({
  who: fc.nat({ max: 7 }),
  name: fc.option(fc.constantFrom(...names), { nil: undefined }),
  addresses: fc.option(fc.subarray(addresses), { nil: undefined }),
  employer: fc.option(fc.constantFrom('Acme Ltd', 'Navy'), { nil: undefined }),
});

describe('The rows of likely duplicates', () => {
  const ids = Array.from({ length: 8 }, () => newId());
  const historyOf = (steps: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[]): ToldHistory => {
    const told = new ToldHistory();
    const there = new Set<string>();
    steps.forEach(({ who, name, addresses: values, employer }, n) => {
      const id = ids[who];
      const profile = { ...(name ? { name: { full: name } } : {}), ...(employer ? { employer } : {}) };
      if (!there.has(id)) told.added(day(n), { ...profile, contactPoints: (values ?? []).map(email) }, id);
      else if (values)
        told.decided(id, day(n), {
          type: 'candidate.contact-points-changed',
          data: { contactPoints: values.map(email) },
        });
      else told.decided(id, day(n), { type: 'candidate.profile-changed', data: profile });
      there.add(id);
    });
    return told;
  };

  it('are the same for any split of the history into batches, each pair is there from both sides, and nothing is left of what records were before', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 30 }),
        fc.array(fc.nat({ max: 30 }), { maxLength: 5 }),
        (steps, cuts) => {
          const told = historyOf(steps);
          const { events } = told;
          const at = [0, ...cuts.filter((cut) => cut < events.length).sort((a, b) => a - b), events.length];
          const split = modelOf(...at.slice(1).map((end, i) => events.slice(at[i], end)));
          const whole = modelOf(events);
          for (const table of duplicates.tables) expect(split.rows(table)).toEqual(whole.rows(table));
          const sides = whole.rows(duplicatePairs);
          const sideOf = new Map(sides.map((pair) => [`${pair.candidate_id} ${pair.other_id}`, pair]));
          for (const { candidate_id, other_id, centibits } of sides)
            expect(sideOf.get(`${other_id} ${candidate_id}`)?.centibits).toBe(centibits);
          const fresh = new ToldHistory();
          for (const { candidate_id, record } of whole.rows(duplicatePeople)) {
            const known = record as { fullName?: string; emails?: string[]; employer?: string };
            fresh.added(
              day(0),
              {
                ...(known.fullName === undefined ? {} : { name: { full: known.fullName } }),
                ...(known.employer === undefined ? {} : { employer: known.employer }),
                contactPoints: (known.emails ?? []).map(email),
              },
              candidate_id,
            );
          }
          const anew = modelOf(fresh.events);
          expect(whole.rows(duplicateValues)).toEqual(anew.rows(duplicateValues));
          const keysOf = (model: MemoryReadModel) =>
            model.rows(duplicateKeys).map(({ key, candidates }) => [key, candidates.toSorted()]);
          expect(keysOf(whole)).toEqual(keysOf(anew));
        },
      ),
      { numRuns: 25 },
    );
  });
});
