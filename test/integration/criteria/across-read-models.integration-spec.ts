import type { EngagementEvent } from '#libs/candidates';
import { contains, membership, type Criteria, type Leaf } from '#libs/criteria';
import { idsOf, peopleOf, survivorOf } from '#libs/identity';
import { newId, START } from '#libs/kernel';
import { ensureGeneration, GenerationWriter } from '#libs/projecting';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { bandsSql, builtInStandings, engagement, heatSql } from '#projections/engagement';
import { contactSql, relationship } from '#projections/relationship';
import { criteriaSql, personHistory, searchTalent, talentSearch } from '#projections/talent-search';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { elsewhereBy } from '../../../apps/query-api/src/candidates/elsewhere.js';
import { scratchDatabase, type ScratchDatabase } from '../../support/scratch-database.js';
import { ToldHistory } from '../../support/told-history.js';

const elsewhere = elsewhereBy(builtInStandings);

const SERVERS_MILLISECONDS = 30_000;
const PEOPLE = 120;
const MERGES = 30;
const CRITERIA = 600;
const HOUR = 3_600_000;
const TOLD_HOURS = 400 * 24;
const at = (hour: number): Date => new Date(Date.UTC(2025, 0, 1) + hour * HOUR);
const hours = fc.integer({ min: 0, max: TOLD_HOURS });

const happened = fc.constantFrom<EngagementEvent>(
  { type: 'email.replied', data: { sentiment: 'interested' } },
  { type: 'event.attended', data: { name: 'Spring' } },
  { type: 'meeting.held', data: { format: 'video' } },
  { type: 'email.clicked', data: { agent: 'human' } },
  { type: 'email.clicked', data: { agent: 'machine' } },
  { type: 'email.opened', data: { agent: 'human' } },
  { type: 'call.made', data: { outcome: 'answered' } },
  { type: 'email.unsubscribed', data: {} },
  { type: 'email.replied', data: { sentiment: 'unsubscribe' } },
);
const life = fc.record({
  facts: fc.array(
    fc.record({ hour: hours, fact: happened, verdict: fc.option(fc.constantFrom('human', 'machine', 'unknown')) }),
    {
      maxLength: 9,
    },
  ),
  given: fc.option(hours),
  /** `onDay`: told with the date only. */
  withdrawn: fc.option(fc.record({ hour: hours, onDay: fc.boolean() })),
  snoozed: fc.option(hours),
});
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc
    .subarray(['hot', 'warm', 'cold', 'dormant', 'tepid'], { minLength: 1 })
    .map((is) => ({ attribute: 'band' as const, is })),
  fc.boolean().map((known) => ({ attribute: 'band' as const, known })),
  fc.constantFrom('newsletter', 'job-alerts').map((purpose) => ({ consent: { purpose, channel: 'email' } })),
);
const criteria: fc.Arbitrary<Criteria> = fc.letrec<{ any: Criteria }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })) },
    { weight: 1, arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })) },
    { weight: 1, arbitrary: tie('any').map((not) => ({ not })) },
  ),
})).any;

