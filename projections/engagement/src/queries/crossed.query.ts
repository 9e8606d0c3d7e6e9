import { err, ok, type Result } from '#libs/kernel';
import {
  cursorInstant,
  cursorUuid,
  decodeCursor,
  encodeCursor,
  type Database,
  type SqlExecutor,
} from '#libs/read-store';
import { bands, type Band } from '#libs/scoring';
import { Type, type Static } from 'typebox';
import type { Standings } from '../tables.js';
import { bandSql } from './standing-sql.js';
import { standingRowColumns, summaryOf, type StandingRow } from './summary.js';

/** What a model makes of somebody. */
export interface Seen {
  /** Points, with nine places. */
  readonly score: string;
  readonly band: Band;
}

/** Somebody by one model and by another. */
export interface Crossed {
  readonly candidateId: string;
  readonly from: Seen;
  readonly to: Seen;
}

export interface CrossedCriteria {
  /** An instant from everybody's last signal on. */
  readonly at: Date;
  /** By the one model; null for any. */
  readonly from: Band | null;
  /** By the other; null for any. */
  readonly to: Band | null;
  readonly limit: number;
  readonly cursor?: string;
}

export interface CrossedPage {
  /** Of the page, also where the cursor brought it. */
  readonly at: Date;
  readonly items: readonly Crossed[];
  readonly nextCursor: string | null;
}

/** Where a page ended, and what it was a page of. */
const place = Type.Object({
  v: Type.Literal(1),
  at: cursorInstant(),
  one: Type.Integer(),
  other: Type.Integer(),
  from: Type.Union([Type.Enum(bands), Type.Null()]),
  to: Type.Union([Type.Enum(bands), Type.Null()]),
  id: cursorUuid(),
});
export type CrossedPlace = Static<typeof place>;

/** Undefined for what no page ended with. */
export const crossedPlace = (cursor: string): CrossedPlace | undefined => decodeCursor(place, cursor);

/** Whoever has no row by a model is nobody to it: without points, and dormant. */
const stranger: Seen = { score: '0.000000000', band: 'dormant' };

const seenBy = async (
  sql: SqlExecutor,
  by: Standings,
  ids: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Seen>> => {
  const rows = await sql.query<StandingRow>(
    `SELECT ${standingRowColumns(by)} FROM read.${by.scores.name} WHERE candidate_id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(
    rows.map((row) => {
      // Who sends a signal between two pages is seen as of it: before it, a row says nothing.
      const from = row.last_signal_at !== null && row.last_signal_at > at ? row.last_signal_at : at;
      const { score, band } = summaryOf(by, row, from);
      return [row.candidate_id, { score, band }];
    }),
  );
};

/**
 * Those who are in one band by a model and in another one by another, in the order of their ids: whatever happens
 * between two pages moves nobody from one to the other. Where both bands are given they may be the same.
 */
export const crossedBands = async (
  database: Database,
  one: Standings,
  other: Standings,
  { from, to, limit, ...criteria }: CrossedCriteria,
): Promise<Result<CrossedPage, 'bad-cursor'>> => {
  const cursor = criteria.cursor === undefined ? undefined : crossedPlace(criteria.cursor);
  const asked = { one: one.model.version, other: other.model.version, from, to };
  const goesOn = cursor && Object.entries(asked).every(([name, value]) => cursor[name as keyof typeof asked] === value);
  if (criteria.cursor !== undefined && !goesOn) return err('bad-cursor');
  const at = cursor ? new Date(cursor.at) : criteria.at;
  // Both models' rows, and the bands that were asked for, are of one moment.
  return database.snapshot(async (tx) => {
    const rowsOf = (by: Standings): string =>
      `(SELECT * FROM read.${by.scores.name} WHERE merged_into IS NULL AND ($4::uuid IS NULL OR candidate_id > $4))`;
    const rows = await tx.query<{ candidate_id: string }>(
      `SELECT candidate_id FROM (
         SELECT candidate_id, ${bandSql('a', '$1::timestamptz')} AS band_a, ${bandSql('b', '$1::timestamptz')} AS band_b
         FROM ${rowsOf(one)} a FULL JOIN ${rowsOf(other)} b USING (candidate_id)
       ) seen
       WHERE band_a = coalesce($2, band_a) AND band_b = coalesce($3, band_b)
         AND (band_a <> band_b OR $2 IS NOT NULL AND $3 IS NOT NULL)
       ORDER BY candidate_id LIMIT $5`,
      [at, from, to, cursor?.id ?? null, limit + 1],
    );
    const ids = rows.slice(0, limit).map(({ candidate_id }) => candidate_id);
    const [before, after] = [await seenBy(tx, one, ids, at), await seenBy(tx, other, ids, at)];
    const items = ids.map((candidateId) => ({
      candidateId,
      from: before.get(candidateId) ?? stranger,
      to: after.get(candidateId) ?? stranger,
    }));
    const last = ids.at(-1);
    const more = rows.length > limit && last !== undefined;
    return ok({
      at,
      items,
      nextCursor: more ? encodeCursor({ v: 1, at: at.toISOString(), ...asked, id: last } satisfies CrossedPlace) : null,
    });
  });
};
