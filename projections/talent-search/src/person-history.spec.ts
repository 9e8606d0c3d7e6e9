import type { EngagementEvent } from '#libs/candidates';
import { contains, membership } from '#libs/criteria';
import { alwaysBuiltIn, bandAt, bands, liveAt, liveModel, termsOf, type LiveModel } from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldHistory } from '../../../test/support/told-history.js';
import { personHistory } from './person-history.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const at = (day: number): Date => new Date(START + day * DAY);
const days = fc.integer({ min: 1, max: 400 });

const happened = fc.constantFrom<EngagementEvent>(
  { type: 'email.clicked', data: { agent: 'human' } },
  { type: 'email.replied', data: { sentiment: 'interested' } },
  { type: 'event.attended', data: { name: 'Spring' } },
);
const switches: fc.Arbitrary<readonly LiveModel[]> = fc
  .uniqueArray(days, { maxLength: 3 })
  .map((turns) => turns.toSorted((a, b) => a - b))
  .map((turns) => [
    ...alwaysBuiltIn,
    ...turns.map((day, n) => ({
      since: at(day).getTime(),
      model: { ...liveModel, version: 1_000 + n, dormantAfterDays: 4 + 20 * n },
    })),
  ]);

describe('The bands of a person over time', () => {
  it('are at each instant those by the model that was live then', () => {
    const others = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.tuple(days, happened), { maxLength: 6 }), switches, days, (all, live, day) => {
        const told = new ToldHistory();
        const id = told.added(at(0));
        const facts = all.map(([on, event]) => {
          const { id: eventId, type, occurredAt } = told.happened(id, at(on), event);
          return { id: eventId, type, at: occurredAt, agent: (event.data as { agent?: 'human' }).agent };
        });
        const history = personHistory(told.events, [id], live);
        if (!history) throw new Error('Nobody was added.');
        const now = at(day);
        const model = liveAt(live, now.getTime());
        const by = (one: typeof model) => bandAt(one, termsOf(one, facts).counted, now).band;
        const held = bands.filter((band) =>
          contains(membership({ attribute: 'band', is: [band] }, history), now.getTime()),
        );
        expect(held).toEqual([by(model)]);
        if (by(model) !== by(liveModel)) others.add(by(model));
      }),
    );
    expect(others.size).toBeGreaterThan(0);
  });

  it('are no warmer for a reply that asks for no more emails', () => {
    const told = new ToldHistory();
    const id = told.added(at(0));
    const warmAfter = (sentiment: 'unsubscribe' | 'interested'): boolean => {
      const { occurredAt } = told.happened(id, at(5), { type: 'email.replied', data: { sentiment } });
      const history = personHistory(told.events, [id]);
      if (!history) throw new Error('Nobody was added.');
      return contains(membership({ attribute: 'band', is: ['warm'] }, history), occurredAt.getTime());
    };
    expect(warmAfter('unsubscribe')).toBe(false);
    expect(warmAfter('interested')).toBe(true);
  });
});
