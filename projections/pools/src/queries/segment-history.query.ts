import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { edgeOf, pageOf, type Page } from './pages.js';

/** Somebody who was in a segment at an instant. */
export interface SegmentMember {
  readonly candidateId: string;
  readonly enteredAt: Date;
  /** JSON pointers into the criteria: the conditions that changed then. */
  readonly because: readonly string[];
  /** Null where they're still in. */
  readonly leftAt: Date | null;
}

/** Somebody came into a segment, or went. */
export interface SegmentChange {
  readonly at: Date;
  readonly candidateId: string;
  readonly change: 'entered' | 'left';
  readonly because: readonly string[];
}

export interface SegmentMembersCriteria {
  readonly at: Date;
  readonly limit: number;
  readonly cursor?: string;
}

export interface SegmentChangesCriteria {
  /** Not earlier than this. */
  readonly from: Date;
  /** Earlier than this. */
  readonly to: Date;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of those who were in at an instant, by when they came in. @param sql of the history of a segment */
export const segmentMembers = async (
  sql: SqlExecutor,
  { at, limit, cursor }: SegmentMembersCriteria,
): Promise<Result<Page<SegmentMember>, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : edgeOf(cursor, 2);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const instant = `${p.add(at)}::timestamptz`;
  const beyond = edge
    ? `AND (entered_at, candidate_id) > (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid)`
    : '';
  const rows = await sql.query<SegmentMember>(
    `SELECT candidate_id AS "candidateId", entered_at AS "enteredAt", entered_because AS because, left_at AS "leftAt"
     FROM read.segment_stays
     WHERE entered_at <= ${instant} AND (left_at IS NULL OR left_at > ${instant}) ${beyond}
     ORDER BY entered_at, candidate_id LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  return ok(
    pageOf(
      rows,
      limit,
      (row) => row,
      ({ enteredAt, candidateId }) => [enteredAt.toISOString(), candidateId],
    ),
  );
};

/** A page of who came in and went in a stretch of time, in order. @param sql of the history of a segment */
export const segmentChanges = async (
  sql: SqlExecutor,
  { from, to, limit, cursor }: SegmentChangesCriteria,
): Promise<Result<Page<SegmentChange>, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : edgeOf(cursor, 3);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const [first, end] = [`${p.add(from)}::timestamptz`, `${p.add(to)}::timestamptz`];
  const within = (column: string): string => `${column} >= ${first} AND ${column} < ${end}`;
  const beyond = edge
    ? `WHERE (at, "candidateId", change) > (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid, ${p.add(edge[2])}::text)`
    : '';
  const rows = await sql.query<SegmentChange>(
    `SELECT * FROM (
       SELECT entered_at AS at, candidate_id AS "candidateId", 'entered' AS change, entered_because AS because
       FROM read.segment_stays WHERE ${within('entered_at')}
       UNION ALL
       SELECT left_at, candidate_id, 'left', left_because FROM read.segment_stays WHERE ${within('left_at')}
     ) changes ${beyond} ORDER BY at, "candidateId", change LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  return ok(
    pageOf(
      rows,
      limit,
      (row) => row,
      ({ at, candidateId, change }) => [at.toISOString(), candidateId, change],
    ),
  );
};
