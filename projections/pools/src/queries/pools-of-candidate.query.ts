import type { SqlExecutor } from '#libs/read-store';
import { isIn, onePersonsStays } from '../one-persons-stays.js';

/** One time that a candidate was in a static pool. */
export interface PoolStay {
  readonly poolId: string;
  readonly name: string;
  /** The id that they were put in with. */
  readonly addedAs: string;
  /** The last one. */
  readonly stage: string | null;
  readonly joinedAt: Date;
  readonly joinedBy: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly leftAt: Date | null;
  readonly leftBy: string | null;
  readonly leftReason: string | null;
  readonly leftNote: string | null;
}

/** Which of somebody's stays are asked for. */
export interface StaysAsked {
  /** Only those that this instant lies in. */
  readonly at?: Date;
  readonly poolId?: string;
}

/**
 * Every time that somebody was in a static pool, under whichever of their ids, or only those that an instant lies in; the
 * latest first.
 */
export const poolsOfCandidate = async (
  sql: SqlExecutor,
  candidateId: string,
  options: StaysAsked = {},
): Promise<PoolStay[]> => {
  const stays = await sql.query<PoolStay>(
    `SELECT m.pool_id AS "poolId", p.name, m.candidate_id AS "addedAs", m.stage, m.joined_at AS "joinedAt", m.joined_by AS "joinedBy",
       m.joined_reason AS reason, m.joined_note AS note, m.left_at AS "leftAt", m.left_by AS "leftBy",
       m.left_reason AS "leftReason", m.left_note AS "leftNote"
     FROM read.pool_memberships m JOIN read.pools p USING (pool_id)
     WHERE m.candidate_id = ANY(ARRAY(
         SELECT $1::uuid UNION SELECT every.candidate_id FROM read.pool_aliases own
         JOIN read.pool_aliases every USING (person_id) WHERE own.candidate_id = $1))
       AND ($2::uuid IS NULL OR m.pool_id = $2)`,
    [candidateId, options.poolId ?? null],
    { prepared: true },
  );
  return unitedStays(stays, options.at);
};

/** Of one person, under all their ids; only what an instant lies in, if one is given: in the whole stay, not in one id's. */
export const unitedStays = (stays: readonly PoolStay[], at?: Date): PoolStay[] =>
  onePersonsStays(stays, (came, { stage, leftAt, leftBy, leftReason, leftNote }) => ({
    ...came,
    stage,
    leftAt,
    leftBy,
    leftReason,
    leftNote,
  })).filter((stay) => at === undefined || isIn(stay, at));
