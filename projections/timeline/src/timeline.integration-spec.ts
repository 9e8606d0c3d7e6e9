import { candidatesEventDefinitions } from '#libs/candidates';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../test/support/folded-history.js';
import { timelineOf, type TimelineCriteria, type TimelineEntry } from './queries/timeline.query.js';
import { timeline } from './timeline.projection.js';

const SERVERS_MILLISECONDS = 30_000;
const day = (days: number): Date => new Date(Date.UTC(2026, 0, 1 + days));

describe('A timeline', () => {
  let model: FoldedHistory;
  let ada: string;
  let bob: string;

  const page = async (criteria: Partial<TimelineCriteria> = {}) => {
    const found = await timelineOf(model.database, { candidateIds: [ada], order: 'newest', limit: 200, ...criteria });
    if (!found.ok) throw new Error(found.error);
    return found.value;
  };
  const pages = async (order: 'newest' | 'oldest', limit: number, between = (): Promise<void> => Promise.resolve()) => {
    const all: TimelineEntry[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, nextCursor } = await page({ order, limit, ...(cursor ? { cursor } : {}) });
      expect(items.length).toBeLessThanOrEqual(limit);
      all.push(...items);
      expect(all.length).toBeLessThan(500);
      if (nextCursor === null) return all;
      cursor = nextCursor;
      await between();
    }
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(timeline);
    const { told } = model;
    ada = told.added(day(0), { name: { full: 'Ada Lovelace' } });
    bob = told.added(day(0));
    // Told in no order of time, and several at once.
    for (const n of [5, 1, 3, 3, 3, 2, 8, 3]) {
      told.happened(ada, day(n), { type: 'note.added', data: { text: `Day ${n}` } });
      told.happened(bob, day(n), { type: 'email.sent', data: {} });
    }
    const application = told.applied(ada, day(4));
    told.moved(application, ada, day(6), { type: 'application.hired', data: { candidateId: ada } });
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('tells of every type of event that there is about people', () => {
    expect(Object.keys(timeline.handlers).sort()).toEqual(candidatesEventDefinitions.map(({ type }) => type).sort());
  });

  it('holds what lies in all streams about one person, by when it happened and then by when it was recorded', async () => {
    const { events } = model.told;
    const expected = events
      .filter(({ subjectId }) => subjectId === ada)
      .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || Number(a.position.commit - b.position.commit))
      .map(({ id }) => id);
    const ids = (entries: readonly TimelineEntry[]): string[] => entries.map(({ eventId }) => eventId);
    expect(expected).toHaveLength(11);
    for (const limit of [1, 2, 3, 11, 200]) {
      expect(ids(await pages('oldest', limit))).toEqual(expected);
      expect(ids(await pages('newest', limit))).toEqual(expected.toReversed());
    }
  });

  it('shows an event as it was told', async () => {
    const { items } = await page({ types: ['candidate.added'] });
    expect(items).toMatchObject([
      {
        occurredAt: day(0),
        timePrecision: 'instant',
        position: 1n,
        actor: { kind: 'user', id: 'recruiter-1' },
        source: 'api',
        details: { name: { full: 'Ada Lovelace' }, skills: [] },
      },
    ]);
  });

  it('shows with an act who did it, as was found out afterwards and as was known at a position', async () => {
    const { told } = model;
    const clicked = told.happened(bob, day(9), { type: 'email.clicked', data: { agent: 'human' } });
    const judged = (verdict: 'human' | 'machine', networks?: string) =>
      told.happened(bob, day(9), {
        type: 'engagement.classified',
        data: {
          eventId: clicked.id,
          verdict,
          classifierVersion: 1,
          reasons: ['many-links-at-once'],
          ...(networks === undefined ? {} : { networks }),
        },
      });
    const first = judged('machine');
    judged('human', '9f86d081884c');
    await model.fold();
    const known = async (asOfPosition?: bigint) => {
      const asked = { candidateIds: [bob], types: ['email.clicked'], ...(asOfPosition ? { asOfPosition } : {}) };
      return (await page(asked)).items.map(({ verdict }) => verdict && [verdict.verdict, verdict.networks]);
    };
    expect(await known()).toEqual([['human', '9f86d081884c']]);
    expect(await known(first.position.commit)).toEqual([['machine', null]]);
    expect(await known(clicked.position.commit)).toEqual([null]);
  });

  it('goes on where a page ended, whatever is recorded meanwhile', async () => {
    const before = await page();
    let n = 0;
    const seen = await pages('newest', 2, async () => {
      model.told.happened(ada, day(n++ % 2 === 0 ? 30 : 0), { type: 'note.added', data: { text: 'Meanwhile' } });
      await model.fold();
    });
    const ids = seen.map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => before.items.some(({ eventId }) => eventId === id))).toEqual(
      before.items.map(({ eventId }) => eventId),
    );
  });

  it.each(['', 'x', Buffer.from('1-2-3').toString('base64url')])('refuses the cursor "%s"', async (cursor) => {
    expect(await timelineOf(model.database, { candidateIds: [ada], order: 'newest', limit: 1, cursor })).toEqual({
      ok: false,
      error: 'bad-cursor',
    });
  });

  it('reads no more rows than a page shows', async () => {
    for (let n = 0; n < 3_000; n++) model.told.happened(ada, day(n % 300), { type: 'email.sent', data: {} });
    await model.fold();
    await model.database.query(`ANALYZE read.timeline_v${timeline.version}`);
    const { nextCursor } = await page({ limit: 1_500 });
    for (const order of ['newest', 'oldest'] as const) {
      const criteria = { candidateIds: [ada], order, limit: 20, cursor: nextCursor ?? '' };
      const [plan = []] = await model.plansOf((sql) => timelineOf(sql, criteria));
      const scans = plan.filter(
        (step) => step['Relation Name'] === `timeline_v${timeline.version}` && step['Actual Rows'] !== 0,
      );
      expect(scans.map((step) => [step['Node Type'], step['Actual Rows']])).toEqual([['Index Scan', 21]]);
    }
  });
});
