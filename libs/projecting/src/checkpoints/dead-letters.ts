import { isUuid, type LogPosition, type StoredEvent } from '#libs/kernel';
import type { RawEvent } from '#libs/event-store';
import type { SqlExecutor } from '#libs/read-store';
import type { GenerationId } from './checkpoint.js';

/** An event that a projection has set aside. Where it lies, never what's in it. */
export interface Letter {
  readonly position: LogPosition;
  readonly streamId: string;
  readonly revision: number;
  /** The subject, or the stream of an event without one: what comes later in it is set aside too, so that its order is kept. */
  readonly scope: string;
  readonly eventId: string;
  readonly eventType: string;
  /** A code: what was wrong with the event, or `behind` for one that waits for an earlier one. */
  readonly reason: string;
}

export interface DeadLetter extends Letter, GenerationId {
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  readonly replayRequested: boolean;
}

/** The reason of a letter whose own event may be sound. */
export const BEHIND = 'behind';

export const scopeOf = ({ subjectId, streamId }: Pick<StoredEvent, 'subjectId' | 'streamId'>): string =>
  subjectId ?? streamId;

/** @param scope where it isn't the event's own */
export const letterOf = (event: StoredEvent, reason: string, scope = scopeOf(event)): Letter => ({
  position: event.position,
  streamId: event.streamId,
  revision: event.revision,
  scope,
  eventId: event.id,
  eventType: event.type,
  reason,
});

/** Of an event that could not be decoded; what's no id says nothing of whom it's about. */
export const letterOfRaw = (raw: RawEvent, reason: string): Letter => {
  const { subjectId } = (raw.metadata ?? {}) as { subjectId?: unknown };
  return {
    position: raw.position,
    streamId: raw.streamId,
    revision: raw.revision,
    scope: typeof subjectId === 'string' && isUuid(subjectId) ? subjectId : raw.streamId,
    eventId: raw.id,
    eventType: raw.type,
    reason,
  };
};

/** Sets events aside; in the transaction that moves the checkpoint past them. */
export const addLetters = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  letters: readonly Letter[],
): Promise<void> => {
  await sql.query(
    `INSERT INTO vault.dead_letters (projection, version, build, commit, prepare, stream_id, revision, scope, event_id, event_type, reason)
     SELECT $1, $2, $11, u.* FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::integer[], $7::text[], $8::uuid[], $9::text[], $10::text[]) u
     ON CONFLICT DO NOTHING`,
    [
      projection,
      version,
      letters.map(({ position }) => position.commit.toString()),
      letters.map(({ position }) => position.prepare.toString()),
      letters.map(({ streamId }) => streamId),
      letters.map(({ revision }) => revision),
      letters.map(({ scope }) => scope),
      letters.map(({ eventId }) => eventId),
      letters.map(({ eventType }) => eventType),
      letters.map(({ reason }) => reason),
      build,
    ],
  );
};

interface LetterRow {
  projection: string;
  version: number;
  build: number;
  commit: string;
  prepare: string;
  stream_id: string;
  revision: number;
  scope: string;
  event_id: string;
  event_type: string;
  reason: string;
  attempts: number;
  first_failed_at: Date;
  last_failed_at: Date;
  replay_requested: boolean;
}

const toLetter = (row: LetterRow): DeadLetter => ({
  projection: row.projection,
  version: row.version,
  build: row.build,
  position: { commit: BigInt(row.commit), prepare: BigInt(row.prepare) },
  streamId: row.stream_id,
  revision: row.revision,
  scope: row.scope,
  eventId: row.event_id,
  eventType: row.event_type,
  reason: row.reason,
  attempts: row.attempts,
  firstFailedAt: row.first_failed_at,
  lastFailedAt: row.last_failed_at,
  replayRequested: row.replay_requested,
});

const COLUMNS = `projection, version, build, commit, prepare, stream_id, revision, scope, event_id, event_type, reason,
  attempts, first_failed_at, last_failed_at, replay_requested`;

/** Of a letter `d`, as SQL: its generation is one that somebody works on. Of what was live before the last swap nobody sees the rows. */
const WORKED_ON = `EXISTS (
  SELECT FROM vault.projection_checkpoints c
  WHERE c.projection = d.projection AND c.version = d.version AND c.build = d.build AND c.generation <> 'retired')`;

/** In log order, those of one projection or of all. */
export const listDeadLetters = async (
  sql: SqlExecutor,
  { projection, limit = 1_000 }: { projection?: string | undefined; limit?: number } = {},
): Promise<readonly DeadLetter[]> => {
  const rows = await sql.query<LetterRow>(
    `SELECT ${COLUMNS} FROM vault.dead_letters d WHERE ($1::text IS NULL OR projection = $1) AND ${WORKED_ON}
     ORDER BY projection, version, build, commit, prepare LIMIT $2`,
    [projection ?? null, limit],
  );
  return rows.map(toLetter);
};

