import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import { talentSearch } from '../talent-search.projection.js';
import type { TalentCriteria } from './criteria.js';
import { searchTalent, type TalentSearch } from './search-talent.query.js';

const SERVERS_MILLISECONDS = 30_000;
const now = new Date('2026-03-01T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3_600_000);

describe('Pages of a search', () => {
  let model: FoldedHistory;
  const criteria: TalentCriteria = { location: { country: 'DE' } };
  /** All that a search finds, page by page; `between` happens after every page. */
  const pages = async (search: Omit<TalentSearch, 'now'>, between = (): Promise<void> => Promise.resolve()) => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const asked = cursor === undefined ? { now } : { now: daysAgo(-1), cursor };
      const found = await searchTalent(model.database, { ...search, ...asked });
      if (!found.ok) throw new Error(found.error);
      // Later pages are of the first one's moment, and so is what's counted with them.
      expect(found.value.now).toEqual(now);
      expect(found.value.items.length).toBeLessThanOrEqual(search.limit);
      ids.push(...found.value.items.map(({ id }) => id));
      expect(ids.length).toBeLessThan(500);
      if (found.value.nextCursor === null) return ids;
      cursor = found.value.nextCursor;
      await between();
    }
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(talentSearch);
    const { told } = model;
    for (let n = 0; n < 60; n++) {
      const id = told.added(daysAgo(n % 7), {
        ...(n % 4 === 0 ? {} : { name: { full: `Person ${n % 13}` } }),
        ...(n % 3 === 0 ? {} : { experienceYears: n % 9 }),
        title: n % 2 === 0 ? 'Engineer' : 'Engines',
        location: { country: 'DE' },
      });
      if (n % 5 !== 0) told.happened(id, daysAgo(n % 11), { type: 'email.replied', data: { sentiment: 'interested' } });
    }
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  const sorts = (['name', 'last-contact', 'added', 'experience', 'relevance'] as const).flatMap((by) =>
    (['asc', 'desc'] as const).map((direction) => ({ by, direction })),
  );

  it.each(sorts)('sorted $direction by $by show everybody once, in order, those without a value last', async (sort) => {
    const sought = sort.by === 'relevance' ? { ...criteria, text: 'engineer' } : criteria;
    const whole = await searchTalent(model.database, { criteria: sought, sort, limit: 200, total: true, now });
    if (!whole.ok) throw new Error(whole.error);
    const { items, total } = whole.value;
    expect([items.length, total]).toEqual([60, 60]);
    const key = {
      name: items.map(({ name }) => name?.toLowerCase() ?? null),
      'last-contact': items.map(({ lastHumanContactAt }) => lastHumanContactAt?.getTime() ?? null),
      added: items.map(({ addedAt }) => addedAt.getTime()),
      experience: items.map(({ experienceYears }) => experienceYears),
      relevance: items.map(({ title }) => (title === 'Engineer' ? 2 : 1)),
    }[sort.by];
    const inOrder = (a: string | number | null, b: string | number | null): number => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return (a < b ? -1 : Number(a > b)) * (sort.direction === 'asc' ? 1 : -1);
    };
    expect(key).toEqual((key as (string | number | null)[]).toSorted(inOrder));
    for (const limit of [1, 7, 59, 60]) {
      expect(await pages({ criteria: sought, sort, limit })).toEqual(items.map(({ id }) => id));
    }
  });

  it.each(sorts)('sorted $direction by $by show whoever stays put exactly once, whoever moves', async (sort) => {
    const sought = sort.by === 'relevance' ? { ...criteria, text: 'engineer' } : criteria;
    const everybody = await pages({ criteria: sought, sort, limit: 200 });
    const movers = everybody.filter((_, n) => n % 4 === 1);
    let step = 0;
    const seen = await pages({ criteria: sought, sort, limit: 5 }, async () => {
      const mover = movers[step % movers.length] ?? '';
      const { told } = model;
      told.decided(mover, daysAgo(0), {
        type: 'candidate.profile-changed',
        data: {
          name: step % 3 === 0 ? null : { full: `Person ${step * 3}` },
          experienceYears: step % 2 === 0 ? null : step,
          title: step % 2 === 0 ? 'Engine Driver' : 'Engineer',
        },
      });
      told.happened(mover, daysAgo(-step), { type: 'email.replied', data: { sentiment: 'interested' } });
      told.added(daysAgo(step), { name: { full: `Person ${step}` }, title: 'Engineer', location: { country: 'DE' } });
      await model.fold();
      step++;
    });
    const settled = everybody.filter((id) => !movers.includes(id));
    expect(seen.filter((id) => settled.includes(id))).toEqual(settled);
    // The next sort begins with as many as this one.
    await model.database.query("UPDATE read.talent_traits SET terms = '{}' WHERE candidate_id <> ALL($1)", [everybody]);
  });

  it('are refused with the cursor of another search', async () => {
    const found = await searchTalent(model.database, { criteria, limit: 1, now });
    const cursor = (found.ok && found.value.nextCursor) || '';
    const again = async (more: Partial<TalentSearch>) =>
      (await searchTalent(model.database, { criteria, limit: 1, now, cursor, ...more })).ok;
    expect(await again({ limit: 5 })).toBe(true);
    expect(await again({ criteria: { ...criteria, owner: null } })).toBe(false);
    expect(await again({ sort: { by: 'added' } })).toBe(false);
    expect(await again({ cursor: cursor.slice(0, -4) })).toBe(false);
    expect(await again({ cursor: '' })).toBe(false);
  });

  describe('among many', () => {
    const rowsOf = (view: string): string => `${view}_v${talentSearch.version}`;

    beforeAll(async () => {
      await model.database.query(
        `WITH people AS (
           INSERT INTO read.talent (candidate_id, revision, of_several, name, name_key, title_terms, occupations, region_keys, languages, experience_months, skills, skill_terms, tags, tag_keys,
             free_tags, interests, interest_keys, emails, phones, profile_urls, custom_fields, added_at, search_text)
           SELECT gen_random_uuid(), 0, false, md5(n::text), md5(n::text), '{}', '{}', '{}', '{}', n % 480, '[]', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
             now() - make_interval(mins => n), md5(n::text) || ' ' || md5((n + 1)::text)
           FROM generate_series(1, 20000) n RETURNING candidate_id, name_key, experience_months, added_at),
         traits AS (
           INSERT INTO read.talent_traits (candidate_id, name_key, experience_months, added_at, terms, moments, occupations, skill_keys, tags, interest_keys, languages)
           SELECT candidate_id, name_key, experience_months, added_at, '{}', '{}', '{}', '{}', '{}', '{}', '{}' FROM people)
         INSERT INTO read.talent_activity (candidate_id, last_human_contact_at) SELECT candidate_id, added_at FROM people`,
      );
      await model.database.query(
        `VACUUM ANALYZE read.${rowsOf('talent')}, read.${rowsOf('talent_traits')}, read.${rowsOf('talent_activity')}`,
      );
    }, SERVERS_MILLISECONDS);

    it.each(sorts.filter(({ by }) => by !== 'relevance'))(
      'sorted $direction by $by read an index from where the last page ended',
      async (sort) => {
        const search = { criteria: {}, sort, now };
        const first = await searchTalent(model.database, { ...search, limit: 200 });
        const cursor = (first.ok && first.value.nextCursor) || '';
        const [plan = []] = await model.plansOf((sql) => searchTalent(sql, { ...search, limit: 20, cursor }));
        const sorted = rowsOf(sort.by === 'last-contact' ? 'talent_activity' : 'talent_traits');
        const [scan, ...others] = plan.filter((step) => step['Relation Name'] === sorted);
        expect(scan?.['Node Type']).toMatch(/^Index (Only )?Scan$/);
        expect([scan?.['Actual Rows'], scan?.['Rows Removed by Filter'] ?? 0]).toEqual([21, 0]);
        // Those of the page are looked up one by one, to be shown.
        expect(others.every((step) => step['Actual Rows'] === 1)).toBe(true);
      },
    );

    it('find a text with an index', async () => {
      const text = 'c4ca4238a0b923820dcc509a6f75849x';
      const [plan = []] = await model.plansOf((sql) => searchTalent(sql, { criteria: { text }, limit: 20, now }));
      expect(plan.map((step) => step['Index Name'])).toContain(`${rowsOf('talent')}_search_text_idx`);
      expect(plan.map((step) => step['Node Type'])).not.toContain('Seq Scan');
    });
  });
});
