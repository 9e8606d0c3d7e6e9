import type { CandidateEvent, EngagementEvent } from '#libs/candidates';
import type { PlanEvent, RunEvent } from '#libs/hygiene';
import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import { hygieneProjection } from './hygiene.projection.js';
import { hygienePlans, hygieneRuns } from './plan-tables.js';
import { hygiene } from './tables.js';

const ADA = newId();
const PLAN = newId();
const june = (day: number): Date => new Date(Date.UTC(2026, 5, day));

/** Events in the order in which they were recorded, each with the day of June on which it happened. */
const told = (
  ...events: readonly (readonly [day: number, event: CandidateEvent | EngagementEvent | PlanEvent | RunEvent])[]
): StoredEvent[] =>
  events.map(([day, event], i) => {
    const category = /^hygiene-\w+/.exec(event.type)?.[0];
    return {
      ...event,
      id: newId(),
      streamId: category ? `${category}-${PLAN}` : `candidate-${ADA}`,
      ...(category ? {} : { subjectId: ADA }),
      revision: i,
      position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) },
      occurredAt: june(day),
      timePrecision: 'instant',
      recordedAt: june(30),
      correlationId: 'c',
      causationId: 'c',
      actor: { kind: 'user', id: 'user-1' },
      source: 'api',
    };
  });
const folded = (events: readonly StoredEvent[], batches: (events: readonly StoredEvent[]) => StoredEvent[][]) => {
  const model = new MemoryReadModel(hygieneProjection);
  for (const batch of batches(events)) model.apply(batch);
  return { records: model.rows(hygiene), plans: model.rows(hygienePlans), runs: model.rows(hygieneRuns) };
};
const atOnce = (events: readonly StoredEvent[]) => folded(events, (all) => [[...all]]);
const oneByOne = (events: readonly StoredEvent[]) => folded(events, (all) => all.map((event) => [event]));

const added = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
const owner = { kind: 'team', id: 'team-4' } as const;
const schedule = { every: 'month', day: 1, hour: 6 } as const;
const run = {
  planId: PLAN,
  owner,
  dueAt: june(1).toISOString(),
  ranAt: june(2).toISOString(),
  late: true,
  missed: 2,
  schedule,
  next: june(28).toISOString(),
};

describe('The read model of hygiene', () => {
  it('has when each was last so, whatever was told last', () => {
    const { records } = atOnce(
      told(
        [1, { type: 'candidate.added', data: added }],
        [9, { type: 'email.delivered', data: { messageId: 'm-1' } }],
        [5, { type: 'email.opened', data: { messageId: 'm-1', agent: 'human' } }],
        [7, { type: 'email.bounced', data: { messageId: 'm-2', kind: 'hard' } }],
        [8, { type: 'email.bounced', data: { messageId: 'm-3', kind: 'soft' } }],
        [4, { type: 'candidate.profile-changed', data: { title: 'Pilot' } }],
      ),
    );
    expect(records).toEqual([
      {
        candidate_id: ADA,
        profile_stated_at: june(4),
        addresses_stated_at: june(1),
        hard_bounced_at: june(7),
        arrived_at: june(9),
      },
    ]);
  });

  it('has each plan as it is by now, and each of its runs as it went, however events are batched', () => {
    const plan = { name: 'Stale', owner, schedule, checks: ['stale-profile' as const], months: 12, minBits: 7.5 };
    const events = told(
      [1, { type: 'hygiene-plan.made', data: { ...plan, paused: false } }],
      [1, { type: 'hygiene-run.scheduled', data: { planId: PLAN, at: june(1).toISOString(), schedule } }],
      [2, { type: 'hygiene-run.failed', data: { ...run, reason: 'query-failed' } }],
      [3, { type: 'hygiene-plan.changed', data: { minBits: 9, owner: { kind: 'person', id: 'user-9' } } }],
      [4, { type: 'hygiene-plan.retired', data: {} }],
      [5, { type: 'hygiene-run.scheduled', data: { planId: PLAN, at: null, schedule: null } }],
    );
    const { plans, runs } = atOnce(events);
    expect(plans).toMatchObject([
      {
        name: 'Stale',
        owner_kind: 'person',
        owner: 'user-9',
        min_centibits: 900,
        made_at: june(1),
        retired_at: june(4),
        next_run_at: null,
      },
    ]);
    expect(runs).toMatchObject([
      { owner: 'team-4', failure: 'query-failed', late: true, missed: 2, ran_at: june(2), findings: [] },
    ]);
    expect(oneByOne(events)).toEqual({ records: [], plans, runs });
  });
});
