import { newId } from '#libs/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SearchRecordRetention } from '../../../apps/query-api/src/search-records/search-record-retention.js';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

interface SearchRecord {
  readonly candidateIds: readonly string[];
  readonly request: object;
  readonly searchedAt: string;
}

const itemsOf = (answer: Answer): object[] => answer.body['items'] as object[];
const recordsOf = (answer: Answer): SearchRecord[] => answer.body['items'] as SearchRecord[];

describe('the record of searches', () => {
  let api: ServedQueryApi;
  const ada = newId();
  const bob = newId();
  let position: string;

  const auditor = { role: 'auditor' } as const;
  const records = async (query = ''): Promise<SearchRecord[]> =>
    recordsOf(await api.get(`/v1/audit/searches${query}`, auditor));

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    const empty = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    const add = (id: string, name: string): Promise<string> =>
      api.record('candidate', id, id, daysAgo(10), {
        type: 'candidate.added',
        data: { ...empty, name: { full: name }, title: 'Engineer' },
      });
    await add(ada, 'Ada Lovelace');
    await api.record('candidate', ada, ada, daysAgo(9), {
      type: 'candidate.silver-medallist-marked',
      data: { role: 'Staff Engineer', requisitionId: 'req-9' },
    });
    position = await add(bob, 'Bob Stone');
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);
  beforeEach(() => api.scratch.database.query('TRUNCATE vault.search_records'));

  it('holds who asked, what for, the request and whom they were shown, in that order', async () => {
    const asked = { title: 'engineer', sort: { by: 'name', direction: 'desc' }, total: true };
    const found = await api.search({ ...asked, purpose: 'Shortlist', requisitionId: 'req-4' });
    expect(found.status).toBe(200);
    expect(await records()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        searchedAt: expect.stringMatching(/Z$/),
        caller: { kind: 'user', id: expect.stringMatching(/^[0-9a-f]+$/) },
        purpose: 'Shortlist',
        requisitionId: 'req-4',
        request: { ...asked, limit: 50, highlight: false },
        candidateIds: [bob, ada],
        total: 2,
        savedSearchId: null,
        poolId: null,
        export: null,
        position,
      },
    ]);
  });

  it('says by which searches somebody was found, for which requisition, by whom and when', async () => {
    await api.search({ text: 'Lovelace', requisitionId: 'req-1' });
    await api.search({ text: 'Stone', requisitionId: 'req-2' }, { role: 'service' });
    const [ofBob, ofAda] = await records();
    expect([ofAda?.candidateIds, ofBob?.candidateIds]).toEqual([[ada], [bob]]);
    expect(await records(`?candidateId=${ada}`)).toEqual([ofAda]);
    expect(await records('?requisitionId=req-2')).toEqual([ofBob]);
    expect(await records('?caller=nobody')).toEqual([]);
    expect(await records('?to=2026-01-01')).toEqual([]);
    expect(await records(`?from=${encodeURIComponent(ofAda?.searchedAt ?? '')}&limit=1`)).toEqual([ofBob]);
  });

  it('has who looked for silver medallists, before they are told', async () => {
    const found = await api.get('/v1/silver-medallists?title=engineers&requisitionId=req-9&limit=5');
    expect(itemsOf(found)).toEqual([expect.objectContaining({ candidateId: ada })]);
    expect(await records()).toEqual([
      expect.objectContaining({
        candidateIds: [ada],
        requisitionId: null,
        request: {
          silverMedallists: {
            title: 'engineers',
            requisitionId: 'req-9',
            stages: ['interviewed', 'offered'],
            limit: 5,
          },
        },
        position,
      }),
    ]);
  });

  it('is read in pages that each continue where the last one ended', async () => {
    for (const text of ['one', 'two', 'three']) await api.search({ text });
    const read: SearchRecord[] = [];
    let next = '';
    do {
      const page = await api.get(`/v1/audit/searches?limit=1${next}`, auditor);
      read.push(...recordsOf(page));
      const cursor = page.body['nextCursor'] as string | null;
      next = cursor === null ? 'none' : `&cursor=${cursor}`;
    } while (next !== 'none');
    expect(read).toHaveLength(3);
    expect(read).toEqual(await records());
    expect((await api.get('/v1/audit/searches?cursor=x', auditor)).status).toBe(400);
  });

  it('holds every page, but not the name that a cursor continues after', async () => {
    const first = await api.search({ limit: 1 });
    await api.search({ limit: 1, cursor: first.body['nextCursor'] });
    const [second] = await records();
    expect(second).toMatchObject({ candidateIds: [bob], request: { limit: 1, continued: true } });
    expect(second?.request).not.toHaveProperty('cursor');
  });

  it('holds nothing of a search that was refused', async () => {
    expect((await api.search({ sort: { by: 'relevance' } })).status).toBe(400);
    expect(await records()).toEqual([]);
  });

  it('keeps a search from being answered that it cannot hold', async () => {
    await api.scratch.database.query(`
      CREATE FUNCTION vault.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'The disk is full.'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON vault.search_records EXECUTE FUNCTION vault.refuse()`);
    try {
      const answer = await api.search({ text: 'Lovelace', facets: ['city'], total: true });
      expect(answer.status).toBe(503);
      expect(answer.body['type']).toBe('urn:rapport:problem:search-not-recorded');
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.text).not.toMatch(/Ada|Lovelace|facets|total/);
      expect(api.logged.join('\n')).not.toMatch(/Lovelace|disk/);
      expect((await api.get('/v1/silver-medallists')).status).toBe(503);
    } finally {
      await api.scratch.database.query('DROP FUNCTION vault.refuse CASCADE');
    }
    expect((await api.search({ text: 'Lovelace' })).status).toBe(200);
  });

  it('is removed once it is older than it is kept, and not before', async () => {
    for (const text of ['old', 'young']) await api.search({ text });
    const age = (text: string, days: number): Promise<unknown> =>
      api.scratch.database.query(
        `UPDATE vault.search_records SET searched_at = searched_at - make_interval(days => $2) WHERE request->>'text' = $1`,
        [text, days],
      );
    await age('old', 731);
    await age('young', 729);
    expect(await api.app.get(SearchRecordRetention, { strict: false }).removeOld()).toBe(1);
    expect((await records()).map(({ request }) => request)).toEqual([expect.objectContaining({ text: 'young' })]);
  });
});
