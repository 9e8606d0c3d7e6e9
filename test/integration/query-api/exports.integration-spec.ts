import { newId } from '#libs/kernel';
import { readInBatches, type Database } from '#libs/read-store';
import { membershipId } from '#libs/pools';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { termNumber } from '../../../projections/talent-search/src/terms.js';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;
/** Three parts: 500, 500 and the rest. */
const MANY = 1_203;

type Item = Readonly<Record<string, unknown>>;
const linesOf = (text: string): Item[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Item);

describe('exports', () => {
  let api: ServedQueryApi;
  let database: Database;
  const [ada, bob] = [newId(), newId()];
  const [shortlist, engineers, saved] = [newId(), newId(), newId()];
  const purpose = 'Invitations';

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    database = api.scratch.database;
    await api.makeReadModels();
    const lists = { skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    const add = (id: string, full: string, title: string, phone: string): Promise<string> =>
      api.record('candidate', id, id, daysAgo(10), {
        type: 'candidate.added',
        data: { ...lists, name: { full }, title, contactPoints: [{ kind: 'phone', value: phone }] },
      });
    await add(ada, '=HYPERLINK("https://evil.example")', 'Engineer', '+15125550100');
    await add(bob, 'Bob', 'Nurse', '+15125550101');
    const pool = { stages: [], watched: false };
    await api.record('pool', shortlist, shortlist, daysAgo(5), {
      type: 'pool.opened',
      data: { ...pool, name: 'Shortlist', kind: 'static' },
    });
    await api.record('membership', membershipId(shortlist, bob), bob, daysAgo(4), {
      type: 'membership.began',
      data: { poolId: shortlist, candidateId: bob },
    });
    await api.record('pool', engineers, engineers, daysAgo(5), {
      type: 'pool.opened',
      data: { ...pool, name: 'Engineers', kind: 'segment', criteria: { title: 'engineer' } },
    });
    await api.record('saved-search', saved, saved, daysAgo(5), {
      type: 'saved-search.saved',
      data: { name: 'Nurses', shared: true, savedBy: 'user-1', search: { title: 'nurse' }, requisitionId: 'req-1' },
    });
    await api.fold();
    // Many more, like Bob but for their ids, names and titles.
    for (const table of ['talent_activity', 'talent', 'talent_traits'])
      await database.query(
        `INSERT INTO read.${table} SELECT (jsonb_populate_record(NULL::read.${table}, to_jsonb(t) || jsonb_build_object(
           'candidate_id', md5(n::text)::uuid, 'name', 'Pilot ' || n, 'name_key', 'pilot ' || n, 'terms', jsonb_build_array($2::bigint)))).*
         FROM read.${table} t, generate_series(1, ${MANY}) n WHERE t.candidate_id = $1`,
        [bob, String(termNumber('title:pilot'))],
      );
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);
  afterEach(() => database.query('DROP FUNCTION IF EXISTS vault.trouble CASCADE'));

  const exported = (path: string, body: object, role: 'analyst' | 'auditor' = 'analyst') =>
    api.send('POST', `/v1/${path}`, { role, body: { format: 'ndjson', purpose, ...body } });
  const recordsOf = async (answer: Answer): Promise<Item[]> => {
    const query = `exportId=${answer.headers.get('rapport-export') ?? ''}`;
    return (await api.get(`/v1/audit/searches?${query}`, { role: 'auditor' })).body['items'] as Item[];
  };
  /** What the record of the part at this place does before it's kept. */
  const trouble = (part: number, what: string): Promise<unknown> =>
    database.query(`
      CREATE FUNCTION vault.trouble() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF new.part = ${part} THEN ${what}; END IF; RETURN new; END $$;
      CREATE TRIGGER trouble BEFORE INSERT ON vault.search_records FOR EACH ROW EXECUTE FUNCTION vault.trouble()`);

  it('are CSV that no spreadsheet takes for formulas, and are recorded with whom they hold', async () => {
    const answer = await exported('candidates/export', {
      format: 'csv',
      title: 'engineer',
      columns: ['id', 'name', 'phones'],
      requisitionId: 'req-7',
    });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="candidates.csv"');
    expect(answer.text).toBe(`id,name,phones\r\n${ada},"'=HYPERLINK(""https://evil.example"")",'+15125550100\r\n`);
    expect(await recordsOf(answer)).toMatchObject([
      {
        purpose,
        requisitionId: 'req-7',
        request: { title: 'engineer', format: 'csv', columns: ['id', 'name', 'phones'] },
        candidateIds: [ada],
        export: { part: 0 },
      },
    ]);
  });

  it('hold everybody once, in the order of the search, in parts that are each recorded', async () => {
    const sort = { by: 'name', direction: 'desc' };
    const answer = await exported('candidates/export', { title: 'pilot', columns: ['id', 'name'], sort });
    const lines = linesOf(answer.text);
    const names = Array.from({ length: MANY }, (_, n) => `Pilot ${n + 1}`);
    expect(lines.map(({ name }) => name)).toEqual(names.toSorted((a, b) => (a < b ? 1 : -1)));
    const records = (await recordsOf(answer)).toReversed();
    expect(records.map((record) => record['export'])).toMatchObject([{ part: 0 }, { part: 1 }, { part: 2 }]);
    expect(records.flatMap(({ candidateIds }) => candidateIds)).toEqual(lines.map(({ id }) => id));
  });

  it('that hold nobody are recorded, and have a head', async () => {
    const answer = await exported('candidates/export', { format: 'csv', title: 'astronaut', columns: ['id'] });
    expect(answer.text).toBe('id\r\n');
    expect(await recordsOf(answer)).toMatchObject([{ candidateIds: [], export: { part: 0 } }]);
  });

  it('are of pools, segments and saved searches too', async () => {
    const ofPool = await exported(`pools/${shortlist}/members/export`, {});
    expect(linesOf(ofPool.text)).toMatchObject([{ id: bob, name: 'Bob', phones: ['+15125550101'], title: 'Nurse' }]);
    expect(await recordsOf(ofPool)).toMatchObject([{ poolId: shortlist, candidateIds: [bob] }]);
    const ofSegment = await exported(`pools/${engineers}/members/export`, { columns: ['id'] });
    expect(linesOf(ofSegment.text)).toEqual([{ id: ada }]);
    expect(await recordsOf(ofSegment)).toMatchObject([
      { poolId: engineers, request: { where: { title: 'engineer' } } },
    ]);
    const ofSaved = await exported(`saved-searches/${saved}/export`, { columns: ['id'] });
    expect(linesOf(ofSaved.text)).toEqual([{ id: bob }]);
    expect(await recordsOf(ofSaved)).toMatchObject([{ savedSearchId: saved, requisitionId: 'req-1', purpose }]);
  });

  it('are refused before anything is sent where they are wrong, for nobody’s purpose, or somebody else’s to make', async () => {
    const wrong = {
      columns: ['id', 'shoeSize'],
      purpose: undefined,
      interest: { expressedMonthsAgo: { from: 1, to: 2 } },
    };
    expect((await exported('candidates/export', wrong)).status).toBe(400);
    expect((await exported('candidates/export', { sort: { by: 'relevance' } })).status).toBe(400);
    expect((await exported(`pools/${newId()}/members/export`, {})).status).toBe(404);
    expect((await exported('candidates/export', {}, 'auditor')).status).toBe(403);
  });

  it('do not begin where the first part cannot be recorded', async () => {
    await trouble(0, "RAISE 'The disk is full.'");
    const answer = await exported('candidates/export', { format: 'csv', title: 'pilot' });
    expect([answer.status, answer.body['type']]).toEqual([503, 'urn:rapport:problem:search-not-recorded']);
    expect(answer.text).not.toContain('Pilot');
  });

  it('end with a line that says so, or a broken connection, where a later part cannot be recorded', async () => {
    await trouble(1, "RAISE 'The disk is full.'");
    const answer = await exported('candidates/export', { title: 'pilot', columns: ['id'] });
    const lines = linesOf(answer.text);
    expect(lines).toHaveLength(501);
    expect(lines.at(-1)).toMatchObject({ status: 503, problem: { type: 'urn:rapport:problem:search-not-recorded' } });
    const sent = lines.slice(0, -1).map(({ id }) => id);
    expect((await recordsOf(answer)).flatMap(({ candidateIds }) => candidateIds)).toEqual(sent);
    await expect(exported('candidates/export', { format: 'csv', title: 'pilot' })).rejects.toThrow('aborted');
    expect(api.logged.join('\n')).not.toMatch(/Pilot|disk/);
  });

  it('stop when their caller goes, and let the caller make another', async () => {
    await trouble(1, 'PERFORM pg_sleep(1)');
    await api.leaveAfterFirstBytes('/v1/candidates/export', { format: 'ndjson', purpose, title: 'pilot' });
    const next = await exported('candidates/export', { title: 'engineer', columns: ['id'] });
    expect(linesOf(next.text)).toEqual([{ id: ada }]);
    const open = await database.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'",
    );
    expect(open).toEqual([]);
  });

  it('have what runs in PostgreSQL for them cancelled', async () => {
    const gone = new AbortController();
    const sql = 'SELECT n, pg_sleep(0.01 * n) FROM generate_series(0, 10000) n';
    const reading = readInBatches(database, { sql, params: [], size: 2, signal: gone.signal, idleMilliseconds: 5_000 });
    expect((await reading.next()).value).toHaveLength(2);
    const rest = (async () => {
      for await (const rows of reading) if (rows.length > 2) throw new Error('More than a batch.');
    })();
    gone.abort();
    await expect(rest).rejects.toThrow(/aborted|cancel/);
    const running =
      "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'FETCH%' AND state = 'active' AND datname = current_database()";
    expect(await database.query(running)).toEqual([]);
  });
});
