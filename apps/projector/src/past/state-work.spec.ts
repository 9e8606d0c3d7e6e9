import type { CandidateEvent, EngagementEvent } from '#libs/candidates';
import { contains, membership, type Criteria, type Leaf } from '#libs/criteria';
import type { StoredEvent } from '#libs/kernel';
import { scratchTables } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { alwaysBuiltIn, liveModel, type LiveModel } from '#libs/scoring';
import { personHistory } from '#projections/talent-search';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldHistory } from '../../../../test/support/told-history.js';
import { occurredBy } from './state-work.js';

const HOUR = 3_600_000;
const SPAN = 300 * 24;
const at = (hour: number): Date => new Date(Date.UTC(2025, 0, 1) + hour * HOUR);
const hour = fc.integer({ min: 0, max: SPAN });

const decided = fc.constantFrom<CandidateEvent>(
  { type: 'candidate.tagged', data: { tags: ['a'], freeTags: [] } },
  { type: 'candidate.untagged', data: { tags: ['a'], freeTags: [] } },
  { type: 'candidate.owner-assigned', data: { owner: 'user-1' } },
  { type: 'candidate.owner-assigned', data: { owner: 'user-2' } },
  {
    type: 'candidate.consent-given',
    data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } },
  },
  { type: 'candidate.consent-withdrawn', data: { way: 'reply' } },
);
const happened = fc.constantFrom<EngagementEvent>(
  { type: 'email.clicked', data: { agent: 'human' } },
  { type: 'email.replied', data: { sentiment: 'interested' } },
  { type: 'event.attended', data: { name: 'Spring' } },
  { type: 'email.unsubscribed', data: {} },
  { type: 'email.replied', data: { sentiment: 'unsubscribe' } },
);
const life = fc.record({
  added: hour,
  told: fc.array(
    fc.oneof(
      fc.record({ hour, decided }),
      fc.record({ hour, happened, verdict: fc.option(fc.constantFrom('human', 'machine')) }),
    ),
    { maxLength: 12 },
  ),
});
const leaf = fc.constantFrom<Leaf>(
  { attribute: 'tags', is: ['a'] },
  { attribute: 'owner', is: ['user-1'] },
  { attribute: 'owner', known: false },
  { attribute: 'band', is: ['hot', 'warm'] },
  { attribute: 'band', is: ['dormant'] },
  { consent: { purpose: 'newsletter', channel: 'email' } },
  { happened: { byPerson: true, ago: { from: { months: 2 } } } },
  { happened: { kinds: ['email.clicked'], ago: { from: { days: 90 }, to: { days: 10 } }, atLeast: 2 } },
);
const criteria: fc.Arbitrary<Criteria> = fc.oneof(
  leaf,
  leaf.map((not) => ({ not })),
  fc.tuple(leaf, leaf).map((and) => ({ and })),
);

/** In the order in which it's told, whenever it occurred. */
const eventsOf = ({ added, told }: typeof life extends fc.Arbitrary<infer L> ? L : never): StoredEvent[] => {
  const history = new ToldHistory();
  const id = history.added(at(added));
  for (const one of told) {
    if ('decided' in one) history.decided(id, at(one.hour), one.decided);
    else {
      const event = history.happened(id, at(one.hour), one.happened);
      if (one.verdict === null || one.happened.type !== 'email.clicked') continue;
      const data = { eventId: event.id, verdict: one.verdict, classifierVersion: 1, reasons: [] };
      history.happened(id, at(SPAN), { type: 'engagement.classified', data });
    }
  }
  return history.events;
};

const idsIn = (events: readonly StoredEvent[]): string[] => [
  ...new Set(events.flatMap(({ subjectId }) => subjectId ?? [])),
];

/** Another model was live for a while. */
const live: readonly LiveModel[] = [
  ...alwaysBuiltIn,
  { since: at(100 * 24).getTime(), model: { ...liveModel, version: 1_000, dormantAfterDays: 5 } },
  { since: at(200 * 24).getTime(), model: liveModel },
];

const nobodyStored: SqlExecutor = { query: () => Promise.resolve([]) };

describe('What counts for a past state', () => {
  it('leaves whoever was in then in, by the criteria and the whole history, and whoever was out out', async () => {
    let some = 0;
    await fc.assert(
      fc.asyncProperty(life, criteria, hour, async (one, asked, now) => {
        const events = eventsOf(one);
        const history = personHistory(events, idsIn(events), live);
        const counted = await occurredBy(at(now))(events, nobodyStored, scratchTables('past'));
        const past = personHistory(counted, idsIn(events), live);
        const member = history !== undefined && contains(membership(asked, history), at(now).getTime());
        expect(past !== undefined && contains(membership(asked, past), at(now).getTime())).toBe(member);
        if (member) some++;
      }),
      { numRuns: 1_500, seed: 3 },
    );
    expect(some).toBeGreaterThan(200);
  });

  it('leaves out what is told of people who were not known yet', async () => {
    const history = new ToldHistory();
    const id = history.added(at(10));
    history.happened(id, at(5), { type: 'email.unsubscribed', data: {} });
    expect(await occurredBy(at(7))(history.events, nobodyStored, scratchTables('past'))).toEqual([]);
    expect(await occurredBy(at(10))(history.events, nobodyStored, scratchTables('past'))).toHaveLength(2);
  });
});
