import { newId } from '#libs/kernel';
import { ReadModelGate } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { funnel } from '#projections/funnel';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GetFunnelHandler } from '../../../apps/query-api/src/funnel/get-funnel.query.js';
import { STATEMENT_MILLISECONDS } from '../../../apps/query-api/src/query-cost/dear-query.js';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';
import { until } from '../../support/until.js';

const SERVERS_MILLISECONDS = 30_000;
/** Nobody gives up while a case runs. */
const READ_WAIT_MILLISECONDS = 60_000;

describe('what a query may cost', () => {
  let api: ServedQueryApi;
  let database: Database;

  beforeAll(async () => {
    api = await ServedQueryApi.start({ readWaitMilliseconds: READ_WAIT_MILLISECONDS });
    await api.makeReadModels();
    database = api.app.get(Database, { strict: false });
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** A transaction of somebody else's that keeps the funnel's rows from being read until it's released. */
  const whileRowsAreLocked = async (work: () => Promise<void>): Promise<void> => {
    await api.scratch.database.transaction(async (tx) => {
      const [view] = await tx.query<{ table: string }>(
        `SELECT c.oid::regclass::text AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'read' AND c.relkind = 'r' AND c.relname LIKE '%applications%' LIMIT 1`,
      );
      await tx.query(`LOCK TABLE ${view?.table ?? ''} IN ACCESS EXCLUSIVE MODE`);
      await work();
    });
  };

  const atWork = async (): Promise<number> => {
    const [row] = await api.scratch.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'query-api' AND state = 'active'`,
    );
    return row?.count ?? 0;
  };

  it('is bounded in time by PostgreSQL itself', async () => {
    const [row] = await database.query<{ statement_timeout: string }>('SHOW statement_timeout');
    expect(row?.statement_timeout).toBe(`${STATEMENT_MILLISECONDS / 1_000}s`);
  });

  it('ends with a problem that says what to do where it takes too long', async () => {
    const handler = api.app.get(GetFunnelHandler, { strict: false });
    jest.spyOn(handler, 'execute').mockImplementation(async () => {
      await database.transaction(async (tx) => {
        await tx.query('SET LOCAL statement_timeout = 20');
        await tx.query('SELECT pg_sleep(30)');
      });
      throw new Error('It was not cancelled.');
    });
    const answer = await api.get('/v1/funnel');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:query-too-expensive' });
    expect(answer.text).not.toMatch(/SELECT|pg_sleep|statement/);
  });

  it('leaves connections to others, whatever one caller asks for at once', async () => {
    const asked: Promise<Answer>[] = [];
    await whileRowsAreLocked(async () => {
      const done: Answer[] = [];
      for (let n = 0; n < 60; n += 1) {
        const answer = api.get('/v1/funnel', { role: 'analyst' });
        void answer.then((received) => done.push(received));
        asked.push(answer);
      }
      // 60 were asked for: 4 are at work, 32 wait, 24 are told to come back.
      await until('those that are too many are refused', () => done.length >= 24);
      expect(await atWork()).toBe(4);
      expect(done.every(({ status }) => status === 429)).toBe(true);
      expect(done[0]?.headers.get('retry-after')).toBe('2');
      expect(done[0]?.body).toMatchObject({ type: 'urn:rapport:problem:too-many-queries' });
      // Others' reports and reads of one row go past.
      expect((await api.get('/v1/engagement/hottest', { role: 'service' })).status).toBe(200);
      expect((await api.get('/v1/projections', { role: 'analyst' })).status).toBe(200);
    });
    // Those that waited were served, but for those that a busy machine let wait too long.
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(4);
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
  }, 20_000);

  it('is nothing while it waits for its read model: others search meanwhile', async () => {
    const waits = jest.spyOn(api.app.get(ReadModelGate, { strict: false }), 'waitFor');
    const id = newId();
    const after = await api.record('engagement', id, id, daysAgo(1), { type: 'email.sent', data: {} });
    const asked = (['analyst', 'service'] as const).flatMap((role) =>
      Array.from({ length: 4 }, () => api.get(`/v1/funnel?after=${after}`, { role })),
    );
    await until('as many as may be at work wait for the funnel', () => waits.mock.calls.length === asked.length);
    expect((await api.get('/v1/funnel', { role: 'admin' })).status).toBe(200);
    await api.fold(funnel);
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
  }, 30_000);
});