/** The first letters of one scope, in log order. */
export const lettersOfScope = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  scope: string,
  limit: number,
): Promise<readonly DeadLetter[]> => {
  const rows = await sql.query<LetterRow>(
    `SELECT ${COLUMNS} FROM vault.dead_letters WHERE projection = $1 AND version = $2 AND build = $3 AND scope = $4
     ORDER BY commit, prepare LIMIT $5`,
    [projection, version, build, scope, limit],
  );
  return rows.map(toLetter);
};

/** Names of the projections whose live rows lack what was set aside. */
export const withLetters = async (sql: SqlExecutor): Promise<ReadonlySet<string>> => {
  const rows = await sql.query<{ projection: string }>(
    `SELECT projection FROM vault.projection_checkpoints c
     WHERE generation = 'live' AND EXISTS (
       SELECT FROM vault.dead_letters d
       WHERE d.projection = c.projection AND d.version = c.version AND d.build = c.build)`,
  );
  return new Set(rows.map(({ projection }) => projection));
};

/**
 * Whether the live rows of a projection lack the very event at a position, or anything up to there of these scopes. Events of
 * one append may share what a position names first.
 */
export const lacksEvents = async (
  sql: SqlExecutor,
  projection: string,
  { commit, prepare }: LogPosition,
  scopes: readonly string[],
): Promise<boolean> => {
  const [row] = await sql.query<{ lacks: boolean }>(
    `SELECT EXISTS (
       SELECT FROM vault.projection_checkpoints c JOIN vault.dead_letters d USING (projection, version, build)
       WHERE c.generation = 'live' AND c.projection = $1
         AND (d.commit = $2 OR d.scope = ANY($4) AND (d.commit, d.prepare) <= ($2, $3))) AS lacks`,
    [projection, commit.toString(), prepare.toString(), scopes],
  );
  return row?.lacks ?? false;
};

/** What one generation has set aside, by scope; first what was set aside first. */
export const parkedScopes = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
): Promise<string[]> => {
  const rows = await sql.query<{ scope: string }>(
    `SELECT scope FROM vault.dead_letters WHERE projection = $1 AND version = $2 AND build = $3
     GROUP BY scope ORDER BY min(commit)`,
    [projection, version, build],
  );
  return rows.map(({ scope }) => scope);
};

/** Taken in after all; in the transaction that writes their rows. Gives how many were still there. */
export const removeLetters = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  letters: readonly Letter[],
): Promise<number> => {
  const removed = await sql.query(
    `DELETE FROM vault.dead_letters d USING unnest($3::bigint[], $4::bigint[]) u (commit, prepare)
     WHERE d.projection = $1 AND d.version = $2 AND d.build = $5 AND d.commit = u.commit AND d.prepare = u.prepare
     RETURNING 1`,
    [
      projection,
      version,
      letters.map(({ position }) => position.commit.toString()),
      letters.map(({ position }) => position.prepare.toString()),
      build,
    ],
  );
  return removed.length;
};

/** It was tried again, in vain. */
export const failedAgain = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  { position }: Letter,
  reason: string,
): Promise<void> => {
  await sql.query(
    `UPDATE vault.dead_letters SET attempts = attempts + 1, last_failed_at = now(), reason = $5
     WHERE projection = $1 AND version = $2 AND build = $6 AND commit = $3 AND prepare = $4`,
    [projection, version, position.commit.toString(), position.prepare.toString(), reason, build],
  );
};

/** Asks whoever works on the generations to take up what they have set aside; gives how many letters that are. */
export const requestReplay = async (sql: SqlExecutor, projection?: string): Promise<number> => {
  const rows = await sql.query(
    `UPDATE vault.dead_letters d SET replay_requested = true WHERE ($1::text IS NULL OR projection = $1) AND ${WORKED_ON} RETURNING 1`,
    [projection ?? null],
  );
  return rows.length;
};

/** Whose letters somebody wants to be taken up. */
export const replaysRequested = async (sql: SqlExecutor): Promise<readonly GenerationId[]> =>
  sql.query<{ projection: string; version: number; build: number }>(
    'SELECT DISTINCT projection, version, build FROM vault.dead_letters WHERE replay_requested',
  );

/** The request was met, whatever came of it. */
export const closeReplay = async (sql: SqlExecutor, { projection, version, build }: GenerationId): Promise<void> => {
  await sql.query(
    'UPDATE vault.dead_letters SET replay_requested = false WHERE projection = $1 AND version = $2 AND build = $3 AND replay_requested',
    [projection, version, build],
  );
};

/** How many events each projection has set aside, by projection. Those that have none aren't named. */
export const countDeadLetters = async (sql: SqlExecutor): Promise<ReadonlyMap<string, number>> => {
  const rows = await sql.query<{ projection: string; letters: number }>(
    `SELECT projection, count(*)::integer AS letters FROM vault.dead_letters d WHERE ${WORKED_ON} GROUP BY projection`,
  );
  return new Map(rows.map(({ projection, letters }) => [projection, letters]));
};
