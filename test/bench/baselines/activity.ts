import type { RawEvent } from '#libs/event-store';
import type { Database } from '#libs/read-store';

/** The row of a candidate that each baseline folds the log into: how much happened, and when last. */
export interface Activity {
  candidateId: string;
  events: number;
  lastAt: Date;
}

/** What one event does to it. */
export interface Happened {
  readonly candidateId: string;
  readonly at: Date;
}

/** The columns that all baselines' tables have. */
export const ACTIVITY_COLUMNS = 'candidate_id uuid PRIMARY KEY, events int NOT NULL, last_at timestamptz NOT NULL';

/** Undefined where an event isn't one of a candidate's streams. */
export const happened = (streamId: string, metadata: unknown): Happened | undefined => {
  const candidateId = /^(?:candidate|engagement)-(.+)$/.exec(streamId)?.[1];
  return candidateId === undefined
    ? undefined
    : { candidateId, at: new Date((metadata as { occurredAt: string }).occurredAt) };
};

/** One event into its candidate's row. */
export const withEvent = (row: Activity | undefined, { candidateId, at }: Happened): Activity => ({
  candidateId,
  events: (row?.events ?? 0) + 1,
  lastAt: row === undefined || at > row.lastAt ? at : row.lastAt,
});

/** All rows as they must be, folded in memory. */
export const foldActivity = (events: readonly RawEvent[]): ReadonlyMap<string, Activity> => {
  const rows = new Map<string, Activity>();
  for (const { streamId, metadata } of events) {
    const what = happened(streamId, metadata);
    if (what) rows.set(what.candidateId, withEvent(rows.get(what.candidateId), what));
  }
  return rows;
};

/** Whether a table holds exactly these rows. */
export const holdsActivity = async (
  database: Database,
  table: string,
  expected: ReadonlyMap<string, Activity>,
): Promise<boolean> => {
  const rows = await database.query<{ id: string; events: number; at: Date }>(
    `SELECT candidate_id AS id, events, last_at AS at FROM ${table}`,
  );
  return (
    rows.length === expected.size &&
    rows.every(({ id, events, at }) => {
      const row = expected.get(id);
      return row?.events === events && row.lastAt.getTime() === at.getTime();
    })
  );
};
