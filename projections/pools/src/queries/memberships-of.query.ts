import type { SqlExecutor } from '#libs/read-store';

/** Of a candidate id in a static pool. */
export interface MembershipKey {
  readonly poolId: string;
  readonly candidateId: string;
}

/** The memberships that there ever were of these ids, in the order in which they began. */
export const membershipsOf = async (sql: SqlExecutor, candidateIds: readonly string[]): Promise<MembershipKey[]> =>
  sql.query<MembershipKey>(
    `SELECT pool_id AS "poolId", candidate_id AS "candidateId" FROM read.pool_memberships
     WHERE candidate_id = ANY($1::uuid[]) GROUP BY pool_id, candidate_id ORDER BY min(joined_at), pool_id, candidate_id`,
    [candidateIds],
    { prepared: true },
  );
