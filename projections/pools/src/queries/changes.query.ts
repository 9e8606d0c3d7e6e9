import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { edgeOf, pageOf, type Page } from './pages.js';
import { joinPerson, personSql, unlessUnderAnother } from './persons-sql.js';

/** Somebody came into a static pool, went, or moved to another stage of it. */
export interface PoolChange {
  readonly at: Date;
  /** The id that they go by. */
  readonly candidateId: string;
  /** The id that it was recorded for. */
  readonly addedAs: string;
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

const toChange = ({ at, candidateId, addedAs, change, stage, by, reason, note }: Row): PoolChange => ({
  at,
  candidateId,
  addedAs,
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
  const edge = cursor === undefined ? undefined : edgeOf(cursor, 3);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const pool = p.add(poolId);
  const [first, end] = [`${p.add(from)}::timestamptz`, `${p.add(to)}::timestamptz`];
  const within = (column: string): string => `m.pool_id = ${pool} AND m.${column} >= ${first} AND m.${column} < ${end}`;
  // Whoever is in under another id already doesn't come in, and doesn't leave while they are; of two at once one counts.
  // Stays that only touch are two.
  const comes = unlessUnderAnother(
    'm',
    `(o.joined_at, o.candidate_id) < (m.joined_at, m.candidate_id) AND (o.left_at IS NULL OR o.left_at > m.joined_at)`,
  );
  const goes = unlessUnderAnother(
    'm',
    `(o.joined_at < m.left_at OR (o.joined_at, o.candidate_id) < (m.joined_at, m.candidate_id))
       AND (o.left_at IS NULL OR o.left_at > m.left_at
       OR (o.left_at = m.left_at AND o.candidate_id > m.candidate_id))`,
  );
  // The stage that somebody began in was put down with the event that they came in with.
  const beyond = edge
    ? `WHERE (at, "addedAs", place) > (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid, ${p.add(edge[2])}::integer)`
    : '';
  const rows = await sql.query<Row>(
    `SELECT * FROM (
       SELECT m.joined_at AS at, ${personSql('m')} AS "candidateId", m.candidate_id AS "addedAs", 'entered' AS change,
         (SELECT s.stage FROM read.pool_stages s WHERE s.pool_id = m.pool_id AND s.candidate_id = m.candidate_id
            AND s.revision = m.began_revision) AS stage,
         m.joined_by AS by, m.joined_reason AS reason, m.joined_note AS note, m.began_revision AS place
       FROM read.pool_memberships m ${joinPerson('m')} WHERE ${within('joined_at')} AND ${comes}
       UNION ALL
       SELECT m.since, ${personSql('m')}, m.candidate_id, 'moved', m.stage, m.moved_by, m.reason, m.note, m.revision
       FROM read.pool_stages m ${joinPerson('m')} WHERE m.moved AND ${within('since')}
       UNION ALL
       SELECT m.left_at, ${personSql('m')}, m.candidate_id, 'left', NULL, m.left_by, m.left_reason, m.left_note, m.revision
       FROM read.pool_memberships m ${joinPerson('m')} WHERE ${within('left_at')} AND ${goes}
     ) changes ${beyond} ORDER BY at, "addedAs", place LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  return ok(pageOf(rows, limit, toChange, ({ at, addedAs, place }) => [at.toISOString(), addedAs, String(place)]));
};
