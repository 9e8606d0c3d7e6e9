import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import type { ChangeCriteria } from './changes.query.js';
import { edgeOf, pageOf, type Page } from './pages.js';
import { joinPerson, personSql } from './persons-sql.js';

/** It was told that somebody came into a watched segment or went, or that they hadn't after all. */
export interface ToldSegmentChange {
  /** When they came or went; of what's taken back, when they were told to have. */
  readonly at: Date;
  readonly toldAt: Date;
  /** The id that they go by. */
  readonly candidateId: string;
  /** The id that it was told of. */
  readonly addedAs: string;
  readonly change: 'entered' | 'left' | 'entry-retracted' | 'exit-retracted';
  readonly because: readonly string[];
  readonly restated: boolean;
  readonly reason: string | null;
}

type Row = ToldSegmentChange & { readonly revision: number };

const toChange = (row: Row): ToldSegmentChange => {
  const { at, toldAt, candidateId, addedAs, change, because, restated, reason } = row;
  return { at, toldAt, candidateId, addedAs, change, because, restated, reason };
};

/** A page of what was told of a watched segment, of a stretch of time, in the order of when it's about. */
export const toldChangesOf = async (
  sql: SqlExecutor,
  { poolId, from, to, limit, cursor }: ChangeCriteria,
): Promise<Result<Page<ToldSegmentChange>, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : edgeOf(cursor, 3);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const within = `c.pool_id = ${p.add(poolId)} AND c.at >= ${p.add(from)}::timestamptz AND c.at < ${p.add(to)}::timestamptz`;
  const beyond = edge
    ? `AND (c.at, c.candidate_id, c.revision) > (${p.add(edge[0])}::timestamptz, ${p.add(edge[1])}::uuid, ${p.add(edge[2])}::integer)`
    : '';
  const rows = await sql.query<Row>(
    `SELECT c.at, c.told_at AS "toldAt", ${personSql('c')} AS "candidateId", c.candidate_id AS "addedAs", c.change, c.because,
       c.restated, c.reason, c.revision
     FROM read.segment_changes c ${joinPerson('c')}
     WHERE ${within} ${beyond} ORDER BY c.at, c.candidate_id, c.revision LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  return ok(
    pageOf(rows, limit, toChange, ({ at, addedAs, revision }) => [at.toISOString(), addedAs, String(revision)]),
  );
};
