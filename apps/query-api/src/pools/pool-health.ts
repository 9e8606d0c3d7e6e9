import type { Criteria } from '#libs/criteria';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import type { Standings } from '#projections/engagement';
import { allPeople, criteriaSql } from '#projections/talent-search';
import { elsewhereBy } from '../candidates/elsewhere.js';

/** What we do to be in touch with somebody. */
const outbound = ['email.sent', 'call.made', 'meeting.held', 'event.invited', 'content.shared'];

export const RECENT_DAYS = 90;
const DAY = 24 * 3_600_000;
export const recently = (at: Date): Date => new Date(at.getTime() - RECENT_DAYS * DAY);

export interface Touches {
  readonly size: number;
  readonly lastTouchAt: Date | null;
  readonly reached: number;
  readonly heardFrom: number;
  readonly withoutOwner: number;
}

export interface PoolToMeasure {
  readonly poolId: string;
  /** Of a segment. */
  readonly criteria: Criteria | undefined;
  readonly now: Date;
  /** What bands go by. */
  readonly by: Standings;
}

/** The ids that those who are in a pool go by, as SQL. */
const membersSql = ({ poolId, criteria, now, by }: PoolToMeasure, p: Parameters): string =>
  criteria
    ? `SELECT t.candidate_id FROM ${allPeople} WHERE ${criteriaSql(criteria, { now, p, elsewhere: elsewhereBy(by) })}`
    : `SELECT DISTINCT coalesce(alias.person_id, m.candidate_id) AS candidate_id FROM read.pool_memberships m
       LEFT JOIN read.pool_aliases alias ON alias.candidate_id = m.candidate_id
       WHERE m.pool_id = ${p.add(poolId)} AND m.left_at IS NULL`;

/** How much contact there was between us and the members of a pool. */
export const touchesOf = async (sql: SqlExecutor, pool: PoolToMeasure): Promise<Touches> => {
  const p = new Parameters();
  const members = membersSql(pool, p);
  const [now, since] = [`${p.add(pool.now)}::timestamptz`, `${p.add(recently(pool.now))}::timestamptz`];
  const [row] = await sql.query<{ [K in keyof Touches]: Touches[K] extends number ? string : Touches[K] }>(
    `SELECT count(*) AS size, max(touched_at) AS "lastTouchAt", count(*) FILTER (WHERE touched_at >= ${since}) AS reached,
       count(*) FILTER (WHERE acted) AS "heardFrom", count(*) FILTER (WHERE owner IS NULL) AS "withoutOwner"
     FROM (
       SELECT t.owner,
         (SELECT max(f.at) FROM read.talent_facts f WHERE f.candidate_id = m.candidate_id
            AND f.kind = ANY(${p.add(outbound)}::text[]) AND f.at <= ${now}) AS touched_at,
         EXISTS (SELECT FROM read.talent_facts f WHERE f.candidate_id = m.candidate_id
            AND f.by_person AND NOT f.by_machine AND f.at >= ${since} AND f.at <= ${now}) AS acted
       FROM (${members}) m LEFT JOIN read.talent t ON t.candidate_id = m.candidate_id
     ) touches`,
    p.values,
  );
  return {
    size: Number(row?.size ?? 0),
    lastTouchAt: row?.lastTouchAt ?? null,
    reached: Number(row?.reached ?? 0),
    heardFrom: Number(row?.heardFrom ?? 0),
    withoutOwner: Number(row?.withoutOwner ?? 0),
  };
};

/** The ids of those who are in a pool. */
export const memberIdsOf = async (sql: SqlExecutor, pool: PoolToMeasure): Promise<string[]> => {
  const p = new Parameters();
  const rows = await sql.query<{ candidate_id: string }>(membersSql(pool, p), p.values);
  return rows.map(({ candidate_id }) => candidate_id);
};
