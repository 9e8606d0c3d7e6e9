import type { SqlExecutor } from '#libs/read-store';
import { bandOf, fallsTo, nextBand, toPoints, valueAt, type Band } from '#libs/scoring';

/** What one event is worth at an instant. */
export interface ScoreTerm {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  /** Points when it happened. */
  readonly weight: number;
  /** Points at the instant asked for, with nine places. The terms add up to the score, to the last digit. */
  readonly value: string;
}

/** A candidate's score at an instant, and what it's made of. */
export interface Score {
  readonly candidateId: string;
  readonly at: Date;
  /** Points, with nine places. */
  readonly score: string;
  readonly band: Band;
  /** The next change if nothing happens. */
  readonly next: { readonly band: Band; readonly at: Date } | null;
  readonly lastSignalAt: Date | null;
  readonly unsubscribed: boolean;
  readonly complained: boolean;
  /** Dearest first. */
  readonly terms: readonly ScoreTerm[];
  /** What counts for nothing, newest first, and why; events after `at` are in neither list. */
  readonly leftOut: readonly {
    readonly eventId: string;
    readonly type: string;
    readonly occurredAt: Date;
    readonly reason: string;
  }[];
}

interface Row {
  candidate_id: string;
  position: string;
  event_id: string;
  type: string;
  occurred_at: Date;
  weight: number;
  left_out: string | null;
}

const contributionsOf = (sql: SqlExecutor, candidateIds: readonly string[], at: Date): Promise<Row[]> =>
  sql.query<Row>(
    `SELECT candidate_id, position, event_id, type, occurred_at, weight, left_out FROM read.engagement_contributions
     WHERE candidate_id = ANY($1::uuid[]) AND occurred_at <= $2 ORDER BY occurred_at DESC, position DESC`,
    [candidateIds, at],
  );

const explain = (candidateId: string, rows: readonly Row[], at: Date): Score => {
  const counted = rows
    .filter(({ weight }) => weight > 0)
    .map((row) => ({ row, units: valueAt(row.weight, row.occurred_at, at) }))
    .sort((a, b) => (a.units === b.units ? 0 : a.units < b.units ? 1 : -1));
  const units = counted.reduce((sum, term) => sum + term.units, 0n);
  const lastSignalAt = rows.find(({ weight }) => weight > 0)?.occurred_at ?? null;
  return {
    candidateId,
    at,
    score: toPoints(units),
    band: bandOf(units, lastSignalAt, at),
    next: nextBand(units, lastSignalAt, at, fallsTo) ?? null,
    lastSignalAt,
    unsubscribed: rows.some(({ type }) => type === 'email.unsubscribed'),
    complained: rows.some(({ type }) => type === 'email.complained'),
    terms: counted.map(({ row, units: value }) => ({
      eventId: row.event_id,
      type: row.type,
      occurredAt: row.occurred_at,
      weight: row.weight,
      value: toPoints(value),
    })),
    leftOut: rows
      .filter(({ weight }) => weight === 0)
      .map((row) => ({
        eventId: row.event_id,
        type: row.type,
        occurredAt: row.occurred_at,
        reason: row.left_out ?? '',
      })),
  };
};

/** Exact for any instant, past or future: recomputed from the events up to it. Somebody with whom nothing happened scores 0. */
export const scoreOf = async (sql: SqlExecutor, candidateId: string, at: Date): Promise<Score> =>
  explain(candidateId, await contributionsOf(sql, [candidateId], at), at);

/** The scores of several candidates with one statement, in the order asked for. */
export const scoresOf = async (sql: SqlExecutor, candidateIds: readonly string[], at: Date): Promise<Score[]> => {
  const byCandidate = new Map<string, Row[]>(candidateIds.map((id) => [id, []]));
  for (const row of await contributionsOf(sql, candidateIds, at)) byCandidate.get(row.candidate_id)?.push(row);
  return [...byCandidate].map(([id, rows]) => explain(id, rows, at));
};
