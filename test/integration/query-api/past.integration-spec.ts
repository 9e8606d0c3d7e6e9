import type { Criteria } from '#libs/criteria';
import { newId } from '#libs/kernel';
import { KeyVault } from '#libs/privacy';
import { EventCodec, EventLog } from '#libs/event-store';
import {
  JobProgress,
  modelName,
  PastJobs,
  pastTables,
  ReadModelGate,
  removeOldPasts,
  type PastBuilder,
} from '#libs/projecting';
import { Database } from '#libs/read-store';
import { membershipId } from '#libs/pools';
import { liveModel } from '#libs/scoring';
import { talentActivity, talentSearch } from '#projections/talent-search';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pastBuilder } from '../../../apps/projector/src/past/past-builder.js';
import { segmentWork } from '../../../apps/projector/src/past/segment-work.js';
import { stateWork } from '../../../apps/projector/src/past/state-work.js';
import { readModels } from '../../../apps/projector/src/read-models.js';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';
import { until } from '../../support/until.js';

const SERVERS_MILLISECONDS = 30_000;
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Item = Readonly<Record<string, unknown>>;
const itemsOf = (answer: Answer): Item[] => answer.body['items'] as Item[];
const namesOf = (answer: Answer): unknown[] => itemsOf(answer).map(({ name }) => name);

