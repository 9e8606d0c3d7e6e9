import { hygieneRun } from '#libs/hygiene';
import { CommandRunner } from '#libs/event-store';
import { newId } from '#libs/kernel';
import type { ProcessManager } from '#libs/reacting';
import { duplicates } from '#projections/duplicates';
import { hygieneProjection } from '#projections/hygiene';
import { identity } from '#projections/identity';
import { talentSearch } from '#projections/talent-search';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServedAutomation } from '../../../../test/support/served-automation.js';
import { until } from '../../../../test/support/until.js';
import { hygieneSources } from './hygiene-sources.js';

const SERVERS_MILLISECONDS = 60_000;
const COUNTS_WITHIN_MILLISECONDS = 1_000;
const DAY = 24 * 3_600_000;
const lists = { skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };

describe('Runs of hygiene, on their servers', () => {
  let served: ServedAutomation;
  let manager: ProcessManager;
  const planId = newId();
  const people = [newId(), newId(), newId()];

  const ran = async () =>
    (
      await served.recorded(
        ({ type, data }) => type.startsWith('hygiene-run.') && (data as { planId: string }).planId === planId,
      )
    ).filter(({ type }) => type !== 'hygiene-run.scheduled');

  beforeAll(async () => {
    served = await ServedAutomation.start(new Date('2026-03-01T12:00:00Z'));
    const runner = served.app.get(CommandRunner, { strict: false });
    manager = hygieneRun(
      hygieneSources(runner, served.database, served.logger, served.clock, COUNTS_WITHIN_MILLISECONDS),
    );
    for (const [n, id] of people.entries())
      await served.record('candidate', id, id, {
        type: 'candidate.added',
        data: {
          ...lists,
          name: { full: n < 2 ? 'Ada Lovelace' : 'Grace Hopper' },
          contactPoints: n < 2 ? [{ kind: 'email', value: 'ada@engines.example' }] : [],
          ...(n === 0 ? { owner: 'user-17' } : {}),
        },
      });
    await served.record('hygiene-plan', planId, undefined, {
      type: 'hygiene-plan.made',
      data: {
        name: 'Monday round',
        owner: { kind: 'team', id: 'team-4' },
        schedule: { every: 'week', day: 1, hour: 6 },
        checks: ['unreachable', 'no-owner', 'stale-profile', 'likely-duplicates'],
        months: 12,
        minBits: 3,
        paused: false,
      },
    });
    await served.work(manager);
  }, SERVERS_MILLISECONDS);
  afterAll(() => served.stop(), SERVERS_MILLISECONDS);

  it('say so where there is nothing to count by, and go on', async () => {
    await served.handled(manager);
    served.clock.advance(DAY);
    await until('a run', async () => (await ran()).length === 1);
    expect(await ran()).toMatchObject([
      { type: 'hygiene-run.failed', data: { reason: 'read-model-missing', late: true } },
    ]);
  });

  it('record what the read models count, as of where they are, once', async () => {
    await served.fold([talentSearch, hygieneProjection, identity, duplicates], ({ streamId }) =>
      people.some((id) => streamId.endsWith(id)),
    );
    await served.handled(manager);
    served.clock.advance(7 * DAY);
    await until('another run', async () => (await ran()).length === 2);
    const [, run] = await ran();
    expect(run).toMatchObject({
      type: 'hygiene-run.done',
      data: {
        upTo: expect.stringMatching(/^p1-[1-9]/) as unknown,
        findings: [
          { check: 'unreachable', count: 1 },
          { check: 'no-owner', count: 2 },
          { check: 'stale-profile', count: 0 },
          { check: 'likely-duplicates', count: 1 },
        ],
      },
    });
    await served.handled(manager);
    await served.leave();
    await served.forget(manager);
    await served.work(manager);
    await served.handled(manager);
    served.clock.advance(7 * DAY);
    await until('the next run', async () => (await ran()).length >= 3);
    expect(await ran()).toHaveLength(3);
    expect(await served.parked(manager)).toBe(0);
  });

  it('say so where counting takes too long, and go on', async () => {
    await served.handled(manager);
    // Whoever counts waits for it.
    await served.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE read.talent IN ACCESS EXCLUSIVE MODE');
      served.clock.advance(7 * DAY);
      await until('a run', async () => (await ran()).length === 4);
    });
    expect((await ran()).at(-1)).toMatchObject({ type: 'hygiene-run.failed', data: { reason: 'query-failed' } });
    served.clock.advance(7 * DAY);
    await until('another run', async () => (await ran()).length === 5);
    expect((await ran()).at(-1)).toMatchObject({ type: 'hygiene-run.done' });
  });
});
