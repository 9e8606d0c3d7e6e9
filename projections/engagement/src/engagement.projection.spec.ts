import type { ClassificationEvent, EngagementEvent } from '#libs/candidates';
import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import {
  bandAt,
  bandOn,
  contribution,
  liveModel,
  scoreUnits,
  sumAt,
  termsOf,
  weightOf,
  type ScoringModel,
} from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldHistory } from '../../../test/support/told-history.js';
import { engagement, engagementBy } from './engagement.projection.js';
import { factOf } from './facts.js';
import { standingIn } from './standing-row.js';
import { builtInStandings, engagementFacts, engagementScores, standingsBy } from './tables.js';

const t0 = new Date('2026-01-01T00:00:00Z');
const later = (days: number): Date => new Date(t0.getTime() + days * 24 * 3_600_000);

/** What a signal adds to the sum of its group. */
const worth = (type: string, at: Date): bigint => {
  const weight = weightOf(liveModel, { type });
  if (!('group' in weight)) throw new Error(`${type} counts for nothing.`);
  return contribution(weight.points, liveModel.groups[weight.group]?.halfLifeDays ?? 0, at);
};

const signals: fc.Arbitrary<EngagementEvent> = fc.constantFrom<EngagementEvent[]>(
  { type: 'email.opened', data: { agent: 'human' } },
  { type: 'email.opened', data: { agent: 'machine' } },
  { type: 'email.clicked', data: { agent: 'human' } },
  { type: 'email.replied', data: { sentiment: 'interested' } },
  { type: 'email.unsubscribed', data: {} },
  { type: 'email.complained', data: {} },
  { type: 'call.made', data: { outcome: 'answered' } },
  { type: 'call.made', data: { outcome: 'voicemail' } },
  { type: 'event.attended', data: { name: 'Open house' } },
  { type: 'note.added', data: { text: 'Called back.' } },
);
/** What happened, when, its place if it's told in another order, and what is found out about who did it. */
const lifeAndOrder = fc.array(
  fc.record({
    event: signals,
    // So that some come at once, some within a day of others, and some long after.
    at: fc.nat(300).map((hours) => new Date(t0.getTime() + hours ** 2 * 3_600_000)),
    place: fc.nat(),
    verdicts: fc.array(fc.constantFrom<ClassificationEvent['data']['verdict'][]>('human', 'machine', 'unknown'), {
      maxLength: 2,
    }),
  }),
  { minLength: 1, maxLength: 40 },
);
type Life = typeof lifeAndOrder extends fc.Arbitrary<infer L> ? L : never;

const classified = (
  eventId: string,
  verdict: ClassificationEvent['data']['verdict'],
  classifierVersion = 1,
): ClassificationEvent => ({
  type: 'engagement.classified',
  data: { eventId, verdict, classifierVersion, reasons: [] },
});

/** Events in another order, positions and all; each keeps its id. */
const toldAgain = (events: readonly StoredEvent[]): StoredEvent[] =>
  events.map((event, i) => ({ ...event, position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) } }));

const lived = (id: string, life: Life): ToldHistory => {
  const told = new ToldHistory();
  const facts = life.map(({ at, event }) => told.happened(id, at, event));
  for (const [i, { verdicts }] of life.entries())
    for (const verdict of verdicts) told.happened(id, later(400), classified(facts[i]?.id ?? '', verdict));
  return told;
};

const folded = (batches: readonly (readonly StoredEvent[])[]): MemoryReadModel => {
  const model = new MemoryReadModel(engagement);
  for (const batch of batches) model.apply(batch);
  return model;
};

/** Another model: other groups, no damping, a cap on everything. */
const published: ScoringModel = {
  ...liveModel,
  version: 1_000,
  groups: {
    any: { halfLifeDays: 20, cap: 30, kinds: { 'email.opened': 3, 'email.clicked': 2, 'email.replied': 9 } },
    met: { halfLifeDays: 200, kinds: { 'event.attended': 40, 'call.made': 1 } },
  },
  damping: { withinHours: 100 },
  bands: { hot: { enter: 50, leave: 45 }, warm: { enter: 10, leave: 5 } },
  dormantAfterDays: 90,
};