describe('Criteria that several read models answer', () => {
  let scratch: ScratchDatabase;
  const told = new ToldHistory();
  /** All ids of everybody, by the one that they go by. */
  const whole = new Map<string, readonly string[]>();
  beforeAll(async () => {
    scratch = await scratchDatabase();
    const [lives = []] = fc.sample(fc.array(life, { minLength: PEOPLE, maxLength: PEOPLE }), { numRuns: 1, seed: 5 });
    for (const { facts, given, withdrawn, snoozed } of lives) {
      const id = told.added(at(0));
      if (given !== null) {
        const data = { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } } as const;
        told.decided(id, at(given), { type: 'candidate.consent-given', data });
      }
      if (withdrawn !== null) {
        const { hour, onDay } = withdrawn;
        const event = { type: 'candidate.consent-withdrawn', data: { way: 'reply' } } as const;
        told.decided(id, at(onDay ? hour - (hour % 24) : hour), event, onDay ? 'day' : 'instant');
      }
      if (snoozed !== null)
        told.decided(id, at(snoozed), { type: 'candidate.snoozed', data: { until: at(snoozed + 900).toISOString() } });
      for (const { hour, fact, verdict } of facts) {
        const { id: eventId } = told.happened(id, at(hour), fact);
        if (verdict === null || !('agent' in fact.data)) continue;
        const data = { eventId, verdict, classifierVersion: 1, reasons: [] };
        told.happened(id, at(TOLD_HOURS), { type: 'engagement.classified', data });
      }
    }
    const ids = [...new Set(told.events.map(({ subjectId = '' }) => subjectId))];
    const merges = Array.from({ length: MERGES }, (_, n) => ({
      mergeId: newId(),
      survivorId: ids[n] ?? '',
      mergedId: ids[n % 3 === 0 ? n + 1 : PEOPLE - 1 - n] ?? '',
    }));
    for (const data of merges) told.identified(at(0), { type: 'identity.merged', data: { ...data, reason: 'review' } });
    const persons = peopleOf(merges);
    for (const id of ids) whole.set(survivorOf(persons, id), idsOf(persons, id));
    for (const projection of [talentSearch, engagement, relationship]) {
      await ensureGeneration(scratch.database, projection);
      const known = told.events.filter(({ type }) => projection.handlers[type] !== undefined);
      const last = told.events.at(-1);
      await new GenerationWriter(scratch.database, projection).write(known, {
        from: START,
        to: last?.position ?? START,
        eventAt: last?.recordedAt,
      });
    }
  }, SERVERS_MILLISECONDS);
  afterAll(() => scratch.drop(), SERVERS_MILLISECONDS);

  it('find whom they mean by their histories, at any time after what was told', async () => {
    const histories = [...whole].map(([id, ids]) => ({ id, history: personHistory(told.events, ids) }));
    let some = 0;
    await fc.assert(
      fc.asyncProperty(criteria, fc.integer({ min: TOLD_HOURS, max: TOLD_HOURS + 300 * 24 }), async (one, hour) => {
        const now = at(hour);
        const p = new Parameters();
        const where = criteriaSql(one, {
          now,
          p,
          elsewhere: { contact: contactSql, band: (...asked) => bandsSql(builtInStandings, ...asked) },
        });
        const rows = await scratch.database.query<{ id: string }>(
          `SELECT t.candidate_id AS id FROM read.talent t WHERE ${where}`,
          p.values,
        );
        const expected = histories.filter(
          ({ history }) => history && contains(membership(one, history), now.getTime()),
        );
        expect(rows.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        if (expected.length > 0 && expected.length < whole.size) some++;
      }),
      { numRuns: CRITERIA, seed: 13 },
    );
    expect(some).toBeGreaterThan(CRITERIA / 4);
  });

  it('list whom they mean by warmth, page by page, however few of the warmest that are', async () => {
    const now = at(TOLD_HOURS + 24);
    /** By how many statements first pages were found: from the top of all, among those found, or by everybody's score. */
    const ways = new Set<number>();
    const pages = async (where: Criteria, direction: 'asc' | 'desc', limit: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let cursor: string | undefined; ;) {
        let statements = 0;
        const counting: SqlExecutor = {
          query: (text, params) => {
            statements++;
            return scratch.database.query(text, params);
          },
        };
        const page = await searchTalent(counting, {
          criteria: { where },
          sort: { by: 'warmth', direction },
          limit,
          now,
          elsewhere,
          ...(cursor === undefined ? {} : { cursor }),
        });
        if (!page.ok) throw new Error(page.error);
        if (cursor === undefined) ways.add(statements);
        ids.push(...page.value.items.map(({ id }) => id));
        if (page.value.nextCursor === null || ids.length > PEOPLE) return ids;
        cursor = page.value.nextCursor;
      }
    };
    const anyOrder = fc.constantFrom('asc' as const, 'desc' as const);
    await fc.assert(
      fc.asyncProperty(criteria, anyOrder, fc.integer({ min: 1, max: 9 }), async (where, direction, limit) => {
        const p = new Parameters();
        const condition = criteriaSql(where, { now, p, elsewhere });
        const rows = await scratch.database.query<{ id: string }>(
          `SELECT t.candidate_id AS id FROM read.talent t LEFT JOIN read.engagement_scores s USING (candidate_id) WHERE ${condition}
           ORDER BY ${heatSql(builtInStandings, 's', `${p.add(now)}::timestamptz`)} ${direction}, t.candidate_id ${direction}`,
          p.values,
        );
        expect(await pages(where, direction, limit)).toEqual(rows.map(({ id }) => id));
      }),
      { numRuns: 40, seed: 17 },
    );
    expect(ways).toContain(1);
    expect(ways).toContain(2);
  });
});
