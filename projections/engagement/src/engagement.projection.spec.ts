import type { EngagementEvent } from '#libs/candidates';
import { MemoryReadModel } from '#libs/projecting';
import { contribution, liveModel, weightOf } from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldHistory } from '../../../test/support/told-history.js';
import { engagement } from './engagement.projection.js';
import { engagementFacts, engagementScores } from './tables.js';

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
/** What happened, when, and its place if it's told in another order. */
const lifeAndOrder = fc.array(
  fc.record({
    event: signals,
    at: fc.date({ min: new Date(0), max: later(0), noInvalidDate: true }),
    place: fc.nat(),
  }),
  { minLength: 1, maxLength: 40 },
);

const scoresAfter = ({ events }: ToldHistory): readonly object[] => {
  const model = new MemoryReadModel(engagement);
  model.apply(events);
  return model.rows(engagementScores);
};

describe('The engagement read model', () => {
  it('comes to the same whatever the order in which events arrive', () => {
    fc.assert(
      fc.property(fc.uuid(), lifeAndOrder, (id, life) => {
        const inOrder = new ToldHistory();
        for (const { at, event } of life) inOrder.happened(id, at, event);
        const shuffled = new ToldHistory();
        for (const { at, event } of life.toSorted((a, b) => a.place - b.place)) shuffled.happened(id, at, event);
        expect(scoresAfter(shuffled)).toEqual(scoresAfter(inOrder));
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
    expect(model.rows(engagementFacts)).toMatchObject([
      { type: 'email.clicked', agent: 'machine', group_name: null, contribution: null },
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
});
