import type { SqlExecutor } from '#libs/read-store';
import { onePersonsStays } from '../one-persons-stays.js';

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
       AND ($3::uuid IS NULL OR m.pool_id = $3)
       AND ($2::timestamptz IS NULL OR m.joined_at <= $2 AND (m.left_at IS NULL OR m.left_at > $2))`,
    [candidateId, options.at ?? null, options.poolId ?? null],
    { prepared: true },
  );
  return unitedStays(stays);
};

/** Of one person, under all their ids. */
export const unitedStays = (stays: readonly PoolStay[]): PoolStay[] =>
  onePersonsStays(stays, (came, { stage, leftAt, leftBy, leftReason, leftNote }) => ({
    ...came,
    stage,
    leftAt,
    leftBy,
    leftReason,
    leftNote,
  }));