describe('what the query API answers about the past of everybody', () => {
  let api: ServedQueryApi;
  let builder: PastBuilder;
  const [ada, bob, eve, shortlist, nurses] = [newId(), newId(), newId(), newId(), newId()];
  /** Before Bob is told to have been a nurse all along. */
  let beforeTold = '';
  /** Of the last of this spec's events: read models here never come further, and other suites write to the same log. */
  let last = '';

  const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
  const known = (id: string, name: string, days: number, more: object = {}) =>
    api.record('candidate', id, id, daysAgo(days), {
      type: 'candidate.added',
      data: { ...lists, name: { full: name }, ...more },
    });
  const titled = (id: string, days: number, title: string) =>
    api.record('candidate', id, id, daysAgo(days), { type: 'candidate.profile-changed', data: { title } });
  const added = (candidateId: string, days: number) =>
    api.record('membership', membershipId(shortlist, candidateId), candidateId, daysAgo(days), {
      type: 'membership.began',
      data: { poolId: shortlist, candidateId },
    });

  const built = () => {
    const { app, scratch } = api;
    const log = app.get(EventLog, { strict: false });
    const options = {
      codec: app.get(EventCodec, { strict: false }),
      logger,
      log: Object.assign(Object.create(log), api.ownLog()),
    };
    return pastBuilder({ ...options, database: scratch.database, gate: app.get(ReadModelGate, { strict: false }) });
  };
  const ask = (path: string, body: object) => api.send('POST', path, { body });
  const ready = async (path: string, body: object): Promise<string> => {
    const asked = await ask(path, body);
    expect(asked.status).toBe(202);
    const id = String(asked.body['id']);
    await until('it to be ready', async () => {
      const { body: job } = await api.get(`${path.replace(/\?.*/, '')}/${id}`);
      expect(job).toMatchObject({ reason: null });
      return job['state'] === 'ready' ? job : undefined;
    });
    return id;
  };
  const inTheQuery = (days: number) => `asOf=${encodeURIComponent(daysAgo(days).toISOString())}`;
  const nurse = { where: { title: 'nurse' } };

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await known(ada, 'Ada', 400, { title: 'Nurse' });
    await titled(ada, 100, 'Pilot');
    await known(bob, 'Bob', 300, { title: 'Baker' });
    await added(ada, 200);
    beforeTold = await added(bob, 150);
    await titled(bob, 250, 'Nurse');
    await known(eve, 'Eve', 20, { title: 'Nurse' });
    await api.record('engagement', eve, eve, daysAgo(40), { type: 'interest.expressed', data: { interest: 'night' } });
    await api.record('pool', shortlist, undefined, daysAgo(300), {
      type: 'pool.opened',
      data: { name: 'Shortlist', kind: 'static', stages: [], watched: false },
    });
    last = await api.record('pool', nurses, undefined, daysAgo(10), {
      type: 'pool.opened',
      data: {
        name: 'Nurses',
        kind: 'segment',
        stages: [],
        watched: false,
        criteria: {
          and: [
            { title: 'nurse' },
            { not: { happened: { kinds: ['interest.expressed'], ago: { from: { days: 30 } } } } },
          ],
        },
      },
    });
    await api.fold();
    builder = built();
    builder.start();
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await builder?.stop();
    await api?.stop();
  }, SERVERS_MILLISECONDS);

  it('refuses a past that nobody asked for, and one that has not come', async () => {
    const missing = await api.search(nurse, {}, `?${inTheQuery(200)}`);
    expect(missing.status).toBe(409);
    expect(missing.body['type']).toBe('urn:rapport:problem:past-missing');
    expect((await ask('/v1/past-states', { asOf: '2126-01-01' })).status).toBe(400);
    expect((await ask('/v1/past-states', { asOfPosition: 'p1-9223372036854775807-0' })).status).toBe(400);
    expect((await ask('/v1/past-states', {})).status).toBe(400);
    expect((await api.get(`/v1/past-states/${newId()}`)).status).toBe(404);
    expect((await ask('/v1/segment-histories', { poolId: shortlist })).status).toBe(409);
  });

  it('finds whom the criteria meant then, by what had happened, whenever it was told', async () => {
    await ready('/v1/past-states', { asOf: daysAgo(200).toISOString() });
    const found = await api.search({ ...nurse, total: true, facets: ['city'] }, {}, `?${inTheQuery(200)}`);
    expect(namesOf(found)).toEqual(['Ada', 'Bob']);
    expect(found.body).toMatchObject({ total: 2, past: { at: daysAgo(200).toISOString() } });
    expect(itemsOf(found)[0]).toMatchObject({ title: 'Nurse' });
    expect(namesOf(await api.search(nurse))).toEqual(['Bob', 'Eve']);
    const members = await api.get(`/v1/pools/${nurses}/members?at=${encodeURIComponent(daysAgo(200).toISOString())}`);
    expect(namesOf(members)).toEqual(['Ada', 'Bob']);
  });

  it('finds whom they meant by what had been recorded by then', async () => {
    await ready('/v1/past-states', { asOf: daysAgo(200).toISOString(), asOfPosition: beforeTold });
    const moment = `${inTheQuery(200)}&asOfPosition=${beforeTold}`;
    expect(namesOf(await api.search(nurse, {}, `?${moment}`))).toEqual(['Ada']);
    await ready('/v1/past-states', { asOfPosition: beforeTold });
    expect(namesOf(await api.search({ where: { title: 'pilot' } }, {}, `?asOfPosition=${beforeTold}`))).toEqual([
      'Ada',
    ]);
    const members = await api.get(`/v1/pools/${shortlist}/members?asOfPosition=${beforeTold}`);
    // With the titles that they had then: that Bob is a nurse was told later.
    expect(itemsOf(members)).toMatchObject([
      { name: 'Ada', title: 'Pilot' },
      { name: 'Bob', title: 'Baker' },
    ]);
  });

  it('does not go on in a past that an earlier release made with other read models', async () => {
    const id = await ready('/v1/past-states', { asOf: daysAgo(202).toISOString() });
    const query = `?${inTheQuery(202)}`;
    const cursor = String((await api.search({ ...nurse, limit: 1 }, {}, query)).body['nextCursor']);
    await api.app
      .get(Database, { strict: false })
      .query('UPDATE vault.past_jobs SET models = array_replace(models, $2, $3) WHERE id = $1', [
        id,
        modelName(talentSearch),
        `${talentSearch.name}.1`,
      ]);
    const next = await api.search({ ...nurse, limit: 1, cursor }, {}, query);
    expect([next.status, next.body['type']]).toEqual([409, 'urn:rapport:problem:past-missing']);
  });

  it('pages through one past, and records each page with the past that it is of', async () => {
    const id = await ready('/v1/past-states', { asOf: daysAgo(200).toISOString() });
    const query = `?${inTheQuery(200)}`;
    const first = await api.search({ ...nurse, limit: 1, purpose: 'past' }, {}, query);
    const cursor = String(first.body['nextCursor']);
    const second = await api.search({ ...nurse, limit: 1, purpose: 'past', cursor }, {}, query);
    expect([...namesOf(first), ...namesOf(second)]).toEqual(['Ada', 'Bob']);
    expect(second.body['nextCursor']).toBeNull();
    expect((await api.search({ ...nurse, limit: 1, cursor })).status).toBe(400);
    expect((await api.search({ ...nurse, limit: 1, cursor }, {}, `?${inTheQuery(199)}`)).status).toBe(400);
    const records = itemsOf(await api.get('/v1/audit/searches', { role: 'auditor' }));
    expect(records.filter(({ purpose }) => purpose === 'past').map(({ candidateIds }) => candidateIds)).toEqual([
      [bob],
      [ada],
    ]);
    expect(records.find(({ purpose }) => purpose === 'past')?.['request']).toMatchObject({ past: { pastStateId: id } });
  });

  it('says who was in a segment on any day, who came and went, and by which condition', async () => {
    const id = await ready('/v1/segment-histories', { poolId: nurses, asOfPosition: last });
    const path = `/v1/segment-histories/${id}`;
    const on = (days: number) => api.get(`${path}/members?at=${encodeURIComponent(daysAgo(days).toISOString())}`);
    expect(namesOf(await on(350))).toEqual(['Ada']);
    expect(namesOf(await on(200))).toEqual(['Ada', 'Bob']);
    expect(namesOf(await on(50))).toEqual(['Bob']);
    expect(namesOf(await on(5))).toEqual(['Bob', 'Eve']);
    const changes: Item[] = [];
    for (let cursor = ''; ;) {
      const page = await api.get(
        `${path}/changes?limit=2&to=${encodeURIComponent(daysAgo(0).toISOString())}${cursor && `&cursor=${cursor}`}`,
      );
      changes.push(...itemsOf(page));
      cursor = (page.body['nextCursor'] as string | null) ?? '';
      if (cursor === '') break;
    }
    const entered = (candidateId: string, days: number, ...because: string[]) => ({
      at: daysAgo(days).toISOString(),
      candidateId,
      change: 'entered',
      because,
    });
    expect(changes).toEqual([
      entered(ada, 400, '/and/0'),
      entered(bob, 250, '/and/0'),
      { ...entered(ada, 100, '/and/0'), change: 'left' },
      // What happened just 30 days ago still counts at that instant.
      { ...entered(eve, 10, '/and/1/not'), at: new Date(daysAgo(10).getTime() + 1).toISOString() },
    ]);
    for (const candidate of [ada, bob, eve]) {
      const { body } = await api.get(`/v1/pools/${nurses}/members/${candidate}/history`);
      const own = changes.filter(({ candidateId }) => candidateId === candidate);
      expect(own).toEqual((body['changes'] as Item[]).map((change) => ({ ...change, candidateId: candidate })));
    }
  });

  it('goes on where it was when whoever worked on it went', async () => {
    await builder.stop();
    const asked = await ask('/v1/past-states', { asOf: daysAgo(30).toISOString() });
    expect((await api.search(nurse, {}, `?${inTheQuery(30)}`)).status).toBe(503);
    const jobs = new PastJobs(api.scratch.database, talentActivity);
    const job = async () => {
      const found = await jobs.one(String(asked.body['id']));
      if (!found) throw new Error('It was taken away.');
      return found;
    };
    // One batch at a time: each time whoever works on it goes after the first.
    const { database } = api.scratch;
    const log = api.ownLog();
    const decoder = api.app.get(EventCodec, { strict: false });
    const work = stateWork({
      database,
      log,
      decoder,
      logger,
      projections: () => Promise.resolve(readModels),
      batchEvents: 2,
    });
    await database.query(`CREATE SCHEMA ${pastTables((await job()).id).schema}`);
    await work.prepare(database, await job());
    await database.query(`UPDATE vault.past_jobs SET state = 'building' WHERE id = $1`, [(await job()).id]);
    for (let batch = 0; batch < 3; batch++) {
      const before = await job();
      const going = new AbortController();
      class OneBatch extends JobProgress {
        override async advance(...args: Parameters<JobProgress['advance']>): Promise<void> {
          await super.advance(...args);
          going.abort();
        }
      }
      expect(await work.go(new OneBatch(before), going.signal)).toBe(false);
      expect((await job()).reached.commit > before.reached.commit).toBe(true);
    }
    builder = built();
    builder.start();
    await until('it to be ready', async () => (await job()).state === 'ready');
    expect(namesOf(await api.search(nurse, {}, `?${inTheQuery(30)}`))).toEqual(['Bob']);
    expect(namesOf(await api.search({ where: { title: 'pilot' } }, {}, `?${inTheQuery(30)}`))).toEqual(['Ada']);
  });

  it('shows two who were merged later as two, and one in the history of a segment', async () => {
    const merge = { mergeId: newId(), survivorId: bob, mergedId: ada, reason: 'review' };
    const merged = await api.record('identity', 'merges', undefined, daysAgo(15), {
      type: 'identity.merged',
      data: merge,
    });
    await api.fold();
    await ready(`/v1/past-states?after=${merged}`, { asOf: daysAgo(200).toISOString() });
    await ready(`/v1/past-states?after=${merged}`, { asOf: daysAgo(14).toISOString() });
    expect(namesOf(await api.search(nurse, {}, `?${inTheQuery(200)}&after=${merged}`))).toEqual(['Ada', 'Bob']);
    expect(namesOf(await api.search(nurse, {}, `?${inTheQuery(14)}&after=${merged}`))).toEqual(['Bob', 'Eve']);
    const id = await ready('/v1/segment-histories', { poolId: nurses, asOfPosition: merged });
    const { body } = await api.get(
      `/v1/segment-histories/${id}/changes?to=${encodeURIComponent(daysAgo(20).toISOString())}`,
    );
    expect((body['items'] as Item[]).map(({ candidateId, change, at }) => [candidateId, change, at])).toEqual(
      ((await api.get(`/v1/pools/${nurses}/members/${ada}/history`)).body['changes'] as Item[]).map(
        ({ change, at }) => [bob, change, at],
      ),
    );
  });

  it('goes by the scoring model that was live then, and turns with it', async () => {
    const [fay, open] = [newId(), newId()];
    await known(fay, 'Fay', 300, { title: 'Glassblower' });
    await api.record('engagement', fay, fay, daysAgo(130), { type: 'event.attended', data: { name: 'Fair' } });
    const asleep: Criteria = { and: [{ title: 'glassblower' }, { attribute: 'band', is: ['dormant'] }] };
    const told = await api.record('pool', open, undefined, daysAgo(10), {
      type: 'pool.opened',
      data: { name: 'Asleep', kind: 'segment', stages: [], watched: false, criteria: asleep },
    });
    // As its projection would have it: dormant within three days, and live for a hundred, until the one before was live again.
    const { database } = api.scratch;
    const model = { ...liveModel, version: 1_001, dormantAfterDays: 3 };
    const [live, back] = [daysAgo(120), daysAgo(20)];
    await database.query(
      `INSERT INTO read.scoring_models (version, model, published_at, published_by, published_position, live_position, live_at, retired_at)
       VALUES (1001, $1, $2, 'somebody', 1, 2, $2, $3), ($4, $5, NULL, NULL, NULL, 3, $3, NULL)`,
      [JSON.stringify(model), live, back, liveModel.version, JSON.stringify(liveModel)],
    );
    await database.query(
      'INSERT INTO read.scoring_switches (position, version, at) VALUES (2, 1001, $1), (3, $2, $3)',
      [live, liveModel.version, back],
    );
    await api.fold();

    const found = async (days: number): Promise<unknown[]> => {
      await ready('/v1/past-states', { asOf: daysAgo(days).toISOString() });
      const { body } = await api.search({ where: asleep, sort: { by: 'warmth' } }, {}, `?${inTheQuery(days)}`);
      return (body['items'] as Item[]).map(({ name }) => name);
    };
    expect(await found(121)).toEqual([]);
    expect(await found(119)).toEqual(['Fay']);
    expect(await found(19)).toEqual([]);

    const id = await ready('/v1/segment-histories', { poolId: open, asOfPosition: told });
    const { body } = await api.get(
      `/v1/segment-histories/${id}/changes?to=${encodeURIComponent(daysAgo(0).toISOString())}`,
    );
    const changes = [
      // Dormant until the event happened.
      { at: daysAgo(300).toISOString(), change: 'entered' },
      { at: daysAgo(130).toISOString(), change: 'left' },
      { at: live.toISOString(), change: 'entered' },
      { at: back.toISOString(), change: 'left' },
    ];
    expect(body['items']).toMatchObject(changes);
    expect((await api.get(`/v1/pools/${open}/members/${fay}/history`)).body['changes']).toMatchObject(changes);
  });

  it('has two who were one person then, and are two again, as one in the history of a segment', async () => {
    const [gil, hal, open, mergeId] = [newId(), newId(), newId(), newId()];
    await known(gil, 'Gil', 90, { title: 'Piccolo player' });
    await known(hal, 'Hal', 80, { title: 'Piccolo player' });
    await api.record('pool', open, undefined, daysAgo(70), {
      type: 'pool.opened',
      data: { name: 'Piccolo', kind: 'segment', stages: [], watched: false, criteria: { title: 'piccolo player' } },
    });
    const pair = { mergeId, survivorId: gil, mergedId: hal };
    const merged = await api.record('identity', 'merges', undefined, daysAgo(60), {
      type: 'identity.merged',
      data: { ...pair, reason: 'review' },
    });
    const unmerged = await api.record('identity', 'merges', undefined, daysAgo(50), {
      type: 'identity.unmerged',
      data: pair,
    });
    await api.fold();
    const entered = async (asOfPosition: string) => {
      const id = await ready('/v1/segment-histories', { poolId: open, asOfPosition });
      const { body } = await api.get(
        `/v1/segment-histories/${id}/changes?to=${encodeURIComponent(daysAgo(1).toISOString())}`,
      );
      return (body['items'] as Item[]).map(({ candidateId }) => candidateId);
    };
    expect(await entered(merged)).toEqual([gil]);
    expect(await entered(unmerged)).toEqual([gil, hal]);
  });

  it('has everybody once in the history of a segment who is merged, or is two again, while it is made', async () => {
    const open = newId();
    // In the order of their ids, which is that in which they are looked at.
    const [ida, jan, kim, lea] = [newId(), newId(), newId(), newId()].sort() as [string, string, string, string];
    for (const id of [ida, jan, kim, lea]) await known(id, 'Kim', 90, { title: 'Cellist' });
    await api.record('pool', open, undefined, daysAgo(70), {
      type: 'pool.opened',
      data: { name: 'Cellists', kind: 'segment', stages: [], watched: false, criteria: { title: 'cellist' } },
    });
    const decided = (type: string, data: object) =>
      api.record('identity', 'merges', undefined, daysAgo(60), { type: `identity.${type}`, data });
    const pair = { mergeId: newId(), survivorId: ida, mergedId: kim };
    const position = await decided('merged', { ...pair, reason: 'review' });
    await api.fold();
    await builder.stop();
    const asked = await ask('/v1/segment-histories', { poolId: open, asOfPosition: position });
    const jobs = new PastJobs(api.scratch.database, talentActivity);
    const job = await jobs.one(String(asked.body['id']));
    if (!job) throw new Error('It was taken away.');
    const { database } = api.scratch;
    const options = {
      log: api.app.get(EventLog, { strict: false }),
      codec: api.app.get(EventCodec, { strict: false }),
      gate: api.app.get(ReadModelGate, { strict: false }),
    };
    const work = segmentWork({ ...options, database, peopleAtOnce: 1 });
    await database.query(`CREATE SCHEMA ${pastTables(job.id).schema}`);
    await work.prepare(database, job);
    await database.query(`UPDATE vault.past_jobs SET state = 'building' WHERE id = $1`, [job.id]);
    /** Once Jan's been looked at, but Kim and Lea haven't: one is merged into each of those before. */
    class Disturbed extends JobProgress {
      override async advance(...args: Parameters<JobProgress['advance']>): Promise<void> {
        await super.advance(...args);
        if (this.reached.id !== jan) return;
        await decided('unmerged', pair);
        await decided('merged', { mergeId: newId(), survivorId: jan, mergedId: lea, reason: 'review' });
        await api.fold();
      }
    }
    expect(await work.go(new Disturbed(job), new AbortController().signal)).toBe(true);
    const stays = await database.query<{ candidate_id: string }>(
      `SELECT candidate_id FROM ${pastTables(job.id).schema}.segment_stays`,
    );
    expect(stays.map(({ candidate_id }) => candidate_id).sort()).toEqual([ida, jan, lea]);
    builder = built();
    builder.start();
  });

  it('keeps what was asked for again, however long nobody looked into it', async () => {
    const database = api.app.get(Database, { strict: false });
    const past = { asOf: daysAgo(200).toISOString() };
    const id = await ready('/v1/past-states', past);
    await builder.stop();
    await database.query("UPDATE vault.past_jobs SET used_at = now() - interval '1 hour' WHERE id = $1", [id]);
    expect((await ask('/v1/past-states', past)).body['id']).toBe(id);
    await removeOldPasts(database, { hours: 24, kept: 1 }, talentActivity);
    expect((await new PastJobs(database, talentActivity).one(id))?.state).toBe('ready');
    builder = built();
    builder.start();
  });

  it('removes what waits for a release that does not come, so that it stands in nobody else’s way', async () => {
    await builder.stop();
    const database = api.app.get(Database, { strict: false });
    const id = String((await ask('/v1/past-states', { asOf: daysAgo(201).toISOString() })).body['id']);
    await database.query(
      `UPDATE vault.past_jobs SET models = '{none.999}', used_at = now() - interval '2 days' WHERE id = $1`,
      [id],
    );
    expect(await removeOldPasts(database, { hours: 24, kept: 8 }, talentActivity)).toBe(1);
    expect(await new PastJobs(database, talentActivity).one(id)).toBeUndefined();
    builder = built();
    builder.start();
  });

  describe('what was asked for while it is about to be removed', () => {
    const past = { asOf: daysAgo(200).toISOString() };
    /** That somebody waits for a lock, in just this statement. */
    const waiting = (database: Database, statement: string): Promise<true> =>
      until(`somebody waits for a lock: ${statement}`, async () => {
        const found = await database.query(
          `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE $1`,
          [`%${statement}%`],
        );
        return found.length > 0;
      });
    /** One that nobody has looked into for longer than it's kept. */
    const unused = async (database: Database): Promise<string> => {
      const id = await ready('/v1/past-states', past);
      await builder.stop();
      await database.query("UPDATE vault.past_jobs SET used_at = now() - interval '2 days' WHERE id = $1", [id]);
      return id;
    };
    afterEach(() => {
      builder = built();
      builder.start();
    });

    it('is kept, if nothing of it is gone yet', async () => {
      const database = api.app.get(Database, { strict: false });
      const id = await unused(database);
      let removing: Promise<number> | undefined;
      await database.transaction(async (tx) => {
        await tx.query('UPDATE vault.past_jobs SET used_at = now() WHERE id = $1', [id]);
        removing = removeOldPasts(database, { hours: 24, kept: 8 }, talentActivity);
        await waiting(database, 'DELETE FROM vault.past_jobs');
      });
      expect(await removing).toBe(0);
      expect((await ask('/v1/past-states', past)).body['id']).toBe(id);
    });

    it('is made anew, if it is on its way out', async () => {
      const database = api.app.get(Database, { strict: false });
      const id = await unused(database);
      let removing: Promise<number> | undefined;
      let asking: Promise<{ body: Record<string, unknown> }> | undefined;
      await database.transaction(async (tx) => {
        await tx.query(`SELECT FROM ${pastTables(id).schema}.talent_activity LIMIT 1`);
        removing = removeOldPasts(database, { hours: 24, kept: 8 }, talentActivity);
        await waiting(database, 'DROP SCHEMA');
        asking = ask('/v1/past-states', past);
        await waiting(database, 'FOR NO KEY UPDATE');
      });
      expect(await removing).toBe(1);
      const again = String((await asking)?.body['id']);
      expect(again).not.toBe(id);
      expect((await new PastJobs(database, talentActivity).one(again))?.state).toBe('waiting');
    });
  });

  it('shows nothing of somebody who was erased since, and keeps nothing of it', async () => {
    const id = await ready('/v1/past-states', { asOf: daysAgo(200).toISOString() });
    const keys = api.app.get(KeyVault, { strict: false });
    // Of nobody who's in it.
    await keys.destroy(newId(), ['identity']);
    expect((await api.search(nurse, {}, `?${inTheQuery(200)}`)).status).toBe(200);
    await keys.destroy(ada, ['identity', 'contact', 'narrative', 'technical']);
    expect((await api.search(nurse, {}, `?${inTheQuery(200)}`)).status).toBe(409);
    await builder.stop();
    const database = api.app.get(Database, { strict: false });
    await removeOldPasts(database, { hours: 24, kept: 8 }, talentActivity);
    expect(await new PastJobs(database, talentActivity).one(id)).toBeUndefined();
    const { schema } = pastTables(id);
    expect(await database.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema])).toEqual([]);
  });
});
