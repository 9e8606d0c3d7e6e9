import { peopleOf, survivorOf } from '#libs/identity';
import { newId, type StoredEvent } from '#libs/kernel';
import type { Database } from '#libs/read-store';
import { contribution, levelOf, liveModel, type ScoringModel } from '#libs/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import { engagement, engagementBy } from '../engagement.projection.js';
import { standingsBy } from '../tables.js';
import { hottest } from './hottest.query.js';
import { scoreOf, scoresOf, type ScoreSummary } from './score.query.js';

const SERVERS_MILLISECONDS = 30_000;
const DAY = 24 * 3_600_000;
const now = new Date('2026-01-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY);
/** The table that the view shows. */
const scoresTable = `engagement_scores_v${engagement.version}`;
const units = (points: string): bigint => BigInt(points.replace('.', ''));

describe('The hottest at any time', () => {
  const people: string[] = [];
  let model: FoldedHistory;

  /** A page after the other, to the end. */
  const ranking = async (at: Date, limit: number, includeUnsubscribed = false): Promise<ScoreSummary[]> => {
    const all: ScoreSummary[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await hottest(model.database, { at, limit, includeUnsubscribed, ...(cursor ? { cursor } : {}) });
      if (!page.ok) throw new Error(page.error);
      all.push(...page.value.items);
      expect(all.length).toBeLessThanOrEqual(people.length);
      if (page.value.nextCursor === null) return all;
      cursor = page.value.nextCursor;
    }
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(engagement);
    for (let i = 0; i < 60; i++) {
      const id = model.told.added(daysAgo(900));
      people.push(id);
      // Seven is no divisor of the days, so that orders differ from time to time; two in twelve have equal histories.
      for (let n = 0; n < i % 12; n++) {
        const at = daysAgo((((i % 30) + 1) * (n + 3) * 7) % 800);
        if (n % 3 === 0) model.told.happened(id, at, { type: 'email.replied', data: { sentiment: 'interested' } });
        else if (n % 3 === 1) model.told.happened(id, at, { type: 'email.clicked', data: { agent: 'human' } });
        else model.told.happened(id, at, { type: 'email.opened', data: { agent: n % 2 ? 'human' : 'machine' } });
      }
      if (i % 10 === 9) model.told.happened(id, daysAgo(100), { type: 'email.unsubscribed', data: {} });
      if (i % 10 === 4)
        model.told.happened(id, daysAgo(240), { type: 'email.replied', data: { sentiment: 'unsubscribe' } });
    }
    // Some turn out to be one person, one of them of three ids, and one merge is taken back.
    const merges = [0, 1, 2, 3, 4].map((n) => ({
      mergeId: newId(),
      survivorId: people[n * 11] ?? '',
      mergedId: people[n === 4 ? 59 : n * 11 + (n === 3 ? 11 : 5)] ?? '',
    }));
    for (const data of merges)
      model.told.identified(now, { type: 'identity.merged', data: { ...data, reason: 'review' } });
    for (const data of merges.slice(0, 1)) model.told.identified(now, { type: 'identity.unmerged', data });
    const persons = peopleOf(merges.slice(1));
    people.splice(0, people.length, ...people.filter((id) => survivorOf(persons, id) === id));
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it.each([-365, 0, 1, 99, 250, 600, 799])(
    'are those with the highest scores %d days ago, page by page',
    async (days) => {
      const at = daysAgo(days);
      const each = await Promise.all(people.map((id) => scoreOf(model.database, id, at)));
      const expected = each
        .filter((score) => score.terms.length > 0)
        .sort((a, b) => {
          const [x, y] = [a.units, b.units];
          if (x !== y) return x < y ? 1 : -1;
          return a.candidateId < b.candidateId ? -1 : 1;
        });
      const contactable = expected.filter(({ unsubscribed, complained }) => !unsubscribed && !complained);
      expect(contactable).toMatchObject(await ranking(at, 7));
      expect(expected).toMatchObject(await ranking(at, 200, true));
    },
  );

  it('have scores whose terms add up to the last digit', async () => {
    for (const { candidateId, score } of await ranking(daysAgo(30), 50, true)) {
      const { terms, caps } = await scoreOf(model.database, candidateId, daysAgo(30));
      expect([...terms, ...caps].reduce((sum, { value }) => sum + units(value), 0n)).toBe(units(score));
    }
  });

  it.each([0, 1, 2, 3])(
    'are all there whoever sends a signal, or has one taken back, before statement %d of a page',
    async (n) => {
      const at = daysAgo(2 * (n + 1));
      const page = async (meanwhile: () => void) => {
        let statements = 0;
        const snapshot: Database['snapshot'] = (work) =>
          model.database.snapshot((sql) =>
            work({
              query: async (text, params) => {
                if (statements++ === n) {
                  meanwhile();
                  await model.fold();
                }
                return sql.query(text, params);
              },
            }),
          );
        const found = await hottest({ snapshot }, { at, limit: 200 });
        if (!found.ok) throw new Error(found.error);
        return found.value.items.map(({ candidateId, score, band }) => ({ candidateId, score, band }));
      };
      const first = await page(() => undefined);
      expect(first.length).toBeGreaterThan(0);
      const signals: StoredEvent[] = [];
      const sent = await page(() => {
        for (const id of people)
          signals.push(model.told.happened(id, daysAgo(n), { type: 'email.clicked', data: { agent: 'human' } }));
      });
      expect(sent).toEqual(first);
      const takenBack = await page(() => {
        for (const { id, subjectId = '' } of signals)
          model.told.happened(subjectId, now, {
            type: 'engagement.classified',
            data: { eventId: id, verdict: 'machine', classifierVersion: 1, reasons: [] },
          });
      });
      expect(takenBack).toEqual(first);
    },
  );

  it('stay in their order from page to page, whatever happens meanwhile', async () => {
    const before = await ranking(daysAgo(2), 200);
    const first = await hottest(model.database, { at: daysAgo(2), limit: 10 });
    if (!first.ok || first.value.nextCursor === null) throw new Error('There are more than ten.');
    for (const id of people)
      model.told.happened(id, daysAgo(1), { type: 'event.attended', data: { name: 'Open house' } });
    await model.fold();
    const second = await hottest(model.database, { at: now, limit: 200, cursor: first.value.nextCursor });
    if (!second.ok) throw new Error(second.error);
    const ids = (scores: readonly ScoreSummary[]): string[] => scores.map(({ candidateId }) => candidateId);
    expect(ids([...first.value.items, ...second.value.items])).toEqual(ids(before));
    expect(second.value.at).toEqual(daysAgo(2));
  });

  it('come from an index, of which no more is read than the page is long', async () => {
    // Many of whom each is a little warm.
    const heats = Array.from({ length: 20_000 }, (_, n) =>
      contribution((n + 1) / 20_000, liveModel.groups['talking']?.halfLifeDays ?? 0, new Date('2025-06-01')),
    );
    await model.database.query(
      `INSERT INTO read.engagement_scores
         (candidate_id, heat_reading, heat_talking, level_talking, last_signal_at, signals, recent, dormant_at)
       SELECT gen_random_uuid(), 0, heat, level, '2025-06-01', 1, '{}', '2025-11-28'
       FROM unnest($1::numeric[], $2::bigint[]) AS of (heat, level)`,
      [heats.map(String), heats.map((heat) => String(levelOf(heat)))],
    );
    await model.database.query(`ANALYZE read.${scoresTable}, read.${scoresTable.replace('scores', 'facts')}`);
    const page = await hottest(model.database, { at: now, limit: 20 });
    const cursor = (page.ok && page.value.nextCursor) || '';
    // Now, in two years, and deep in a list.
    for (const criteria of [{ at: now }, { at: daysAgo(-730) }, { at: now, cursor }]) {
      const [plan = []] = await model.plansOf((sql) =>
        hottest({ snapshot: (work) => work(sql) }, { ...criteria, limit: 20 }),
      );
      const scans = plan.filter((step) => step['Relation Name'] === scoresTable);
      const byHeat = scans.filter((step) => step['Index Name']?.includes('level'));
      expect(byHeat.length).toBeGreaterThan(0);
      for (const scan of byHeat) expect(scan['Actual Rows']).toBeLessThanOrEqual(100);
      expect(scans.filter((step) => step['Node Type'] === 'Seq Scan')).toEqual([]);
    }
  });
});

/** Sums as of 1970 have more than 800 digits by the one group's half-life, and more than 6,000 by the other's: far more than doubles. */
const fast: ScoringModel = {
  ...liveModel,
  version: 1_000,
  groups: {
    weekly: { halfLifeDays: 7, cap: 60, kinds: { 'email.replied': 25, 'event.attended': 20 } },
    daily: { halfLifeDays: 1, kinds: { 'email.clicked': 8, 'email.opened': 1 } },
  },
};

describe('The hottest by a model of half-lives of days', () => {
  const by = standingsBy(fast);
  const people: string[] = [];
  let model: FoldedHistory;

  const page = async (at: Date, limit: number, cursor?: string) => {
    const found = await hottest(model.database, { at, limit, ...(cursor === undefined ? {} : { cursor }) }, by);
    if (!found.ok) throw new Error(found.error);
    return found.value;
  };
  const idsOf = (scores: readonly { candidateId: string }[]): string[] => scores.map(({ candidateId }) => candidateId);
  /** Everybody by what their own events make; equal scores by id. */
  const expected = async (at: Date): Promise<string[]> =>
    idsOf(
      (await scoresOf(model.database, people, at, by))
        .filter(({ units: some }) => some > 0n)
        .sort((a, b) => (a.units === b.units ? (a.candidateId < b.candidateId ? -1 : 1) : a.units < b.units ? 1 : -1)),
    );
  const happensToAll = async (at: Date): Promise<void> => {
    for (const id of people) model.told.happened(id, at, { type: 'event.attended', data: { name: 'Open house' } });
    await model.fold();
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(engagementBy(fast));
    for (let i = 0; i < 40; i++) {
      const id = model.told.added(daysAgo(900));
      people.push(id);
      // Two in twenty have equal histories; some were last heard of years ago, of whom nothing is left that a double holds.
      for (let n = 0; n < i % 5; n++) {
        const at = daysAgo(((i % 20) + 1) * (n + 1) * (i % 4 === 3 ? 40 : 0.5));
        if (n % 2 === 0) model.told.happened(id, at, { type: 'email.clicked', data: { agent: 'human' } });
        else model.told.happened(id, at, { type: 'email.replied', data: { sentiment: 'interested' } });
      }
    }
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it.each([
    ['now', 0],
    ['days ago', 3],
    ['weeks ago', 25],
    ['more than a year ago', 470],
    ['millennia from now', -2_900_000],
    ['before anything could happen', 25_000],
  ])('are those with the highest scores %s', async (_, days) => {
    const { items } = await page(daysAgo(days), 200);
    expect(idsOf(items)).toEqual(await expected(daysAgo(days)));
    expect(items.length > 0).toBe(days >= 0 && days < 800);
  });

  it('are gone on with on the second page while everybody sends signals', async () => {
    const before = await expected(now);
    const first = await page(now, 6);
    expect(first.nextCursor).not.toBeNull();
    await happensToAll(daysAgo(-1));
    const second = await page(daysAgo(-2), 6, first.nextCursor ?? '');
    expect(second.at).toEqual(now);
    await happensToAll(daysAgo(-2));
    const rest = await page(daysAgo(-3), 200, second.nextCursor ?? '');
    expect(idsOf([...first.items, ...second.items, ...rest.items])).toEqual(before);
  });

  it('are as they were once everybody has later signals, of centuries of which there are none too', async () => {
    for (const at of [now, daysAgo(25), daysAgo(25_000)])
      expect(idsOf((await page(at, 200)).items)).toEqual(await expected(at));
  });
});
