import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

describe('what the query API answers about plans of hygiene', () => {
  let api: ServedQueryApi;
  const [monday, monthly] = [newId(), newId()];
  const itemsOf = (answer: Answer) => answer.body['items'] as Record<string, unknown>[];
  const team = { kind: 'team', id: 'team-4' };
  const schedule = { every: 'week', day: 1, hour: 6 };
  const plan = {
    owner: team,
    schedule,
    checks: ['no-owner', 'likely-duplicates'],
    months: 6,
    minBits: 2.5,
    paused: false,
  };
  const decided = (id: string, days: number, type: string, data: object) =>
    api.record('hygiene-plan', id, undefined, daysAgo(days), { type: `hygiene-plan.${type}`, data });
  const ran = (planId: string, days: number, type: string, data: object) =>
    api.record('hygiene-run', planId, undefined, daysAgo(days), {
      type: `hygiene-run.${type}`,
      data: {
        planId,
        owner: team,
        dueAt: daysAgo(days).toISOString(),
        ranAt: daysAgo(days).toISOString(),
        late: false,
        missed: 0,
        schedule,
        next: daysAgo(days - 7).toISOString(),
        ...data,
      },
    });

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await decided(monday, 40, 'made', { name: 'Monday round', ...plan });
    await decided(monthly, 30, 'made', { name: 'Monthly', ...plan });
    await decided(monthly, 29, 'changed', { owner: { kind: 'person', id: 'user-17' }, paused: true });
    await ran(monday, 21, 'failed', { reason: 'query-failed' });
    await ran(monday, 14, 'done', {
      late: true,
      missed: 1,
      upTo: 'p1-7-7',
      months: 6,
      longAgo: daysAgo(200).toISOString(),
      minBits: 2.5,
      findings: [
        { check: 'no-owner', count: 3 },
        { check: 'likely-duplicates', count: 1 },
      ],
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('lists the plans, by owner too, with when each runs next', async () => {
    expect(itemsOf(await api.get('/v1/hygiene/plans'))).toMatchObject([
      {
        id: monthly,
        name: 'Monthly',
        owner: { kind: 'person', id: 'user-17' },
        paused: true,
        nextRunAt: null,
        revision: 1,
      },
      { id: monday, schedule, minBits: 2.5, nextRunAt: daysAgo(7).toISOString(), retiredAt: null },
    ]);
    expect(itemsOf(await api.get('/v1/hygiene/plans?owner=team-4')).map(({ id }) => id)).toEqual([monday]);
    await decided(monday, 1, 'retired', {});
    await api.fold();
    const [, retired] = itemsOf(await api.get('/v1/hygiene/plans'));
    expect(retired).toMatchObject({ id: monday, retiredAt: daysAgo(1).toISOString() });
  });

  it('lists what runs found, page by page, and where to ask whom it is about', async () => {
    const all = itemsOf(await api.get(`/v1/hygiene/runs?planId=${monday}`));
    expect(all).toMatchObject([
      {
        late: true,
        missed: 1,
        failure: null,
        upTo: 'p1-7-7',
        findings: [
          { check: 'no-owner', count: 3, list: '/v1/hygiene/people?finding=no-owner&months=6' },
          { check: 'likely-duplicates', count: 1, list: '/v1/duplicates?minBits=2.5' },
        ],
      },
      { failure: 'query-failed', upTo: null, longAgo: null, findings: [] },
    ]);
    for (const { list } of (all[0]?.['findings'] ?? []) as { list: string }[])
      expect((await api.get(list)).status).toBe(200);
    const first = await api.get('/v1/hygiene/runs?limit=1');
    const rest = await api.get(`/v1/hygiene/runs?cursor=${String(first.body['nextCursor'])}`);
    expect([...itemsOf(first), ...itemsOf(rest)]).toEqual(all);
    expect(itemsOf(await api.get(`/v1/hygiene/runs?planId=${monthly}`))).toEqual([]);
    expect((await api.get('/v1/hygiene/runs?cursor=nonsense')).status).toBe(400);
  });
});
