import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { decodeCursor, pageOf, type Page } from './pages.js';

/** Somebody came into a static pool, went, or moved to another stage of it. */
export interface PoolChange {
  readonly at: Date;
  readonly candidateId: string;
  readonly change: 'entered' | 'moved' | 'left';
  /** The stage that they came to; null where they left, or the pool has none. */
  readonly stage: string | null;
  readonly by: string;
  readonly reason: string | null;
  readonly note: string | null;
}

export interface ChangeCriteria {
  readonly poolId: string;
  /** Not earlier than this. */
  readonly from: Date;
  /** Earlier than this. */
  readonly to: Date;
  readonly limit: number;
  readonly cursor?: string;
}

type Row = PoolChange & { readonly place: number };

const toChange = ({ at, candidateId, change, stage, by, reason, note }: Row): PoolChange => ({
  at,
  candidateId,
  change,
  stage,
  by,
  reason,
  note,
});

/** A page of what changed in a static pool in a stretch of time, in order. */
export const changesOf = async (
  sql: SqlExecutor,
  { poolId, from, to, limit, cursor }: ChangeCriteria,
): Promise<Result<Page<PoolChange>, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : decodeCursor(cursor, 3);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const pool = p.add(poolId);
  const [first, end] = [`${p.add(from)}::timestamptz`, `${p.add(to)}::timestamptz`];
  const within = (column: string): string => `pool_id = ${pool} AND ${column} >= ${first} AND ${column} < ${end}`;
  // The stage that somebody began in was put down with the event that they came in with.
  const beyond = edge
    ? `WHERE (at, "candidateId", place) > (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid, ${p.add(edge[2])}::integer)`
    : '';
  const rows = await sql.query<Row>(
    `SELECT * FROM (
       SELECT joined_at AS at, candidate_id AS "candidateId", 'entered' AS change,
         (SELECT s.stage FROM read.pool_stages s WHERE s.pool_id = m.pool_id AND s.candidate_id = m.candidate_id
            AND s.revision = m.began_revision) AS stage,
         joined_by AS by, joined_reason AS reason, joined_note AS note, began_revision AS place
       FROM read.pool_memberships m WHERE ${within('joined_at')}
       UNION ALL
       SELECT since, candidate_id, 'moved', stage, moved_by, reason, note, revision
       FROM read.pool_stages WHERE moved AND ${within('since')}
       UNION ALL
       SELECT left_at, candidate_id, 'left', NULL, left_by, left_reason, left_note, revision
       FROM read.pool_memberships WHERE ${within('left_at')}
     ) changes ${beyond} ORDER BY at, "candidateId", place LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  return ok(
    pageOf(rows, limit, toChange, ({ at, candidateId, place }) => [at.toISOString(), candidateId, String(place)]),
  );
};
