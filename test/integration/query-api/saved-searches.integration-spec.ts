import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

type Item = Readonly<Record<string, unknown>>;
const itemsOf = (answer: Answer): Item[] => answer.body['items'] as Item[];
const namesOf = (answer: Answer): unknown[] => itemsOf(answer).map(({ name }) => name);

describe('what the query API answers about saved searches', () => {
  let api: ServedQueryApi;
  const [ada, bob, eve] = [newId(), newId(), newId()];
  const [backend, own, erased, old, austin] = [newId(), newId(), newId(), newId(), newId()];
  const search = {
    title: 'software engineers',
    location: { city: 'Austin' },
    interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } },
  };

  /** Taken before kinds and years were looked at. */
  const longSince = {
    and: [
      { not: { happened: { kinds: ['email.open'] } } },
      { not: { number: 'experienceYears', atLeast: 200_000_000 } },
      { or: [{ near: { city: 'Springfield', kilometres: 50 } }, { attribute: 'city', is: ['Austin'] }] },
    ],
  };
  const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
  const engineer = async (id: string, full: string, interestedDaysAgo: number): Promise<void> => {
    const data = { ...lists, name: { full }, title: 'Software Engineer', location: { city: 'Austin', country: 'US' } };
    await api.record('candidate', id, id, daysAgo(600), { type: 'candidate.added', data });
    const interest = { type: 'interest.expressed', data: { interest: 'backend' } };
    await api.record('engagement', id, id, daysAgo(interestedDaysAgo), interest);
  };
  const save = (id: string, days: number, data: object) =>
    api.record('saved-search', id, id, daysAgo(days), {
      type: 'saved-search.saved',
      data: { shared: true, savedBy: 'user-1', search, ...data },
    });

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await engineer(ada, 'Ada', 250);
    await engineer(bob, 'Bob', 30);
    await engineer(eve, 'Eve', 300);
    const team = { kind: 'team', id: 'team-4' };
    await save(backend, 9, { name: 'Backend, Austin', owner: team, purpose: 'Payments', requisitionId: 'req-1' });
    await save(own, 8, { name: 'My own', shared: false });
    await save(erased, 7, { name: 'Erased' });
    await save(old, 6, { name: 'Old', shared: false, search: { where: longSince } });
    await api.record('pool', austin, austin, daysAgo(5), {
      type: 'pool.opened',
      data: { name: 'Austin', kind: 'segment', stages: [], watched: false, criteria: { title: 'engineer' } },
    });
    await api.fold();
    await api.scratch.database.query('UPDATE read.saved_searches SET search = NULL WHERE saved_search_id = $1', [
      erased,
    ]);
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  const run = (id: string, body: unknown = {}, role: 'analyst' | 'admin' = 'analyst') =>
    api.send('POST', `/v1/saved-searches/${id}/run`, { role, body });
  const records = async (query: string): Promise<Item[]> =>
    itemsOf(await api.get(`/v1/audit/searches?${query}`, { role: 'auditor' }));

  it('are listed page by page, by owner, and without what others keep to themselves', async () => {
    const first = await api.get('/v1/saved-searches?limit=1');
    expect(namesOf(first)).toEqual(['Erased']);
    expect(namesOf(await api.get(`/v1/saved-searches?cursor=${String(first.body['nextCursor'])}`))).toEqual([
      'Backend, Austin',
    ]);
    expect(namesOf(await api.get('/v1/saved-searches?owner=team-4'))).toEqual(['Backend, Austin']);
    expect(namesOf(await api.get('/v1/saved-searches', { role: 'admin' }))).toContain('My own');
    expect((await api.get('/v1/saved-searches?cursor=x')).status).toBe(400);
  });

  it('are shown with what they ask for, and the revision that a change is meant for', async () => {
    const shown = await api.get(`/v1/saved-searches/${backend}`);
    expect(shown.headers.get('etag')).toBe('"0"');
    expect(shown.body).toMatchObject({ id: backend, owner: { kind: 'team', id: 'team-4' }, search, savedBy: 'user-1' });
    expect((await api.get(`/v1/saved-searches/${own}`)).status).toBe(404);
    expect((await api.get(`/v1/saved-searches/${own}`, { role: 'admin' })).status).toBe(200);
  });

  it('find whom they mean now, and are recorded with their id', async () => {
    const found = await run(backend, { total: true, facets: ['city'] });
    expect(namesOf(found)).toEqual(['Ada', 'Eve']);
    expect(found.body).toMatchObject({
      total: 2,
      facets: [{ facet: 'city', values: [{ value: 'austin', count: 2 }] }],
    });
    expect(await records(`savedSearchId=${backend}`)).toMatchObject([
      {
        savedSearchId: backend,
        poolId: null,
        export: null,
        purpose: 'Payments',
        requisitionId: 'req-1',
        request: { ...search, facets: ['city'] },
        candidateIds: [ada, eve],
      },
    ]);
  });

  it('go on being read as they were when they were saved, though nobody can ask so any more', async () => {
    expect(namesOf(await run(old, {}, 'admin'))).toEqual(['Ada', 'Bob', 'Eve']);
    const asked = await api.search({ where: longSince });
    expect((asked.body['errors'] as Item[]).map(({ pointer }) => pointer)).toEqual([
      '/where/and/1/not/atLeast',
      '/where/and/2/or/0/near/city',
    ]);
    expect((await api.search({ where: longSince.and[0] })).text).toContain('"/where/not/happened/kinds/0"');
  });

  it('take sort, limit, cursor and purpose from the run', async () => {
    const sort = { by: 'name', direction: 'desc' };
    const first = await run(backend, { sort, limit: 1, purpose: 'Another' });
    const second = await run(backend, { sort, limit: 1, cursor: first.body['nextCursor'] });
    expect([...namesOf(first), ...namesOf(second)]).toEqual(['Eve', 'Ada']);
    const [, before] = await records(`savedSearchId=${backend}`);
    expect(before).toMatchObject({ purpose: 'Another', requisitionId: 'req-1', candidateIds: [eve] });
  });

  it('are not run by whom they are hidden from, nor once what they asked for is erased', async () => {
    expect((await run(own)).status).toBe(404);
    expect((await run(own, {}, 'admin')).status).toBe(200);
    const gone = await run(erased);
    expect([gone.status, gone.body['type']]).toEqual([409, 'urn:rapport:problem:saved-search-erased']);
    expect((await run(backend, { title: 'nurse' })).status).toBe(400);
    expect(await records(`savedSearchId=${erased}`)).toEqual([]);
  });

  it('are recorded as the lists of a segment’s members are', async () => {
    const first = await api.get(`/v1/pools/${austin}/members?limit=2`);
    await api.get(`/v1/pools/${austin}/members?cursor=${String(first.body['nextCursor'])}`);
    expect(await records(`poolId=${austin}`)).toMatchObject([
      { candidateIds: [eve], request: { where: { title: 'engineer' }, limit: 50, continued: true } },
      { candidateIds: [ada, bob], request: { where: { title: 'engineer' }, limit: 2 }, poolId: austin },
    ]);
  });
});
