import {
  hygieneRun,
  planDecider,
  planStream,
  type Found,
  type HygienePlan,
  type PlanEvent,
  type RunEvent,
} from '#libs/hygiene';
import { fold, newId } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { FollowedHistory } from '../../../../test/support/followed-history.js';

const HOUR = 3_600_000;
const monday: HygienePlan = {
  name: 'Monday round',
  owner: { kind: 'team', id: 'team-4' },
  schedule: { every: 'week', day: 1, hour: 6 },
  checks: ['no-owner'],
  months: 12,
  minBits: 3,
  paused: false,
};

/** A plan that's made on a Sunday, and what its runs find. */
class Planned extends FollowedHistory {
  readonly planId = newId();
  /** What's recorded, and automation hasn't received yet. */
  underway: readonly PlanEvent[] = [];
  found: Found = {
    kind: 'found',
    upTo: { commit: 7n, prepare: 7n },
    longAgo: new Date('2025-03-02T06:00:00Z'),
    counts: [{ check: 'no-owner', count: 3 }],
  };

  constructor() {
    super(new Date('2026-03-01T12:00:00Z'));
    this.followedBy(
      hygieneRun({
        clock: this.clock,
        planOf: () => Promise.resolve(fold(planDecider, [...this.decided, ...this.underway])),
        find: () => Promise.resolve(this.found),
      }),
    );
    this.plan({ type: 'hygiene-plan.made', data: monday });
  }

  plan(event: PlanEvent): void {
    const { category, id } = planStream(this.planId);
    this.told.appended(`${category}-${id}`, this.clock.now(), event);
  }

  /** At a time, in UTC. */
  async at(time: string): Promise<void> {
    this.clock.advance(Date.parse(time) - this.clock.now().getTime());
    await this.work();
  }

  get runs(): RunEvent[] {
    return this.events.filter(({ type }) => type.startsWith('hygiene-run.')) as unknown as RunEvent[];
  }

  private get decided(): PlanEvent[] {
    return this.events.filter(({ type }) => type.startsWith('hygiene-plan.')) as unknown as PlanEvent[];
  }
}

describe('A plan of hygiene', () => {
  it('runs when it is due, each time once, and says what was found as of when', async () => {
    const planned = new Planned();
    await planned.work();
    expect(planned.runs).toMatchObject([{ type: 'hygiene-run.scheduled', data: { at: '2026-03-02T06:00:00.000Z' } }]);
    await planned.at('2026-03-02T06:00:00.500Z');
    const run = {
      planId: planned.planId,
      owner: monday.owner,
      dueAt: '2026-03-02T06:00:00.000Z',
      ranAt: '2026-03-02T06:00:00.500Z',
      late: false,
      missed: 0,
      next: '2026-03-09T06:00:00.000Z',
      upTo: 'p1-7-7',
      findings: [{ check: 'no-owner', count: 3 }],
    };
    expect(planned.runs.slice(1)).toMatchObject([{ type: 'hygiene-run.done', data: run }]);
    planned.forget();
    await planned.work();
    expect(planned.runs).toHaveLength(2);
    await planned.at('2026-03-09T06:00:01Z');
    expect(planned.runs).toHaveLength(3);
  });

  it('runs once, late, for all the times that nobody ran it', async () => {
    const planned = new Planned();
    await planned.work();
    await planned.at('2026-03-20T00:00:00Z');
    expect(planned.runs.slice(1)).toMatchObject([
      {
        type: 'hygiene-run.done',
        data: { dueAt: '2026-03-02T06:00:00.000Z', late: true, missed: 2, next: '2026-03-23T06:00:00.000Z' },
      },
    ]);
  });

  it('comes late as well where it was made before automation first ran, or given another name while it was down', async () => {
    const planned = new Planned();
    planned.clock.advance(48 * HOUR);
    planned.plan({ type: 'hygiene-plan.changed', data: { name: 'Round', owner: { kind: 'person', id: 'user-17' } } });
    await planned.work();
    expect(planned.runs).toMatchObject([
      { type: 'hygiene-run.scheduled', data: { at: '2026-03-02T06:00:00.000Z' } },
      { type: 'hygiene-run.done', data: { late: true, missed: 0, owner: { kind: 'person', id: 'user-17' } } },
    ]);
  });

  it('goes on with its schedule where it could not look, and says so', async () => {
    const planned = new Planned();
    await planned.work();
    planned.found = { kind: 'failed', reason: 'read-model-missing' };
    await planned.at('2026-03-02T06:00:00Z');
    expect(planned.runs.at(-1)).toMatchObject({
      type: 'hygiene-run.failed',
      data: { reason: 'read-model-missing', next: '2026-03-09T06:00:00.000Z' },
    });
    expect(planned.ahead).toBe(1);
  });

  it('rests while it is paused, begins anew with another schedule, and ends when it is retired', async () => {
    const planned = new Planned();
    await planned.work();
    planned.plan({ type: 'hygiene-plan.changed', data: { paused: true } });
    await planned.at('2026-03-04T00:00:00Z');
    expect(planned.runs.at(-1)).toMatchObject({ type: 'hygiene-run.scheduled', data: { at: null } });
    planned.plan({ type: 'hygiene-plan.changed', data: { paused: false } });
    await planned.work();
    expect(planned.runs.at(-1)).toMatchObject({ data: { at: '2026-03-09T06:00:00.000Z' } });
    planned.plan({ type: 'hygiene-plan.changed', data: { schedule: { every: 'month', day: 28, hour: 0 } } });
    await planned.work();
    expect(planned.runs.at(-1)).toMatchObject({ data: { at: '2026-03-28T00:00:00.000Z' } });
    planned.plan({ type: 'hygiene-plan.retired', data: {} });
    await planned.at('2026-06-01T00:00:00Z');
    expect(planned.runs.filter(({ type }) => type !== 'hygiene-run.scheduled')).toEqual([]);
    expect(planned.ahead).toBe(0);
  });

  it('goes on where it is paused just when it is due, and resumed before anybody has received that', async () => {
    const planned = new Planned();
    await planned.work();
    planned.underway = [{ type: 'hygiene-plan.changed', data: { paused: true } }];
    await planned.at('2026-03-02T06:00:00.500Z');
    planned.underway = [];
    for (const paused of [true, false]) planned.plan({ type: 'hygiene-plan.changed', data: { paused } });
    await planned.work();
    expect(planned.runs.slice(1)).toMatchObject([{ data: { at: null } }, { data: { at: '2026-03-09T06:00:00.000Z' } }]);
    await planned.at('2026-03-09T06:00:00.500Z');
    expect(planned.runs.at(-1)).toMatchObject({
      type: 'hygiene-run.done',
      data: { dueAt: '2026-03-09T06:00:00.000Z' },
    });
  });
});
