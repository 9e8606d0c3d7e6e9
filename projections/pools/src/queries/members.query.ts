import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { edgeOf, pageOf, type Page } from './pages.js';
import { joinPerson, personSql, unlessUnderAnother } from './persons-sql.js';
import { wholeStays, type WholeStay } from './whole-stays.js';

/** Somebody who was in a static pool at an instant, and how they came in. */
export interface Member {
  /** The id that they go by. */
  readonly candidateId: string;
  /** The id that they were put in with; of several in which they are in at that instant, the one that came first. */
  readonly addedAs: string;
  /** Of that id's membership, as of now. */
  readonly revision: number;
  /** At the instant that was asked for; null in a pool without stages. */
  readonly stage: string | null;
  /** Under any of their ids, as `leftAt`. */
  readonly joinedAt: Date;
  readonly joinedBy: string;
  readonly reason: string | null;
  readonly note: string | null;
  /** Null where they're still in. */
  readonly leftAt: Date | null;
}

export interface MemberCriteria {
  readonly poolId: string;
  readonly at: Date;
  /** Only those who were at this stage. */
  readonly stage?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Of people who have several ids, `personId` is the one that they go by. */
type Row = Member & { readonly began: number; readonly personId: string | null };

const toMember = (row: Row, whole: WholeStay | undefined): Member => {
  const { candidateId, addedAs, revision, stage } = row;
  const { joinedAt, joinedBy, reason, note, leftAt } = whole ?? row;
  return { candidateId, addedAs, revision, stage, joinedAt, joinedBy, reason, note, leftAt };
};

/** Who was in: the time of the first page is that of all, so that nobody is missed or comes twice. */
const wasIn = (at: string, row = 'm'): string =>
  `${row}.joined_at <= ${at} AND (${row}.left_at IS NULL OR ${row}.left_at > ${at})`;

/** Of a person's stays under several ids, the one that began first. */
const first = (at: string): string =>
  unlessUnderAnother(
    'm',
    `${wasIn(at, 'o')} AND (o.joined_at, o.candidate_id, o.began_revision) < (m.joined_at, m.candidate_id, m.began_revision)`,
  );

/**
 * A page of those who were in a static pool at an instant, in the order in which they came: of people who have several ids,
 * under the one that they were in with then.
 */
export const membersOf = async (
  sql: SqlExecutor,
  { poolId, stage, limit, cursor, ...criteria }: MemberCriteria,
): Promise<Result<Page<Member> & { readonly at: Date }, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : edgeOf(cursor, 4);
  const at = edge ? new Date(edge[0] ?? '') : criteria.at;
  if ((cursor !== undefined && !edge) || Number.isNaN(at.getTime())) return err('bad-cursor');
  const p = new Parameters();
  const [pool, instant] = [p.add(poolId), `${p.add(at)}::timestamptz`];
  const where = [
    `m.pool_id = ${pool}`,
    wasIn(instant),
    first(instant),
    ...(stage === undefined ? [] : [`s.stage = ${p.add(stage)}`]),
    ...(edge
      ? [
          `(m.joined_at, m.candidate_id, m.began_revision) > (${p.add(edge[1])}::timestamptz, ${p.add(edge[2])}::uuid, ${p.add(edge[3])}::integer)`,
        ]
      : []),
  ];
  const rows = await sql.query<Row>(
    `SELECT ${personSql('m')} AS "candidateId", m.candidate_id AS "addedAs", m.revision, s.stage, m.joined_at AS "joinedAt", m.joined_by AS "joinedBy",
       m.joined_reason AS reason, m.joined_note AS note, m.left_at AS "leftAt", m.began_revision AS began, m_alias.person_id AS "personId"
     FROM read.pool_memberships m ${joinPerson('m')}
     LEFT JOIN read.pool_stages s ON s.pool_id = m.pool_id AND s.candidate_id = m.candidate_id
       AND s.since <= ${instant} AND (s.until IS NULL OR s.until > ${instant})
     WHERE ${where.join(' AND ')}
     ORDER BY m.joined_at, m.candidate_id, m.began_revision LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  const people = new Set(rows.flatMap(({ personId }) => personId ?? []));
  const whole = await wholeStays(sql, { poolId, at }, [...people]);
  const toItem = (row: Row): Member => toMember(row, whole.get(row.personId ?? ''));
  const page = pageOf(rows, limit, toItem, ({ joinedAt, addedAs, began }) => [
    at.toISOString(),
    joinedAt.toISOString(),
    addedAs,
    String(began),
  ]);
  return ok({ ...page, at });
};

/** The ids of those who were in a static pool at an instant, as a SELECT of `candidate_id`. */
export const memberIdsSql = (poolId: string, at: Date, p: Parameters): string =>
  `SELECT m.candidate_id FROM read.pool_memberships m
   WHERE m.pool_id = ${p.add(poolId)}::uuid AND ${wasIn(`${p.add(at)}::timestamptz`)}`;

/** How many were in a static pool at an instant. */
export const sizeOf = async (sql: SqlExecutor, poolId: string, at: Date): Promise<number> => {
  const [row] = await sql.query<{ size: string }>(
    `SELECT count(DISTINCT ${personSql('m')}) AS size FROM read.pool_memberships m ${joinPerson('m')}
     WHERE m.pool_id = $1 AND ${wasIn('$2')}`,
    [poolId, at],
  );
  return Number(row?.size ?? 0);
};