const scoresAfter = ({ events }: ToldHistory): readonly object[] => folded([events]).rows(engagementScores);

describe('The engagement read model', () => {
  it('comes to the same whatever the order in which events arrive, and however they are batched', () => {
    fc.assert(
      fc.property(fc.uuid(), lifeAndOrder, fc.nat(80), (id, life, cut) => {
        const { events } = lived(id, life);
        const facts = events.slice(0, life.length);
        const shuffled = toldAgain([
          ...facts.toSorted((a, b) => (life[facts.indexOf(a)]?.place ?? 0) - (life[facts.indexOf(b)]?.place ?? 0)),
          ...events.slice(life.length),
        ]);
        const rows = folded([events]).rows(engagementScores);
        expect(folded(events.map((event) => [event])).rows(engagementScores)).toEqual(rows);
        expect(folded([events.slice(0, cut), events.slice(cut)]).rows(engagementScores)).toEqual(rows);
        expect(folded([shuffled]).rows(engagementScores)).toEqual(rows);
      }),
    );
  });

  it('holds the score and the band that its facts come to, at every instant from the last signal on', () => {
    fc.assert(
      fc.property(fc.uuid(), lifeAndOrder, fc.nat(9_000), fc.boolean(), (id, life, hours, other) => {
        const by = other ? standingsBy(published) : builtInStandings;
        const model = new MemoryReadModel(other ? engagementBy(published) : engagement);
        model.apply(lived(id, life).events);
        const { counted } = termsOf(
          by.model,
          model.rows(by.facts).map((fact) => factOf(fact)),
        );
        for (const row of model.rows(by.scores)) {
          const { heats, schedule, lastSignalAt, signals: count } = standingIn(row, by.groups);
          const at = new Date((lastSignalAt ?? t0).getTime() + hours * 3_600_000);
          expect(count).toBe(counted.length);
          const { units, terms, caps } = sumAt(by.model, counted, at);
          expect(scoreUnits(by.model, heats, at)).toBe(units);
          expect([...terms, ...caps].reduce((sum, part) => sum + part.units, 0n)).toBe(units);
          expect(bandOn(schedule, at)).toBe(bandAt(by.model, counted, at).band);
        }
      }),
    );
  });

  it('keeps no trace in the score of what a verdict takes back', () => {
    fc.assert(
      fc.property(fc.uuid(), lifeAndOrder, fc.nat(), (id, life, which) => {
        const n = which % life.length;
        const plain = life.map((one) => ({ ...one, verdicts: [] }));
        const told = lived(id, plain);
        // Told before the verdict on it; as if a machine had been reported at once; and taken back again.
        const eventId = told.events[n]?.id ?? '';
        const before = scoresAfter(told);
        told.happened(id, later(400), classified(eventId, 'machine'));
        const retracted = scoresAfter(told);
        const without = lived(
          id,
          plain.map((one, i) => (i === n ? { ...one, event: { type: 'note.added', data: { text: '' } } } : one)),
        );
        const flags = { unsubscribed_at: null, complained_at: null };
        expect(retracted.map((row) => ({ ...row, ...flags }))).toEqual(
          scoresAfter(without).map((row) => ({ ...row, ...flags })),
        );
        told.happened(id, later(401), classified(eventId, 'human'));
        // Whatever was reported of a machine counts now; everything else is as it was.
        const machine = plain[n]?.event.data as { agent?: string };
        if (machine.agent !== 'machine') expect(scoresAfter(told)).toEqual(before);
      }),
    );
  });

  it('ranks somebody with two ids by all that happened, as if it had been recorded for one', () => {
    const [ada, twin] = [newId(), newId()];
    const merge = { mergeId: newId(), survivorId: ada, mergedId: twin };
    fc.assert(
      fc.property(lifeAndOrder, fc.nat(40), fc.nat(80), (life, when, cut) => {
        const one = lived(ada, life).events;
        const both = new ToldHistory();
        const facts = life.map(({ at, event, place }, n) => {
          if (n === when % life.length)
            both.identified(later(400), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
          return both.happened(place % 2 === 0 ? ada : twin, at, event);
        });
        for (const [n, { verdicts }] of life.entries())
          for (const verdict of verdicts)
            both.happened(facts[n]?.subjectId ?? '', later(400), classified(facts[n]?.id ?? '', verdict));
        const rows = folded([both.events.slice(0, cut), both.events.slice(cut)]).rows(engagementScores);
        expect(rows.filter(({ merged_into }) => merged_into === null)).toEqual(folded([one]).rows(engagementScores));
        expect(rows.filter(({ merged_into }) => merged_into !== null)).toMatchObject([
          { candidate_id: twin, signals: 0, last_signal_at: null, merged_into: ada },
        ]);
      }),
    );
  });

  it('keeps each event with what it adds to the sum, or why it adds nothing', () => {
    const told = new ToldHistory();
    const id = told.added(later(-9));
    told.happened(id, later(-5), { type: 'email.clicked', data: { agent: 'machine' } });
    told.happened(id, later(-4), { type: 'content.viewed', data: { title: 'Life here', agent: 'human' } });
    told.happened(id, later(-2), { type: 'email.replied', data: { sentiment: 'interested' } });
    told.applied(id, later(-1));
    const model = new MemoryReadModel(engagement);
    model.apply(told.events);
    const facts = model.rows(engagementFacts).toSorted((a, b) => Number(a.position - b.position));
    expect(facts).toMatchObject([
      { type: 'email.clicked', agent: 'machine', verdicts: [], group_name: null, contribution: null },
      { type: 'content.viewed', agent: 'human', group_name: null, contribution: null },
      { type: 'email.replied', agent: null, group_name: 'talking', contribution: worth('email.replied', later(-2)) },
      { type: 'application.submitted', group_name: 'talking', contribution: worth('application.submitted', later(-1)) },
    ]);
    expect(model.rows(engagementScores)).toMatchObject([
      {
        candidate_id: id,
        heat_reading: 0n,
        heat_talking: worth('email.replied', later(-2)) + worth('application.submitted', later(-1)),
        last_signal_at: later(-1),
        signals: 2,
        unsubscribed_at: null,
      },
    ]);
  });

  it('flags who unsubscribed or complained with the first time, and takes nothing off', () => {
    const told = new ToldHistory();
    const id = told.added(later(-9));
    told.happened(id, later(-5), { type: 'event.attended', data: { name: 'Open house' } });
    told.happened(id, later(-1), { type: 'email.unsubscribed', data: {} });
    told.happened(id, later(-3), { type: 'email.unsubscribed', data: {} });
    told.happened(id, later(-2), { type: 'email.complained', data: {} });
    expect(scoresAfter(told)).toMatchObject([
      { heat_talking: worth('event.attended', later(-5)), unsubscribed_at: later(-3), complained_at: later(-2) },
    ]);
  });

  it('takes a reply that asks for no more emails for unsubscribing, and no other, also after a merge', () => {
    const told = new ToldHistory();
    const [id, other] = [told.added(later(-9)), told.added(later(-9))];
    told.happened(id, later(-4), { type: 'email.replied', data: { sentiment: 'not-interested' } });
    told.happened(id, later(-3), { type: 'email.replied', data: { sentiment: 'unsubscribe' } });
    // It's a flag, and no term of the sum: whoever wants to be left alone isn't warm for saying so.
    const heat = { heat_talking: worth('email.replied', later(-4)), signals: 1, last_signal_at: later(-4) };
    expect(scoresAfter(told)).toMatchObject([{ candidate_id: id, unsubscribed_at: later(-3), ...heat }]);
    const merged = { mergeId: newId(), survivorId: other, mergedId: id, reason: 'review' } as const;
    told.identified(later(0), { type: 'identity.merged', data: merged });
    expect(scoresAfter(told)).toContainEqual(
      expect.objectContaining({ candidate_id: other, unsubscribed_at: later(-3), merged_into: null, ...heat }),
    );
  });
});
