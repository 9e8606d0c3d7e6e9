import { newId } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { liveModel } from '#libs/scoring';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pastScores } from './past-scores.query.js';

const PEOPLE = 30;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const ids = Array.from({ length: PEOPLE }, () => newId()).toSorted();

/** Everybody replied once, on the tenth. */
const sql: SqlExecutor = {
  query: (text: string) =>
    Promise.resolve(
      (text.includes('read.engagement_scores')
        ? ids.map((candidate_id) => ({ candidate_id }))
        : ids.map((candidate_id) => ({
            candidate_id,
            event_id: newId(),
            type: 'email.replied',
            occurred_at: day(10),
            agent: null,
            outcome: null,
            unsubscribes: false,
            verdicts: [],
          }))) as never,
    ),
};

describe('Past scores', () => {
  let next: NodeJS.Immediate | undefined;
  afterEach(() => clearImmediate(next));

  it.each([undefined, PEOPLE])('are NaN before anything had happened, of %s people', async (people) => {
    const found = [];
    for await (const one of pastScores(sql, [liveModel], [day(9), day(10)], people)) found.push(one);
    expect(found.map(({ candidateId }) => candidateId)).toEqual(ids);
    for (const { scores } of found) expect(scores).toEqual([[NaN, 25_000_000_000]]);
  });

  it('let others in between any two people', async () => {
    let turns = 0;
    const count = (): void => {
      turns++;
      next = setImmediate(count);
    };
    count();
    const seen: number[] = [];
    for await (const _ of pastScores(sql, [liveModel], [day(11)])) seen.push(turns);
    expect(seen).toHaveLength(PEOPLE);
    for (const [i, now] of seen.entries()) expect(now).toBeGreaterThan(seen[i - 1] ?? 0);
  });
});
